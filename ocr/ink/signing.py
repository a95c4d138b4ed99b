"""The signature block read once more where its name was not read: seal and signature lie over it.

Engines take a seal for a picture and leave out the lines that touch it, or read seal and name as one. So below an
office («GIÁM ĐỐC»), or beside «Nơi nhận» where the office was lost too, the block is cut out, ink that is not black is
taken off, and it is read by itself; then the line that looks like a name alone. Only offices and persons' names count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import cv2
import numpy as np

from corpus.layout import Box, Word
from ocr.image import unmix
from ocr.ink.persons import person_in
from ocr.ink.signing_blocks import find_blocks
from ocr.layout.columns import SIGNATURE
from ocr.layout.lines import GAP, Run, cover, letter_height, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ocr.engine import GreyImage, OcrEngine, ReadWord

    Cut = Callable[[Box], "Pixels"]
    Pixels = np.typing.NDArray[np.uint8]

VERSION = "3"
"""Goes into the cache key: a change here reads pages anew."""

_SURE = 0.8
"""Confidence of each of its words from which a name needs no second reading."""

_MENDED = 0.88
"""Highest confidence of a name that was read from a mended picture: it counts as read, to be checked."""

_SEED = 0.7
_SCRIBBLE = 0.5
"""Mean confidence below which a line under an office is a signature and no text."""

_LETTERS = 48
"""Pixels: height to which the line of a name is scaled, at which engines read well."""

_MARGIN = 20

_PALE = 190
"""Grey level of the palest name."""

_LETTER, _ROW, _WIDEST = (5.0, 16.0), 6, 190.0
"""Points: heights of the letters of a name; strokes in its row at least; its width at most."""


@runtime_checkable
class ForScatter(Protocol):
    """An engine that has a setting for words scattered over a picture."""

    def for_scatter(self) -> OcrEngine:
        """The engine so set."""


@dataclass(frozen=True, slots=True)
class _Read(Word):
    """A placed word that knows what the engine read."""

    source: ReadWord | None = None


def read_signers(
    engine: OcrEngine, words: Sequence[ReadWord], cut: Cut, size: tuple[float, float], *, dpi: float, timeout: float
) -> list[ReadWord]:
    """The page's words, those of its signature blocks put right where that could be.

    Args:
        engine: reads the cut-outs.
        words: the page's words, boxes in pixels.
        cut: the pixels (in colour if there is any) under a box in pixels of the page as it was read.
        size: the page's width and height in pixels.
        dpi: its resolution.
        timeout: seconds for each reading.
    """
    found = list(words)
    scale = 72 / dpi
    fragments = _fragments(words, scale)
    for block in find_blocks(fragments, size[0] * scale, size[1] * scale):
        if any(_has_name(run) for run in fragments if _within(run, block.box)):
            continue
        box = Box(*(side / scale for side in (block.box.x0, block.box.top, block.box.x1, block.box.bottom)))
        read = _Reader(engine, cut, box, dpi, timeout).lines()
        for line in read:
            found = _replaced(found, line)
    return found


def without_scribbles(words: Sequence[ReadWord], size: tuple[float, float], scale: float) -> list[ReadWord]:
    """The words without what engines make of the signature itself: badly read lines below an office.

    Args:
        words: the page's words.
        size: the page's width and height in points.
        scale: makes points of the words' boxes.
    """
    fragments = _fragments(words, scale)
    gone: set[int] = set()
    for block in find_blocks(fragments, *size):
        if not block.titles:
            continue
        below = Box(block.box.x0, block.titles[-1].box.bottom - 2, block.box.x1, block.box.bottom)
        scribbles = [run for run in fragments if _within(run, below) and _mean(_sources(run)) < _SCRIBBLE]
        gone |= {id(word) for run in scribbles if not _may_be_name(run) for word in _sources(run)}
    return [word for word in words if id(word) not in gone]


def signature_places(words: Sequence[ReadWord], size: tuple[float, float], scale: float) -> list[Box]:
    """Where signatures stand on a page, in points: from the offices of its blocks on; as `without_scribbles`."""
    fragments = _fragments(words, scale)
    blocks = [block for block in find_blocks(fragments, *size) if block.titles]
    return [Box(block.box.x0, block.titles[0].box.top, block.box.x1, block.box.bottom) for block in blocks]


def _may_be_name(run: Run) -> bool:
    return sum(len(word.text) > 1 and word.text.isalpha() and word.text.istitle() for word in run.words) >= 2


def _replaced(words: Sequence[ReadWord], line: list[ReadWord]) -> list[ReadWord]:
    """The words with a line in place of what was read there before, unless that was read as surely.

    A name takes the place of anything that is none: where a seal hid its first word, the others were read well.
    """
    before = [word for word in words if any(_overlaps(word.box, own.box) for own in line)]
    names = bool(person_in(line)) and not person_in(before)
    if before and not names and _mean(before) >= _mean(line):
        return list(words)
    return [word for word in words if word not in before] + line


def _mean(words: Sequence[ReadWord]) -> float:
    return sum(word.confidence for word in words) / len(words)


def _fragments(words: Sequence[ReadWord], scale: float) -> list[Run]:
    placed = [
        _Read(
            word.text,
            0,
            Box(word.box.x0 * scale, word.box.top * scale, word.box.x1 * scale, word.box.bottom * scale),
            word.confidence,
            source=word,
        )
        for word in words
    ]
    return runs(placed, GAP * letter_height(placed) + 1) if placed else []


def _within(run: Run, box: Box) -> bool:
    middle = (run.box.x0 + run.box.x1) / 2
    return box.x0 < middle < box.x1 and box.top < run.middle < box.bottom


def _has_name(run: Run) -> bool:
    """Whether a fragment holds nothing but a well-read name."""
    words = [word.source for word in run.words if isinstance(word, _Read) and word.source is not None]
    name = person_in(words)
    return bool(name) and len(name) == len(words) and min(word.confidence for word in name) >= _SURE


def _overlaps(word: Box, other: Box) -> bool:
    return min(word.x1, other.x1) > max(word.x0, other.x0) and other.top < (word.top + word.bottom) / 2 < other.bottom


class _Reader:
    """Reads one block of a page; boxes in pixels of the page."""

    def __init__(self, engine: OcrEngine, cut: Cut, box: Box, dpi: float, timeout: float) -> None:
        self.engine = engine.for_scatter() if isinstance(engine, ForScatter) else engine
        self.box, self.dpi, self.timeout = box, dpi, timeout
        self.pixels = cut(box)

    def lines(self) -> list[list[ReadWord]]:
        """The offices and the names of the block."""
        if min(self.pixels.shape[:2]) < 30:
            return []
        read = self._moved(
            self.engine.read(unmix.without_colour(self.pixels), dpi=round(self.dpi), timeout=self.timeout)
        )
        pieces = [_sources(run) for run in _fragments(read, 1.0)]
        titles = [piece for piece in pieces if _is_office(piece)]
        last = max((word.box.bottom for piece in titles for word in piece), default=self.box.top)
        below = [piece for piece in pieces if piece[0].box.top > last - 4]
        name = next((name for piece in reversed(below) if (name := _sure_name(piece))), None) or self._name(
            below, titles
        )
        return [*titles, name] if name else titles

    def _moved(self, words: Sequence[ReadWord]) -> list[ReadWord]:
        return [replace(word, box=_moved(word.box, self.box.x0, self.box.top)) for word in words]

    def _name(self, pieces: Sequence[Sequence[ReadWord]], titles: Sequence[Sequence[ReadWord]]) -> list[ReadWord]:
        """The name on the lowest line with something like a name's word on it, read by itself in several ways."""
        seeds = [word for piece in pieces for word in piece if _is_seed(word)]
        if seeds:
            lowest = max(seeds, key=lambda word: word.box.bottom).box
            row = [word.box for word in seeds if word.box.top < (lowest.top + lowest.bottom) / 2 < word.box.bottom]
            if name := self._read_name(cover(row)):
                return name
        last = max((word.box.bottom for piece in titles for word in piece), default=None)
        pale = self._lowest_row(last) if last is not None else None
        return self._read_name(pale) if pale else []

    def _lowest_row(self, below: float) -> Box | None:
        """The lowest row of strokes of a letter's size: a name stamped too pale to be read with the rest."""
        dark = (unmix.without_colour(self.pixels) < _PALE).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
        unit = self.dpi / 72
        letters = [each for each in stats[1:].tolist() if _LETTER[0] * unit < each[3] < _LETTER[1] * unit]
        letters = [each for each in letters if each[2] < _LETTER[1] * unit and each[1] + self.box.top > below]
        for foot in sorted({top + high for _, top, _, high, _ in letters}, reverse=True):
            row = [each for each in letters if foot - 5 * unit < each[1] + each[3] <= foot]
            if len(row) >= _ROW:
                left, top = min(each[0] for each in row), min(each[1] for each in row)
                right = max(each[0] + each[2] for each in row)
                place = Box(left, top, right, foot)
                return _moved(place, self.box.x0, self.box.top) if right - left < _WIDEST * unit else None
        return None

    def _read_name(self, line: Box) -> list[ReadWord]:
        """The name on a line, read by itself in several ways."""
        names = []
        for picture in self._pictures():
            name = [replace(word, confidence=min(word.confidence, _MENDED)) for word in self._read_line(picture, line)]
            if name and min(word.confidence for word in name) >= _SURE:
                return name
            names.append(name)
        return max(names, key=lambda name: min((word.confidence for word in name), default=0.0))

    def _pictures(self) -> Iterator[GreyImage]:
        """The block with seal and signature taken off, in the ways that may serve."""
        if self.pixels.ndim == 3:
            yield unmix.grown_over(self.pixels)
        plain = unmix.without_colour(self.pixels)
        yield plain
        ringless = unmix.without_rings(plain, self.dpi)
        if ringless is not plain:
            yield ringless

    def _read_line(self, picture: GreyImage, line: Box) -> list[ReadWord]:
        """The name on one line of the block, as it reads by itself; empty where it is no name."""
        tall = line.bottom - line.top
        left, top = (max(line.x0 - self.box.x0 - 7 * tall, 0.0), max(line.top - self.box.top - 0.35 * tall, 0.0))
        right, bottom = line.x1 - self.box.x0 + 3 * tall, line.bottom - self.box.top + 0.35 * tall
        strip = picture[int(top) : int(bottom), int(left) : int(right)]
        if min(strip.shape) < 8:
            return []
        by = max(_LETTERS / tall, 1.0)
        strip = np.asarray(cv2.resize(strip, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC), np.uint8)
        strip = np.pad(strip, _MARGIN, constant_values=255)
        read = self.engine.read(strip, dpi=round(max(self.dpi * by, 200)), timeout=self.timeout)
        placed = [replace(word, box=_shrunk(word.box, by)) for word in read]
        moved = [replace(word, box=_moved(word.box, int(left), int(top))) for word in placed]
        pieces = [_sources(run) for run in _fragments(self._moved(moved), 1.0)]
        return max((person_in(piece) for piece in pieces), key=len, default=[])


def _sources(run: Run) -> list[ReadWord]:
    return [word.source for word in run.words if isinstance(word, _Read) and word.source is not None]


def _is_office(piece: Sequence[ReadWord]) -> bool:
    text = " ".join(word.text for word in piece)
    certain = min((word.confidence for word in piece), default=0.0) >= _SEED
    return certain and text.isupper() and bool(SIGNATURE.search(Run.of(_placed(piece)).key))


def _placed(piece: Sequence[ReadWord]) -> list[Word]:
    return [Word(word.text, 0, word.box, word.confidence) for word in piece]


def _sure_name(piece: Sequence[ReadWord]) -> list[ReadWord]:
    name = person_in(piece)
    return name if name and min(word.confidence for word in name) >= _SURE else []


def _is_seed(word: ReadWord) -> bool:
    return len(word.text) > 1 and word.text.isalpha() and word.text.istitle() and word.confidence >= _SEED


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)


def _shrunk(box: Box, by: float) -> Box:
    return Box(*((side - _MARGIN) / by for side in (box.x0, box.top, box.x1, box.bottom)))
