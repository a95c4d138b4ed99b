"""The last look: what is worth a person's look, by the harm that is to be expected from leaving it unseen.

Harm is counted in looks: the probability that a value is wrong (`extract.trust`, measured) times what its being wrong
costs (`extract.harm`, decided). A fact is marked ``needs_review`` where looking is cheaper than not looking; and always
where there is more than chance against it: two witnesses disagree, the figures were read badly, a component found it
odd. All facts become span groups here, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language

from extract import trust
from extract.evidence import certainty, figure_certainty
from extract.facts import Citation, Deadline, FieldEvidence, Header, Obligation
from extract.harm import COSTS, LOOK, of_issue, worth_a_look
from extract.places import number_place, place_of
from extract.source import Findings, Source, findings_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from corpus.span import Span
    from extract.facts import Fact

_UNDATED: Final = 0.4
"""A rule of recurrence or a stretch without a day, against a day."""
_TIERS: Final = {"core": 1.0, "organisation": 0.7, "general": 0.3}
"""A standing function or an enforcement clause, against a task."""
_TELLING: Final = 2.0
"""Costs from which a value counts for the confidence of its fact."""
_HARD: Final = 0.3
"""How often what is doubted for a reason is wrong: 4 of 17 cited numbers on the checked scans, and to be safe."""
_DOUBTFUL: Final = 0.6

_GROUPS = ("citations", "deadlines", "targets", "obligations")

Priced = tuple[str, float, float]
"""``(kind of value, probability that it is right, cost of its being wrong)``."""


@Language.factory("congvan_review")
def create_review(nlp: Language, name: str) -> ReviewComponent:  # noqa: ARG001
    """Make the component that decides what a person should look at."""
    return ReviewComponent()


class ReviewComponent:
    """Gives every fact its calibrated confidence and its harm, and marks those worth a look.

    Then sets ``doc.spans["citations"]``, ``["deadlines"]``, ``["targets"]`` and ``["obligations"]``, each span
    labelled with its rule: the form in which people who know spaCy look for results.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Look over one document's findings."""
        source, findings = source_of(doc), findings_of(doc)
        for facts in (findings.citations, findings.deadlines, findings.targets, findings.obligations):
            facts[:] = [_weighed(source, findings, fact) for fact in facts]
        findings.headers[:] = [_header(findings, fact) for fact in findings.headers]
        for group in _GROUPS:
            doc.spans[group] = _spans(doc, findings, group)
        return doc


def hard_doubt(source: Source, fact: Fact[Any]) -> bool:
    """Whether a fact is doubted for a reason: by the component that found it, or for its badly read figures."""
    return fact.needs_review or _figures(source, fact) < _DOUBTFUL


def _figures(source: Source, fact: Fact[Any]) -> float:
    """How sure the figures of a fact were read, those of a cited number with its letters.

    1 for a duty, which is as doubtful as its deadlines.
    """
    if isinstance(fact.value, Obligation):
        return 1.0
    sure = figure_certainty(source, fact.span)
    if isinstance(fact.value, Citation) and fact.value.number:
        place = number_place(source, fact.value.number, fact.span)
        sure = min(sure, certainty(source, place) if place else 1.0)
    return sure


def values_of(source: Source, findings: Findings, fact: Fact[Any]) -> Iterator[tuple[str, str]]:
    """``(kind of value, reading of its words)`` for each value of a fact that can be wrong by itself."""
    value, own = fact.value, _reading(source, fact, fact.span)
    if isinstance(value, Citation):
        named = {"number": value.number, "date": value.date, "issuer": value.issuer, "doc_type": value.doc_type}
        yield from ((f"citations.{name}", own) for name, held in named.items() if held)
        yield "citations.relation", own
    elif isinstance(value, Obligation):
        yield "obligations.task", own
        if value.due:
            timed = (findings.deadlines[at].span for at in value.deadlines)
            yield "obligations.due", _worst(source, fact, timed)
        for role, names in (("lead", value.lead), ("support", value.support)):
            if names:
                places = (place_of(source, name, fact) for name in names)
                yield f"obligations.{role}", _worst(source, fact, filter(None, places))
    else:
        yield "deadlines.due" if isinstance(value, Deadline) else "targets.value", own


