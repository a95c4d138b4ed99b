"""Obligations: who must do what by when. Table rows and label blocks first, then sentences, lists and headings."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.deadlines import reader as deadlines
from extract.deadlines.find import reference_of
from extract.facts import Deadline, Fact, Obligation
from extract.obligations import flat_tables, grids, inline_labels, organisation, tables, task_rows
from extract.obligations.drafts import Draft
from extract.obligations.inherit import short_issuer
from extract.obligations.outline import outline
from extract.source import Findings, Source, findings_of, source_of
from extract.units import learnt
from extract.units import repair as unit_repair

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST_WHAT = 300
_SURE = 0.7
_ENDS = frozenset({"date", "month", "quarter", "range", "year"})
_VAGUE = frozenset({"ongoing", "recurring", "relative", "conditional"})
_CLOCK = re.compile(
    r"\W*(?:từ )?\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2}(?:\s*(?:-|–|đến)\s*\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2})?\W*"
)
_NO_TASK = re.compile(r"\W*$")


@Language.factory("congvan_obligations")
def create_obligations(nlp: Language, name: str) -> ObligationsComponent:  # noqa: ARG001
    """The component that finds obligations; runs after deadlines and targets."""
    return ObligationsComponent()


class ObligationsComponent:
    """Appends obligations, and the deadlines that only a time cell or a label shows to be one."""

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        source, findings = source_of(doc), findings_of(doc)
        found = sorted(drafts(source, findings), key=lambda draft: draft.span)
        _drop_vague(findings, found)
        times = _Times(findings)
        for draft in found:
            if not _NO_TASK.match(draft.task) and not _of_agenda(source, draft):
                findings.obligations.append(_fact(source, times, draft))
        _sort_deadlines(findings)
        return doc


def drafts(source: Source, findings: Findings) -> list[Draft]:
    """Every duty, before its deadlines are read."""
    cells = [*grids.covered(source), *tables.drawn_lines(source)]
    flat, covered = flat_tables.rows(source, cells)
    found = list(task_rows.from_rows(source, findings, [*tables.rows(source), *flat]))
    text = outline(source, findings, [*covered, *cells])
    blocks = list(task_rows.from_blocks(source, text))
    blocks += inline_labels.drafts(text, task_rows.spans(blocks))
    found += blocks
    found += organisation.duties(source, findings, text, task_rows.spans(blocks))
    return learnt.applied(unit_repair.mend(found, _known_names(findings)), source.known_units)


def _of_agenda(source: Source, draft: Draft) -> bool:
    """Whether a row without a unit is an item of a meeting: its time is a time of day."""
    return not draft.lead and bool(draft.times) and all(_CLOCK.fullmatch(cell.of(source.text)) for cell in draft.times)


def _known_names(findings: Findings) -> set[str]:
    """Units that the letterheads and addressees name."""
    headers = [fact.value for fact in findings.headers]
    names = {name for header in headers for name in (header.issuer, *header.addressees) if name}
    return names | {short_issuer(header.issuer) for header in headers if header.issuer}


def _drop_vague(findings: Findings, found: Iterable[Draft]) -> None:
    """Leave out «thường xuyên», «hằng năm» in the task or result of a row or block that has a time of its own."""
    timed = sorted((draft.span, draft.times) for draft in found if draft.times)
    starts = [span.start for span, _ in timed]

    def inside(place: Span) -> bool:
        at = bisect_right(starts, place.start) - 1
        if at < 0 or not timed[at][0].contains(place):
            return False
        return not any(cell.overlaps(place) for cell in timed[at][1])

    findings.deadlines[:] = [
        fact for fact in findings.deadlines if fact.value.kind not in _VAGUE or not inside(fact.span)
    ]


def _sort_deadlines(findings: Findings) -> None:
    """Bring the deadlines into the order of the text; the obligations' indexes follow."""
    order = sorted(range(len(findings.deadlines)), key=lambda index: findings.deadlines[index].span)
    place = {old: new for new, old in enumerate(order)}
    findings.deadlines[:] = [findings.deadlines[index] for index in order]
    findings.obligations[:] = [
        dataclasses.replace(
            fact,
            value=dataclasses.replace(fact.value, deadlines=tuple(place[index] for index in fact.value.deadlines)),
        )
        for fact in findings.obligations
    ]


