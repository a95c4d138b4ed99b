"""What stands on a page, and where: words, lines, tables, regions.

Boxes are in points (1/72 inch) from the top left corner of the page as it is read, that is, after
``Page.rotation``. Text files have pages without boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.span import Span

Source = Literal["file", "text-layer", "ocr", "both"]
"""Where a page's words come from: a text file, the PDF's text layer, an OCR engine, or both aligned."""

LineKind = Literal["text", "furniture", "stamp", "caption", "handwriting", "table", "footnote"]
"""``furniture``: page numbers, running heads. ``stamp``: rubber stamps such as «CÔNG VĂN ĐẾN».
``caption``: electronic signature captions («Ký bởi: …»). The rest is what it says."""

RegionKind = Literal["seal", "stamp", "signature", "handwriting", "caption", "picture", "barcode", "blank"]


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle in points: ``x0 < x1`` to the right, ``top < bottom`` downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    def cover(self, other: Box) -> Box:
        """The smallest box around both.

        >>> Box(0, 0, 1, 1).cover(Box(2, 2, 3, 3))
        Box(x0=0, top=0, x1=3, bottom=3)
        """
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One printed token. ``start`` is its offset in its line's text; ``confidence`` lies in [0, 1].

    ``readings`` holds what other witnesses (text layer, a second engine) read instead, when they disagree.
    """

    text: str
    start: int
    box: Box | None = None
    confidence: float = 1.0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``text`` is verbatim; an empty line separates blocks (paragraphs, columns)."""

    text: str
    words: tuple[Word, ...] = ()
    box: Box | None = None
    kind: LineKind = "text"

    @staticmethod
    def of(words: tuple[Word, ...] | list[Word], kind: LineKind = "text") -> Line:
        """A line of words joined by single spaces; their ``start`` is set anew, the box is their cover."""
        placed: list[Word] = []
        at = 0
        box: Box | None = None
        for word in words:
            placed.append(Word(word.text, at, word.box, word.confidence, word.readings))
            at += len(word.text) + 1
            if word.box is not None:
                box = word.box if box is None else box.cover(word.box)
        return Line(" ".join(word.text for word in placed), tuple(placed), box, kind)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``lines`` is the half-open range of indexes into ``Page.lines`` that hold its text.

    A cell that continues one of the page before has ``continues`` set.
    """

    row: int
    column: int
    lines: Span
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page. Its cells' lines stand in ``Page.lines`` row by row, cell by cell.

    ``continues`` says that it goes on from the last table of the page before (repeated headers left out).
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    box: Box | None = None
    ruled: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """An area that holds no running text: a seal, ink, a caption. ``text`` is what could be read, if anything."""

    kind: RegionKind
    box: Box
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, counted from 1. ``width`` and ``height`` in points (0 for text files).

    ``reason`` says in Vietnamese why ``source`` was chosen; ``rotation`` is the clockwise turn in degrees
    that was applied to the stored page before reading. ``unread`` says that the page holds something
    that could not be read (``reason`` says why): its missing facts are unknown, not absent.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()
    source: Source = "file"
    reason: str = ""
    rotation: int = 0
    unread: bool = False

    @property
    def text(self) -> str:
        """The lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)
