"""Task tables: what each column is for, and the rows of tables that the page layout found.

A row is a task with its cells by role. Header words decide the roles; merged and missing cells, rows over a page
break and sub-rows are put together here. Flattened tables (one cell a line) are read by
`extract.obligations.flat_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.layout import Cell, Table
from corpus.span import Span
from extract.source import Source
from normalize.fold import fold

Role = Literal["index", "task", "lead", "support", "both", "result", "time", "note", "other"]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("index", re.compile(r"(?:tt|stt|so tt|s\.? ?t\.? ?t|so thu tu|tt\.|muc so)$")),
    ("time", re.compile(r"(?:du kien )?(?:thoi (?:gian|han|diem)|tien do|lo trinh|han (?:hoan|nop|xu|bao|gui)|ngay )")),
    ("note", re.compile(r"ghi chu")),
    ("other", re.compile(r"(?:kinh phi|can cu|co so phap ly|ma so|ma ttht|phi, le phi|dia diem|cach thuc|nguon)")),
    ("result", re.compile(r"(?:du kien )?(?:ket qua|san pham|dau ra|hinh thuc van ban|muc tieu|chi tieu|yeu cau)")),
    (
        "task",
        re.compile(
            r"(?:ten |cac |danh muc )*(?:noi dung|nhiem vu|cong viec|dau viec|hoat dong|giai phap|viec (?:can|phai)|"
            r"linh vuc cong viec|de an|du an|nhom nhiem vu)"
        ),
    ),
    ("both", re.compile(r"(?=.*chu tri)(?=.*phoi hop)(?:don vi|co quan|phan cong|trach nhiem|bo phan|to chuc)")),
    ("support", re.compile(r"(?:.{0,30}\b)?phoi hop")),
    (
        "lead",
        re.compile(
            r"(?:.{0,40}\b)?(?:chu tri|chiu trach nhiem|phu trach|dau moi|(?:co quan|don vi|bo phan|phong|ca nhan|"
            r"nguoi|to chuc|phan cong|trach nhiem).{0,20}(?:thuc hien|tham muu|trinh|thuc thi|xay dung|soan thao)|"
            r"don vi$|co quan$|phan cong$|don vi duoc|co quan duoc)"
        ),
    ),
)
_STANDING = re.compile(r"thu tuc hanh chinh|ma (?:so )?tthc|le phi|cach thuc thuc hien", re.IGNORECASE)
_LONGEST_HEADER = 100
_NUMBER = re.compile(r"\s*\(?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})\s*[.)]?\s*$")
_SECTION = re.compile(r"\s*\**(?P<label>[IVXL]{1,6}|[A-H])\s*[.)]?\**\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells`` holds the spans of the text of each role's cell, line by line or as one block.

    ``span`` covers the row; ``number`` is its printed number, ``section`` the label of the section row above.
    ``inherited`` names the roles whose cells are those of the row above (merged cells).
    """

    span: Span
    number: str | None
    cells: Mapping[Role, tuple[Span, ...]]
    section: str | None = None
    inherited: tuple[Role, ...] = ()
    ruled: bool = True


@dataclass(slots=True)
class _Open:
    """A row while its cells are gathered."""

    number: str | None
    section: str | None
    cells: dict[Role, tuple[Span, ...]] = field(default_factory=dict)
    inherited: list[Role] = field(default_factory=list)

    def close(self) -> Row:
        """The finished row."""
        own = [span for role, spans in self.cells.items() if role not in self.inherited for span in spans]
        spans = own or [span for spans in self.cells.values() for span in spans]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        return Row(whole, self.number, self.cells, self.section, tuple(self.inherited))


def role_of(header: str) -> Role | None:
    """What a column with this header is for; None where the words are no column header.

    >>> role_of("Đơn vị chủ trì"), role_of("Thời gian thực hiện"), role_of("STT")
    ('lead', 'time', 'index')
    """
    if len(header) > _LONGEST_HEADER:
        return None
    text = fold(" ".join(header.split())).casefold().strip(" .:*/()")
    return next((role for role, pattern in _ROLES if pattern.match(text)), None)


def rows(source: Source) -> list[Row]:
    """The rows of every task table on the pages."""
    found: list[Row] = []
    roles: dict[int, Role] = {}
    section: str | None = None
    last = 0
    starts = _page_starts(source)
    for page, table in source.document.tables():
        grid = _Grid(source, starts.get(page.number, 0), table)
        first, header = _header(grid)
        goes_on = bool(found) and (table.continues or (last == page.number - 1 and header == roles))
        if header and not goes_on:
            roles, section = header, None
        elif not header and not table.continues and table.columns != len(roles):
            roles = {}
        if _is_task_table(roles) and not _STANDING.search(fold(grid.head(first))):
            above = found.pop() if goes_on else None
            more, section = _read(grid, roles, first, above, section)
            found += more
        last = page.number
    return found


def covered(source: Source) -> list[Span]:
    """The lines that stand in cells of tables of the pages, as spans."""
    starts = _page_starts(source)
    found: list[Span] = []
    for page, table in source.document.tables():
        first = starts.get(page.number, 0)
        for cell in table.cells:
            found += [line.span for line in source.lines[first + cell.lines.start : first + cell.lines.end]]
    return found


def _page_starts(source: Source) -> dict[int, int]:
    """The index of each page's first line."""
    starts: dict[int, int] = {}
    for index, line in enumerate(source.lines):
        starts.setdefault(line.page, index)
    return starts