class _Times:
    """The document's deadlines by place; indexes into `Findings.deadlines` stay valid."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._order = sorted((fact.span.start, fact.span.end, index) for index, fact in enumerate(findings.deadlines))
        self._longest = max((end - start for start, end, _ in self._order), default=0)

    def take(self, fact: Fact[Deadline]) -> int:
        """Add a deadline and return its index; one that stands in its place is replaced there."""
        span = fact.span
        at = bisect_left(self._order, (max(span.start - self._longest, 0), 0, 0))
        while at < len(self._order) and self._order[at][0] < span.end:
            _, end, index = self._order[at]
            if end > span.start:
                del self._order[at]
                self._put(fact, index)
                self.findings.deadlines[index] = fact
                return index
            at += 1
        self.findings.deadlines.append(fact)
        self._put(fact, len(self.findings.deadlines) - 1)
        return len(self.findings.deadlines) - 1

    def inside(self, span: Span, part: int) -> list[int]:
        """The indexes of the part's deadlines in ``span``, in the order of the text."""
        at = bisect_left(self._order, (span.start, 0, 0))
        found: list[int] = []
        while at < len(self._order) and self._order[at][0] < span.end:
            _, end, index = self._order[at]
            if end <= span.end and self.findings.deadlines[index].part == part:
                found.append(index)
            at += 1
        return found

    def heading(self, draft: Draft, own: Iterable[int]) -> int | None:
        """The one deadline of the nearest heading that has any, where the draft names no end of its own."""
        if any(self.findings.deadlines[index].value.kind in _ENDS for index in own):
            return None
        for span in draft.above:
            found = [index for index in self.inside(span, draft.part) if self._ends(index)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _ends(self, index: int) -> bool:
        value = self.findings.deadlines[index].value
        return value.kind in _ENDS and value.due is not None

    def _put(self, fact: Fact[Deadline], index: int) -> None:
        self._longest = max(self._longest, len(fact.span))
        insort(self._order, (fact.span.start, fact.span.end, index))


def _fact(source: Source, times: _Times, draft: Draft) -> Fact[Obligation]:
    """The obligation with its deadlines; those of time cells are added to the document's deadlines."""
    indexes = _cell_deadlines(source, times, draft) if draft.times else _own_deadlines(times, draft)
    if not draft.times and (above := times.heading(draft, indexes)) is not None:
        draft = dataclasses.replace(draft, inherited=(*draft.inherited, "due"))
        indexes.append(above)
    values = [times.findings.deadlines[index].value for index in indexes]
    due, start = _due(values)
    obligation = Obligation(
        ref=draft.ref or None,
        task=draft.task,
        lead=draft.lead,
        support=draft.support,
        result=draft.result,
        deadline_text=_deadline_text(source, draft, values),
        start=start,
        due=due,
        deadlines=tuple(indexes),
        recipient=draft.recipient,
        inherited=draft.inherited,
        tier=draft.tier,
    )
    unread = bool(draft.times) and not indexes
    doubtful = unread or not draft.lead or draft.confidence < _SURE
    return Fact(obligation, draft.span, draft.rule, draft.confidence, draft.part, doubtful, draft.more)


def _cell_deadlines(source: Source, times: _Times, draft: Draft) -> list[int]:
    """The indexes of the deadlines in the draft's time cells, which are read and added here."""
    reference = reference_of(times.findings, draft.part)
    indexes: list[int] = []
    for cell in draft.times:
        for span, value in deadlines.read(cell.of(source.text), reference=reference, cell=True):
            own = _told(value, draft)
            fact = Fact(own, span.shift(cell.start), draft.rule, 0.95, draft.part, value.anomaly is not None)
            indexes.append(times.take(fact))
    return list(dict.fromkeys(indexes))


def _own_deadlines(times: _Times, draft: Draft) -> list[int]:
    """The indexes of the running-text deadlines in the draft's window; they learn by whom it is due."""
    indexes = times.inside(draft.window, draft.part) if draft.window else []
    for index in indexes:
        fact = times.findings.deadlines[index]
        times.findings.deadlines[index] = dataclasses.replace(fact, value=_told(fact.value, draft))
    return indexes


def _told(value: Deadline, draft: Draft) -> Deadline:
    """The deadline with what is due and who has to do it."""
    return dataclasses.replace(value, what=value.what or draft.task[:_LONGEST_WHAT], who=value.who or draft.lead)


def _due(values: Iterable[Deadline]) -> tuple[dt.date | None, dt.date | None]:
    """The latest day by which it is due, and the first from which it runs."""
    dues = [value.due for value in values if value.due]
    starts = [value.start for value in values if value.start]
    return max(dues, default=None), min(starts, default=None)


def _deadline_text(source: Source, draft: Draft, values: Iterable[Deadline]) -> str | None:
    if draft.times:
        return tables.printed(source, draft.times) or None
    return "; ".join(value.text for value in values) or None
