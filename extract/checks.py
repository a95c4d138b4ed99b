"""Cross-checks over all facts of a file. Each disagreement becomes an issue; a printed value is never replaced.

What could not be read at all may be told elsewhere in the same file: an annex «Kèm theo Quyết định số …» names the
decision it belongs to. Such a value is taken with a review mark, and points to where it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from spacy.language import Language

from extract import agreements, disputes, figures, signatures
from extract.facts import Citation, Fact, FieldEvidence, Header, Issue
from extract.source import Findings, Source, findings_of, source_of
from extract.tokens import norm

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SUBJECT_LIKE = 85
_SYMBOL = re.compile(r"^\s*\d+[a-zđ]?\s*(?=[/-])", re.IGNORECASE)


@Language.factory("congvan_checks")
def create_checks(nlp: Language, name: str) -> ChecksComponent:  # noqa: ARG001
    """Make the component that compares what the others found."""
    return ChecksComponent()


class ChecksComponent:
    """Adds issues, fills unread numbers that the same file tells, marks headers for review."""

    def __call__(self, doc: Doc) -> Doc:
        """Check one document."""
        source, findings = source_of(doc), findings_of(doc)
        for index, fact in enumerate(findings.headers):
            findings.headers[index] = _filled(source, findings, fact)
        disputes.doubt_headers(source, findings)
        findings.issues[:] = [_with_alternative(source, findings, issue) for issue in findings.issues]
        issues = [
            *_deadline_issues(findings),
            *_citation_issues(findings),
            *_header_issues(source, findings),
            *signatures.issues(source, findings),
            *figures.doubtful(source, findings),
            *agreements.weekdays(source, findings),
            *agreements.sequence(findings),
            *agreements.look_alikes(findings),
            *agreements.signing_captions(source, findings),
            *disputes.issues(source, findings),
        ]
        findings.issues += [issue for issue in issues if issue not in findings.issues]
        return doc


def _deadline_issues(findings: Findings) -> Iterator[Issue]:
    for fact in findings.deadlines:
        if fact.value.anomaly:
            probable = (fact.value.probable.isoformat(),) if fact.value.probable else ()
            yield Issue("deadline-odd", fact.value.anomaly, fact.span, fact.part, probable)


def _citation_issues(findings: Findings) -> Iterator[Issue]:
    """The same document cited with two dates."""
    dated: defaultdict[tuple[str, str | None], dict[dt.date, Fact[Citation]]] = defaultdict(dict)
    for fact in findings.citations:
        if fact.value.number and fact.value.date:
            dated[_plain(fact.value.number), fact.value.doc_type].setdefault(fact.value.date, fact)
    for places in dated.values():
        if len({day.year for day in places}) == 1 and len(places) > 1:
            days = sorted(places)
            last = places[days[-1]]
            told = " và ".join(_say(day) for day in days)
            message = f"Cùng văn bản {last.value.number} nhưng được ghi hai ngày khác nhau: {told}."
            yield Issue("citation-dates-differ", message, last.span, last.part, tuple(day.isoformat() for day in days))


def _header_issues(source: Source, findings: Findings) -> Iterator[Issue]:
    """A part's own number is cited in the file with another date than its letterhead shows."""
    for fact in findings.headers:
        header = fact.value
        if not (header.number and header.date):
            continue
        for other in _citations_of(findings, header):
            day = other.value.date
            if day and day != header.date and abs((day - header.date).days) < 366:
                message = (
                    f"Văn bản {header.number} ghi ngày {_say(header.date)}, nơi khác trong tệp ghi {_say(day)}: "
                    f"«{source.quote(other.span)[:120]}»."
                )
                yield Issue("date-disagrees", message, other.span, fact.part, (day.isoformat(),))


def _citations_of(findings: Findings, header: Header) -> Iterator[Fact[Citation]]:
    own = _plain(header.number or "")
    return (fact for fact in findings.citations if fact.value.number and _plain(fact.value.number) == own)


