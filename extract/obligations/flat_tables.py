"""Flattened task tables: one cell a line, as text versions of dispatches print them.

The header lines tell the columns, row numbers in sequence the rows. Cells may be missing (merged with the row above)
or several lines long, so the lines of a row are assigned to the columns as a whole: the reading wins whose cells
look most like what their columns are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.span import Span
from extract.obligations.columns import Role, role_of
from extract.obligations.tables import Row
from extract.source import Source, TextLine
from extract.units.kinds import likeness
from normalize.fold import fold

_NUMBER = re.compile(r"\s*\**\(?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})\s*[.)]?\**\s*(?P<rest>.*)$")
_SECTION = re.compile(r"\s*\**(?P<label>[IVXL]{1,6}|[A-H])\s*[.)]?\**\s*$")
_TIME = re.compile(
    r"(?:[^:;]{1,90}: ?)?(?:(?:dau|giua|cuoi|trong|truoc|sau|den|het|tu|ke tu|hoan (?:thanh|tat)|cham nhat|"
    r"truoc ngay|"
    r"thuc hien|trien khai|bat dau|du kien|nam|vao|khoang) )*"
    r"(?:thang \d{1,2}\b|(?:quy|qui) (?:[ivl1-4]+)\b|nam (?:hoc )?\d{4}|ngay \d{1,2}\b|\d{1,2}/\d{4}|"
    r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|"
    r"(?:19|20)\d{2}\b|(?:nhiem vu )?thuong xuyen|lien tuc|hang (?:nam|quy|thang|tuan|ngay)|(?:dinh|dinh) ky|"
    r"theo (?:tien do|ke hoach|lo trinh|yeu cau|quy dinh|thoi|chi dao|huong dan)|sau khi|ngay (?:sau )?khi|khi |"
    r"giai doan|6 thang|sau thang|\d+ (?:ngay|thang|tuan)|ky hop|nhiem ky)"
)
_TIME_WORDS = re.compile(r"\b(?:thang \d{1,2}/\d{4}|(?:quy|qui) [ivl]+/\d{4}|tu (?:nam )?\d{4})\b")
_ENDED = re.compile(r"[.!?]\**\s*$")
_GOES_ON = re.compile(r"[;,:–-]\s*$")
_BULLET = re.compile(r"\s*[-–+•]\s")
_MISSING: Mapping[Role, float] = {
    "task": -8.0,
    "lead": -2.0,
    "support": -1.0,
    "both": -2.0,
    "result": -1.0,
    "time": -1.5,
}
_MOST_ROW_LINES = 40
_NOT_CELLS = frozenset({"furniture", "stamp", "caption", "table"})
_LONGEST_INDEX = 24

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a row (``number``) or a section (``label``) begins: the index of its line, and the first cell's lines."""

    at: int
    number: Number | None
    label: str
    inline: bool


def rows(source: Source, without: Iterable[Span] = ()) -> tuple[list[Row], list[Span]]:
    """The rows of every flattened task table, and the span that each table covers; ``without``: lines not to read."""
    hidden = {span.start for span in without}
    lines = [
        line
        for line in source.lines
        if not line.blank and line.kind not in _NOT_CELLS and line.span.start not in hidden
    ]
    found: list[Row] = []
    covered: list[Span] = []
    index = 0
    while index < len(lines):
        header = _header(lines, index)
        if header is None:
            index += 1
            continue
        roles, first = header
        table, end = _table(lines, first, roles)
        if table:
            found += table
            covered.append(Span(lines[index].span.start, table[-1].span.end))
        index = max(end, first)
    return found, covered


def time_likeness(text: str) -> float:
    """How much a cell looks like a time, in [0, 1].

    >>> time_likeness("Quý IV/2025"), time_likeness("Báo cáo kết quả")
    (1.0, 0.0)
    """
    if len(text) > 160:
        return 0.0
    folded = fold(" ".join(text.split())).casefold().strip("-–• *.")
    if _TIME.match(folded):
        return 1.0 if len(folded) < 90 else 0.5
    return 0.6 if _TIME_WORDS.search(folded) and len(folded) < 80 else 0.0


