"""Reading ruled tables cell by cell, without a run of the engine for each cell.

Engines lose words where lines and narrow columns surround them. So the cells are cut out and set one below the
other on a sheet of their own, which the engine reads like a single column of text; the rest of the page is read with
the tables painted white. That is one more run for a page with tables, and none for a page without.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.tables.ruled import ruled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage, OcrEngine
    from ocr.tables.grid import Grid, GridCell

_PLAIN, _WITH_SHEETS = "4", "5"
"""Go into the cache key: a change of the sheets reads pages with tables anew, and those alone."""

UNREAD = "?"
"""Stands for a row number that is printed but could not be read."""

_WHITE = 255
_INK = 150
_FAINT = 215
_WALL = 2.2
"""Points around a table that are painted white with it."""

_INSET = 0.7
"""Points cut off a cell at each side: about half a line."""

_STRIP = 3.5
"""Points along a cell's sides in which what is left of its lines is wiped off; marks of tight rows reach into it."""

_STROKE = 0.14
"""Inches: strokes along a side that are shorter belong to letters."""

_STEM = 0.4
"""Inches: longest stroke that the stems of letters make, one line's below another's; longer ones are walls."""

_MARGIN = 6.0
"""Points of white between the cells on a sheet, and beside them."""

_LABEL_WIDTH, _LABEL_HEIGHT = 0.45, 0.26
"""Inches: widest and tallest ink of a lone row number."""

_STEM_INK = 0.03
"""Inches of ink in a column of pixels from which on it belongs to a letter."""

_LABEL_GAP = 0.05
"""Inches between a row number and the text that it is set before: one blank. Wider ones part columns."""

_TALLEST = 12_000
"""Pixels: tallest sheet; Tesseract takes no image of more than 32767."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cell's picture and its place on the page; ``right`` and ``down`` shift it on the sheet. Pixels."""

    cell: GridCell
    picture: GreyImage
    place: tuple[int, int]
    right: int = 0
    down: int = 0

    @property
    def below(self) -> int:
        """Where it ends on the sheet, below the top of its row."""
        return self.down + int(self.picture.shape[0])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell's picture: where it was cut out of the page and where it stands on the sheet. Pixels."""

    cell: GridCell
    picture: GreyImage
    page: tuple[int, int]
    sheet: tuple[int, int]

    def holds(self, box: Box) -> bool:
        """Whether a word of the sheet stands in the cell; a few pixels over its edge are still its own."""
        across, down = (box.x0 + box.x1) / 2 - self.sheet[0], (box.top + box.bottom) / 2 - self.sheet[1]
        rows, columns = self.picture.shape
        return bool(-3 <= down < rows + 3 and -3 <= across < columns + 3)

    def unread(self, dpi: float) -> list[ReadWord]:
        """A question mark for a row number that the engine overlooked, as it does with lone figures."""
        rows = self.picture.shape[0]
        inked = np.nonzero(np.count_nonzero(self.picture < _INK, axis=0))[0]
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


def version(grids: Sequence[Grid]) -> str:
    """What a page's reading depends on here, for the cache key."""
    return _WITH_SHEETS if grids else _PLAIN


def read_page(
    engine: OcrEngine, image: GreyImage, *, dpi: int, timeout: float, grids: Sequence[Grid] | None = None
) -> Sequence[ReadWord]:
    """The words of a page; those of ruled tables are read apart.

    Arguments and errors as ``OcrEngine.read``; ``grids`` are the page's ruled tables where they are known already.
    """
    if grids is None:
        grids = ruled(image, dpi)
    if not grids:
        return engine.read(image, dpi=dpi, timeout=timeout)
    rest = image.copy()
    for grid in grids:
        rest[_area(grid.box, dpi, -_WALL)] = _WHITE
    words = list(engine.read(rest, dpi=dpi, timeout=timeout)) if _has_ink(rest) else []
    for pieces in _sheets(image, grids, dpi):
        for piece, its in zip(pieces, _read_sheet(engine, pieces, dpi, timeout), strict=True):
            block = len(words) + 1
            its = its or piece.unread(dpi)  # noqa: PLW2901
            words.extend(replace(word, block=block, paragraph=0, line=block * 100 + word.line) for word in its)
    return words


def _read_sheet(engine: OcrEngine, pieces: Sequence[_Piece], dpi: int, timeout: float) -> list[list[ReadWord]]:
    """The words of each cell on one sheet, at their places on the page."""
    found: list[list[ReadWord]] = [[] for _ in pieces]
    for word in engine.read(_sheet(pieces, dpi), dpi=dpi, timeout=timeout):
        index = next((at for at, piece in enumerate(pieces) if piece.holds(word.box)), None)
        if index is not None:
            found[index].append(pieces[index].back(word))
    return found


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
    for row in (row for grid in grids for row in _rows(image, grid, dpi)):
        height = max(cut.below for cut in row)
        if pieces and at + height > _TALLEST:
            yield pieces
            pieces, at = [], margin
        pieces += [_Piece(cut.cell, cut.picture, cut.place, (margin + cut.right, at + cut.down)) for cut in row]
        at += height + margin
    if pieces:
        yield pieces


