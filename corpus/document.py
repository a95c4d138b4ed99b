"""A document: pages in reading order, and the way from text offsets back to words and boxes."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from corpus.layout import Box, Cell, Line, Page, Table, Word
from corpus.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_BREAK = "\f"


class PlacedBox(NamedTuple):
    """A box in points on a page counted from 1."""

    page: int
    box: Box


class PlacedLine(NamedTuple):
    """A line with its page, its position on the page, and the span of its text in the document."""

    page: Page
    position: int
    line: Line
    span: Span


@dataclass(frozen=True, slots=True)
class Witness:
    """What an electronic signature in the file says: a second witness, never the value itself.

    ``signed_at`` is ISO 8601 with offset. ``digest`` is «valid», «earlier» (more was added to the file), «broken» or
    «unknown».
    """

    signer: str | None
    organisation: str | None
    signed_at: str | None
    digest: str = "unknown"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. ``id`` is the SHA-256 of its bytes in hexadecimal.

    ``text`` joins the pages by form feeds and their lines by line feeds; every span is an offset into it.
    """

    id: str
    name: str
    pages: tuple[Page, ...]
    witnesses: tuple[Witness, ...] = ()
    _starts: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)
    _text: str = field(default="", init=False, repr=False, compare=False)
    _line_starts: tuple[tuple[int, ...], ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        texts = [page.text for page in self.pages]
        starts = tuple(accumulate((len(text) + 1 for text in texts), initial=0))[: len(texts)]
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_text", PAGE_BREAK.join(texts))
        lines = (
            tuple(accumulate((len(line.text) + 1 for line in page.lines), initial=start))
            for page, start in zip(self.pages, starts, strict=True)
        )
        object.__setattr__(self, "_line_starts", tuple(lines))

    @property
    def text(self) -> str:
        """The whole text as read, before any repair."""
        return self._text

    @property
    def page_starts(self) -> tuple[int, ...]:
        """The offset of each page's first character."""
        return self._starts

    def page_at(self, offset: int) -> Page:
        """The page that holds the character at ``offset``."""
        return self.pages[max(bisect.bisect_right(self._starts, offset) - 1, 0)]

    def line_at(self, offset: int) -> int:
        """The line of ``offset``, counted from 1 on its page."""
        page = max(bisect.bisect_right(self._starts, offset) - 1, 0)
        return self._text.count("\n", self._starts[page], offset) + 1

    def lines(self) -> Iterator[PlacedLine]:
        """Every line in order with its span."""
        for page, start in zip(self.pages, self._starts, strict=True):
            at = start
            for index, line in enumerate(page.lines):
                yield PlacedLine(page, index, line, Span(at, at + len(line.text)))
                at += len(line.text) + 1

    def words_in(self, span: Span) -> list[tuple[int, Word]]:
        """``(page number, word)`` of each word that shares a character with ``span``."""
        found: list[tuple[int, Word]] = []
        for placed in self._lines_in(span):
            for word in placed.line.words:
                at = placed.span.start + word.start
                if Span(at, at + len(word.text)).overlaps(span):
                    found.append((placed.page.number, word))
        return found

    def boxes(self, span: Span) -> list[PlacedBox]:
        """One box a printed line for the words in ``span``; none where words have no boxes."""
        found: list[PlacedBox] = []
        for placed in self._lines_in(span):
            box: Box | None = None
            for word in placed.line.words:
                at = placed.span.start + word.start
                if word.box is not None and Span(at, at + len(word.text)).overlaps(span):
                    box = word.box if box is None else box.cover(word.box)
            if box is not None:
                found.append(PlacedBox(placed.page.number, box))
        return found

    def cell_span(self, page: Page, cell: Cell) -> Span:
        """The span of a cell's text; empty (at its place) for an empty cell."""
        starts = self._line_starts[self.pages.index(page)]
        first = starts[cell.lines.start]
        return Span(first, starts[cell.lines.end] - 1 if cell.lines else first)

    def tables(self) -> Iterator[tuple[Page, Table]]:
        """Every table in order with its page."""
        for page in self.pages:
            for table in page.tables:
                yield page, table

    def _lines_in(self, span: Span) -> Iterator[PlacedLine]:
        number = max(bisect.bisect_right(self._starts, span.start) - 1, 0)
        while number < len(self.pages) and self._starts[number] < span.end:
            page, starts = self.pages[number], self._line_starts[number]
            index = max(bisect.bisect_right(starts, span.start) - 1, 0)
            while index < len(page.lines) and starts[index] < span.end:
                placed = Span(starts[index], starts[index] + len(page.lines[index].text))
                if placed.overlaps(span):
                    yield PlacedLine(page, index, page.lines[index], placed)
                index += 1
            number += 1
