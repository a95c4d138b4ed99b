"""Reading ruled tables cell by cell, without a run of the engine for each cell.

Engines lose words where lines and narrow columns surround them. So the cells are cut out and set one below the
other on a sheet of their own, which the engine reads like a single column of text; the rest of the page is read with
the tables painted white. That is one more run for a page with tables, and none for a page without.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.layout import Box
from ocr.ruled import ruled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.engine import GreyImage, OcrEngine, ReadWord
    from ocr.grid import Grid, GridCell

_WHITE = 255
_INK = 150
_WALL = 2.2
"""Points cut off a cell at each side, so that its lines are not read."""

_MARGIN = 6.0
"""Points of white between the cells on a sheet, and beside them."""

_TALLEST = 12_000
"""Pixels: tallest sheet; Tesseract takes no image of more than 32767."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell's picture: where it was cut out of the page and where it stands on the sheet. Pixels."""

    picture: GreyImage
    page: tuple[int, int]
    sheet: tuple[int, int]

    def holds(self, box: Box) -> bool:
        middle = (box.top + box.bottom) / 2
        return bool(self.sheet[1] - 3 <= middle < self.sheet[1] + self.picture.shape[0] + 3)

    def back(self, word: ReadWord) -> ReadWord:
        """The word with its box on the page, kept within the cell."""
        dx, dy = self.page[0] - self.sheet[0], self.page[1] - self.sheet[1]
        rows, columns = self.picture.shape
        left = min(max(word.box.x0 + dx, self.page[0]), self.page[0] + columns - 2)
        right = max(min(word.box.x1 + dx, self.page[0] + columns), left + 1)
        top = min(max(word.box.top + dy, self.page[1]), self.page[1] + rows - 2)
        bottom = max(min(word.box.bottom + dy, self.page[1] + rows), top + 1)
        return replace(word, box=Box(left, top, right, bottom))


def read_page(engine: OcrEngine, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
    """The words of a page; those of ruled tables are read apart. Arguments and errors as ``OcrEngine.read``."""
    grids = ruled(image, dpi)
    if not grids:
        return engine.read(image, dpi=dpi, timeout=timeout)
    rest = image.copy()
    for grid in grids:
        rest[_area(grid.box, dpi, -_WALL)] = _WHITE
    words = list(engine.read(rest, dpi=dpi, timeout=timeout)) if _has_ink(rest) else []
    for pieces in _sheets(image, grids, dpi):
        words.extend(_read_sheet(engine, pieces, dpi, timeout, len(words)))
    return words


def _read_sheet(
    engine: OcrEngine, pieces: Sequence[_Piece], dpi: int, timeout: float, start: int
) -> Iterator[ReadWord]:
    """The words of the cells on one sheet, at their places on the page. Blocks are numbered on from ``start``."""
    for word in engine.read(_sheet(pieces, dpi), dpi=dpi, timeout=timeout):
        index = next((at for at, piece in enumerate(pieces) if piece.holds(word.box)), None)
        if index is not None:
            yield replace(pieces[index].back(word), block=start + index + 1, paragraph=0, line=start + word.line)


def _area(box: Box, dpi: float, inset: float) -> tuple[slice, slice]:
    """The pixels of a box in points, made smaller by ``inset`` points on each side."""
    scale = dpi / 72
    return (
        slice(max(int((box.top + inset) * scale), 0), max(int((box.bottom - inset) * scale), 0)),
        slice(max(int((box.x0 + inset) * scale), 0), max(int((box.x1 - inset) * scale), 0)),
    )


def _has_ink(image: GreyImage) -> bool:
    return bool(np.count_nonzero(image[::2, ::2] < _INK) > 20)


def _sheets(image: GreyImage, grids: Sequence[Grid], dpi: float) -> Iterator[list[_Piece]]:
    """The tables' cells that hold ink, below one another, on as many sheets as their height asks for."""
    margin = int(_MARGIN * dpi / 72)
    pieces: list[_Piece] = []
    at = margin
    for cell in (cell for grid in grids for cell in grid.cells):
        cut = _cut(image, cell, dpi)
        if cut is None:
            continue
        picture, place = cut
        if pieces and at + picture.shape[0] > _TALLEST:
            yield pieces
            pieces, at = [], margin
        pieces.append(_Piece(picture, place, (margin, at)))
        at += picture.shape[0] + margin
    if pieces:
        yield pieces


def _cut(image: GreyImage, cell: GridCell, dpi: float) -> tuple[GreyImage, tuple[int, int]] | None:
    """A cell's picture without its lines and without white above and below; None for an empty cell."""
    rows, columns = _area(cell.box, dpi, _WALL)
    picture = image[rows, columns]
    inked = np.nonzero(np.count_nonzero(picture < _INK, axis=1) >= 2)[0]
    if picture.shape[1] < 4 or len(inked) < 0.03 * dpi:
        return None
    around = int(0.03 * dpi)
    first, last = max(int(inked[0]) - around, 0), min(int(inked[-1]) + around, picture.shape[0])
    return picture[first:last], (columns.start, rows.start + first)


def _sheet(pieces: Sequence[_Piece], dpi: float) -> GreyImage:
    margin = int(_MARGIN * dpi / 72)
    width = max(piece.picture.shape[1] for piece in pieces) + 2 * margin
    height = pieces[-1].sheet[1] + pieces[-1].picture.shape[0] + margin
    sheet = np.full((height, width), _WHITE, np.uint8)
    for piece in pieces:
        left, top = piece.sheet
        rows, columns = piece.picture.shape
        sheet[top : top + rows, left : left + columns] = piece.picture
    return sheet
