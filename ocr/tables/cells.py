"""Reading the cells of tables, without a run of the engine for each of them.

Engines lose words where lines and narrow columns surround them. So the cells are cut out and set one below the
other on a sheet of their own, which the engine reads like a single column of text; the rest of the page is read with
the tables painted white. That is one more run for a page with tables, and none for a page without.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ocr.tables.ruled import ruled
from ocr.tables.sheets import area, has_ink, sheet, sheets
from ocr.tables.wipe import WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import GreyImage, OcrEngine, ReadWord
    from ocr.tables.grid import Grid
    from ocr.tables.sheets import Piece

_PLAIN, _WITH_SHEETS = "4", "10"
"""Go into the cache key: a change of the sheets reads pages with tables anew, and those alone."""

_WALL = 2.2
"""Points around a table that are painted white with it."""


def version(grids: Sequence[Grid]) -> str:
    """What a page's reading depends on here, for the cache key: where its cells lie, to a point."""
    if not grids:
        return _PLAIN
    boxes = [(cell.box.x0, cell.box.top, cell.box.x1, cell.box.bottom) for grid in grids for cell in grid.cells]
    places = str([[round(edge) for edge in box] for box in boxes])
    return f"{_WITH_SHEETS}-{hashlib.sha256(places.encode()).hexdigest()[:12]}"


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
        rest[area(grid.box, dpi, -_WALL)] = WHITE
    words = list(engine.read(rest, dpi=dpi, timeout=timeout)) if has_ink(rest) else []
    return [*words, *_read_cells(engine, image, grids, len(words), dpi, timeout)]


def read_anew(
    engine: OcrEngine, image: GreyImage, words: Sequence[ReadWord], grids: Sequence[Grid], *, dpi: int, timeout: float
) -> Sequence[ReadWord]:
    """The words with those in the tables' cells read once more: tables without lines are found by words alone.

    Arguments and errors as ``OcrEngine.read``; boxes of ``grids`` in points.
    """
    scale = dpi / 72
    boxes = [grid.box for grid in grids]
    kept = [
        word
        for word in words
        if not any(
            box.x0 * scale <= (word.box.x0 + word.box.x1) / 2 <= box.x1 * scale
            and box.top * scale <= (word.box.top + word.box.bottom) / 2 <= box.bottom * scale
            for box in boxes
        )
    ]
    return [*kept, *_read_cells(engine, image, grids, max((word.block for word in kept), default=0), dpi, timeout)]


def _read_cells(
    engine: OcrEngine, image: GreyImage, grids: Sequence[Grid], block: int, dpi: int, timeout: float
) -> list[ReadWord]:
    """The words of the cells, each cell a block of its own, counted on from ``block``."""
    words: list[ReadWord] = []
    for pieces in sheets(image, grids, dpi):
        for piece, its in zip(pieces, _read_sheet(engine, pieces, dpi, timeout), strict=True):
            block += 1
            its = its or piece.unread(dpi)  # noqa: PLW2901
            words.extend(replace(word, block=block, paragraph=0, line=block * 100 + word.line) for word in its)
    return words


def _read_sheet(engine: OcrEngine, pieces: Sequence[Piece], dpi: int, timeout: float) -> list[list[ReadWord]]:
    """The words of each cell on one sheet, at their places on the page."""
    found: list[list[ReadWord]] = [[] for _ in pieces]
    for word in engine.read(sheet(pieces, dpi), dpi=dpi, timeout=timeout):
        index = next((at for at, piece in enumerate(pieces) if piece.holds(word.box)), None)
        if index is not None:
            found[index].append(pieces[index].back(word))
    return found