def _header(lines: Sequence[TextLine], index: int) -> tuple[list[Role], int] | None:
    """The roles of the columns behind the index column, and the line after the header."""
    if len(lines[index].text) > _LONGEST_INDEX or role_of(lines[index].text) != "index":
        return None
    roles: list[Role] = []
    at = index + 1
    while at < len(lines) and len(roles) < 10:
        role, size = _header_cell(lines, at, roles)
        if role is None:
            break
        roles.append(role)
        at += size
    while at < len(lines) and re.fullmatch(r"\s*\(\d{1,2}\)\s*", lines[at].text):
        at += 1
    kinds = set(roles)
    if "task" not in kinds or not kinds & {"lead", "both", "time", "support"}:
        return None
    return roles, at


def _header_cell(lines: Sequence[TextLine], at: int, known: Sequence[Role]) -> tuple[Role | None, int]:
    """The role of the header cell that begins at a line, and how many lines it has (at most three)."""
    for size in (1, 2, 3):
        text = " ".join(line.text for line in lines[at : at + size])
        role = role_of(text)
        following = role_of(lines[at + size].text) if at + size < len(lines) else None
        if role and role != "index" and (following or role not in known):
            return role, size
    return None, 0


def _table(lines: Sequence[TextLine], first: int, roles: Sequence[Role]) -> tuple[list[Row], int]:
    """The rows below a header, and the line after the table."""
    starts = _starts(lines, first)
    table: list[Row] = []
    end = first
    section: str | None = None
    for index, start in enumerate(starts):
        stop = starts[index + 1].at if index + 1 < len(starts) else min(len(lines), start.at + _MOST_ROW_LINES)
        if start.number is None:
            section, end = start.label, stop
            continue
        cells = lines[start.at + (0 if start.inline else 1) : stop]
        last = index + 1 == len(starts)
        if last:
            cells = _until_end(cells, roles)
        row = _row(cells, roles, start, section)
        if row is not None:
            table.append(row)
            end = start.at + (0 if start.inline else 1) + len(cells) if last else stop
    return table, end


def _starts(lines: Sequence[TextLine], first: int) -> list[_Start]:
    """The beginnings of rows and sections, by their numbers in sequence."""
    starts: list[_Start] = []
    last: Number = (0,)
    inline: bool | None = None
    quiet = 0
    for at in range(first, len(lines)):
        text = lines[at].text
        section = _SECTION.match(text)
        match = None if section else _NUMBER.match(text)
        number = tuple(int(part) for part in match["number"].split(".")) if match else None
        quiet += 1
        if section and at + 1 < len(lines):
            starts.append(_Start(at, None, section["label"], inline=False))
            last, quiet = (last[0],), 0
        elif match and number and _follows(number, last, restart=bool(starts) and starts[-1].number is None):
            style = bool(match["rest"])
            if (inline is None or style == inline) and (not style or match["rest"][:1].isupper()):
                starts.append(_Start(at, number, match["number"], inline=style))
                inline, last, quiet = style, number, 0
        if quiet > _MOST_ROW_LINES:
            break
    return starts if any(start.number for start in starts) else []


def _follows(number: Number, last: Number, *, restart: bool) -> bool:
    """Whether a row number comes next: 11.5 → 11.6 or 12; one lost number is forgiven; 1 again in a new section."""
    if restart and number == (1,):
        return True
    if number[:-1] == last and number[-1] == 1:
        return True
    for depth in range(len(last)):
        step = number[depth] - last[depth] if len(number) == depth + 1 and number[:depth] == last[:depth] else 0
        if step == 1 or (step == 2 and len(number) > 1):
            return True
    return False


def _until_end(cells: Sequence[TextLine], roles: Sequence[Role]) -> Sequence[TextLine]:
    """The lines of the last row: up to its time where that is the last column, else as many as there are columns."""
    if "time" in roles:
        for index, line in enumerate(cells[: len(roles) + 6]):
            if index and time_likeness(line.text) == 1.0 and len(line.text) < 60:
                following = cells[index + 1 : index + 2]
                if not (following and time_likeness(following[0].text) == 1.0):
                    return cells[: index + 1]
    return cells[: len(roles)]