class _Grid:
    """The cells of a table by row and column, merged ones at every place that they cover."""

    def __init__(self, source: Source, first: int, table: Table) -> None:
        self.table = table
        self.at: dict[tuple[int, int], Cell] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + max(cell.row_span, 1)):
                for column in range(cell.column, cell.column + max(cell.column_span, 1)):
                    self.at.setdefault((row, column), cell)
        self._source = source
        self._first = first

    def span(self, cell: Cell) -> Span | None:
        """The span of a cell's text; None for an empty one."""
        lines = self._source.lines[self._first + cell.lines.start : self._first + cell.lines.end]
        filled = [line.span for line in lines if not line.blank]
        return Span(filled[0].start, filled[-1].end) if filled else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell on one line."""
        cell = self.at.get((row, column))
        span = self.span(cell) if cell else None
        return self._source.quote(span) if span else ""

    def head(self, rows: int) -> str:
        """The text of the first rows."""
        return " ".join(self.text(row, column) for row in range(rows) for column in range(self.table.columns))


def _header(grid: _Grid) -> tuple[int, dict[int, Role]]:
    """How many rows the header has, and the role of each column; no roles where there is no header."""
    best: tuple[int, dict[int, Role]] = (0, {})
    for row in range(min(3, grid.table.rows)):
        roles: dict[int, Role] = {}
        for column in range(grid.table.columns):
            whole = " ".join(dict.fromkeys(grid.text(above, column) for above in range(row + 1)))
            role = role_of(grid.text(row, column)) or role_of(whole)
            if role:
                roles[column] = role
        if len(roles) >= 2 and len(roles) > len(best[1]):
            best = (row + 1, roles)
    first, roles = best
    if roles and first < grid.table.rows and _is_count(grid, first):
        first += 1
    return first, roles


def _is_count(grid: _Grid, row: int) -> bool:
    """Whether the row only numbers the columns: «(1) (2) (3)»."""
    texts = [grid.text(row, column).strip("() .") for column in range(grid.table.columns)]
    return [text for text in texts if text] == [str(n + 1) for n in range(len([text for text in texts if text]))]


def _is_task_table(roles: Mapping[int, Role]) -> bool:
    """Whether the columns say who does what or by when."""
    kinds = set(roles.values())
    return ("task" in kinds and bool(kinds & {"lead", "both", "time"})) or {"lead", "time"} <= kinds


def _read(
    grid: _Grid, roles: Mapping[int, Role], first: int, above: Row | None, section: str | None
) -> tuple[list[Row], str | None]:
    """The rows of one table with the row ``above`` that it goes on from, and the section that is open at its end."""
    opened = [_reopen(above)] if above else []
    for index in range(first, grid.table.rows):
        label = _section(grid, index, roles)
        if label:
            section = label
            continue
        cells, number, merged = _row_cells(grid, index, roles)
        if not cells:
            continue
        if opened and number is None and _continues(cells, merged, opened[-1]):
            _append(opened[-1], cells)
        else:
            opened.append(_start(number, section, cells, merged, opened[-1] if opened else None))
    return [row.close() for row in opened], section


def _reopen(row: Row) -> _Open:
    return _Open(row.number, row.section, dict(row.cells), list(row.inherited))


def _section(grid: _Grid, row: int, roles: Mapping[int, Role]) -> str | None:
    """The label of a section row («II.», or one cell over the whole width)."""
    number = next((column for column, role in roles.items() if role == "index"), None)
    if number is not None and (match := _SECTION.match(grid.text(row, number))):
        return match["label"]
    cells = {id(cell): cell for column in range(grid.table.columns) if (cell := grid.at.get((row, column)))}
    filled = [cell for cell in cells.values() if grid.span(cell)]
    if len(filled) == 1 and filled[0].column_span >= max(grid.table.columns - 1, 2):
        return grid.text(row, filled[0].column)[:60]
    return None


def _row_cells(
    grid: _Grid, row: int, roles: Mapping[int, Role]
) -> tuple[dict[Role, tuple[Span, ...]], str | None, list[Role]]:
    """The cells of a row by role, its number, and the roles whose cell began in a row above."""
    cells: dict[Role, tuple[Span, ...]] = {}
    merged: list[Role] = []
    number: str | None = None
    for column, role in roles.items():
        cell = grid.at.get((row, column))
        span = grid.span(cell) if cell else None
        if cell is None or span is None:
            continue
        if role == "index":
            match = _NUMBER.match(grid.text(row, column))
            number = match["number"] if match and cell.row == row else None
            continue
        cells[role] = (*cells.get(role, ()), span)
        if cell.row < row:
            merged.append(role)
    if all(role in merged for role in cells):
        return {}, number, []
    return cells, number, merged


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
    section: str | None,
    cells: dict[Role, tuple[Span, ...]],
    merged: Sequence[Role],
    above: _Open | None,
) -> _Open:
    """A new row; a sub-row without number takes the task and units of the row above."""
    row = _Open(number, section, dict(cells), list(merged))
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
    """Each row with the one that it is a part of («11» for «11.1»)."""
    parents: dict[str, Row] = {}
    for row in rows:
        parent = None
        if row.number:
            parent = parents.get(row.number.rpartition(".")[0])
            parents[row.number] = row
        yield row, parent
