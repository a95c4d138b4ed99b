"""What an extractor component reads from, and where it puts what it finds.

Both hang on the spaCy ``Doc`` as extensions: ``doc._.source`` and ``doc._.findings``. The doc's text is
the repaired text of the whole document, so character offsets of tokens and spans are offsets into it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from spacy.tokens import Doc

from corpus.document import Document, PlacedBox
from corpus.layout import LineKind
from corpus.span import Span
from extract.facts import Citation, Deadline, Fact, Facts, Header, Issue, Obligation, Part, Target
from normalize.edits import Repaired
from normalize.fold import fold

_SURE = 0.9
_LINE = re.compile(r"[^\n\f]*")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the repaired text. ``number`` counts from 1 on its page, as in the facts JSON."""

    span: Span
    text: str
    page: int
    number: int
    kind: LineKind = "text"

    @property
    def blank(self) -> bool:
        """Whether the line separates blocks."""
        return not self.text.strip()


@dataclass(frozen=True)
class Source:
    """A document with its repaired text. All spans are offsets into ``repaired.text``.

    ``known_units``: names of units that documents read earlier have taught, see `extract.units.learnt`.
    """

    document: Document
    repaired: Repaired
    known_units: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The repaired text."""
        return self.repaired.text

    @cached_property
    def folded(self) -> str:
        """The text without marks, of the same length: what rules match on."""
        return fold(self.text)

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines in order. Repair keeps lines and pages, so each has its page and kind."""
        kinds = [placed.line.kind for placed in self.document.lines()]
        return tuple(_text_lines(self.text, kinds))

    def line_of(self, offset: int) -> TextLine:
        """The line that holds the character at ``offset``."""
        index = bisect.bisect_right(self._line_starts, offset) - 1
        return self.lines[max(index, 0)]

    def lines_in(self, span: Span) -> tuple[TextLine, ...]:
        """The lines that begin inside of ``span``."""
        first = bisect.bisect_left(self._line_starts, span.start)
        return self.lines[first : bisect.bisect_left(self._line_starts, max(span.end, span.start + 1))]

    @cached_property
    def figure_heights(self) -> dict[int, float]:
        """The usual height in points of printed figures on each page that has at least three of them."""
        found: dict[int, float] = {}
        for page in self.document.pages:
            heights = [
                word.box.bottom - word.box.top
                for line in page.lines
                for word in line.words
                if word.box and word.confidence > _SURE and len(word.text) > 1 and word.text.strip(".,;:").isdigit()
            ]
            if len(heights) >= 3:
                found[page.number] = median(heights)
        return found

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def quote(self, span: Span) -> str:
        """The words of ``span`` with white space folded, for people to read."""
        return " ".join(span.of(self.text).split())

    def boxes(self, span: Span) -> list[PlacedBox]:
        """The printed boxes under ``span``."""
        return self.document.boxes(self.repaired.to_raw(span))


@dataclass
class Findings:
    """What the components have found so far; each appends, later ones read what earlier ones left."""

    parts: list[Fact[Part]] = field(default_factory=list)
    headers: list[Fact[Header]] = field(default_factory=list)
    citations: list[Fact[Citation]] = field(default_factory=list)
    deadlines: list[Fact[Deadline]] = field(default_factory=list)
    targets: list[Fact[Target]] = field(default_factory=list)
    obligations: list[Fact[Obligation]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def part_at(self, offset: int) -> int:
        """The number of the part («document») that holds ``offset``; 1 where none was told apart."""
        for fact in self.parts:
            if fact.value.kind == "document" and fact.span.start <= offset < fact.span.end:
                return fact.part
        return 1

    def blocks(self, *kinds: str) -> Iterator[Fact[Part]]:
        """The blocks of these kinds, in the order found."""
        return (fact for fact in self.parts if fact.value.kind in kinds)

    def header_of(self, part: int) -> Header | None:
        """The header of a part, once the header component has run."""
        return next((fact.value for fact in self.headers if fact.part == part), None)

    def freeze(self) -> Facts:
        """Everything, as an immutable value."""
        return Facts(
            tuple(self.parts),
            tuple(self.headers),
            tuple(self.citations),
            tuple(self.deadlines),
            tuple(self.targets),
            tuple(self.obligations),
            tuple(self.issues),
        )


def source_of(doc: Doc) -> Source:
    """The source that the doc was made from."""
    source: Source = doc._.source
    return source


def findings_of(doc: Doc) -> Findings:
    """The findings that travel with the doc."""
    findings: Findings = doc._.findings
    return findings


def register_extensions() -> None:
    """Declare ``doc._.source`` and ``doc._.findings``; safe to call twice."""
    for name in ("source", "findings"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _text_lines(text: str, kinds: Sequence[LineKind]) -> Iterator[TextLine]:
    page, number, start = 1, 1, 0
    for index, match in enumerate(_pieces(text)):
        kind: LineKind = kinds[index] if index < len(kinds) else "text"
        yield TextLine(Span(start, match), text[start:match], page, number, kind)
        page, number = (page + 1, 1) if text[match : match + 1] == "\f" else (page, number + 1)
        start = match + 1


def _pieces(text: str) -> Iterator[int]:
    at = 0
    while at <= len(text):
        end = _LINE.match(text, at).end()  # type: ignore[union-attr]
        yield end
        at = end + 1
