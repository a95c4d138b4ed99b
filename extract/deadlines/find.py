"""Deadlines of a whole file: which date each part counts from, what is no deadline there, one fact per place."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.citations.find import body_reading
from extract.citations.read import title_at
from extract.deadlines.reader import matches
from extract.facts import Deadline, Fact
from extract.reading import Reading
from extract.rules import Match
from extract.source import Findings, findings_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

ELSEWHERE = (
    "number",
    "place-date",
    "national-motto",
    "issuer",
    "subject",
    "signature",
    "distribution",
    "addressees",
    "title",
    "annex-title",
    "authority",
)
"""Blocks in which no deadline stands."""

IN_TITLES = frozenset(
    {"deadlines.by_period", "deadlines.within_period", "deadlines.from_to", "deadlines.from_then_on",
     "deadlines.each_period", "deadlines.each_so_long"}
)  # fmt: skip
"""Rules whose matches inside of a cited document's title belong to that title."""

LONGEST_CLAUSE = 400
_AIMED = re.compile(r"phan dau|muc tieu|chi tieu|phai|yeu cau|de nghi|hoan thanh")
_PROCEDURES = re.compile(
    r"danh muc +(?:va +quy +trinh +)?(?:cac +)?(?:thu +tuc +hanh +chinh|tthc)|thoi +(?:han|gian) +giai +quyet"
)


@Language.factory("congvan_deadlines")
def create_deadlines(nlp: Language, name: str) -> DeadlinesComponent:  # noqa: ARG001
    """Make the component that finds deadlines in running text."""
    return DeadlinesComponent()


class DeadlinesComponent:
    """Adds the deadlines of running text; time cells and labels come with the obligations that they belong to."""

    def __call__(self, doc: Doc) -> Doc:
        """Read each part against its own date, past the dates of cited documents."""
        findings = findings_of(doc)
        reading = body_reading(source_of(doc), findings)
        skipped = sorted({fact.span for fact in findings.blocks(*ELSEWHERE)})
        cited = cited_spans(findings)
        titles = [title for span in cited if (title := title_at(reading, span.end))]
        for part, blocks in _blocks_of_parts(reading, findings, skipped).items():
            for match in matches(reading, reference=reference_of(findings, part), blocks=blocks):
                if not _belongs_to_citation(match, cited, titles) and not _tells(reading, match, findings, part):
                    findings.deadlines.append(as_fact(reading, match, part))
        return doc


def cited_spans(findings: Findings) -> list[Span]:
    """Where other documents are named, their dates included, in order."""
    return sorted(span for fact in findings.citations for span in (fact.span, *fact.more))


def reference_of(findings: Findings, part: int) -> dt.date | None:
    """The date that a part's deadlines count from.

    Its own; else the date by which the file cites it elsewhere; else 1 January of the year that it prints; else the
    date of the part before, to which it is attached. None where nothing is known.
    """
    header = findings.header_of(part)
    if header is not None:
        if header.date is not None:
            return header.date
        for fact in findings.citations:
            if header.number and fact.value.number == header.number and fact.value.date:
                return fact.value.date
        year = re.search(r"\b(?:19|20)\d{2}\b", header.date_printed or "")
        if year:
            return dt.date(int(year.group()), 1, 1)
    return reference_of(findings, part - 1) if part > 1 else None


def take(findings: Findings, fact: Fact[Deadline]) -> int:
    """Add a deadline and return its index; one that stands in the same place already is replaced there."""
    for index, other in enumerate(findings.deadlines):
        if other.span.overlaps(fact.span) and other.part == fact.part:
            findings.deadlines[index] = fact
            return index
    findings.deadlines.append(fact)
    return len(findings.deadlines) - 1


def as_fact(reading: Reading, match: Match[Deadline], part: int) -> Fact[Deadline]:
    """The fact for a match, with the clause that it stands in as what is due."""
    assert match.value is not None
    value = match.value
    if value.what is None:
        clause = clause_at(reading, match.span)
        value = dataclasses.replace(value, what=" ".join(clause.of(reading.text).split()) or None)
    return Fact(value, match.span, match.rule, match.confidence, part, needs_review=value.anomaly is not None)


def clause_at(reading: Reading, span: Span) -> Span:
    """The sentence, or the stretch between semicolons, that holds ``span``."""
    return reading.sentence_at(span, LONGEST_CLAUSE)


def _blocks_of_parts(reading: Reading, findings: Findings, skipped: list[Span]) -> dict[int, list[Span]]:
    """The blocks of text by part, without those in which no deadline stands."""
    found: dict[int, list[Span]] = {}
    documents = [fact for fact in findings.parts if fact.value.kind == "document"]
    at, part = 0, 0
    for block in reading.blocks:
        while at < len(skipped) and skipped[at].end <= block.start:
            at += 1
        if at < len(skipped) and skipped[at].start <= block.start and block.end <= skipped[at].end:
            continue
        while part + 1 < len(documents) and documents[part + 1].span.start <= block.start:
            part += 1
        found.setdefault(documents[part].part if documents else 1, []).append(block)
    return found


def _tells(reading: Reading, match: Match[Deadline], findings: Findings, part: int) -> bool:
    """Whether the part only tells: what a report covers, how long the procedures of a list take."""
    header = findings.header_of(part)
    if header is None or match.value is None:
        return False
    if header.doc_type == "báo cáo" and match.rule in IN_TITLES:
        return _AIMED.search(reading.folded, reading.block_at(match.span.start).start, match.span.end) is None
    if header.doc_type == "phụ lục" and match.value.kind in ("relative", "conditional"):
        start = next(fact.span.start for fact in findings.parts if fact.part == part)
        return _PROCEDURES.search(reading.folded, start, start + 1500) is not None
    return False


def _belongs_to_citation(match: Match[Deadline], cited: list[Span], titles: list[Span]) -> bool:
    if any(span.overlaps(match.span) for span in cited):
        return True
    return match.rule in IN_TITLES and any(span.start <= match.span.start < span.end for span in titles)
