"""What kind of part a header belongs to, how it relates to the one before, and what is missing in it."""

from __future__ import annotations

from extract.evidence import evidence
from extract.facts import Header
from extract.header.draft import Draft
from extract.header.routing import routed
from extract.header.subject import slip_subject
from extract.tokens import norm


def name_kind(draft: Draft) -> None:
    """Set the kind of the part, its relation to the part before, and the issues of what it lacks."""
    kind = draft.part.rule.removeprefix("part.")
    previous = [fact.value for fact in draft.findings.headers]
    if kind == "slip":
        _slip(draft, previous)
    elif kind == "annex":
        _annex(draft, previous)
    elif previous:
        draft.values["relation_to_previous"] = "attached"
    if kind == "dispatch":
        _missing(draft)
        if draft.blocks("addressees", "subject", "number"):
            draft.put("doc_type", "công văn", draft.place(), "type.letter")
    draft.values["kind"] = "draft" if draft.values.get("draft") else kind


def _slip(draft: Draft, previous: list[Header]) -> None:
    draft.values["doc_type"] = "phiếu"
    draft.values["relation_to_previous"] = "routing slip" if previous else None
    span = draft.place()
    printed = next((where.of(draft.source.text) for where in draft.blocks("number")), "")
    routes = routed(printed, [header.number for header in previous if header.number])
    draft.values["subject"] = slip_subject(norm(span.of(draft.source.text).split("\n")[0]), routes)
    draft.fields["subject"] = evidence(draft.source, span, "slip.title")
    if printed:
        draft.values["number_printed"] = printed


def _annex(draft: Draft, previous: list[Header]) -> None:
    draft.values["relation_to_previous"] = "attached" if previous else None
    draft.put("doc_type", "phụ lục", draft.place(), "annex.type")
    carrier = next((header for header in reversed(previous) if header.kind == "dispatch"), None)
    if carrier and carrier.issuer:
        draft.put("issuer", carrier.issuer, draft.place(), "annex.issuer")


def _missing(draft: Draft) -> None:
    """A dispatch without number, date or issuer is worth a look: unread is not absent."""
    for name in ("number", "date", "issuer"):
        told = any(issue.code.startswith(name) for issue in draft.issues)
        if name not in draft.values and not told:
            draft.tell(f"{name}-missing", draft.place())
    if not draft.blocks("signature"):
        draft.tell("signature-missing", draft.place())
