"""Duties in the running text: sentences with their own unit, and items below unit headings and requests."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.span import Span
from extract import clauses as reading
from extract.clauses import Clause
from extract.drafts import Draft, Tier
from extract.facts import Deadline, Fact
from extract.inherit import Context, People, Request
from extract.outline import Outline, Paragraph, is_title
from extract.source import Findings, Source
from normalize.fold import fold

_NO_DUTIES = frozenset(
    {"báo cáo", "tờ trình", "bài báo", "giấy mời", "biên bản", "phiếu", "giấy chứng nhận", "hợp đồng"}
)
_STANDING = re.compile(r"chuc nang, nhiem vu|quy che|dieu le|co cau to chuc|vi tri viec lam", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"tổ chức thực hiện|phân công (?:thực hiện|nhiệm vụ)|trách nhiệm (?:thực hiện|của các)", re.IGNORECASE
)
_ENFORCES = re.compile(
    r"(?:chịu )?trách nhiệm (?:tổ chức |triển khai )*(?:thi hành|thực hiện)[^.;]{0,20} "
    r"(?:Quyết định|Nghị quyết|Chỉ thị|Thông tư|Quy chế|Quy định|Kế hoạch|Nghị định) này",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"\W*(?:(?:nghiêm túc|khẩn trương|tổ chức|triển khai|quán triệt|thực hiện|chỉ đạo|biết|được biết|phối hợp|"
    r"quan tâm|và|"
    r"tốt|đúng|đầy đủ|có hiệu quả|hiệu quả|các|những|nội dung|yêu cầu|nhiệm vụ|chỉ thị|công văn|kế hoạch|"
    r"văn bản|thông báo|"
    r"này|trên|nêu trên|nói trên|đảm bảo|bảo đảm|chất lượng|tiến độ|thời gian|quy định|theo)[\s,;./]*)+",
    re.IGNORECASE,
)
_IF_TROUBLE = re.compile(
    r"(?:trong quá trình|nếu|trường hợp|quá trình)[^.]{0,80}(?:vướng mắc|khó khăn|phát sinh)", re.IGNORECASE
)
_NOMINAL = re.compile(
    r"\((?:Gửi|Đính|Có|Kèm|Ban hành|Chi tiết|Theo|Mẫu)|\W*(?:Về |Những |Tiến độ|Vướng mắc|Số lượng|Danh mục|"
    r"Thời gian|Thời hạn|Địa điểm|Thành phần|Nội dung|"
    r"Kinh phí|Mục đích|"
    r"Mục tiêu|Đối với |Trường hợp |(?:Nghị quyết|Quyết định|Thông tư|Công văn|Luật|Nghị định) (?:số|này)|"
    r"Yêu cầu:|Mẫu |Phụ lục|Hình thức|Đối tượng|Nguồn|Tên |Chế độ báo cáo|Ví dụ|Ghi chú|Lưu ý|"
    r"Trân trọng|Rất mong|Kính)"
)
_SENDS = re.compile(
    r"(?:gửi|báo cáo|nộp|hoàn thành|đăng ký|phản hồi|góp ý|trả lời|tổng hợp|gui|bao cao|"
    r"nop)(?![\wÀ-ỹ])",
    re.IGNORECASE,
)
_JOIN = re.compile(r"(?:,?\s+(?:và|đồng thời)\s+|;\s*(?:đồng thời,?\s+)?|[.]\s+|\s+(?=để ))(?=(?:để )?[\wÀ-ỹ])")
_MANNER = re.compile(r"(?:như|theo)? (?:nội dung )?(?:sau|như sau|sau đây|cụ thể)\W*$", re.IGNORECASE)
_BASIS = re.compile(r"\W*(?:Căn cứ|Xét|Theo đề nghị|Can cu|Theo de nghi)\s.*[;.]\W*$", re.DOTALL)
_BARE_REQUEST = re.compile(r"(?:đề nghị|yêu cầu|giao|phân công nhiệm vụ)(?: như sau| cụ thể)?\s*:\s*$", re.IGNORECASE)
_MUST = re.compile(
    r"\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|cần|khẩn trương|nghiêm túc|chủ động)(?!\w)"
)
_SHORT_TASK = 6
_FIRM: frozenset[str] = frozenset({"date", "month", "quarter", "year", "recurring"})


class _Times:
    """The deadlines found so far, by place."""

    def __init__(self, findings: Findings) -> None:
        self._facts = sorted(findings.deadlines, key=lambda fact: fact.span)
        self._starts = [fact.span.start for fact in self._facts]

    def inside(self, span: Span) -> list[Fact[Deadline]]:
        """The deadlines that lie in ``span``."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [fact for fact in self._facts[first:last] if fact.span.end <= span.end]


