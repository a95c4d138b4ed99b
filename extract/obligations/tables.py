"""Task tables: rows with their cells by role.

A row is a task. Merged, missing and repeated cells («-nt-»), rows over a page break, sub-rows and rows that head a
section are put together here. `columns` tells what each column is for, `grids` where tables come from. Flattened tables
(one cell a line) are read by `extract.obligations.flat_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.span import Span
from extract.obligations.columns import Role, header_of, is_task_table
from extract.obligations.grids import Grid, of_pages, of_text
from extract.source import Source

_NUMBER = re.compile(r"\s*\(?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})\s*[.)]?\s*$")
_SECTION = re.compile(r"\s*\**(?P<label>[IVXL]{1,6}|[A-H])\s*[.)]?\**\s*$")
_OPENS = re.compile(r"\s*\**(?P<label>[IVXL]{1,6}|[A-H])\s*[.)/-]\s*(?=\w)")
_DITTO = re.compile(r"\W*(?:nt|như trên|n\.t)\W*|[\"”“″〃'’]{1,3}|//", re.IGNORECASE)
_UNITS: tuple[Role, ...] = ("lead", "support", "both")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells`` holds the spans of the text of each role's cell, line by line or as one block.

    ``span`` covers the row; ``number`` is its printed number, ``section`` the label of the section row above.
    ``inherited`` names the roles whose cells are those of the row above (merged cells). ``head`` is the row that heads
    the section, with what its cells say; ``heads`` tells that this row is such a one, with rows below it.
    """

    span: Span
    number: str | None
    cells: Mapping[Role, tuple[Span, ...]]
    section: str | None = None
    inherited: tuple[Role, ...] = ()
    ruled: bool = True
    head: Row | None = None
    heads: bool = False


@dataclass(slots=True)
class _Open:
    """A row while its cells are gathered."""

    number: str | None
    head: Row | None = None
    cells: dict[Role, tuple[Span, ...]] = field(default_factory=dict)
    inherited: list[Role] = field(default_factory=list)
    section: str | None = None

    def close(self) -> Row:
        """The finished row."""
        own = [span for role, spans in self.cells.items() if role not in self.inherited for span in spans]
        whole = _around(own or [span for spans in self.cells.values() for span in spans])
        section = self.section or (self.head.section if self.head else None)
        return Row(whole, self.number, self.cells, section, tuple(self.inherited), head=self.head)


@dataclass(slots=True)
class _State:
    """What goes on from one table to the next: the columns, the section that is open, the last row."""

    roles: dict[int, Role] = field(default_factory=dict)
    head: Row | None = None
    page: int = 0


def rows(source: Source) -> list[Row]:
    """The rows of every task table on the pages, and of those that lines of text draw."""
    found: list[Row] = []
    state = _State()
    for grid in of_pages(source):
        _add(grid, state, found)
    for grid, _ in of_text(source):
        _add(grid, _State(), found)
    return found


def drawn_lines(source: Source) -> list[Span]:
    """The lines of text that draw task tables, as spans."""
    return [span for grid, lines in of_text(source) if _of_tasks(grid) for span in lines]


def _of_tasks(grid: Grid) -> bool:
    first, roles = header_of(grid)
    return is_task_table(grid, roles, first)


def _add(grid: Grid, state: _State, found: list[Row]) -> None:
    """Add the rows of one table; one that goes on with the table before keeps its columns."""
    first, roles = header_of(grid)
    goes_on = bool(found) and (grid.continues or (state.page == grid.page - 1 and roles == state.roles))
    if roles and not goes_on:
        state.roles, state.head = roles, None
    elif not roles and not grid.continues and (grid.columns != len(state.roles) or grid.page > state.page + 1):
        state.roles = {}
    if is_task_table(grid, state.roles, first):
        _read(grid, state, first, found, goes_on=goes_on)
    state.page = grid.page


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _read(grid: Grid, state: _State, first: int, found: list[Row], *, goes_on: bool) -> None:
    """Append the table's rows; the first may go on with the last of the table before."""
    opened = [_reopen(found.pop())] if goes_on and found and not found[-1].heads else []
    for index in range(first, grid.rows):
        head = _section(grid, index, state.roles)
        if head is not None:
            found += [row.close() for row in opened]
            opened = []
            state.head = head
            if head.cells.keys() & {"lead", "both", "time"}:
                found.append(head)
            continue
        row = _row(grid, index, state, opened[-1] if opened else None)
        if row is not None:
            opened.append(row)
    found += [row.close() for row in opened]


def _row(grid: Grid, index: int, state: _State, above: _Open | None) -> _Open | None:
    """The row that begins here; None where there is nothing, or where it went on with the row above."""
    cells, number, merged = _row_cells(grid, index, state.roles)
    if not cells:
        return None
    if above is not None:
        _resolve_dittos(grid, cells, merged, above)
        if number is None and _continues(cells, merged, above):
            _append(above, cells)
            return None
    return _start(number, state.head, cells, merged, above)


def _reopen(row: Row) -> _Open:
    return _Open(row.number, row.head, dict(row.cells), list(row.inherited), row.section)


