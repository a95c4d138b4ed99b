"""The sheet on which a table's cells are set to be read: one below the other, without the table's lines.

A row number is set before the longest text of its row, as in a numbered list, since engines drop lone figures as dirt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.tables.wipe import FAINT, WHITE, without_walls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.engine import GreyImage
    from ocr.tables.grid import Grid, GridCell

UNREAD = "?"
"""Stands for a row number that is printed but could not be read."""

_INK, _PALEST = 150, 195
"""Grey below which is print, on pages of black and of pale toner."""

_BLACK, _PALER = 40, 0.5
"""Grey of the darkest hundredth of a table in black, and what each level above it adds to the limit."""

_INSET = 0.7
"""Points cut off a cell at each side: about half a line."""

_MARGIN = 6.0
"""Points of white between the cells on a sheet, and beside them."""

_LABEL_WIDTH, _LABEL_HEIGHT = 0.45, 0.26
"""Inches: widest and tallest ink of a lone row number."""

_STEM_INK = 0.03
"""Inches of ink in a column of pixels from which on it belongs to a letter."""

_ROUND = 0.05
"""Inches by which the round side of a letter may stand before its first column of much ink."""

_LABEL_GAP = 0.05
"""Inches between a row number and the text that it is set before: one blank. Wider ones part columns."""

_TALLEST = 12_000
"""Pixels: tallest sheet; Tesseract takes no image of more than 32767."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cell's picture and its place on the page; ``right`` and ``down`` shift it on the sheet. Pixels.

    What is darker than ``ink`` is print.
    """

    cell: GridCell
    picture: GreyImage
    place: tuple[int, int]
    ink: int
    right: int = 0
    down: int = 0

    @property
    def below(self) -> int:
        """Where it ends on the sheet, below the top of its row."""
        return self.down + int(self.picture.shape[0])


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's picture: where it was cut out of the page and where it stands on the sheet. Pixels."""

    cell: GridCell
    picture: GreyImage
    page: tuple[int, int]
    sheet: tuple[int, int]
    ink: int

    def holds(self, box: Box) -> bool:
        """Whether a word of the sheet stands in the cell; a few pixels over its edge are still its own."""
        across, down = (box.x0 + box.x1) / 2 - self.sheet[0], (box.top + box.bottom) / 2 - self.sheet[1]
        rows, columns = self.picture.shape
        return bool(-3 <= down < rows + 3 and -3 <= across < columns + 3)

    def unread(self, dpi: float) -> list[ReadWord]:
        """A question mark for a row number that the engine overlooked, as it does with lone figures."""
        rows = self.picture.shape[0]
        inked = np.nonzero(np.count_nonzero(self.picture < self.ink, axis=0))[0]
        if self.cell.column or rows > 0.3 * dpi or inked[-1] - inked[0] > 0.4 * dpi:
            return []
        left, top = self.page
        return [ReadWord(UNREAD, Box(left + int(inked[0]), top, left + int(inked[-1]) + 1, top + rows), 0.3)]

    def back(self, word: ReadWord) -> ReadWord:
        """The word with its box on the page, kept within the cell."""
        dx, dy = self.page[0] - self.sheet[0], self.page[1] - self.sheet[1]
        rows, columns = self.picture.shape
        left = min(max(word.box.x0 + dx, self.page[0]), self.page[0] + columns - 2)
        right = max(min(word.box.x1 + dx, self.page[0] + columns), left + 1)
        top = min(max(word.box.top + dy, self.page[1]), self.page[1] + rows - 2)
        bottom = max(min(word.box.bottom + dy, self.page[1] + rows), top + 1)
        return replace(word, box=Box(left, top, right, bottom))


def area(box: Box, dpi: float, inset: float) -> tuple[slice, slice]:
    """The pixels of a box in points, made smaller by ``inset`` points on each side."""
    scale = dpi / 72
    return (
        slice(max(int((box.top + inset) * scale), 0), max(int((box.bottom - inset) * scale), 0)),
        slice(max(int((box.x0 + inset) * scale), 0), max(int((box.x1 - inset) * scale), 0)),
    )


def has_ink(image: GreyImage) -> bool:
    """Whether more than dirt stands on a picture."""
    return bool(np.count_nonzero(image[::2, ::2] < _INK) > 20)


def sheets(image: GreyImage, grids: Sequence[Grid], dpi: float) -> Iterator[list[Piece]]:
    """The tables' cells that hold ink, below one another, on as many sheets as their height asks for."""
    margin = int(_MARGIN * dpi / 72)
    pieces: list[Piece] = []
    at = margin
    for row in (row for grid in grids for row in _rows(image, grid, dpi)):
        height = max(cut.below for cut in row)
        if pieces and at + height > _TALLEST:
            yield pieces
            pieces, at = [], margin
        pieces += [Piece(cut.cell, cut.picture, cut.place, (margin + cut.right, at + cut.down), cut.ink) for cut in row]
        at += height + margin
    if pieces:
        yield pieces


