"""Duties in the running text: sentences with their own unit, and items below unit headings and requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.span import Span
from extract.obligations import clauses as reading
from extract.obligations import phrases, sections
from extract.obligations.clauses import Clause
from extract.obligations.drafts import Draft
from extract.obligations.duty_drafts import SHORT_TASK, Maker
from extract.obligations.inherit import Context, People, Request
from extract.obligations.outline import Outline, Paragraph, is_title
from extract.obligations.passages import Times
from extract.obligations.tiers import enforces, enforcing
from extract.source import Findings, Source
from normalize.fold import fold

_NO_DUTIES = frozenset({"báo cáo", "tờ trình", "bài báo", "biên bản", "phiếu", "giấy chứng nhận", "hợp đồng"})
_REGULATIONS = frozenset({"quy chế", "quy định", "điều lệ", "nội quy", "quy trình"})
"""Types of documents that lay down what always holds."""
_STANDING = re.compile(r"chuc nang, nhiem vu|quy che|dieu le|co cau to chuc|vi tri viec lam", re.IGNORECASE)
_PREPARES = re.compile(r"(?<!\w)(?:chuẩn bị|báo cáo|gửi|xây dựng|cung cấp|bố trí|tổng hợp)(?!\w)")
_MANNER = re.compile(r"(?:như|theo)? (?:nội dung )?(?:sau|như sau|sau đây|cụ thể)\W*$", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?:,|;)?\s(?:và|đồng thời)\s(?:[\wÀ-ỹ]+,? ){0,6}(?:nội dung|nhiệm vụ|công việc|việc|giải pháp|biện pháp|yêu cầu)"
    r"[\wÀ-ỹ ,]{0,40}:\s*$",
    re.IGNORECASE,
)
"""An announcement behind a duty: «triển khai đầy đủ Chỉ thị … và thực hiện các nội dung sau:»."""
_REGIME = re.compile(r"\s*(?:thực hiện|áp dụng) (?:chế độ|quy trình|quy định)(?: \w+){1,4}\s*")
_BASIS = re.compile(r"\W*(?:Căn cứ|Xét|Theo đề nghị|Can cu|Theo de nghi)\s.*[;.]\W*$", re.DOTALL)
_FORM = re.compile(r"\.{5,}|…{2,}|_{5,}|[Kk]ý(?: và|,) ghi rõ họ tên|Độc lập - Tự do - Hạnh phúc")
"""What is only printed on a blank form."""
_BARE_REQUEST = re.compile(r"(?:đề nghị|yêu cầu|giao|phân công nhiệm vụ)(?: như sau| cụ thể)?\s*:\s*$", re.IGNORECASE)
_LONGEST_HEADING = 500
_TITLE = 16
"""Words of a title at most."""
_SECTIONS = frozenset({"chapter", "roman", "upper", "article", "number-1"})
_LISTED = frozenset({"dash", "plus"})


@dataclass
class _Walk:
    """The state of the walk: who has the duties below each paragraph, and the request that is open."""

    outline: Outline
    people: People
    feet: dict[int, int]
    contexts: dict[int, Context] = field(default_factory=dict)
    request: Request | None = None
    notes: int | None = None
    quotation: sections.Quotation = field(default_factory=sections.Quotation)
    told: set[int] = field(default_factory=set)

    def context(self, paragraph: Paragraph) -> Context | None:
        """Whose duty a paragraph is that names no unit."""
        asked = self.request
        if asked is not None and not (asked.governs(paragraph) and self._goes_with_list(paragraph)):
            asked = None
        for node in self.outline.ancestors(paragraph):
            found = self.contexts.get(node.index)
            if found is not None and (paragraph.level or not found.loose):
                if asked is not None and asked.index > node.index:
                    break
                return None if found.blocks else found
        return asked.context if asked is not None else None

    def open(self, paragraph: Paragraph, context: Context) -> None:
        """What is below the paragraph belongs to the context."""
        if paragraph.level:
            self.contexts[paragraph.index] = context
        else:
            self.request = Request(context, paragraph.above, paragraph.index, paragraph.part)

    def headings(self, paragraph: Paragraph) -> tuple[Span, ...]:
        """Titles and announcements that a paragraph stands under, nearest first; no duties of their own."""
        above = list(self.outline.ancestors(paragraph))
        if self.request is not None and self.request.governs(paragraph):
            above.append(self.outline.paragraphs[self.request.index])
            above.sort(key=lambda node: node.index, reverse=True)
        return tuple(
            node.body
            for node in above
            if node.index not in self.told and len(node.flat) <= _LONGEST_HEADING and (node.opens or is_title(node))
        )

    def _goes_with_list(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is an item, or stands below a title; what follows a finished item closes the letter."""
        above = self.outline.ancestors(paragraph)[:1]
        return bool(paragraph.level) or (bool(above) and (above[0].opens or is_title(above[0])))


