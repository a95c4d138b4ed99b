"""Reading apart what the engine took for one line across two columns.

«Nơi nhận» in small print stands beside the signer's office in large bold capitals, a heading beside another. Where
two such lines lie almost level, engines find one line for both, as high as the larger one, and read the smaller one as
rubbish. So where such a line is read badly on one side of a wide gap, that side is cut out and read once more, all
such pieces of a page on one sheet.

Figures are never decided here: what is read with other digits than before may be handwriting, and stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.layout import Box
from ocr.ink.red import ForLines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.engine import GreyImage, OcrEngine, ReadWord

VERSION = "apart-1"
"""Goes into the cache key: a change here reads pages anew."""

_GAP = 0.5
"""Inches: gaps within a line from which on its sides stand in two columns."""

_DOUBTFUL, _SURE = 0.6, 0.8
"""Mean confidence below which a side is read once more, and from which on the new reading counts."""

_HALFWAY = 0.4
"""Confidence from which on a figure read at first is not given up."""

_INK = 150
_BREAK = 0.015
"""Inches of white between a letter and its mark."""

_LOWEST, _TALLEST = 0.06, 0.3
"""Inches: heights of a line's ink."""

_MARGIN = 0.15
"""Inches of white around the pieces on the sheet."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One side of a line: its words as they were read, its picture and where that stands on page and sheet. Pixels."""

    words: tuple[ReadWord, ...]
    picture: GreyImage
    page: tuple[int, int]
    top: int

    def holds(self, word: ReadWord) -> bool:
        """Whether a word of the sheet stands in this piece's picture."""
        return bool(self.top <= (word.box.top + word.box.bottom) / 2 < self.top + self.picture.shape[0])

    def back(self, word: ReadWord, margin: int) -> ReadWord:
        """The word in its place on the page, in the line in which it was read at first."""
        dx, dy = self.page[0] - margin, self.page[1] - self.top
        first, box = self.words[0], word.box
        place = Box(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)
        return replace(word, box=place, block=first.block, paragraph=first.paragraph, line=first.line)


def read_apart(
    engine: OcrEngine, grey: GreyImage, words: Sequence[ReadWord], *, dpi: float, timeout: float
) -> tuple[ReadWord, ...]:
    """The words, with those of badly read sides of lines read once more; errors as ``OcrEngine.read``.

    Args:
        engine: reads the sheet.
        grey: the page on which the words were read, and in whose pixels their boxes are.
        words: the page's words.
        dpi: its resolution.
        timeout: seconds for the engine.
    """
    margin = int(_MARGIN * dpi)
    pieces, at = [], margin
    for side in _sides(words, _GAP * dpi):
        if (cut := _band(grey, side, dpi) if _worth_it(side) else None) is not None and _free(cut, side, words):
            picture, page = cut
            pieces.append(_Piece(tuple(side), picture, page, at))
            at += picture.shape[0] + margin
    if not pieces:
        return tuple(words)
    if isinstance(engine, ForLines):
        engine = engine.for_lines()
    read = engine.read(_sheet(pieces, margin, at), dpi=round(dpi), timeout=timeout)
    given: dict[int, tuple[ReadWord, ...]] = {}
    for piece in pieces:
        again = [piece.back(word, margin) for word in read if piece.holds(word)]
        if _mean(again) >= _SURE and _same_figures(piece.words, again):
            given |= dict.fromkeys(map(id, piece.words), ())
            given[id(piece.words[0])] = tuple(again)
    return tuple(new for word in words for new in given.get(id(word), (word,)))


def _sides(words: Sequence[ReadWord], gap: float) -> Iterator[list[ReadWord]]:
    """The parts of lines that have wide gaps."""
    lines: dict[tuple[int, int], list[ReadWord]] = {}
    for word in words:
        lines.setdefault((word.block, word.line), []).append(word)
    for line in lines.values():
        sides: list[list[ReadWord]] = []
        for word in sorted(line, key=lambda each: each.box.x0):
            if sides and word.box.x0 - sides[-1][-1].box.x1 < gap:
                sides[-1].append(word)
            else:
                sides.append([word])
        if len(sides) > 1:
            yield from sides


def _band(grey: GreyImage, side: Sequence[ReadWord], dpi: float) -> tuple[GreyImage, tuple[int, int]] | None:
    """The picture of the inked rows in which the side's words mostly stand, and its place; None if there are none."""
    box = side[0].box
    for word in side[1:]:
        box = box.cover(word.box)
    around, reach = int(0.04 * dpi), int(_TALLEST * dpi)
    left, right = max(int(box.x0) - around, 0), min(int(box.x1) + around, grey.shape[1])
    first, last = max(int(box.top) - reach, 0), min(int(box.bottom) + reach, grey.shape[0])
    inked = np.count_nonzero(grey[first:last, left:right] < _INK, axis=1)
    own = slice(int(box.top) - first, int(box.bottom) - first)
    within = np.zeros_like(inked)
    within[own] = inked[own]
    runs = _runs(np.flatnonzero(inked), int(_BREAK * dpi))
    start, end = max(runs, default=(0, 0), key=lambda run: int(within[slice(*run)].sum()))
    start, end = start + first, end + first
    if not _LOWEST * dpi <= end - start <= _TALLEST * dpi or start == first or end == last:
        return None
    picture = np.full((end - start + 2 * around, right - left), 255, np.uint8)
    picture[around:-around] = grey[start:end, left:right]
    return picture, (left, start - around)


def _free(cut: tuple[GreyImage, tuple[int, int]], side: Sequence[ReadWord], words: Sequence[ReadWord]) -> bool:
    """Whether no other word was read in the picture that was cut out."""
    picture, (left, top) = cut
    bottom, right = top + picture.shape[0], left + picture.shape[1]
    own = set(map(id, side))
    boxes = [word.box for word in words if id(word) not in own]
    return not any(
        box.x0 < right and left < box.x1 and min(box.bottom, bottom) - max(box.top, top) > (box.bottom - box.top) / 2
        for box in boxes
    )


def _runs(rows: np.ndarray[tuple[int], np.dtype[np.intp]], gap: int) -> list[tuple[int, int]]:
    """``(first, after last)`` of each run of rows with no more than ``gap`` missing between two."""
    breaks = np.flatnonzero(np.diff(rows) > gap + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in np.split(rows, breaks + 1) if len(run)]


def _sheet(pieces: Sequence[_Piece], margin: int, height: int) -> GreyImage:
    width = max(piece.picture.shape[1] for piece in pieces) + 2 * margin
    sheet = np.full((height, width), 255, np.uint8)
    for piece in pieces:
        rows, columns = piece.picture.shape
        sheet[piece.top : piece.top + rows, margin : margin + columns] = piece.picture
    return sheet


def _mean(words: Sequence[ReadWord]) -> float:
    """The mean confidence by character; 0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _worth_it(side: Sequence[ReadWord]) -> bool:
    """Whether a side of a line was read badly; a stroke or two are no words."""
    return _mean(side) < _DOUBTFUL and sum(letter.isalnum() for word in side for letter in word.text) > 1


def _same_figures(before: Sequence[ReadWord], after: Sequence[ReadWord]) -> bool:
    """Whether the second reading brings no new figures and loses none that the first one was halfway sure of."""
    first, second = (_digits(words) for words in (before, after))
    return first == second or not (second or _digits([word for word in before if word.confidence >= _HALFWAY]))


def _digits(words: Sequence[ReadWord]) -> str:
    return "".join(letter for word in words for letter in word.text if letter.isdigit())
