"""Tables that go on over page ends: which do, which of their rows are repeated headers, which cells are continued."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from corpus.layout import Line, Word
from normalize.fold import fold
from ocr.tables.rownumbers import parse, rebuild
from ocr.tables.sheets import UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Cell, Page, Table

_NUMBER_HEADS = {"tt", "stt", "so tt", "so thu tu"}
_ALIKE = 85
_EDGES = 9.0
"""Points by which the sides of a table may differ from page to page (scans shift)."""

_REBUILT = 0.5
"""Confidence of a row number that was told by its neighbours."""


def join(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages with tables that go on marked so.

    A table that is the first thing on its page and has the columns of the one that was the last thing on the page
    before ``continues`` it. Header rows printed again lose their cells, and their lines become furniture. The first
    row's cells ``continue`` those of the last row before where the row has no number of its own. Misread row numbers
    are told from their neighbours; what was read stays in ``Word.readings``.
    """
    done: list[Page] = []
    head: list[str] = []
    for page in pages:
        before = done[-1] if done else None
        if before is not None and page.tables and _goes_on(before, page):
            page = _continued(page, head)  # noqa: PLW2901
        done.append(page)
        if page.tables and not (len(page.tables) == 1 and page.tables[0].continues):
            head = _row(page, page.tables[-1], 0)
    return tuple(_numbered(done))


def _row(page: Page, table: Table, row: int) -> list[str]:
    """The texts of the cells that begin in a row."""
    return [text_of(page, cell) for cell in table.cells if cell.row == row]


def text_of(page: Page, cell: Cell) -> str:
    """A cell's lines, joined by spaces."""
    return " ".join(line.text for line in page.lines[cell.lines.start : cell.lines.end])


def _goes_on(before: Page, page: Page) -> bool:
    """Whether the first table of ``page`` is the rest of the last one of ``before``."""
    if not before.tables:
        return False
    last, first = before.tables[-1], page.tables[0]
    if _has_text(before.lines[_end(last) :]) or _has_text(page.lines[: _start(first)]):
        return False
    if last.columns == first.columns:
        return True
    sides = last.box is not None and first.box is not None
    return bool(
        sides
        and last.box is not None
        and first.box is not None
        and abs(last.box.x0 - first.box.x0) < _EDGES
        and abs(last.box.x1 - first.box.x1) < _EDGES
    )


def _has_text(lines: Sequence[Line]) -> bool:
    return any(line.text.strip() and line.kind not in ("furniture", "caption", "stamp", "footnote") for line in lines)


def _start(table: Table) -> int:
    return min(cell.lines.start for cell in table.cells)


def _end(table: Table) -> int:
    return max(cell.lines.end for cell in table.cells)


def _continued(page: Page, head: Sequence[str]) -> Page:
    first = page.tables[0]
    repeated = _is_head(_row(page, first, 0), head) and first.rows > 1
    lines = list(page.lines)
    cells = list(first.cells)
    rows = first.rows
    if repeated:
        for cell in (cell for cell in cells if cell.row == 0):
            for at in range(cell.lines.start, cell.lines.end):
                lines[at] = replace(lines[at], kind="furniture")
        cells = [replace(cell, row=cell.row - 1) for cell in cells if cell.row > 0]
        rows -= 1
    table = replace(first, cells=tuple(cells), rows=rows, continues=True)
    page = replace(page, lines=tuple(lines), tables=(table, *page.tables[1:]))
    return replace(page, tables=(_with_cells_continued(page, table, head), *page.tables[1:]))


def _is_head(row: Sequence[str], head: Sequence[str]) -> bool:
    return len(row) == len(head) and fuzz.ratio(_key(" ".join(row)), _key(" ".join(head))) > _ALIKE


def _key(text: str) -> str:
    return fold(text).lower().strip(" .:")


def _with_cells_continued(page: Page, table: Table, head: Sequence[str]) -> Table:
    """The first row goes on from the page before where rows are numbered and it has no number."""
    numbered = bool(head) and _key(head[0]) in _NUMBER_HEADS
    row = [cell for cell in table.cells if cell.row == 0]
    first = next((cell for cell in row if cell.column == 0), None)
    if not numbered or first is None or first.column_span > 1 or text_of(page, first).strip():
        return table
    return replace(table, cells=tuple(replace(cell, continues=cell.row == 0) for cell in table.cells))


def _numbered(pages: Sequence[Page]) -> list[Page]:
    """The pages with the row numbers of their tables rebuilt, a table that goes on counted through."""
    lines = [list(page.lines) for page in pages]
    for chain in _chains(pages):
        cells = [
            (at, cell)
            for at, table in chain
            for cell in table.cells
            if cell.column == 0 and (cell.row or table.continues)
            if not (cell.continues or _is_heading(table, cell.row))
        ]
        readings = [text_of(pages[at], cell) for at, cell in cells]
        first = next((text_of(pages[at], cell) for at, table in chain[:1] for cell in table.cells), "")
        headed = _key(first) in _NUMBER_HEADS
        if headed or _mostly_numbers(readings):
            for (at, cell), number in zip(cells, rebuild(readings, from_one=headed), strict=True):
                if number is not None and len(cell.lines) == 1:
                    lines[at][cell.lines.start] = _renumbered(lines[at][cell.lines.start], number)
    return [replace(page, lines=tuple(its)) for page, its in zip(pages, lines, strict=True)]


def _is_heading(table: Table, row: int) -> bool:
    """Whether a row is a section's heading: one cell over most of the columns, whose number counts apart."""
    return any(cell.row == row and cell.column_span >= max(2, table.columns - 2) for cell in table.cells)


def _chains(pages: Sequence[Page]) -> list[list[tuple[int, Table]]]:
    """Each table with those that continue it, as (index of the page, table)."""
    chains: list[list[tuple[int, Table]]] = []
    for at, page in enumerate(pages):
        for table in page.tables:
            if table.continues and chains:
                chains[-1].append((at, table))
            else:
                chains.append([(at, table)])
    return chains


def _mostly_numbers(readings: Sequence[str]) -> bool:
    """Whether a column is one of row numbers, though its heading was not read."""
    filled = [reading for reading in readings if reading.strip() not in ("", UNREAD)]
    return sum(parse(reading) is not None for reading in filled) >= max(3, 0.6 * len(filled))


def _renumbered(line: Line, number: str) -> Line:
    word = Word(number, 0, line.box, _REBUILT, (line.text,))
    return Line(number, (word,), line.box, line.kind)