def duties(source: Source, findings: Findings, outline: Outline, done: Sequence[Span]) -> Iterator[Draft]:
    """A draft for each duty of the running text; ``done`` are the label blocks, read already."""
    people, times = People(source.text, findings), Times(findings)
    walk = _Walk(outline, people, _feet(findings))
    maker = Maker(outline, people, times)
    skip = outline.within(done)
    for paragraph in outline.paragraphs:
        quoted = walk.quotation.holds(paragraph, paragraph.span.of(source.text))
        if quoted or paragraph.index in skip or not _may_hold_duties(walk, paragraph):
            continue
        if walk.request and walk.request.part != paragraph.part:
            walk.request = None
        found = _visit(walk, paragraph)
        for draft in maker.drafts(paragraph, found, walk.context(paragraph)) if found is not None else ():
            timed = draft.window is not None and times.firm(draft.window)
            if _invites(people, draft) and not timed:
                continue
            if timed or draft.tier == "general" or enforcing(draft.task) or not _standing(people, paragraph.part):
                walk.told.add(paragraph.index)
                yield replace(draft, above=walk.headings(paragraph))


def _feet(findings: Findings) -> dict[int, int]:
    """Where the list of recipients begins in each part: lines below it that look like items are part of it."""
    feet: dict[int, int] = {}
    for fact in findings.blocks("distribution"):
        feet[fact.part] = max(feet.get(fact.part, 0), fact.span.start)
    return feet


def _may_hold_duties(walk: _Walk, paragraph: Paragraph) -> bool:
    header = walk.people.header(paragraph.part)
    if header and (header.kind in {"slip", "form"} or (header.doc_type or "").casefold() in _NO_DUTIES):
        return False
    if sections.opens_notes(paragraph):
        walk.notes = paragraph.part
    elif paragraph.level in _SECTIONS:
        walk.notes = None
    if walk.notes == paragraph.part:
        return False
    foot = walk.feet.get(paragraph.part)
    if foot is not None and paragraph.span.start >= foot:
        return bool(paragraph.level) and paragraph.level not in _LISTED
    if _FORM.search(paragraph.flat) or (paragraph.level == "" and _BASIS.match(paragraph.flat)):
        return False
    return not _is_quoted(walk, paragraph)


def _invites(people: People, draft: Draft) -> bool:
    """Whether an invitation only asks to come, well prepared; what it wants by a day is a duty like any other."""
    header = people.header(draft.part)
    inviting = header is not None and (header.doc_type or "").casefold() == "giấy mời"
    return inviting and _PREPARES.search(draft.task) is None


def _standing(people: People, part: int) -> bool:
    """Whether the part lays down standing functions rather than tasks."""
    header = people.header(part)
    if header is None:
        return False
    regulates = (header.doc_type or "").casefold() in _REGULATIONS
    return regulates or _STANDING.search(fold(header.subject or "")) is not None


