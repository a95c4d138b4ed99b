"""Words into lines: geometry alone, so that text layers and every engine are treated alike.

All boxes here are in points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.layout import Box, Line, LineKind, Word
from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ocr.engine import ReadWord

SAME_LINE = 0.55
"""Share of the lower of two words' heights that must overlap for them to stand on one line.

Lines set tight overlap by descenders and stacked marks (Ể over ọ) for up to a third."""

_TRUST = 0.4
"""What the engine's own opinion that two words stand on one line adds to their overlap."""

_DASH = 0.65
"""Widest blank beside a dash within a line, in heights of the page's letters."""

GAP = 0.9
"""Widest blank inside a fragment, in heights of the page's letters: a justified line stays below, two columns above."""


@dataclass(frozen=True, slots=True)
class Placed(Word):
    """A word on its way to a line. ``mate`` numbers the engine's own line, -1 where there is none."""

    mate: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand beside each other, from left to right.

    ``box`` covers them. ``middle`` is the height of the run's middle and ``height`` that of its letters, both
    medians, since marks and tails make the words' boxes jump.
    """

    words: tuple[Word, ...]
    box: Box
    middle: float
    height: float

    @staticmethod
    def of(words: Iterable[Word]) -> Run:
        """A run of at least one placed word."""
        ordered = tuple(sorted(words, key=lambda word: box_of(word).x0))
        boxes = [box_of(word) for word in ordered]
        middle = _median([(box.top + box.bottom) / 2 for box in boxes])
        height = _median([box.bottom - box.top for box in map(box_of, solid(ordered) or ordered)])
        return Run(ordered, cover(boxes), middle, height)

    @property
    def text(self) -> str:
        """The words, joined by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def key(self) -> str:
        """The text folded and in small letters, for comparisons that survive lost marks."""
        return key_of(self.text)

    def line(self, kind: LineKind = "text") -> Line:
        """The run as a line of a page."""
        return Line.of(self.words, kind)


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """A text folded and in small letters; kept, since layout asks for the same lines again and again."""
    return fold(text).lower()


def placed_words(words: Sequence[ReadWord], scale: float) -> list[Placed]:
    """The words in points. Where the engine tells lines apart, its opinion comes along."""
    lines: dict[tuple[int, int, int], int] = {}
    for word in words:
        lines.setdefault((word.block, word.paragraph, word.line), len(lines))
    return [
        Placed(
            word.text,
            0,
            Box(word.box.x0 * scale, word.box.top * scale, word.box.x1 * scale, word.box.bottom * scale),
            word.confidence,
            mate=lines[word.block, word.paragraph, word.line] if len(lines) > 1 else -1,
        )
        for word in words
        if word.text.strip()
    ]


def box_of(word: Word) -> Box:
    """The word's box, which every word in this package's layout has."""
    assert word.box is not None
    return word.box