def _section(grid: Grid, row: int, roles: Mapping[int, Role]) -> Row | None:
    """A row that heads a section: «II.» and a title, or one cell over the width. Its other cells hold for all."""
    number = next((column for column, role in roles.items() if role == "index"), None)
    filled = grid.filled(row)
    label = _SECTION.match(grid.text(row, number)) if number is not None else None
    wide = len(filled) == 1 and filled[0].row == row and filled[0].column_span >= max(grid.columns - 2, 2)
    if not label and not wide and not _is_title(grid, row, roles):
        return None
    cells: dict[Role, tuple[Span, ...]] = {}
    for cell in filled:
        role = roles.get(cell.column)
        if wide or role == "task" or (role in (None, "index") and not label):
            cells["task"] = (*cells.get("task", ()), *cell.spans)
        elif role is not None and role != "index" and cell.column_span == 1:
            cells[role] = (*cells.get(role, ()), *cell.spans)
    text = grid.text(row, filled[0].column)
    opened = None if label else _OPENS.match(text)
    printed_label = label["label"] if label else opened["label"] if opened else text[:60]
    spans = [span for cell in filled for span in cell.spans]
    return Row(_around(spans), None, cells, printed_label, heads=True) if spans else None


def _is_title(grid: Grid, row: int, roles: Mapping[int, Role]) -> bool:
    """Whether nothing but «I. Về thể chế» stands in a row, in its first or its task's cell."""
    own = grid.own(row)
    if len(own) != 1 or len(grid.filled(row)) != 1 or roles.get(own[0].column) not in ("index", "task"):
        return False
    return bool(_OPENS.match(grid.text(row, own[0].column)))


def _row_cells(
    grid: Grid, row: int, roles: Mapping[int, Role]
) -> tuple[dict[Role, tuple[Span, ...]], str | None, list[Role]]:
    """The cells of a row by role, its number, and the roles whose cell began in a row above."""
    own: dict[Role, tuple[Span, ...]] = {}
    above: dict[Role, tuple[Span, ...]] = {}
    number: str | None = None
    shared = False
    for cell in grid.filled(row):
        role = roles.get(cell.column)
        if role == "index":
            match = _NUMBER.match(grid.text(row, cell.column))
            number = match["number"] if match and cell.row == row else None
            shared = cell.row < row
        elif role is not None:
            held = own if cell.row == row else above
            held[role] = (*held.get(role, ()), *cell.spans)
    merged: list[Role] = [role for role in above if role not in own]
    if shared:
        merged.append("index")
    return ({**above, **own}, number, merged) if own else ({}, number, [])


def _resolve_dittos(grid: Grid, cells: dict[Role, tuple[Span, ...]], merged: list[Role], above: _Open) -> None:
    """«-nt-», «như trên» and ditto marks stand for the cell above."""
    for role in (*_UNITS, "time", "result"):
        if role in cells and role in above.cells and _DITTO.fullmatch(grid.quote(cells[role])):
            cells[role] = above.cells[role]
            merged.append(role)


def _continues(cells: Mapping[Role, tuple[Span, ...]], merged: Sequence[Role], row: _Open) -> bool:
    """Whether a row without a number goes on with the one before (a cell that crosses a page, a split line)."""
    own = set(cells) - set(merged)
    if "time" in own and "time" in row.cells and "result" in own:
        return False
    return not ({"task", "time"} <= own or {"task", "lead"} <= own)


def _append(row: _Open, cells: Mapping[Role, tuple[Span, ...]]) -> None:
    for role, spans in cells.items():
        known = row.cells.get(role, ())
        row.cells[role] = (*known, *(span for span in spans if span not in known))


def _start(
    number: str | None,
    head: Row | None,
    cells: dict[Role, tuple[Span, ...]],
    merged: Sequence[Role],
    above: _Open | None,
) -> _Open:
    """A new row; a sub-row without number takes the task and units of the row above."""
    row = _Open(number, head, dict(cells), list(merged))
    if number is None and above is not None and "index" in merged:
        row.number = above.number
    if number is None and above is not None and "task" not in cells:
        row.number = above.number
        for role in ("task", "lead", "support", "both"):
            if role not in row.cells and role in above.cells:
                row.cells[role] = above.cells[role]
                row.inherited.append(role)
    return row


def printed(source: Source, spans: Sequence[Span]) -> str:
    """The words of a cell."""
    return " ".join(source.quote(span) for span in spans)


def with_lines(source: Source, spans: Sequence[Span]) -> str:
    """The text of a cell, line breaks kept: they can separate units."""
    return "\n".join(span.of(source.text) for span in spans)


def numbered(rows: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row with the one that it is a part of: «11» for «11.1», else the row that heads its section.

    A row that heads a section is a task of its own only where none stands below it.
    """
    parents: dict[str, Row] = {}
    above = {id(row.head) for row in rows if row.head}
    for row in rows:
        if row.heads and id(row) in above:
            parents = {}
            continue
        parent = None
        if row.number:
            parent = parents.get(row.number.rpartition(".")[0])
            parents[row.number] = row
        yield row, parent or row.head