def _row(cells: Sequence[TextLine], roles: Sequence[Role], start: _Start, section: str | None) -> Row | None:
    """The row with its lines assigned to the columns."""
    if not cells:
        return None
    spans = [_cell_span(line, inline=start.inline and index == 0) for index, line in enumerate(cells)]
    columns = assign(tuple(span.of_line for span in spans), tuple(roles))
    by_role: dict[Role, tuple[Span, ...]] = {}
    for cell, column in zip(spans, columns, strict=True):
        role = roles[column]
        by_role[role] = (*by_role.get(role, ()), cell.span)
    whole = Span(spans[0].span.start, spans[-1].span.end)
    return Row(whole, start.label, by_role, section, ruled=False)


@dataclass(frozen=True, slots=True)
class _CellLine:
    span: Span
    of_line: str


def _cell_span(line: TextLine, *, inline: bool) -> _CellLine:
    """The span and text of a line of a cell, without a row number before it."""
    skip = 0
    if inline and (match := _NUMBER.match(line.text)):
        skip = match.start("rest")
    text = line.text[skip:]
    start = line.span.start + skip + len(text) - len(text.lstrip())
    return _CellLine(Span(start, max(start, start + len(text.strip()))), text.strip())


def assign(lines: tuple[str, ...], roles: tuple[Role, ...]) -> list[int]:
    """The column of each line: the order of the columns is kept, each line goes to one of them.

    The first line belongs to the first column. Time and memory grow with lines × columns².
    """
    best: list[list[tuple[float, int]]] = []
    for index, line in enumerate(lines):
        scores: list[tuple[float, int]] = []
        for column, role in enumerate(roles):
            if index == 0:
                scores.append((_fit(line, role) - 100.0 * (column > 0), -1))
                continue
            scores.append(
                max(
                    (best[-1][before][0] + _step(lines[index - 1], line, roles, before, column), before)
                    for before in range(column + 1)
                )
            )
        best.append(scores)
    ends = [score + _missing(roles, column + 1, len(roles)) for column, (score, _) in enumerate(best[-1])]
    column = max(range(len(roles)), key=ends.__getitem__)
    columns = [column]
    for scores in reversed(best[1:]):
        column = scores[column][1]
        columns.append(column)
    return columns[::-1]


def _step(before: str, line: str, roles: tuple[Role, ...], last: int, column: int) -> float:
    """What it is worth to put ``line`` into ``column`` when the line before is in ``last``."""
    if column > last:
        return _fit(line, roles[column]) + _missing(roles, last + 1, column)
    return _more(before, line, roles[column])


def _missing(roles: tuple[Role, ...], first: int, last: int) -> float:
    return sum(_MISSING.get(role, 0.0) for role in roles[first:last])


@lru_cache(maxsize=512)
def _looks(line: str) -> tuple[float, float]:
    """How much a line looks like units and like a time."""
    return likeness(line), time_likeness(line)


def _fit(line: str, role: Role) -> float:
    """How well a line opens a cell of this role."""
    unit, time = _looks(line)
    if role in {"lead", "support", "both"}:
        return 6 * unit - 3 - 2 * (time == 1.0)
    if role == "time":
        return 7 * time - 4
    if role == "task":
        return 3.0
    return 1.0 - 2.5 * (unit > 0.8) - 3 * (time == 1.0 and len(line) < 40)


def _more(before: str, line: str, role: Role) -> float:
    """How well a line goes on with a cell of this role."""
    unit, time = _looks(line)
    joined = 2.5 if _GOES_ON.search(before) or (line[:1].islower() and not _ENDED.search(before)) else 0.0
    listed = 2.5 if _BULLET.match(line) and _BULLET.match(before) else 0.0
    score = -1.5 + max(joined, listed)
    if role in {"lead", "support", "both"}:
        return score + 2.5 * unit - 1.5 - 3 * (time == 1.0)
    if role == "time":
        return score + 3 * time - 1
    return score - 2 * (unit > 0.8 and not listed) - 3 * (time == 1.0)
