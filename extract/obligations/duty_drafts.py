"""Drafts from the sentences of a paragraph: which belong together, whose they are, what is to be done and by when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.span import Span
from extract.facts import Deadline, Fact
from extract.obligations import clauses as reading
from extract.obligations import phrases
from extract.obligations.clauses import Clause
from extract.obligations.drafts import Draft, Tier
from extract.obligations.inherit import Context, People
from extract.obligations.outline import Outline, Paragraph
from extract.source import Findings
from extract.telling import tells
from normalize.fold import fold

_ORGANISATION = re.compile(
    r"tổ chức thực hiện|phân công (?:thực hiện|nhiệm vụ)|trách nhiệm (?:thực hiện|của các)", re.IGNORECASE
)
_ENFORCES = re.compile(
    r"trach nhiem (?:to chuc |trien khai )*(?:thi hanh|thuc hien)[^.;]{0,20} "
    r"(?:quyet dinh|nghi quyet|chi thi|thong tu|quy che|quy dinh|ke hoach|nghi dinh) nay",
    re.IGNORECASE,
)
"""Matched on folded text: the last line of an act is often read without its marks."""
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
_MUST = re.compile(
    r"\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|cần|khẩn trương|nghiêm túc|chủ động)(?!\w)"
)
_ALSO = re.compile(r";\s*(?=đồng thời[\s,])")
_RECIPIENTS = re.compile(
    r"^\W*(?:như (?:trên|điều)|lưu\s*:)|\((?:để )?(?:b/c|b/cáo|báo cáo|p/h|phối hợp|t/h|thực hiện|"
    r"biết)\)\W*$",
    re.IGNORECASE,
)
_APART = re.compile(r"\W*Riêng ")
_TO = "để "
SHORT_TASK = 6
"""A task of fewer words says too little without its sentence."""

FIRM: frozenset[str] = frozenset({"date", "month", "quarter", "year", "recurring"})
"""Kinds of deadlines that show a sentence to be a duty."""


class Times:
    """The deadlines found so far, by place."""

    def __init__(self, findings: Findings) -> None:
        self._facts = sorted(findings.deadlines, key=lambda fact: fact.span)
        self._starts = [fact.span.start for fact in self._facts]

    def inside(self, span: Span) -> list[Fact[Deadline]]:
        """The deadlines that lie in ``span``."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [fact for fact in self._facts[first:last] if fact.span.end <= span.end]

    def firm(self, span: Span) -> bool:
        """Whether a deadline in ``span`` names a time."""
        return any(fact.value.kind in FIRM for fact in self.inside(span))


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of a paragraph that belong to one duty: offsets in it, and the clause that names the unit, if any."""

    paragraph: Paragraph
    start: int
    end: int
    clause: Clause | None = None

    @property
    def text(self) -> str:
        """The words, on one line."""
        return self.paragraph.flat[self.start : self.end]

    @property
    def window(self) -> Span:
        """Where it stands in the document, white space at the ends left out."""
        text = self.text
        begin = self.start + len(text) - len(text.lstrip())
        last = max(begin, self.start + len(text.rstrip()))
        return Span(self.paragraph.body.start + begin, self.paragraph.body.start + last)


@dataclass(frozen=True)
class Maker:
    """Makes drafts of passages."""

    outline: Outline
    people: People
    times: Times

    def drafts(self, paragraph: Paragraph, found: Sequence[Clause], context: Context | None) -> Iterator[Draft]:
        """The duties of a paragraph. ``context`` tells whose those are that name no unit."""
        if context is not None and context.rule == "unit-heading":
            found = [
                clause
                for clause in found
                if clause.start == 0 or is_firm(paragraph.flat, clause) or _APART.match(paragraph.flat, clause.start)
            ]
        for passage in passages(paragraph, found, inherits=context is not None):
            draft = self._draft_of(passage, context)
            if draft is not None:
                yield from self._divided(passage, draft)

    def _draft_of(self, passage: Passage, context: Context | None) -> Draft | None:
        if passage.clause is not None:
            return self._own(passage, passage.clause) if self._counts(passage, passage.clause) else None
        if context is not None and is_task(passage, context):
            return self._inherited(passage, context)
        return self._send_by(passage)

    def _counts(self, passage: Passage, clause: Clause) -> bool:
        """Whether a sentence with a unit is a duty and not part of the story that a letter tells first."""
        if tells(passage.paragraph.flat, clause, self.people.header(passage.paragraph.part)):
            return False
        if clause.kind == "order" or passage.paragraph.level or passage.paragraph.above:
            return True
        return is_firm(passage.paragraph.flat, clause) or self.times.firm(passage.window)

    def _own(self, passage: Passage, clause: Clause) -> Draft:
        """The duty of a sentence that names its unit."""
        paragraph = passage.paragraph
        lead, replaced = self.people.resolve(clause.lead, paragraph.part)
        text = paragraph.flat[clause.tail : passage.end]
        draft = self._made(
            passage,
            "assign-sentence" if clause.kind == "order" else "unit-sentence",
            text if len(text.split()) >= SHORT_TASK else passage.text,
        )
        if _FORMULA.fullmatch(text):
            draft = replace(draft, tier="general")
        at = paragraph.body.start
        return replace(
            draft,
            lead=lead,
            support=tuple(unit for unit in draft.support if unit not in lead),
            more=(Span(at + clause.units[0], at + clause.units[1]),),
            inherited=("lead",) if replaced else (),
            confidence=0.85 if clause.kind == "order" else 0.8,
        )

    def _inherited(self, passage: Passage, context: Context) -> Draft:
        """The duty of words below a heading or in a requested list."""
        draft = self._made(passage, context.rule, passage.text)
        support = (*draft.support, *(unit for unit in context.support if unit not in draft.support))
        return replace(
            draft,
            lead=context.lead,
            support=tuple(unit for unit in support if unit not in context.lead),
            inherited=("lead",),
            confidence=0.8,
        )

    def _send_by(self, passage: Passage) -> Draft | None:
        """A report or the like with a date, and nobody named to send it: the addressees."""
        dated = any(fact.value.kind == "date" and fact.value.due for fact in self.times.inside(passage.window))
        if not dated or not _SENDS.search(passage.text):
            return None
        draft = self._made(passage, "send-by", passage.text)
        lead = self.people.addressees(passage.paragraph.part)
        return replace(draft, lead=lead, inherited=("lead",), confidence=0.75)

    def _made(self, passage: Passage, rule: str, text: str) -> Draft:
        return Draft(
            "enforcement" if enforces(passage.text) else rule,
            passage.window,
            text.strip(" :,;*-–"),
            passage.paragraph.part,
            ref=self.outline.reference(passage.paragraph),
            support=phrases.support_in(text),
            window=passage.window,
            recipient=phrases.recipient_in(text),
            tier=self._tier(passage, text),
        )

    def _tier(self, passage: Passage, text: str) -> Tier:
        whole = passage.text
        if enforces(whole) or _FORMULA.fullmatch(text) or _IF_TROUBLE.search(whole[:160]):
            return "general"
        above = any(_ORGANISATION.search(node.flat[:80]) for node in self.outline.ancestors(passage.paragraph))
        return "organisation" if above else "core"

    def _divided(self, passage: Passage, draft: Draft) -> Iterator[Draft]:
        """The draft, cut where it holds two dates with a verb between: «hoàn thành X trước … và gửi Y trước …»."""
        flat, base = passage.paragraph.flat, passage.paragraph.body.start
        dated = [fact for fact in self.times.inside(passage.window) if fact.value.kind == "date" and fact.value.due]
        cuts = [cut for first, second in pairwise(dated) if (cut := _cut(flat, base, first, second)) is not None]
        if not cuts:
            yield from self._with_also(passage, draft, dated)
            return
        ends = [*cuts, passage.end]
        task_start = max(flat.find(draft.task[:40], passage.start, passage.end), passage.start)
        first = replace(passage, end=cuts[0])
        task = flat[task_start : cuts[0]] if task_start < cuts[0] else first.text
        yield replace(draft, task=task.strip(" ,;:"), span=first.window, window=first.window)
        for index, cut in enumerate(cuts):
            yield self._later(replace(passage, start=cut, end=ends[index + 1]), draft, flat[passage.start : cut])

    def _later(self, piece: Passage, draft: Draft, before: str) -> Draft:
        """A later piece; what follows «để» is for whoever receives what comes before it."""
        text = piece.text
        later = replace(
            draft,
            task=text.strip(" ,;"),
            span=piece.window,
            window=piece.window,
            support=phrases.support_in(text),
            recipient=phrases.recipient_in(text),
        )
        receiver = phrases.recipient_in(before)
        if text.startswith(_TO) and receiver:
            return replace(later, lead=(receiver.split(" (")[0],), inherited=("lead",))
        return later

    def _with_also(self, passage: Passage, draft: Draft, dated: Sequence[Fact[Deadline]]) -> Iterator[Draft]:
        """«…; đồng thời làm Y» behind a dated duty is a duty of its own with the same date."""
        after = dated[-1].span.end - passage.paragraph.body.start if dated else passage.end
        also = _ALSO.search(passage.paragraph.flat, after, passage.end)
        rest = passage.paragraph.flat[also.end() : passage.end] if also else ""
        if also is None or not phrases.begins_task(re.sub(r"^đồng thời[\s,]+", "", rest)):
            yield draft
            return
        first = replace(passage, end=also.start())
        yield replace(draft, task=draft.task[: -len(rest.strip())].strip(" ,;") or first.text, span=first.window)
        second = replace(passage, start=also.end())
        yield replace(draft, task=rest.strip(" ,;."), span=second.window, inherited=(*draft.inherited, "due"))


def _cut(flat: str, base: int, first: Fact[Deadline], second: Fact[Deadline]) -> int | None:
    """Where a second duty begins between two different dates."""
    if (first.value.due, first.value.hour) == (second.value.due, second.value.hour):
        return None
    start, end = first.span.end - base, second.span.start - base
    for match in _JOIN.finditer(flat, start, max(start, end)):
        if phrases.begins_task(flat[match.end() : match.end() + 90].removeprefix(_TO)):
            return match.end()
    return None


def passages(paragraph: Paragraph, found: Sequence[Clause], *, inherits: bool) -> list[Passage]:
    """The sentences of a paragraph, those without a unit of their own joined to the one before."""
    by_start = {clause.start: clause for clause in found}
    made: list[Passage] = []
    for start, end in reading.sentences(paragraph.flat):
        clause = by_start.get(start)
        if clause is None and made:
            made[-1] = replace(made[-1], end=end)
        elif clause is not None and made and made[-1].clause is None and not inherits:
            made[-1] = Passage(paragraph, made[-1].start, end, clause)
        else:
            made.append(Passage(paragraph, start, end, clause))
    return made


def enforces(text: str) -> bool:
    """Whether a paragraph is the clause that ends an act: «… chịu trách nhiệm thi hành Quyết định này»."""
    return _ENFORCES.search(fold(text)) is not None


def is_firm(text: str, clause: Clause) -> bool:
    """Whether a sentence with its unit in front says in so many words that it must."""
    return clause.kind == "unit" and _MUST.match(text, clause.tail) is not None


def is_task(passage: Passage, context: Context) -> bool:
    """Whether words without a unit of their own are a task."""
    text, paragraph = passage.text, passage.paragraph
    words = len(text.split())
    if words < 4 or _NOMINAL.match(text) or _RECIPIENTS.search(text) or (words < 12 and text.rstrip().endswith(":")):
        return False
    if phrases.begins_task(text) or not paragraph.level:
        return phrases.begins_task(text)
    return (context.rule == "unit-heading" or len(paragraph.above) == 0) and words >= 8 and paragraph.level != "plus"
