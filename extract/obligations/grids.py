"""Tables as rows and columns of cells, wherever they come from: page layout, lines with bars, lines with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout import Table
from corpus.span import Span
from extract.source import Source, TextLine

_BAR = re.compile(r"[|│┃]")
_BORDER = re.compile(r"[\s|│┃:+=_─━┼├┤┌┐└┘┬┴-]*[-─━=]{2}[\s|│┃:+=_─━┼├┤┌┐└┘┬┴-]*$")
_TAB = re.compile(r"\t")
_FEWEST_TABS = 2


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its first row and column, with the spans of its text: one block, or a piece a line. None if empty."""

    row: int
    column: int
    spans: tuple[Span, ...] = ()
    row_span: int = 1
    column_span: int = 1


class Grid:
    """The cells of a table by row and column, merged ones at every place that they cover."""

    def __init__(self, source: Source, cells: Sequence[GridCell], page: int, *, continues: bool = False) -> None:
        self.rows = max((cell.row + cell.row_span for cell in cells), default=0)
        self.columns = max((cell.column + cell.column_span for cell in cells), default=0)
        self.page, self.continues = page, continues
        self.at: dict[tuple[int, int], GridCell] = {}
        for cell in cells:
            for row in range(cell.row, cell.row + max(cell.row_span, 1)):
                for column in range(cell.column, cell.column + max(cell.column_span, 1)):
                    self.at.setdefault((row, column), cell)
        self._source = source

    def text(self, row: int, column: int) -> str:
        """The text of a cell on one line."""
        cell = self.at.get((row, column))
        return self.quote(cell.spans) if cell else ""

    def quote(self, spans: Sequence[Span]) -> str:
        """The text of spans on one line."""
        return " ".join(self._source.quote(span) for span in spans)

    def filled(self, row: int) -> list[GridCell]:
        """The cells of a row that hold text, from left to right, those that began above too."""
        cells = {id(cell): cell for column in range(self.columns) if (cell := self.at.get((row, column)))}
        return [cell for cell in cells.values() if cell.spans]

    def own(self, row: int) -> list[GridCell]:
        """The cells with text that begin in a row."""
        return [cell for cell in self.filled(row) if cell.row == row]

    def head(self, rows: int) -> str:
        """The text of the first rows."""
        return " ".join(self.text(row, column) for row in range(rows) for column in range(self.columns))


def of_pages(source: Source) -> Iterator[Grid]:
    """The tables that the page layout found, in order."""
    starts = _page_starts(source)
    for page, table in source.document.tables():
        yield _of_table(source, starts.get(page.number, 0), page.number, table)


def _of_table(source: Source, first: int, page: int, table: Table) -> Grid:
    cells = []
    for cell in table.cells:
        lines = source.lines[first + cell.lines.start : first + cell.lines.end]
        filled = [line.span for line in lines if not line.blank]
        spans = (Span(filled[0].start, filled[-1].end),) if filled else ()
        cells.append(GridCell(cell.row, cell.column, spans, max(cell.row_span, 1), max(cell.column_span, 1)))
    return Grid(source, cells, page, continues=table.continues)


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


def of_text(source: Source) -> Iterator[tuple[Grid, list[Span]]]:
    """The tables that lines of text draw with bars or tabs, each with the lines that it takes."""
    for pattern, fewest in ((_BAR, 2), (_TAB, _FEWEST_TABS)):
        for lines in _stretches(source.lines, pattern, fewest):
            rows = list(_rows(lines, pattern))
            cells = [
                GridCell(number, column, spans) for number, row in enumerate(rows) for column, spans in enumerate(row)
            ]
            if len(rows) > 1:
                yield Grid(source, cells, lines[0].page), [line.span for line in lines]


def _stretches(lines: Sequence[TextLine], pattern: re.Pattern[str], fewest: int) -> Iterator[list[TextLine]]:
    """Neighbouring lines that hold at least ``fewest`` bars or tabs, borders and single blank lines between them."""
    held: list[TextLine] = []
    for line in lines:
        if line.kind in ("text", "table") and _belongs(line.text, pattern, fewest):
            held.append(line)
        elif not (held and line.blank):
            yield from [held] if len(held) > 1 else []
            held = []
    yield from [held] if len(held) > 1 else []


def _belongs(text: str, pattern: re.Pattern[str], fewest: int) -> bool:
    return len(pattern.findall(text.strip(" "))) >= fewest or (pattern is _BAR and bool(_BORDER.match(text)))


def _rows(lines: Sequence[TextLine], pattern: re.Pattern[str]) -> Iterator[list[tuple[Span, ...]]]:
    """The spans of the cells, row by row. Where borders part the rows, the lines between two are one row."""
    borders = [at for at, line in enumerate(lines) if pattern is _BAR and _BORDER.match(line.text)]
    if len(borders) < 3:  # one below the header, at most one above it: each line is a row
        groups = [[line] for at, line in enumerate(lines) if at not in borders]
    else:
        groups = [list(lines[first + 1 : last]) for first, last in pairwise([-1, *borders, len(lines)])]
    for group in groups:
        pieces = [_cells(line, pattern) for line in group]
        width = max(map(len, pieces), default=0)
        if width:
            yield [tuple(row[at] for row in pieces if at < len(row) and len(row[at])) for at in range(width)]


def _cells(line: TextLine, pattern: re.Pattern[str]) -> list[Span]:
    """The spans between bars or tabs, without white space around; empty ones too."""
    edges = [(-1, 0), *(match.span() for match in pattern.finditer(line.text)), (len(line.text), -1)]
    inner = [(before[1], after[0]) for before, after in pairwise(edges)]
    if pattern is _BAR:  # what stands outside of the outer bars is no cell
        inner = inner[not line.text[: inner[0][1]].strip() :]
        inner = inner[: len(inner) - (not line.text[inner[-1][0] :].strip())]
    found = []
    for start, end in inner:
        text = line.text[start:end]
        left = start + len(text) - len(text.lstrip(" *"))
        right = max(end - (len(text) - len(text.rstrip(" *"))), left)
        found.append(Span(line.span.start + left, line.span.start + right))
    return found