def _rows(image: GreyImage, grid: Grid, dpi: float) -> Iterator[list[_Cut]]:
    """What stands side by side on a sheet: a cell, or a row number and the cell behind it, as in a numbered list.

    Engines drop lone figures as dirt, or read them as letters; before a line of text they read them as numbers.
    """
    cuts = [cut for cell in sorted(grid.cells, key=lambda c: (c.column, c.row)) if (cut := _cut(image, cell, dpi))]
    labels = {cut.cell.row: label for cut in cuts if cut.cell.column == 0 and (label := _label(cut, dpi))}
    indent = max((label.picture.shape[1] for label in labels.values()), default=0) + int(_LABEL_GAP * dpi)
    behind = {cut.cell.row for cut in cuts if cut.cell.column == 1 and cut.cell.row in labels}
    for cut in cuts:
        if cut.cell.column == 0 and cut.cell.row in behind:
            continue
        label = labels.get(cut.cell.row) if cut.cell.column == 1 else None
        yield [cut] if label is None else _side_by_side(label, cut, indent, dpi)


def _label(cut: _Cut, dpi: float) -> _Cut | None:
    """The cell cut down to its ink where that is no more than a number or a letter."""
    down, across = (np.nonzero(np.count_nonzero(cut.picture < _INK, axis=axis))[0] for axis in (1, 0))
    if down[-1] - down[0] > _LABEL_HEIGHT * dpi or across[-1] - across[0] > _LABEL_WIDTH * dpi:
        return None
    top, left = max(int(down[0]) - 2, 0), max(int(across[0]) - 2, 0)
    picture = cut.picture[top : int(down[-1]) + 3, left : int(across[-1]) + 3]
    return _Cut(cut.cell, picture, (cut.place[0] + left, cut.place[1] + top))


def _side_by_side(label: _Cut, cut: _Cut, indent: int, dpi: float) -> list[_Cut]:
    """Both on the base of the text's first line, a blank between them: wider gaps would part columns."""
    inked = np.nonzero(np.count_nonzero(cut.picture < _INK, axis=0) >= _STEM_INK * dpi)[0]
    left = max(int(inked[0]) - 2, 0) if len(inked) else 0
    text = replace(cut, picture=cut.picture[:, left:], place=(cut.place[0] + left, cut.place[1]), right=indent)
    down = max(_base(cut.picture, label.picture.shape[0]) - label.picture.shape[0] + 3, 0)
    return [replace(label, right=indent - int(_LABEL_GAP * dpi) - label.picture.shape[1], down=down), text]


def _base(picture: GreyImage, capital: int) -> int:
    """The row on which a text's first line stands: where ink ends most abruptly; ``capital`` is a figure's height."""
    ink = np.count_nonzero(picture < _INK, axis=1).astype(np.int64)
    first, last = int(0.7 * capital), int(2.2 * capital)
    drops = (ink[:-2] - ink[2:])[first:last]
    return first + int(np.argmax(drops)) if len(drops) else len(ink) - 1


def _cut(image: GreyImage, cell: GridCell, dpi: float) -> _Cut | None:
    """A cell's picture without its lines and without white above and below; None for an empty cell."""
    rows, columns = _area(cell.box, dpi, _INSET)
    picture = _without_walls(image[rows, columns], dpi)
    inked = np.nonzero(np.count_nonzero(picture < _INK, axis=1) >= 2)[0]
    if picture.shape[1] < 4 or len(inked) < 0.03 * dpi:
        return None
    around = int(0.03 * dpi)
    first, last = max(int(inked[0]) - around, 0), min(int(inked[-1]) + around, picture.shape[0])
    return _Cut(cell, picture[first:last], (columns.start, rows.start + first))


def _without_walls(picture: GreyImage, dpi: float) -> GreyImage:
    """A copy of a cell's picture with the remains of its lines painted white."""
    dark = np.asarray(picture < _FAINT, np.uint8)
    strip, bar = max(int(_STRIP * dpi / 72), 2), max(int(_STROKE * dpi), 3)
    if min(picture.shape) <= 2 * strip:
        return picture.copy()
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, bar), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((bar, 1), np.uint8))
    level[strip:-strip] = 0
    upright[:, strip:-strip] = 0
    walls = cv2.dilate(level | _walls(upright, dpi), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(walls > 0, _WHITE, picture), np.uint8)


def _walls(upright: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """The upright strokes without stems of letters, which stand off the side and are short."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    width = upright.shape[1]
    kept = [
        index
        for index, (left, _, across, length, _) in enumerate(stats[:count].tolist())
        if index and (left <= 1 or left + across >= width - 1 or length > _STEM * dpi)
    ]
    return np.isin(labels, kept).astype(np.uint8)


def _sheet(pieces: Sequence[_Piece], dpi: float) -> GreyImage:
    margin = int(_MARGIN * dpi / 72)
    width = max(piece.sheet[0] + piece.picture.shape[1] for piece in pieces) + margin
    height = max(piece.sheet[1] + piece.picture.shape[0] for piece in pieces) + margin
    sheet = np.full((height, width), _WHITE, np.uint8)
    for piece in pieces:
        left, top = piece.sheet
        rows, columns = piece.picture.shape
        sheet[top : top + rows, left : left + columns] = piece.picture
    return sheet