def _worst(source: Source, fact: Fact[Any], spans: Iterable[Span]) -> str:
    """The worst of the readings of several places; clear where there is none to be seen."""
    return max((_reading(source, fact, span) for span in spans), key=trust.READINGS.index, default="clear")


def _reading(source: Source, fact: Fact[Any], span: Span) -> str:
    """How the words of a span were read; a rule that matched loosely is as good as a poor reading."""
    sure = min(certainty(source, span), 1.0 if fact.confidence >= _DOUBTFUL else 0.0)
    return trust.reading_of(sure, mended=any(True for _ in source.repaired.edits_in(span)))


def _priced(source: Source, findings: Findings, fact: Fact[Any]) -> Iterator[Priced]:
    """Each value of a fact with its probability and its cost."""
    value = fact.value
    for kind, reading in values_of(source, findings, fact):
        cost = COSTS[kind] * _TIERS.get(getattr(value, "tier", "core"), 1.0)
        if isinstance(value, Deadline) and value.due is None:
            cost *= _UNDATED
        yield kind, trust.right(kind, fact.rule, reading), cost


def _weighed(source: Source, findings: Findings, fact: Fact[Any]) -> Fact[Any]:
    """The fact with its confidence, its harm, and its mark."""
    priced = tuple(_priced(source, findings, fact))
    sure, harm = _sure(priced), _harm(priced)
    hard = hard_doubt(source, fact)
    if isinstance(fact.value, Obligation):
        timed = [findings.deadlines[at] for at in fact.value.deadlines]
        harm = max([harm, *(deadline.harm for deadline in timed if deadline.needs_review)])
    if hard:
        harm = max(harm, LOOK, _HARD * max(cost for _, _, cost in priced))
        sure = min(sure, 1 - _HARD, fact.confidence, _figures(source, fact))
    return replace(fact, confidence=round(sure, 3), harm=round(harm, 2), needs_review=hard or worth_a_look(harm))


def _harm(priced: Iterable[Priced]) -> float:
    return sum((1 - right) * cost for _, right, cost in priced)


def _sure(priced: Iterable[Priced]) -> float:
    """The probability that all values that matter are right."""
    sure = 1.0
    for kind, right, _ in priced:
        if COSTS[kind] >= _TELLING:
            sure *= right
    return sure


def _header(findings: Findings, fact: Fact[Header]) -> Fact[Header]:
    """The head with the confidence and the harm of each field; some doubtful fields alone are not worth a look."""
    fields = {name: _field(name, found) for name, found in fact.value.fields.items()}
    harms = [found.harm for found in fields.values()]
    told = [of_issue(issue.code) for issue in findings.issues if issue.part == fact.part]
    harm = max([*harms, *told], default=0.0)
    sure = min((found.confidence for found in fields.values()), default=fact.confidence)
    value = replace(fact.value, fields=fields)
    return replace(fact, value=value, confidence=sure, harm=harm, needs_review=worth_a_look(harm))


def _field(name: str, found: FieldEvidence) -> FieldEvidence:
    """A field with its own mark; one that was doubted keeps it, whatever it costs."""
    kind = f"documents.{name}"
    cost = COSTS.get(kind, 0.0)
    sure = trust.right(kind, found.rule, trust.reading_of(found.confidence, mended=False)) if cost else found.confidence
    harm = (1 - sure) * cost
    if found.needs_review:
        sure, harm = min(sure, found.confidence, 1 - _HARD), max(harm, _HARD * cost)
    review = found.needs_review or worth_a_look(harm)
    return replace(found, confidence=round(sure, 3), harm=round(harm, 2), needs_review=review)


def _spans(doc: Doc, findings: Findings, group: str) -> list[Any]:
    facts: Sequence[Fact[Any]] = getattr(findings, group)
    spans = (doc.char_span(fact.span.start, fact.span.end, label=fact.rule, alignment_mode="expand") for fact in facts)
    return [span for span in spans if span is not None]
