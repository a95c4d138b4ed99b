"""Drafts from the sentences of a paragraph: which belong together, whose they are, what is to be done and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.span import Span
from extract.facts import Header
from extract.obligations import clauses as reading
from extract.obligations import dividing, duty_words, phrases, sections
from extract.obligations.clauses import Clause
from extract.obligations.drafts import Draft
from extract.obligations.duty_words import pick
from extract.obligations.inherit import Context, People
from extract.obligations.outline import Outline, Paragraph
from extract.obligations.passages import Passage, Times, passages
from extract.obligations.tiers import enforces, is_formula, tier_of
from extract.telling import is_issuer, is_self, tells
from extract.units.kinds import is_people

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
_MUST = re.compile(
    r"\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|cần|khẩn trương|nghiêm túc|chủ động)(?!\w)"
)
_RECIPIENTS = re.compile(
    r"^\W*(?:như (?:trên|điều)|lưu\s*:)|\((?:để )?(?:b/c|b/cáo|báo cáo|p/h|phối hợp|t/h|thực hiện|"
    r"biết)\)\W*$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?<!\w)(?:đã (?:được )?(?:yêu cầu|đề nghị|giao|gửi|báo cáo|nộp|hoàn thành|tổng hợp|phản hồi)|xong từ)(?!\w)"
)
"""What was sent or ordered: nobody has to send it now."""
_APART = re.compile(r"\W*(?:Riêng|Đồng thời,?|Ngoài ra,?) ")
_TELLS_OF = re.compile(r"(?<!\w)(?:đã|vừa|có (?:Công văn|Văn bản|Báo cáo|Tờ trình|văn bản|báo cáo))(?!\w)")
_GIVEN = frozenset({"unit-sentence", "assign-sentence"})
SHORT_TASK = 6
"""A task of fewer words says too little without its sentence."""


@dataclass(frozen=True)
class Maker:
    """Makes drafts of passages."""

    outline: Outline
    people: People
    times: Times

    def drafts(self, paragraph: Paragraph, found: Sequence[Clause], context: Context | None) -> Iterator[Draft]:
        """The duties of a paragraph. ``context`` tells whose those are that name no unit."""
        if context is not None:
            found = [clause for clause in found if _is_own(paragraph.flat, clause, context)]
        read = passages(paragraph, found, inherits=context is not None)
        given = any(self._gives(passage) for passage in read)
        for passage in read:
            draft = self._draft_of(passage, context, given=given)
            if draft is not None:
                given = given or (draft.rule in _GIVEN and draft.tier != "general")
                yield from dividing.divided(passage, draft, self.times)

    def _gives(self, passage: Passage) -> bool:
        """Whether a sentence gives the unit in front of it something, in so many words or by a day."""
        clause = passage.clause
        firm = clause is not None and clause.kind == "unit" and _TELLS_OF.search(passage.text) is None
        return firm and clause is not None and self._counts(passage, clause, given=False)

    def _draft_of(self, passage: Passage, context: Context | None, *, given: bool) -> Draft | None:
        """The duty of a passage, if it is one. ``given``: one before it in the paragraph gave its unit something."""
        if passage.clause is not None:
            passage = self._handed_on(passage, passage.clause)
        if passage.clause is not None:
            return self._own(passage, passage.clause) if self._counts(passage, passage.clause, given=given) else None
        if context is not None and is_task(passage, context):
            return self._inherited(passage, context)
        return self._send_by(passage)

    def _handed_on(self, passage: Passage, clause: Clause) -> Passage:
        """The passage with the clause of whom the writer hands a paper on to, or who has to demand something."""
        header = self.people.header(passage.paragraph.part)
        demanding = reading.demanding(passage.paragraph.flat, clause)
        if demanding is not None and not is_issuer(demanding.lead, header):
            return replace(passage, clause=demanding)
        if not is_issuer(clause.lead, header):
            return passage
        return replace(passage, clause=reading.forwarded(passage.paragraph.flat, clause) or clause)

    def _counts(self, passage: Passage, clause: Clause, *, given: bool) -> bool:
        """Whether a sentence with a unit is a duty and not part of the story that a letter tells first."""
        header = self.people.header(passage.paragraph.part)
        if tells(passage.paragraph.flat, clause, header):
            return False
        above = self.outline.ancestors(passage.paragraph)
        if sections.is_story(above):
            return clause.kind == "order" and _orders_first(passage.paragraph.flat, clause)
        dated = self.times.firm(passage.window)
        if clause.kind == "order" or dated:
            return True
        if passage.paragraph.label.casefold().startswith("bước"):
            return False
        alone = not (passage.paragraph.level or above)
        if alone and is_issuer(clause.lead, header) and _is_letter(header):
            return False
        if sections.is_procedure(above) or (is_self(clause.lead) and not sections.assigns(above)):
            return False
        if is_firm(passage.paragraph.flat, clause):
            return True
        if all(is_people(unit) for unit in clause.lead):
            listed = bool(passage.paragraph.level) and passage.paragraph.flat[: clause.tail].rstrip().endswith(":")
            return listed or sections.assigns(above)
        return bool(passage.paragraph.level or above) or (given and _TELLS_OF.search(passage.text) is None)

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
        if is_formula(text):
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
        if not dated or not _SENDS.search(passage.text) or _DONE.search(passage.text):
            return None
        draft = self._made(passage, "send-by", passage.text)
        lead = self.people.addressees(passage.paragraph.part)
        return replace(draft, lead=lead, inherited=("lead",), confidence=0.75)

    def _made(self, passage: Passage, rule: str, text: str) -> Draft:
        return Draft(
            "enforcement" if enforces(passage.text) else rule,
            passage.window,
            " ".join(text.split()).strip(" :,;*-–"),
            passage.paragraph.part,
            ref=self.outline.reference(passage.paragraph),
            support=phrases.support_in(text),
            window=passage.window,
            recipient=phrases.recipient_in(text),
            tier=tier_of(
                passage.text,
                text,
                self.outline.ancestors(passage.paragraph),
                dated=self.times.firm(passage.window),
            ),
        )


def _is_letter(header: Header | None) -> bool:
    return header is not None and (header.doc_type or "").casefold() in {"công văn", "thông báo", "giấy mời"}


def _orders_first(text: str, clause: Clause) -> bool:
    """Whether the sentence begins with its order: «Giao Sở A …», not «UBND xã giao Hợp tác xã B …»."""
    return pick(duty_words.ORDER, text).match(text[clause.start : clause.units[0]].lstrip(' "“*-–')) is not None


def _is_own(text: str, clause: Clause, context: Context) -> bool:
    """Whether a clause names its own unit although a unit stands above: «Phân công cán bộ trực» does not."""
    if clause.kind == "order" and all(is_people(unit) for unit in clause.lead):
        return False
    begins = clause.start == 0 or is_firm(text, clause) or _APART.match(text, clause.start) is not None
    return begins or context.rule != "unit-heading"


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
