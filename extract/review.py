"""The last look: facts whose figures were read with doubt ask for a person, and all facts become span groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from extract.evidence import figure_certainty
from extract.source import Findings, Source, findings_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.facts import Fact

_DOUBTFUL = 0.6
_GROUPS = ("citations", "deadlines", "targets", "obligations")


@Language.factory("congvan_review")
def create_review(nlp: Language, name: str) -> ReviewComponent:  # noqa: ARG001
    """Make the component that doubts what was read with doubt."""
    return ReviewComponent()


class ReviewComponent:
    """Marks citations, deadlines and targets for review whose figures the engine was not sure of.

    Then sets ``doc.spans["citations"]``, ``["deadlines"]``, ``["targets"]`` and ``["obligations"]``, each span
    labelled with its rule: the form in which people who know spaCy look for results.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Look over one document's findings."""
        source, findings = source_of(doc), findings_of(doc)
        for facts in (findings.citations, findings.deadlines, findings.targets):
            _doubt(source, facts)
        _doubt_duties(findings)
        for group in _GROUPS:
            doc.spans[group] = _spans(doc, findings, group)
        return doc


def _doubt(source: Source, facts: list[Fact[Any]]) -> None:
    for index, fact in enumerate(facts):
        sure = figure_certainty(source, fact.span)
        if sure < _DOUBTFUL and not fact.needs_review:
            facts[index] = replace(fact, needs_review=True, confidence=round(min(fact.confidence, sure), 3))


def _doubt_duties(findings: Findings) -> None:
    """A duty whose deadline needs a look needs one itself: people filter the table of duties."""
    for index, fact in enumerate(findings.obligations):
        if any(findings.deadlines[at].needs_review for at in fact.value.deadlines) and not fact.needs_review:
            findings.obligations[index] = replace(fact, needs_review=True)


def _spans(doc: Doc, findings: Findings, group: str) -> list[Any]:
    facts: Sequence[Fact[Any]] = getattr(findings, group)
    spans = (doc.char_span(fact.span.start, fact.span.end, label=fact.rule, alignment_mode="expand") for fact in facts)
    return [span for span in spans if span is not None]
