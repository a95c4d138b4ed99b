"""From a table's skeleton and the words in it to the page's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.layout import Cell, Table
from corpus.span import Span
from ocr.layout.lines import box_of, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.layout import Box, Line, Word
    from ocr.tables.grid import Grid


def fill(
    grid: Grid, words: Sequence[Word], start: int, *, speck: Callable[[Word], bool] | None = None
) -> tuple[list[Line], Table]:
    """The table with its words put into cells by their middles.

    Args:
        grid: the table's cells, in points.
        words: the words inside the table.
        start: the index on the page that the first line will have.
        speck: tells words that are only dirt. They are left out, but for a lone one in the first column: a row
            number that could not be read is still one.

    Returns:
        The lines of the cells, row by row, cell by cell, and the table that refers to them.
    """
    held: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        held[_nearest(grid, word)].append(word)
    lines: list[Line] = []
    cells: list[Cell] = []
    for cell, its in zip(grid.cells, held, strict=True):
        clean = [word for word in its if not (speck and speck(word))]
        its = clean or (its if cell.column == 0 else [])  # noqa: PLW2901
        first = start + len(lines)
        lines.extend(run.line("table") for run in runs(its))
        span = Span(first, start + len(lines))
        cells.append(Cell(cell.row, cell.column, span, cell.row_span, cell.column_span, cell.box))
    return lines, Table(tuple(cells), grid.rows, grid.columns, grid.box, ruled=grid.ruled)


def inside(box: Box, word: Word) -> bool:
    """Whether the word's middle lies in the box."""
    return _off(box, word) <= 0


def _nearest(grid: Grid, word: Word) -> int:
    return min(range(len(grid.cells)), key=lambda index: _off(grid.cells[index].box, word))


def _off(box: Box, word: Word) -> float:
    """How far the word's middle lies outside the box, in points; negative inside."""
    its = box_of(word)
    x, y = (its.x0 + its.x1) / 2, (its.top + its.bottom) / 2
    return max(box.x0 - x, x - box.x1, box.top - y, y - box.bottom)
