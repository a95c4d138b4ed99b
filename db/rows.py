"""Facts as rows: the one place that knows facts *and* columns.

A row is a dict from column name to what SQLite stores. Dates are ISO text, lists of names are joined by
«; », boxes are JSON ``[[page, x0, top, x1, bottom], …]`` in points. A fact's id is made from what it says,
not from its place in a list: it stays the same when the facts are extracted anew, so that links, calendar
entries and corrections keep pointing to it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.document import Document
from corpus.span import Span
from extract.facts import (
    Citation,
    Deadline,
    Fact,
    Facts,
    FieldEvidence,
    Header,
    Issue,
    Obligation,
    Part,
    Target,
)
from extract.harm import of_issue
from normalize.edits import Repaired
from normalize.fold import fold

Row = dict[str, Any]

HEADER_FIELDS = (
    "doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject", "urgency", "secrecy",
    "signer_name", "signer_title", "signing_authority", "addressees", "distribution", "incoming_number",
    "incoming_date", "relation_to_previous", "issuers", "signers", "number_printed", "date_printed",
)  # fmt: skip

FACT_TABLES = ("dispatches", "header_fields", "blocks", "citations", "deadlines", "targets", "obligations", "issues")
"""The tables that a reload empties and fills again, parents before children."""


def number_key(number: str | None) -> str | None:
    """A document number in the form in which two mentions are compared; marks and letters are kept.

    >>> number_key("0045 /UBND - VP")
    '45/UBND-VP'
    """
    if number is None:
        return None
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFC", number)).upper().replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", bare) or None


def joined(names: Iterable[str]) -> str | None:
    """Names as one text, «; » between them; None for no name."""
    return "; ".join(names) or None


def iso(day: dt.date | None) -> str | None:
    """A day as SQLite keeps it."""
    return day.isoformat() if day else None


@dataclass
class Rows:
    """All rows of one document, by table; filled by `rows_of`."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in FACT_TABLES})
    deadline_links: list[tuple[str, str]] = field(default_factory=list)


def title_of(dispatch: Row) -> str | None:
    """What people call a document, from the row of its first part: number and subject."""
    said = (dispatch["number"], dispatch["subject"] or dispatch["doc_type"])
    return " – ".join(filter(None, said)) or None


class _Maker:
    """Makes rows of one document's facts; knows the document, its text and which ids are taken."""

    def __init__(self, document: Document, repaired: Repaired) -> None:
        self.document = document
        self.repaired = repaired
        self._seen: Counter[tuple[str, int, str]] = Counter()

    def identity(self, letter: str, part: int, said: str) -> str:
        """An id that depends on the document, the part, what the fact says, and on nothing else."""
        known = (letter, part, " ".join(fold(said).lower().split()))
        self._seen[known] += 1
        parts = (self.document.id, *map(str, known), str(self._seen[known]))
        return letter + hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()

    def place(self, span: Span, more: tuple[Span, ...] = ()) -> Row:
        """Page, boxes, span and quote."""
        boxes = [
            [
                placed.page,
                *(round(side, 1) for side in (placed.box.x0, placed.box.top, placed.box.x1, placed.box.bottom)),
            ]
            for stretch in (span, *more)
            for placed in self.document.boxes(self.repaired.to_raw(stretch))
        ]
        return {
            "quote": " ".join(span.of(self.repaired.text).split()),
            "page": self.page_of(span),
            "boxes": json.dumps([box for at, box in enumerate(boxes) if box not in boxes[:at]], separators=(",", ":")),
            "span_start": span.start,
            "span_end": span.end,
        }

    def page_of(self, span: Span) -> int:
        """The page, from 1, on which the span begins; repair keeps page breaks, so they can be counted."""
        return self.repaired.text.count("\f", 0, span.start) + 1

    def evidence(self, fact: Fact[Any]) -> Row:
        """The columns that every fact row carries."""
        return {
            "document_id": self.document.id,
            "part": fact.part,
            **self.place(fact.span, fact.more),
            "rule": fact.rule,
            "confidence": round(float(fact.confidence), 4),
            "needs_review": int(fact.needs_review),
            "harm": fact.harm,
        }


def rows_of(document: Document, repaired: Repaired, facts: Facts) -> Rows:
    """Every row that ``facts`` become."""
    maker = _Maker(document, repaired)
    rows = Rows()
    for header in facts.headers:
        dispatch = _dispatch(maker, header)
        rows.tables["dispatches"].append(dispatch)
        rows.tables["header_fields"] += _header_fields(maker, header, dispatch)
    rows.tables["blocks"] = [_block(maker, fact) for fact in facts.parts]
    rows.tables["citations"] = [_citation(maker, fact) for fact in facts.citations]
    rows.tables["deadlines"] = [_deadline(maker, fact) for fact in facts.deadlines]
    rows.tables["targets"] = [_target(maker, fact) for fact in facts.targets]
    rows.tables["issues"] = [_issue(maker, issue) for issue in facts.issues]
    for obligation in facts.obligations:
        row = _obligation(maker, obligation, facts.deadlines)
        rows.tables["obligations"].append(row)
        rows.deadline_links += _links(row, obligation.value, rows.tables["deadlines"])
    return rows


