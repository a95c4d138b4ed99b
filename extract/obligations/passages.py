"""Passages: the sentences of a paragraph that belong to one duty, and the deadlines that lie in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.span import Span
from extract.facts import Deadline, Fact
from extract.obligations import clauses as reading
from extract.obligations.clauses import Clause
from extract.obligations.outline import Paragraph
from extract.source import Findings

FIRM: frozenset[str] = frozenset({"date", "month", "quarter", "year", "recurring"})
"""Kinds of deadlines that show a sentence to be a duty."""


class Times:
    """The deadlines found so far, by place."""

    def __init__(self, findings: Findings) -> None:
        self._facts = sorted(findings.deadlines, key=lambda fact: fact.span)
        self._starts = [fact.span.start for fact in self._facts]

    def inside(self, span: Span) -> list[Fact[Deadline]]:
        """The deadlines that lie in ``span``."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [fact for fact in self._facts[first:last] if fact.span.end <= span.end]

    def firm(self, span: Span) -> bool:
        """Whether a deadline in ``span`` names a time."""
        return any(fact.value.kind in FIRM for fact in self.inside(span))


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of a paragraph that belong to one duty: offsets in it, and the clause that names the unit, if any."""

    paragraph: Paragraph
    start: int
    end: int
    clause: Clause | None = None

    @property
    def text(self) -> str:
        """The words, on one line."""
        return self.paragraph.flat[self.start : self.end]

    @property
    def window(self) -> Span:
        """Where it stands in the document, white space at the ends left out."""
        text = self.text
        begin = self.start + len(text) - len(text.lstrip())
        last = max(begin, self.start + len(text.rstrip()))
        return Span(self.paragraph.body.start + begin, self.paragraph.body.start + last)


def passages(paragraph: Paragraph, found: Sequence[Clause], *, inherits: bool) -> list[Passage]:
    """The sentences of a paragraph, those without a unit of their own joined to the one before."""
    by_start = {clause.start: clause for clause in found}
    made: list[Passage] = []
    for start, end in reading.sentences(paragraph.flat):
        clause = by_start.get(start)
        if clause is None and made:
            made[-1] = replace(made[-1], end=end)
        elif clause is not None and made and made[-1].clause is None and not inherits:
            made[-1] = Passage(paragraph, made[-1].start, end, clause)
        else:
            made.append(Passage(paragraph, start, end, clause))
    return made