def _visit(walk: _Walk, paragraph: Paragraph) -> list[Clause] | None:
    """The clauses of a paragraph that may hold duties; None for headings and announcements, which open a context."""
    text = paragraph.flat
    head = reading.heading(text) if len(text) < _LONGEST_HEADING else None
    if head is not None and (paragraph.level or _stands_over_list(walk.outline, paragraph)):
        walk.people.learn(head.lead, paragraph.part)
        walk.open(paragraph, _context_of(walk, paragraph, head, "unit-heading"))
        return None
    found = reading.clauses(text)
    if paragraph.opens and (context := _announced(walk, paragraph, found)) is not None:
        walk.open(paragraph, context)
        return None if _only_announces(text, found) else found
    if is_title(paragraph) and not found and walk.outline.has_below(paragraph):
        return None
    if found and paragraph.level and not paragraph.opens and not enforces(text):
        walk.open(paragraph, replace(_context_of(walk, paragraph, found[0], "unit-heading"), loose=True))
    return found


def _is_quoted(walk: _Walk, paragraph: Paragraph) -> bool:
    """Whether an item belongs to an act that a letter quotes: a letter has no articles of its own."""
    header = walk.people.header(paragraph.part)
    if header is None or (header.doc_type or "").casefold() != "công văn":
        return False
    within = any(node.level == "article" for node in walk.outline.ancestors(paragraph))
    return paragraph.level == "article" or (within and bool(paragraph.level))


def _stands_over_list(outline: Outline, paragraph: Paragraph) -> bool:
    """Whether a line without number is the heading of a list: a name of several words, then items."""
    text = paragraph.flat.strip(" *")
    following = outline.paragraphs[paragraph.index + 1 : paragraph.index + 2]
    listed = bool(following) and following[0].level in {"dash", "plus", "letter", "paren"}
    return len(text.split()) > 1 and not text.isupper() and not text.endswith(".") and (paragraph.opens or listed)


def _context_of(walk: _Walk, paragraph: Paragraph, clause: Clause, rule: str) -> Context:
    lead, _ = walk.people.resolve(clause.lead, paragraph.part)
    thin = phrases.is_thin(paragraph.flat[clause.tail :])
    support = phrases.support_in(paragraph.flat[clause.tail :]) if thin else ()
    return Context(lead, support, rule)


def _announced(walk: _Walk, paragraph: Paragraph, found: Sequence[Clause]) -> Context | None:
    """Who the list below a paragraph that ends in a colon is for; None where it is no list of duties."""
    inherited = walk.context(paragraph)
    if found and (paragraph.level or found[-1].kind == "order" or inherited is not None):
        return _context_of(walk, paragraph, found[-1], "request-item" if not paragraph.level else "unit-heading")
    if _BARE_REQUEST.search(paragraph.flat):
        return Context(walk.people.addressees(paragraph.part), (), "request-item")
    if inherited is not None and paragraph.level:
        return (
            inherited if phrases.announces(paragraph.flat) or _is_short(paragraph) else replace(inherited, blocks=True)
        )
    return None


def _is_short(paragraph: Paragraph) -> bool:
    """Whether the words are few enough for a title."""
    return len(paragraph.flat.split()) <= _TITLE


def _only_announces(text: str, found: Sequence[Clause]) -> bool:
    """Whether an announcement holds no duty of its own: «thực hiện như sau:», «các nội dung sau:»."""
    if phrases.announces(text):
        before = _AND_THEN.sub("", text[found[-1].tail :]) if found else ""
        return not (found and ":" not in before and phrases.begins_task(before) and len(before.split()) > _TITLE)
    if not found:
        return not (phrases.begins_task(text) and len(text.split()) > _TITLE)
    tail = _MANNER.sub("", text[found[-1].tail :])
    return (
        phrases.is_thin(tail)
        or _REGIME.fullmatch(tail) is not None
        or len(tail.split()) < SHORT_TASK
        or "một số " in tail
    )
