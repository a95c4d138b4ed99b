"""Cells whose column says what a citation in them is: «Căn cứ», «Cơ sở pháp lý»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.span import Span
from extract.citations.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.layout import Cell, Page
    from extract.source import Source

_BASIS = re.compile(r"\W*(?:can cu|co so phap ly|van ban (?:giao|can cu|chi dao))\b")


def cell_starts(source: Source) -> set[int]:
    """Where the cells of tables begin, and what follows each (offsets); repair keeps lines, so lines tell."""
    found: set[int] = set()
    for first, page in _pages(source):
        for table in page.tables:
            for cell in table.cells:
                for line in (cell.lines.start, cell.lines.end):
                    if first + line < len(source.lines):
                        found.add(source.lines[first + line].span.start)
    return found


def basis_cells(source: Source) -> list[Span]:
    """The cells of columns that hold the legal basis of a row, in order."""
    found: list[Span] = []
    columns: set[int] = set()
    for first, page in _pages(source):
        for table in page.tables:
            if not table.continues:
                head = [cell for cell in table.cells if cell.row == 0]
                columns = {cell.column for cell in head if _BASIS.match(plain(_text(source, first, cell)))}
            spans = [_span(source, first, cell) for cell in table.cells if cell.column in columns]
            found += [span for span in spans if span]
    return found


def _pages(source: Source) -> Iterator[tuple[int, Page]]:
    """Each page with the index of its first line among all lines; an empty page counts as one line."""
    first = 0
    for page in source.document.pages:
        yield first, page
        first += max(len(page.lines), 1)


def _span(source: Source, first: int, cell: Cell) -> Span:
    lines = source.lines[first + cell.lines.start : first + cell.lines.end]
    return Span(lines[0].span.start, lines[-1].span.end) if lines else Span(0, 0)


def _text(source: Source, first: int, cell: Cell) -> str:
    return " ".join(_span(source, first, cell).of(source.text).split())