def _median(values: list[float]) -> float:
    values.sort()
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def cover(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of at least one box."""
    them = list(boxes)
    return Box(
        min(box.x0 for box in them),
        min(box.top for box in them),
        max(box.x1 for box in them),
        max(box.bottom for box in them),
    )


def solid(words: Sequence[Word]) -> list[Word]:
    """The words with a letter or digit; lone dashes and dots have boxes that say nothing of the line."""
    return [word for word in words if is_solid(word)]


def is_solid(word: Word) -> bool:
    """Whether the word has a letter or digit."""
    return word.text.isalnum() or any(map(str.isalnum, word.text))


def letter_height(words: Sequence[Word]) -> float:
    """Median height of the page's words in points; 10 for a page without words."""
    heights = [box_of(word).bottom - box_of(word).top for word in solid(words)]
    return _median(heights) if heights else 10.0


def runs(words: Sequence[Word], gap: float = math.inf) -> list[Run]:
    """Words linked from left to right into runs, sorted from top to bottom.

    Args:
        words: placed words in any order.
        gap: widest blank in points that a run bridges; by default a run is a whole line.
    """
    open_runs: list[_Open] = []
    marks: list[Word] = []
    for word in sorted(words, key=lambda each: box_of(each).x0):
        if not is_solid(word):
            marks.append(word)
            continue
        box = box_of(word)
        fitting = [
            (fit - 0.01 * (box.x0 - run.x1), run)
            for run in open_runs
            if run.top < box.bottom and box.top < run.bottom and (fit := run.fit(word, gap)) > SAME_LINE
        ]
        best = max(fitting, key=lambda pair: pair[0], default=(0.0, None))[1]
        if best is None:
            open_runs.append(_Open(word))
        else:
            best.add(word)
    groups = _rejoined(open_runs) if gap == math.inf else [run.words for run in open_runs]
    _add_marks(groups, marks, gap)
    if marks and gap < math.inf:
        groups = _joined(groups, _DASH * letter_height(words))
    return sorted((Run.of(group) for group in groups), key=lambda run: (run.middle, run.box.x0))


def _joined(groups: Sequence[list[Word]], near: float) -> list[list[Word]]:
    """The groups with those made one that only a dash kept apart: «TTHC - Văn phòng», «7h30 - 8h00»."""
    found: list[Run] = []
    for run in sorted(map(Run.of, groups), key=lambda run: run.box.x0):
        mate = next((at for at, other in enumerate(found) if _by_dash(other, run, near)), None)
        if mate is None:
            found.append(run)
        else:
            found[mate] = Run.of(found[mate].words + run.words)
    return [list(run.words) for run in found]


def _by_dash(one: Run, other: Run, near: float) -> bool:
    dash = not is_solid(one.words[-1]) or not is_solid(other.words[0])
    level = abs(one.middle - other.middle) < 0.3 * max(one.height, other.height)
    return dash and level and 0 <= other.box.x0 - one.box.x1 < near


def _rejoined(open_runs: Sequence[_Open]) -> list[list[Word]]:
    """Pieces of one line that a speck of dirt had kept apart."""
    found: list[Run] = []
    for run in sorted((Run.of(each.words) for each in open_runs), key=lambda run: run.box.x0):
        mate = next((at for at, other in enumerate(found) if _same_line(other, run)), None)
        if mate is None:
            found.append(run)
        else:
            found[mate] = Run.of(found[mate].words + run.words)
    return [list(run.words) for run in found]


def _same_line(one: Run, other: Run) -> bool:
    level = abs(one.middle - other.middle) < 0.3 * max(one.height, other.height)
    return level and (other.box.x0 >= one.box.x1 - 2 or one.box.x0 >= other.box.x1 - 2)


def _add_marks(groups: list[list[Word]], marks: list[Word], gap: float) -> None:
    """Puts lone dashes and dots to the nearest word at their height; what has none stays alone."""
    places = [(box_of(word), group) for group in groups for word in group]
    for mark in marks:
        box = box_of(mark)
        middle = (box.top + box.bottom) / 2
        near = [
            (max(other.x0 - box.x1, box.x0 - other.x1), group)
            for other, group in places
            if other.top - 1 <= middle <= other.bottom + 1
        ]
        distance, home = min(near, key=lambda pair: pair[0], default=(math.inf, None))
        if home is None or distance > gap:
            groups.append(home := [])
            places.append((box, home))
        home.append(mark)


class _Open:
    """A run that may still grow to the right: its last words' top and bottom are what the next must meet."""

    __slots__ = ("bottom", "bottoms", "mate", "start", "top", "tops", "words", "x1")

    def __init__(self, word: Word) -> None:
        self.tops: tuple[float, ...] = ()
        self.bottoms: tuple[float, ...] = ()
        self.words: list[Word] = []
        self.add(word)

    def add(self, word: Word) -> None:
        self.words.append(word)
        box = box_of(word)
        self.tops, self.bottoms = (*self.tops[-2:], box.top), (*self.bottoms[-2:], box.bottom)
        self.top, self.bottom = min(self.tops), max(self.bottoms)
        self.start, self.x1 = box.x0, box.x1
        self.mate = _mate(word)

    def fit(self, word: Word, gap: float) -> float:
        """Share of the lower one's height that the word has in common with the run; 0 where it is too far off."""
        box = box_of(word)
        shared = min(self.bottom, box.bottom) - max(self.top, box.top)
        if shared <= 0 or not 0.5 * (self.start - self.x1) - 2 <= box.x0 - self.x1 <= gap:
            return 0.0
        share = shared / max(min(self.bottom - self.top, box.bottom - box.top), 0.1)
        return share + (_TRUST if self.mate >= 0 and self.mate == _mate(word) else 0.0)


def _mate(word: Word) -> int:
    return word.mate if isinstance(word, Placed) else -1