def _dispatch(maker: _Maker, fact: Fact[Header]) -> Row:
    header = fact.value
    return {
        "id": maker.identity("h", fact.part, str(header.part)),
        **{name: _plain(getattr(header, name)) for name in HEADER_FIELDS},
        "kind": header.kind,
        "draft": int(header.draft),
        "number_key": number_key(header.number),
        **maker.evidence(fact),
        "part": header.part,
    }


def _plain(value: dt.date | tuple[str, ...] | str | None) -> str | None:
    if isinstance(value, dt.date):
        return iso(value)
    if isinstance(value, tuple):
        return joined(value)
    return value


def _header_fields(maker: _Maker, fact: Fact[Header], dispatch: Row) -> Iterator[Row]:
    for name, found in fact.value.fields.items():
        yield {
            "id": maker.identity("f", fact.value.part, name),
            "field": name,
            "value": dispatch.get(name),
            "alternatives": joined(found.alternatives),
            "dispatch_id": dispatch["id"],
            **maker.evidence(_as_fact(found, fact.value.part)),
        }


def _as_fact(found: FieldEvidence, part: int) -> Fact[None]:
    return Fact(None, found.span, found.rule, found.confidence, part, needs_review=found.needs_review, harm=found.harm)


def _block(maker: _Maker, fact: Fact[Part]) -> Row:
    kind = fact.value.kind
    return {"id": maker.identity("b", fact.part, kind), "kind": kind, **maker.evidence(fact)}


def _citation(maker: _Maker, fact: Fact[Citation]) -> Row:
    cited = fact.value
    return {
        "id": maker.identity("c", fact.part, f"{cited.number or cited.title or cited.quote} {cited.relation}"),
        "number": cited.number,
        "doc_type": cited.doc_type,
        "issuer": cited.issuer,
        "date": iso(cited.date),
        "relation": cited.relation,
        "title": cited.title,
        "article": cited.article,
        "number_key": number_key(cited.number),
        **maker.evidence(fact),
        "quote": cited.quote,
    }


def _deadline(maker: _Maker, fact: Fact[Deadline]) -> Row:
    deadline = fact.value
    same = ("text", "what", "kind", "operator", "hour", "rrule", "reckoning", "anomaly")
    return {
        "id": maker.identity("d", fact.part, deadline.text),
        **{name: getattr(deadline, name) for name in same},
        "who": joined(deadline.who),
        "exclusive": int(deadline.exclusive),
        **{name: iso(getattr(deadline, name)) for name in ("start", "due", "adjusted", "probable")},
        "occurrences": json.dumps([iso(day) for day in deadline.occurrences]) if deadline.occurrences else None,
        **maker.evidence(fact),
    }


def _target(maker: _Maker, fact: Fact[Target]) -> Row:
    target = fact.value
    same = ("metric", "comparator", "value", "value_max", "unit", "text")
    return {
        "id": maker.identity("t", fact.part, target.text),
        **{name: getattr(target, name) for name in same},
        "by_date": iso(target.by),
        "who": joined(target.who),
        **maker.evidence(fact),
    }


def _obligation(maker: _Maker, fact: Fact[Obligation], deadlines: tuple[Fact[Deadline], ...]) -> Row:
    duty = fact.value
    return {
        "id": maker.identity("o", fact.part, f"{duty.ref or ''} {duty.task}"),
        **{name: getattr(duty, name) for name in ("ref", "task", "result", "deadline_text", "recipient", "tier")},
        "lead": joined(duty.lead),
        "support": joined(duty.support),
        "start": iso(duty.start),
        "due": iso(duty.due),
        "due_status": _due_status(duty, deadlines),
        "status": "chưa xong",
        "inherited": joined(duty.inherited),
        **maker.evidence(fact),
    }


def _due_status(duty: Obligation, deadlines: tuple[Fact[Deadline], ...]) -> str:
    """What is known of the time: «none» (nothing stated) differs from «unresolved» (stated, no day found)."""
    kinds = {deadlines[index].value.kind for index in duty.deadlines if 0 <= index < len(deadlines)}
    if duty.due:
        return "dated"
    for kind in ("recurring", "relative", "conditional", "ongoing"):
        if kind in kinds:
            return kind
    if duty.start:
        return "dated"
    return "unresolved" if duty.deadline_text or kinds else "none"


def _links(row: Row, duty: Obligation, deadlines: list[Row]) -> Iterator[tuple[str, str]]:
    for index in dict.fromkeys(duty.deadlines):
        if 0 <= index < len(deadlines):
            yield row["id"], deadlines[index]["id"]


def _issue(maker: _Maker, issue: Issue) -> Row:
    return {
        "id": maker.identity("i", issue.part, f"{issue.code} {issue.span.of(maker.repaired.text)}"),
        "code": issue.code,
        "message": issue.message,
        "alternatives": joined(issue.alternatives),
        "document_id": maker.document.id,
        "part": issue.part,
        **maker.place(issue.span),
        "harm": of_issue(issue.code),
    }