def _filled(source: Source, findings: Findings, fact: Fact[Header]) -> Fact[Header]:
    """The header with an unread number or date that another part of the file states."""
    header = fact.value
    if not _unread(findings, fact):
        return fact
    told = _told(source, findings, header)
    if told is None:
        return fact
    values: dict[str, object] = {}
    fields = dict(header.fields)
    if header.number is None and told.value.number:
        values["number"] = told.value.number
        fields["number"] = FieldEvidence(told.span, "number.cited", 0.6, needs_review=True)
    if header.date is None and told.value.date and _has_issue(findings, fact.part, "date-unreadable"):
        values["date"] = told.value.date
        fields["date"] = FieldEvidence(told.span, "date.cited", 0.6, needs_review=True)
    return replace(fact, value=replace(header, fields=fields, **values), needs_review=True)  # type: ignore[arg-type]


def _with_alternative(source: Source, findings: Findings, issue: Issue) -> Issue:
    """A date not read: the day by which the letter is cited, or on which it was signed, is offered, not taken."""
    header = findings.header_of(issue.part)
    if issue.code not in ("date-no-month", "date-no-day", "date-unreadable", "date-blank") or header is None:
        return issue
    days = {fact.value.date for fact in _citations_of(findings, header) if fact.value.date}
    days |= {day for day in agreements.signed_on(source, findings, issue.part) if _may_be(day, header)}
    told = tuple(day.isoformat() for day in sorted(days) if day.isoformat() not in issue.alternatives)
    return replace(issue, alternatives=(*issue.alternatives, *told))


def _may_be(day: dt.date, header: Header) -> bool:
    """Whether the printed month and year, where they were read, allow this day."""
    printed = re.search(r"thang\s*(\d{1,2})\s*nam\s*(\d{4})", norm(header.date_printed or ""))
    return printed is None or (day.month, day.year) == (int(printed[1]), int(printed[2]))


def _unread(findings: Findings, fact: Fact[Header]) -> bool:
    return fact.value.kind == "dispatch" and any(
        _has_issue(findings, fact.part, code) for code in ("number-unreadable", "date-unreadable")
    )


def _has_issue(findings: Findings, part: int, code: str) -> bool:
    return any(issue.code == code and issue.part == part for issue in findings.issues)


def _told(source: Source, findings: Findings, header: Header) -> Fact[Citation] | None:
    """The one citation of this letter by another part of the file: «Kèm theo …», or with its subject for a title."""
    found = [fact for fact in findings.citations if fact.part != header.part and _means(source, findings, header, fact)]
    numbers = {fact.value.number for fact in found}
    return next((fact for fact in found if fact.value.date), found[0]) if found and len(numbers) == 1 else None


def _means(source: Source, findings: Findings, header: Header, fact: Fact[Citation]) -> bool:
    number = fact.value.number
    if not (number and fact.value.date) or not _agrees(header, fact.value):
        return False  # a copy whose day was left blank or written by hand has its number by hand as well
    attached = any(
        block.span.contains(fact.span) and block.part > header.part for block in findings.blocks("annex-title", "title")
    )
    after = source.text[fact.span.end : fact.span.end + 400]
    subject = re.sub(r"^(?:v/v|về việc)\s+", "", (header.subject or "").lower())
    titled = len(subject) > 20 and fuzz.partial_ratio(norm(subject), " ".join(norm(after).split())) >= _SUBJECT_LIKE
    return attached or titled


def _agrees(header: Header, citation: Citation) -> bool:
    """Same symbol, and nothing that was read contradicts."""
    if header.number is not None and _plain(header.number) != _plain(citation.number or ""):
        return False
    symbol = _plain(_SYMBOL.sub("", citation.number or ""))
    if not symbol or not _plain(header.number_printed or header.number or "").endswith(symbol):
        return False
    if header.date and citation.date:
        return header.date == citation.date
    printed = norm(header.date_printed or "")
    month = re.search(r"thang\s*(\d{1,2})\s*nam\s*(\d{4})", printed)
    if month and citation.date:
        return (citation.date.month, citation.date.year) == (int(month[1]), int(month[2]))
    return True


def _plain(number: str) -> str:
    return re.sub(r"[\s.]", "", norm(number))


def _say(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
