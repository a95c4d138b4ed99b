"""Facts as plain JSON data: what ``congvan facts FILE --json`` prints and the web API returns.

One place knows both the value types and the names in the JSON. Every fact carries its provenance: page, line,
boxes, span, quote, rule, confidence, needs_review.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from corpus.document import Document
from corpus.span import Span
from extract.facts import Fact, Facts, FieldEvidence, Header, Issue
from extract.source import Source
from normalize.edits import Repaired

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, Any]

_QUOTE_LENGTH = 600
_SEVERITY = {"error": ("secrecy", "date-unreadable", "number-unreadable"), "info": ("number-blank", "draft")}


def facts_json(document: Document, repaired: Repaired, facts: Facts) -> Json:
    """Everything found in one file, in the form of ``facts.schema.json`` («prediction»).

    Dates are ISO strings; ``span`` offsets count in ``repaired.text``; ``boxes`` are
    ``[page, x0, top, x1, bottom]`` in points and empty for text files.
    """
    source = Source(document, repaired)
    return {
        "file": {"sha256": document.id, "name": document.name, "pages": max(len(document.pages), 1)},
        "documents": [_header(source, fact) for fact in facts.headers],
        "citations": [_fact(source, fact, _values(fact.value)) for fact in facts.citations],
        "deadlines": [_fact(source, fact, _values(fact.value)) for fact in facts.deadlines],
        "targets": [_fact(source, fact, _values(fact.value)) for fact in facts.targets],
        "obligations": [_fact(source, fact, _values(fact.value)) for fact in facts.obligations],
        "issues": [_issue(source, issue) for issue in facts.issues],
    }


def place(source: Source, span: Span) -> Json:
    """Page, line on the page, boxes and offsets of a span.

    >>> from corpus.layout import Line, Page
    >>> page = Page(1, 0, 0, (Line("Kính gửi:"), Line("Sở Y tế")))
    >>> document = Document("0" * 64, "a.txt", (page,))
    >>> place(Source(document, Repaired.untouched(document.text)), Span(10, 17))
    {'page': 1, 'line': 2, 'boxes': [], 'span': [10, 17]}
    """
    line = source.line_of(span.start)
    return {
        "page": line.page,
        "line": line.number,
        "boxes": _boxes(source, span),
        "span": [span.start, span.end],
    }


def _boxes(source: Source, span: Span) -> list[list[float]]:
    return [
        [page, *(round(side, 2) for side in (box.x0, box.top, box.x1, box.bottom))] for page, box in source.boxes(span)
    ]


def _fact(source: Source, fact: Fact[Any], value: Json) -> Json:
    result: Json = {"part": fact.part, **value, **place(source, fact.span)}
    result["quote"] = value.get("quote") or source.quote(fact.span)[:_QUOTE_LENGTH]
    result["rule"] = fact.rule
    result["confidence"] = round(min(max(fact.confidence, 0.0), 1.0), 3)
    result["needs_review"] = fact.needs_review
    if fact.more:
        result["more"] = [place(source, span) for span in fact.more]
    return result


def _header(source: Source, fact: Fact[Header]) -> Json:
    header = fact.value
    value = _values(header, leave=("fields", "kind", "part"))
    value["kind"] = header.kind
    value["fields"] = {name: _evidence(source, evidence) for name, evidence in header.fields.items()}
    result = _fact(source, fact, value)
    result["part"] = header.part
    return result


def _evidence(source: Source, evidence: FieldEvidence) -> Json:
    return {
        **place(source, evidence.span),
        "quote": source.quote(evidence.span)[:_QUOTE_LENGTH],
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 3),
        "needs_review": evidence.needs_review,
        "alternatives": list(evidence.alternatives),
    }


def _values(value: DataclassInstance, leave: tuple[str, ...] = ()) -> Json:
    """The fields of a fact's value; dates become ISO strings, tuples lists."""
    return {item.name: _plain(getattr(value, item.name)) for item in fields(value) if item.name not in leave}


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _issue(source: Source, issue: Issue) -> Json:
    return {
        "code": issue.code,
        "message": issue.message,
        "severity": next((name for name, codes in _SEVERITY.items() if issue.code in codes), "warning"),
        "part": issue.part,
        "alternatives": list(issue.alternatives),
        **place(source, issue.span),
    }