def _rows(image: GreyImage, grid: Grid, dpi: float) -> Iterator[list[_Cut]]:
    """What stands side by side on a sheet: a cell, or a row number and the row's longest text.

    Before a line of text engines read lone figures as numbers, and not as letters; before a date they glue them to it.
    """
    ink = _ink(image[area(grid.box, dpi, 0.0)])
    cuts = [cut for cell in sorted(grid.cells, key=lambda c: (c.column, c.row)) if (cut := _cut(image, cell, dpi, ink))]
    labels = {cut.cell.row: label for cut in cuts if cut.cell.column == 0 and (label := _label(cut, dpi))}
    indent = max((label.picture.shape[1] for label in labels.values()), default=0) + int(_LABEL_GAP * dpi)
    host = _widest(cuts)
    behind = {cut.cell.row for cut in cuts if cut.cell.column == host and cut.cell.row in labels}
    for cut in cuts:
        if cut.cell.column == 0 and cut.cell.row in behind:
            continue
        label = labels.get(cut.cell.row) if cut.cell.column == host else None
        yield [cut] if label is None else _side_by_side(label, cut, indent, dpi)


def _ink(table: GreyImage) -> int:
    """The grey below which is print: pale toner asks for more than black."""
    darkest = float(np.percentile(table[::3, ::3], 1)) if table.size else 0.0
    return int(min(_INK + _PALER * max(darkest - _BLACK, 0.0), _PALEST))


def _widest(cuts: Sequence[_Cut]) -> int:
    """The column behind the first that holds the most ink."""
    ink: dict[int, int] = {}
    for cut in cuts:
        if cut.cell.column and cut.cell.column_span == 1:
            ink[cut.cell.column] = ink.get(cut.cell.column, 0) + int(np.count_nonzero(cut.picture < cut.ink))
    return max(ink, key=lambda column: ink[column], default=1)


def _label(cut: _Cut, dpi: float) -> _Cut | None:
    """The cell cut down to its ink where that is no more than a number or a letter."""
    down, across = (np.nonzero(np.count_nonzero(cut.picture < cut.ink, axis=axis))[0] for axis in (1, 0))
    if down[-1] - down[0] > _LABEL_HEIGHT * dpi or across[-1] - across[0] > _LABEL_WIDTH * dpi:
        return None
    top, left = max(int(down[0]) - 2, 0), max(int(across[0]) - 2, 0)
    picture = cut.picture[top : int(down[-1]) + 3, left : int(across[-1]) + 3]
    return _Cut(cut.cell, picture, (cut.place[0] + left, cut.place[1] + top), cut.ink)


def _side_by_side(label: _Cut, cut: _Cut, indent: int, dpi: float) -> list[_Cut]:
    """Both on the base of the text's first line, a blank between them: wider gaps would part columns."""
    left = _left(cut, dpi)
    text = replace(cut, picture=cut.picture[:, left:], place=(cut.place[0] + left, cut.place[1]), right=indent)
    down = max(_base(cut, label.picture.shape[0]) - label.picture.shape[0] + 3, 0)
    return [replace(label, right=indent - int(_LABEL_GAP * dpi) - label.picture.shape[1], down=down), text]


def _left(cut: _Cut, dpi: float) -> int:
    """Where the text begins: at the first stem, or at the round side of the letter that belongs to it."""
    inked = np.nonzero(np.count_nonzero(cut.picture < cut.ink, axis=0) >= _STEM_INK * dpi)[0]
    first = int(inked[0]) if len(inked) else 0
    ink = np.any(cut.picture < FAINT, axis=0)
    blank = np.nonzero(~ink[max(first - int(_ROUND * dpi), 0) : first])[0]
    start = max(first - int(_ROUND * dpi), 0)
    return max(start + (int(blank[-1]) + 1 if len(blank) else 0) - 2, 0)


def _base(cut: _Cut, capital: int) -> int:
    """The row on which a text's first line stands: where ink ends most abruptly; ``capital`` is a figure's height."""
    ink = np.count_nonzero(cut.picture < cut.ink, axis=1).astype(np.int64)
    first, last = int(0.7 * capital), int(2.2 * capital)
    drops = (ink[:-2] - ink[2:])[first:last]
    return first + int(np.argmax(drops)) if len(drops) else len(ink) - 1


def _cut(image: GreyImage, cell: GridCell, dpi: float, ink: int) -> _Cut | None:
    """A cell's picture without its lines and without the white around its text; None for an empty cell."""
    rows, columns = area(cell.box, dpi, _INSET)
    picture = without_walls(image[rows, columns], dpi)
    inked = np.nonzero(np.count_nonzero(picture < ink, axis=1) >= 2)[0]
    if picture.shape[1] < 4 or len(inked) < 0.03 * dpi:
        return None
    around = int(0.03 * dpi)
    first, last = max(int(inked[0]) - around, 0), min(int(inked[-1]) + around, picture.shape[0])
    across = np.nonzero((picture[first:last] < ink).any(axis=0))[0]
    left, right = max(int(across[0]) - around, 0), min(int(across[-1]) + around, picture.shape[1])
    return _Cut(cell, picture[first:last, left:right], (columns.start + left, rows.start + first), ink)


def sheet(pieces: Sequence[Piece], dpi: float) -> GreyImage:
    """The picture of a sheet with its pieces."""
    margin = int(_MARGIN * dpi / 72)
    width = max(piece.sheet[0] + piece.picture.shape[1] for piece in pieces) + margin
    height = max(piece.sheet[1] + piece.picture.shape[0] for piece in pieces) + margin
    sheet = np.full((height, width), WHITE, np.uint8)
    for piece in pieces:
        left, top = piece.sheet
        rows, columns = piece.picture.shape
        sheet[top : top + rows, left : left + columns] = piece.picture
    return sheet