@dataclass
class _Walk:
    """The state of the walk: who has the duties below each paragraph, and the request that is open."""

    outline: Outline
    people: People
    times: _Times
    contexts: dict[int, Context] = field(default_factory=dict)
    request: Request | None = None

    def context(self, paragraph: Paragraph) -> Context | None:
        """Whose duty a paragraph is that names no unit."""
        for node in self.outline.ancestors(paragraph):
            found = self.contexts.get(node.index)
            if found is not None and (paragraph.level or not found.loose):
                return None if found.blocks else found
        if self.request is not None and self.request.governs(paragraph) and self._goes_with_list(paragraph):
            return self.request.context
        return None

    def _goes_with_list(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is an item, or stands below a title; what follows a finished item closes the letter."""
        above = self.outline.ancestors(paragraph)[:1]
        return bool(paragraph.level) or (bool(above) and (above[0].opens or is_title(above[0])))


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences that belong to one duty: offsets in the paragraph, and the clause that names its unit, if any."""

    start: int
    end: int
    clause: Clause | None


def duties(source: Source, findings: Findings, outline: Outline, done: Sequence[Span]) -> Iterator[Draft]:
    """A draft for each duty of the running text; ``done`` are the label blocks, read already."""
    people = People(source.text, findings)
    walk = _Walk(outline, people, _Times(findings))
    skip = _skipped(outline, done)
    for paragraph in outline.paragraphs:
        if paragraph.index in skip or not _may_hold_duties(people, paragraph.part):
            continue
        if walk.request and walk.request.part != paragraph.part:
            walk.request = None
        for draft in _visit(walk, paragraph):
            if not _standing(people, paragraph.part) or draft.tier == "general" or _timed(walk, draft):
                yield draft


def _skipped(outline: Outline, done: Sequence[Span]) -> set[int]:
    spans = sorted(done)
    skip: set[int] = set()
    at = 0
    for paragraph in outline.paragraphs:
        while at < len(spans) and spans[at].end <= paragraph.span.start:
            at += 1
        if at < len(spans) and spans[at].start <= paragraph.span.start < spans[at].end:
            skip.add(paragraph.index)
    return skip


def _may_hold_duties(people: People, part: int) -> bool:
    header = people.header(part)
    return header is None or not (header.kind in {"slip", "form"} or (header.doc_type or "").casefold() in _NO_DUTIES)


def _standing(people: People, part: int) -> bool:
    """Whether the part lays down standing functions rather than tasks."""
    header = people.header(part)
    return header is not None and _STANDING.search(fold(header.subject or "")) is not None


def _timed(walk: _Walk, draft: Draft) -> bool:
    return draft.window is not None and any(fact.value.kind in _FIRM for fact in walk.times.inside(draft.window))


def _visit(walk: _Walk, paragraph: Paragraph) -> Iterator[Draft]:
    text = paragraph.flat
    if (not paragraph.level and _BASIS.match(text)) or _is_quoted(walk, paragraph):
        return
    head = reading.heading(text) if len(text) < 500 else None
    if head is not None and (paragraph.level or _stands_over_list(walk.outline, paragraph)):
        _open_heading(walk, paragraph, head)
        return
    found = reading.clauses(text)
    if paragraph.opens and (context := _announced(walk, paragraph, found)) is not None:
        if paragraph.level:
            walk.contexts[paragraph.index] = context
        else:
            walk.request = Request(context, paragraph.above, paragraph.index, paragraph.part)
        if _only_announces(text, found):
            return
    elif is_title(paragraph) and not found and walk.outline.has_below(paragraph):
        return
    elif found and paragraph.level:
        walk.contexts[paragraph.index] = replace(_context_of(walk, paragraph, found[0], "unit-heading"), loose=True)
    yield from _drafts(walk, paragraph, found)


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


def _open_heading(walk: _Walk, paragraph: Paragraph, head: Clause) -> None:
    context = _context_of(walk, paragraph, head, "unit-heading")
    walk.people.learn(head.lead, paragraph.part)
    if paragraph.level:
        walk.contexts[paragraph.index] = context
    else:
        walk.request = Request(context, paragraph.above, paragraph.index, paragraph.part)


def _context_of(walk: _Walk, paragraph: Paragraph, clause: Clause, rule: str) -> Context:
    lead, _ = walk.people.resolve(clause.lead, paragraph.part)
    thin = reading.is_thin(paragraph.flat[clause.tail :])
    support = reading.support_in(paragraph.flat[clause.tail :]) if thin else ()
    return Context(lead, support, rule)


def _announced(walk: _Walk, paragraph: Paragraph, found: Sequence[Clause]) -> Context | None:
    """Who the list below a paragraph that ends in a colon is for; None where it is no list of duties."""
    if found:
        return _context_of(walk, paragraph, found[-1], "request-item" if not paragraph.level else "unit-heading")
    if _BARE_REQUEST.search(paragraph.flat):
        return Context(walk.people.addressees(paragraph.part), (), "request-item")
    inherited = walk.context(paragraph)
    if inherited is not None and paragraph.level:
        return (
            inherited if reading.announces(paragraph.flat) or is_short(paragraph) else replace(inherited, blocks=True)
        )
    return None


def is_short(paragraph: Paragraph) -> bool:
    """Whether the words are few enough for a title."""
    return len(paragraph.flat.split()) <= 16


def _only_announces(text: str, found: Sequence[Clause]) -> bool:
    """Whether an announcement holds no duty of its own: «thực hiện như sau:», «các nội dung sau:»."""
    if reading.announces(text) or not found:
        return not found or reading.announces(text)
    tail = _MANNER.sub("", text[found[-1].tail :])
    return reading.is_thin(tail) or len(tail.split()) < _SHORT_TASK or "một số " in tail


def _drafts(walk: _Walk, paragraph: Paragraph, found: Sequence[Clause]) -> Iterator[Draft]:
    context = walk.context(paragraph)
    if context is not None and context.rule == "unit-heading":
        found = [clause for clause in found if clause.start == 0 or _is_firm(paragraph.flat, clause)]
    for group in _groups(paragraph.flat, found, inherits=context is not None):
        if group.clause is not None:
            if _counts(walk, paragraph, group):
                yield from _own(walk, paragraph, group)
        elif context is not None and _is_task(paragraph, group, context):
            yield from _split(walk, paragraph, group, _inherited(walk, paragraph, group, context))
        elif (draft := _send_by(walk, paragraph, group)) is not None:
            yield from _split(walk, paragraph, group, draft)


def _groups(text: str, found: Sequence[Clause], *, inherits: bool) -> list[_Group]:
    """The sentences of a paragraph, those without a unit of their own joined to the one before."""
    by_start = {clause.start: clause for clause in found}
    groups: list[_Group] = []
    for start, end in reading.sentences(text):
        clause = by_start.get(start)
        if clause is None and groups:
            groups[-1] = replace(groups[-1], end=end)
        elif clause is not None and groups and groups[-1].clause is None and not inherits:
            groups[-1] = _Group(groups[-1].start, end, clause)
        else:
            groups.append(_Group(start, end, clause))
    return groups


def _counts(walk: _Walk, paragraph: Paragraph, group: _Group) -> bool:
    """Whether a sentence with a unit is a duty and not part of the story that a letter tells first."""
    clause = group.clause
    assert clause is not None
    if clause.kind == "order" or paragraph.level or paragraph.above:
        return True
    window = _window(paragraph, group.start, group.end)
    return _is_firm(paragraph.flat, clause) or any(fact.value.kind in _FIRM for fact in walk.times.inside(window))


def _is_firm(text: str, clause: Clause) -> bool:
    """Whether a sentence with its unit in front says in so many words that it must."""
    return clause.kind == "unit" and _MUST.match(text, clause.tail) is not None


def _is_task(paragraph: Paragraph, group: _Group, context: Context) -> bool:
    """Whether words without a unit of their own are a task."""
    text = paragraph.flat[group.start : group.end]
    words = len(text.split())
    if words < 4 or _NOMINAL.match(text) or (words < 12 and text.rstrip().endswith(":")):
        return False
    if reading.begins_task(text) or not paragraph.level:
        return reading.begins_task(text)
    return (context.rule == "unit-heading" or len(paragraph.above) == 0) and words >= 8 and paragraph.level != "plus"


def _own(walk: _Walk, paragraph: Paragraph, group: _Group) -> Iterator[Draft]:
    """The duty of a sentence that names its unit."""
    clause = group.clause
    assert clause is not None
    lead, replaced = walk.people.resolve(clause.lead, paragraph.part)
    text = paragraph.flat[clause.tail : group.end]
    if len(text.split()) < _SHORT_TASK:
        text = paragraph.flat[group.start : group.end]
    rule = "assign-sentence" if clause.kind == "order" else "unit-sentence"
    draft = _draft(walk, paragraph, group, rule, text)
    at = paragraph.body.start
    draft = replace(
        draft,
        lead=lead,
        support=tuple(unit for unit in draft.support if unit not in lead),
        more=(Span(at + clause.units[0], at + clause.units[1]),),
        inherited=("lead",) if replaced else (),
        confidence=0.85 if clause.kind == "order" else 0.8,
    )
    yield from _split(walk, paragraph, group, draft)


def _inherited(walk: _Walk, paragraph: Paragraph, group: _Group, context: Context) -> Draft:
    """The duty of words below a heading or in a requested list."""
    draft = _draft(walk, paragraph, group, context.rule, paragraph.flat[group.start : group.end])
    support = (*draft.support, *(unit for unit in context.support if unit not in draft.support))
    return replace(
        draft,
        lead=context.lead,
        support=tuple(unit for unit in support if unit not in context.lead),
        inherited=("lead",),
        confidence=0.8,
    )


def _send_by(walk: _Walk, paragraph: Paragraph, group: _Group) -> Draft | None:
    """A report or the like with a date, and nobody named to send it: the addressees."""
    text = paragraph.flat[group.start : group.end]
    window = _window(paragraph, group.start, group.end)
    dated = any(fact.value.kind == "date" and fact.value.due for fact in walk.times.inside(window))
    if not dated or not _SENDS.search(text):
        return None
    draft = _draft(walk, paragraph, group, "send-by", text)
    return replace(draft, lead=walk.people.addressees(paragraph.part), inherited=("lead",), confidence=0.75)


def _draft(walk: _Walk, paragraph: Paragraph, group: _Group, rule: str, text: str) -> Draft:
    sentence = paragraph.flat[group.start : group.end]
    return Draft(
        "enforcement" if _ENFORCES.search(sentence) else rule,
        _window(paragraph, group.start, group.end),
        text.strip(" :,;*-–"),
        paragraph.part,
        ref=walk.outline.reference(paragraph),
        support=reading.support_in(text),
        window=_window(paragraph, group.start, group.end),
        recipient=reading.recipient_in(text),
        tier=_tier(walk, paragraph, sentence, text),
    )


def _tier(walk: _Walk, paragraph: Paragraph, sentence: str, text: str) -> Tier:
    if _ENFORCES.search(sentence) or _FORMULA.fullmatch(text) or _IF_TROUBLE.search(sentence[:160]):
        return "general"
    above = any(_ORGANISATION.search(node.flat[:80]) for node in walk.outline.ancestors(paragraph))
    return "organisation" if above else "core"


def _window(paragraph: Paragraph, start: int, end: int) -> Span:
    """Offsets in a paragraph as a span of the text, white space at the ends left out."""
    part = paragraph.flat[start:end]
    begin = start + len(part) - len(part.lstrip())
    last = max(begin, start + len(part.rstrip()))
    return Span(paragraph.body.start + begin, paragraph.body.start + last)


def _split(walk: _Walk, paragraph: Paragraph, group: _Group, draft: Draft) -> Iterator[Draft]:
    """The draft, cut in two where it holds two dates with a verb between: «hoàn thành X trước … và gửi Y trước …»."""
    assert draft.window is not None
    dated = [fact for fact in walk.times.inside(draft.window) if fact.value.kind == "date" and fact.value.due]
    at = paragraph.body.start
    for first, second in pairwise(dated):
        if (first.value.due, first.value.hour) == (second.value.due, second.value.hour):
            continue
        between = paragraph.flat[first.span.end - at : second.span.start - at]
        for match in _JOIN.finditer(between):
            cut = first.span.end - at + match.end()
            rest = paragraph.flat[cut : group.end]
            if reading.begins_task(rest.removeprefix("để ")):
                yield from _halves(walk, paragraph, group, draft, cut)
                return
    yield draft


def _halves(walk: _Walk, paragraph: Paragraph, group: _Group, draft: Draft, cut: int) -> Iterator[Draft]:
    assert draft.window is not None
    start = draft.window.start - paragraph.body.start
    rest = paragraph.flat[cut : group.end]
    head = paragraph.flat[start:cut]
    tail = draft.task[: max(len(draft.task) - len(rest.strip()), 0)] or head
    yield replace(
        draft, task=tail.strip(" ,;"), span=_window(paragraph, start, cut), window=_window(paragraph, start, cut)
    )
    later = replace(
        draft,
        task=rest.strip(),
        span=_window(paragraph, cut, group.end),
        window=_window(paragraph, cut, group.end),
        support=reading.support_in(rest),
        recipient=reading.recipient_in(rest),
    )
    receiver = reading.recipient_in(head)
    if rest.startswith("để ") and receiver:
        later = replace(later, lead=(receiver.split(" (")[0],), inherited=("lead",))
    yield from _split(walk, paragraph, replace(group, start=cut), later)
