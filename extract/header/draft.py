"""A header in the making: what has been read of one part so far, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from corpus.span import Span
from extract.evidence import evidence
from extract.facts import Fact, FieldEvidence, Header, Issue, Part
from extract.header.issues import MESSAGES
from extract.source import Findings, Source


@dataclass
class Draft:
    """``values`` and ``fields`` fill up as the blocks of the part are read; the first value of a field stays."""

    source: Source
    findings: Findings
    part: Fact[Part]
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, FieldEvidence] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def blocks(self, *kinds: str) -> list[Span]:
        """Spans of this part's blocks of these kinds."""
        return [fact.span for fact in self._own if fact.value.kind in kinds]

    @cached_property
    def _own(self) -> list[Fact[Part]]:
        return [fact for fact in self.findings.parts if fact.part == self.part.part]

    def fact(self, header: Header) -> Fact[Header]:
        """The header with its evidence; it needs a look where a field or an issue does."""
        head = self.blocks("issuer", "national-motto", "number", "place-date", "title", "annex-title", "subject")
        span = head[0] if head else Span(self.part.span.start, self.part.span.start)
        if not head:
            inside = self.source.lines_in(self.part.span)
            span = next((line.span for line in inside if not line.blank), self.part.span)
        review = any(found.needs_review for found in self.fields.values()) or bool(self.issues)
        confidence = min((found.confidence for found in self.fields.values()), default=0.5)
        return Fact(header, span, "header", confidence, self.part.part, review)

    def put(self, name: str, value: object, span: Span, rule: str, *, review: bool = False) -> None:
        """Set a field and its evidence, unless it has a value already or there is none."""
        if value is None or value == () or name in self.values:
            return
        self.values[name] = value
        self.fields[name] = evidence(self.source, span, rule, review=review)

    def tell(self, code: str, span: Span, alternatives: tuple[str, ...] = ()) -> None:
        """Add an issue; ``code`` is one of `extract.header.issues.MESSAGES`."""
        self.issues.append(Issue(code, MESSAGES[code], span, self.part.part, alternatives))

    def place(self) -> Span:
        """Where the part says what it is; its beginning where it says nothing."""
        spans = self.blocks("title", "annex-title", "subject", "number", "addressees", "national-motto")
        return spans[0] if spans else Span(self.part.span.start, self.part.span.start)
