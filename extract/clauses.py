"""Sentences that give a unit something to do: «Giao Sở A chủ trì …», «Phòng B có trách nhiệm …», «Đối với C: …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract import duty_words
from extract.duty_words import pick
from extract.unit_lists import kind_of, split
from normalize.fold import fold

ClauseKind = Literal["order", "unit", "heading"]

_SENTENCE_END = re.compile(
    r"(?<=[\wÀ-ỹ)\]”\"'’%])[.;](?=\s+[A-ZĐÀ-Ỹ“\"(])(?<!\b[A-Z]\.)(?<!TP\.)(?<!Tp\.)(?<!BS\.)(?<!Th\.)"
)
_ABOUT = re.compile(r"\W*(?:(?:đối với|riêng|về phía|doi voi|rieng|ve phia)\s+)", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\W*(?:trên cơ sở|căn cứ|sau khi|ngay sau|khi|từ ngày|kể từ|hằng (?:năm|quý|tháng|tuần)|hàng (?:năm|quý|"
    r"tháng|tuần)|"
    r"trong|định kỳ|để|nhằm|đồng thời|ngoài ra|bên cạnh|trước ngày|chậm nhất|theo|thực hiện|trường hợp|vì vậy|do đó|"
    r"vậy|tùy|tuỳ|hết|đến|mỗi|tren co so|can cu|sau khi|ngay sau|tu ngay|ke tu|hang|dinh ky|de|dong thoi|"
    r"truoc ngay)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"(?:phối hợp|phoi hop)(?: chặt chẽ| chat che| thường xuyên| tốt| đồng bộ)?(?:,? (?:với|cùng|cùng với|voi|"
    r"cung))?\s+",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.:;(]|,? (?:để|trong(?! và ngoài)|có(?! liên quan)|theo|tại|nhằm|khi|sau khi|trước|căn cứ|thông qua|de|nham|"
    r"truoc)(?![\wÀ-ỹ])|"
    r",? (?:và )?(?=chịu trách nhiệm)"
)
_DIRECT = re.compile(
    r"\W*(?:hằng|hàng|định kỳ hằng|định kỳ hàng|hang) (?:năm|quý|tháng|tuần|nam|quy|thang|tuan),? ", re.IGNORECASE
)
_RECEIVED = re.compile(r"nhận được|nhan duoc", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:thông báo|trả lời|có ý kiến|hướng dẫn|kính gửi|báo|thong bao|"
    r"tra loi)[^.;]{0,80}? để\s+(?P<units>[^.;:()]{4,200}?)\s+"
    r"(?:được |duoc )?(?:biết|biet)(?:,| và| va)+ (?=\w)",
    re.IGNORECASE,
)
_THIN = re.compile(
    r"\W*(?:(?:có trách nhiệm|có nhiệm vụ|chủ trì|chịu trách nhiệm|phối hợp(?: với (?P<with>[^:.;]+))?|thực hiện|"
    r"triển khai|tổ chức|"
    r"tập trung|chỉ đạo|hướng dẫn|và|các|những|một số|nội dung|nhiệm vụ|công việc|công tác|việc|giải pháp|biện pháp|"
    r"trọng tâm|chủ yếu|cụ thể|sau đây|như sau|sau|dưới đây|tốt)[\s,]*)*[:.]?\s*"
)
_INTRO_END = re.compile(
    r"(?:nội dung|nhiệm vụ|công việc|việc|giải pháp|biện pháp|yêu cầu|vấn đề|công tác)[\wÀ-ỹ ,]{0,40}"
    r"(?:sau|sau đây|dưới đây|như sau|cụ thể)\s*:\s*$",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    r"(?:gửi|báo cáo|nộp|về|phản ánh|trình|tham mưu(?: cho)?)(?: (?:báo cáo|kết quả|kịp thời|bằng văn bản|cho|"
    r"về|đến|lên))* "
    r"(?P<unit>(?:Quý |các )?(?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Cục|Vụ|Văn phòng|Phòng|Ban|Trung tâm|Chủ tịch|Lãnh đạo|BHXH|"
    r"Hội đồng|HĐND|Thủ tướng|Chính phủ|Trường|Bệnh viện|Viện|Chi cục|Công an|"
    r"Tổng cục)\b[^,.;:()]{0,70}?(?: \(qua [^()]{3,80}\))?)"
    r"(?=\s*(?:trước|để|theo|chậm nhất|hằng|hàng|định kỳ|kết quả|tình hình|xem xét|khi|trong|và|qua|bằng|ngày|"
    r"[,.;:()]|$))"
)
_LONGEST_LIST = 420
_OPENERS = frozenset('-–+“"')
_NAME_BEFORE = re.compile(
    r"(?<!\w)(?:ban|tổ|đoàn|phòng|cơ quan|đội|viện|hội đồng|nhóm|bộ phận|ủy ban|uỷ ban)\s*$", re.IGNORECASE
)
_NAME_WORDS = frozenset(
    {
        "chỉ đạo", "kiểm tra", "giám sát", "hướng dẫn", "thanh tra", "thẩm định", "tổ chức", "tham mưu", "xây dựng",
        "đánh giá", "tổng hợp", "tuyên truyền", "vận động", "kiểm soát", "phối hợp", "chủ trì", "xét", "tiếp nhận",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A duty in a sentence. ``start`` and ``end`` are offsets of the sentence in the paragraph, ``tail`` where the
    duty begins, ``units`` the span of the words that name who has it.
    """

    kind: ClauseKind
    start: int
    end: int
    units: tuple[int, int]
    tail: int
    lead: tuple[str, ...]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph; a semicolon ends one only where a capital follows."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def clauses(text: str) -> list[Clause]:
    """The clauses of a paragraph that name their own unit, at most one a sentence."""
    found = (clause(text, start, end) for start, end in sentences(text))
    return [item for item in found if item is not None]


def clause(text: str, start: int, end: int) -> Clause | None:
    """What one sentence gives to whom: a unit at its start, else the first order in it, else one behind a lead-in."""
    if (notice := _notice(text, start, end)) is not None:
        return notice
    first = _unit_first(text, start, end)
    if first is not None and not _is_order(text, first.tail):
        return first
    if (order := _order(text, start, end)) is not None or first is not None:
        return order
    later = _after_lead_in(text, start, end) or _after_topic(text, start, end)
    return None if later is None or _is_order(text, later.tail) else later


def heading(text: str) -> Clause | None:
    """The units of a heading that says no more («2. Sở Công Thương chủ trì, phối hợp thực hiện:»)."""
    begin = _skip_order(text)
    plain = text[begin:].strip(" .:*")
    pieces = split(plain)
    named = 0 < len(plain.split()) <= 60 and bool(pieces) and all(_is_unit(piece) for piece in pieces)
    if named and pick(duty_words.VERB, plain).search(plain) is None:
        return Clause("heading", 0, len(text), (begin, len(text)), len(text), pieces)
    found = _unit_first(text, begin, len(text))
    if found is not None and is_thin(text[found.tail :]):
        return Clause("heading", 0, len(text), found.units, found.tail, found.lead)
    return None


def is_thin(tail: str) -> bool:
    """Whether the words say nothing but that something is to be done: «chủ trì, phối hợp thực hiện các việc sau:»."""
    match = _THIN.fullmatch(tail)
    if match is None:
        return False
    named = re.sub(r"(?:chủ trì|phối hợp|thực hiện|triển khai)\W*$", "", (match["with"] or "").rstrip())
    return pick(duty_words.VERB, named).search(named) is None


def announces(text: str) -> bool:
    """Whether a paragraph only announces the list below it: «… thực hiện một số nội dung sau:»."""
    return _INTRO_END.search(text) is not None


def support_in(text: str) -> tuple[str, ...]:
    """The units named after «phối hợp với»."""
    found: list[str] = []
    for match in _SUPPORT.finditer(text):
        end = _units_end(text, match.end(), len(text))
        stop = _STOP.search(text, match.end(), match.end() + _LONGEST_LIST)
        cut = min(item for item in (end, stop.start() if stop else None, len(text)) if item is not None)
        units = split(text[match.end() : cut])
        if units and all(_is_unit(unit) for unit in units):
            found += units
    return tuple(dict.fromkeys(found))


def recipient_in(text: str) -> str | None:
    """To whom a report goes: «gửi về UBND tỉnh (qua Văn phòng UBND tỉnh)»."""
    match = _RECIPIENT.search(text)
    return match["unit"].strip() if match else None


def begins_task(text: str) -> bool:
    """Whether the words begin with a verb of duty, marks left out of account."""
    return duty_words.STARTS[1].match(fold(text[:80])) is not None


def _unit_first(text: str, start: int, end: int) -> Clause | None:
    """A sentence that begins with its unit."""
    about = _ABOUT.match(text, start, end)
    at = about.end() if about else start + len(text[start:end]) - len(text[start:end].lstrip(' "“*-–'))
    return _at(text, start, at, end, about=about is not None)


def _notice(text: str, start: int, end: int) -> Clause | None:
    """«… trả lời để Sở A được biết và hướng dẫn …»: the one who is told has the duty."""
    match = _NOTICE.search(text, start, end)
    told = split(match["units"]) if match else ()
    if match is None or not told or not all(_is_unit(unit) for unit in told):
        return None
    return Clause("order", start, end, match.span("units"), match.end(), told)


def _after_lead_in(text: str, start: int, end: int) -> Clause | None:
    """A unit behind a phrase that sets time or ground: «Trên cơ sở báo cáo của B, Sở A theo dõi …»."""
    if _LEAD_IN.match(text, start, end) is None:
        return None
    yearly = _DIRECT.match(text, start, end)
    if yearly and (direct := _at(text, start, yearly.end(), end, about=False)):
        return direct
    for match in re.finditer(r"[,:]\s+(?:thì\s+)?", text[start : min(end, start + 400)]):
        at = start + match.end()
        chunk = re.split(r"[,;:]|\s(?=các\s)", text[start : start + match.start()])[-1]
        if kind_of(chunk) != "bare" and kind_of(text[at : at + 60]) in {"name", "title", "general"}:
            found = _at(text, start, at, end, about=False)
            if found is not None:
                return found
    return None


def _after_topic(text: str, start: int, end: int) -> Clause | None:
    """A unit behind the topic of an item: «Về kinh phí: Sở Tài chính bố trí …»."""
    colon = _colon(text, start, min(end, start + 180))
    if colon < 0:
        return None
    at = colon + 1 + len(text[colon + 1 : end]) - len(text[colon + 1 : end].lstrip())
    return _at(text, start, at, end, about=False)


def _at(text: str, start: int, at: int, end: int, *, about: bool) -> Clause | None:
    """A clause whose units begin at ``at``."""
    if kind_of(text[at : at + 80]) in {"none", "place"}:
        return None
    tail = _units_end(text, at, end)
    colon = _colon(text, at, min(end, at + _LONGEST_LIST))
    if about:
        comma = re.compile(r",(?= \w+ )").search(text, at, min(end, at + 120))
        tail = tail if tail is not None else (comma.end() if comma else None)
    if colon >= 0 and (tail is None or colon < tail):
        tail = colon + 1
    if tail is None:
        return None
    lead = split(text[at:tail].strip(" ,:"))
    if not lead or not all(_is_unit(unit) for unit in lead):
        return None
    return Clause("unit", start, end, (at, tail), tail, lead)


def _order(text: str, start: int, end: int) -> Clause | None:
    """The last order in a sentence that names its unit."""
    found: Clause | None = None
    for match in pick(duty_words.ORDER, text).finditer(text, start, end):
        if not _has_place(text[start : match.start()]):
            continue
        at = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
        item = _at(text, start, at, end, about=False)
        if item is not None:
            found = Clause("order", start, end, item.units, item.tail, item.lead)
            break
    return found


def _has_place(before: str) -> bool:
    """Whether an order can stand behind these words of its sentence: at its start, after a comma or its giver."""
    if not before.strip(' "“*-–(') or _RECEIVED.match(before.lstrip()):
        return True
    if not duty_words.gives_order(before):
        return False
    giver = re.split(r"[,;:]|\s(?:thì|nay|do đó|vì vậy)\s", before)[-1].strip()
    return not giver or kind_of(giver) not in {"none", "place"}


def _colon(text: str, start: int, end: int) -> int:
    """The first colon outside of brackets that is followed by a task, or -1."""
    index = text.find(":", start, end)
    while index >= 0 and text.count("(", start, index) > text.count(")", start, index):
        index = text.find(":", index + 1, end)
    rest = text[index + 1 : index + 40].strip()
    return index if index >= 0 and (not rest or rest[0].isalpha() or rest[0] in _OPENERS) else -1


def _is_order(text: str, at: int) -> bool:
    match = pick(duty_words.ORDER, text).match(text, at)
    return match is not None


def _skip_order(text: str) -> int:
    """Where the units of a heading begin: behind «Giao», «Đề nghị», «Đối với»."""
    match = _ABOUT.match(text) or pick(duty_words.ORDER, text).match(text)
    end = match.end() if match else 0
    return end + len(text[end:]) - len(text[end:].lstrip(" *:"))


def _units_end(text: str, start: int, end: int) -> int | None:
    """Where a list of units ends: at the first verb of duty outside of brackets behind a unit."""
    limit = min(end, start + _LONGEST_LIST)
    for match in pick(duty_words.VERB, text[start:limit]).finditer(text, start, limit):
        before = text[start : match.start()]
        if before.count("(") > before.count(")") or _in_name(before, match.group()):
            continue
        if re.search(r"(?<!\w)(?:được|duoc)(?!\w)", before) and not pick(duty_words.MODAL, text).match(
            text, match.start()
        ):
            continue
        if match.group() in duty_words.AMBIGUOUS and not _ends_name(before):
            continue
        if kind_of(before) not in {"none", "place"}:
            return match.start()
    return None


def _ends_name(before: str) -> bool:
    """Whether the words end in a proper name: only behind one is «cung cấp» a verb («các đơn vị cung cấp nước»)."""
    return before.rstrip().split(" ")[-1][:1].isupper() and len(before.split()) > 1


def _in_name(before: str, word: str) -> bool:
    """Whether the word belongs to a name: «Ban chỉ đạo», «Tổ kiểm tra», «các tổ chức»."""
    last = before.rstrip().split(" ")[-1].casefold() if before.strip() else ""
    if word.startswith("tổ chức") and last in {"các", "và", "cơ quan,", "cá nhân,", "mọi", "từng", "đơn vị,"}:
        return True
    return word in _NAME_WORDS and _NAME_BEFORE.search(before) is not None


def _is_unit(unit: str) -> bool:
    """Whether a piece is a unit: it begins like one, is no sentence, and holds no number or date."""
    words = unit.split()
    return (
        kind_of(unit) not in {"none", "place"}
        and len(words) <= 32
        and re.search(r"\d{3,}[/-]|(?<!\w)(?:về việc|nhận được|đã|là)(?!\w)|\w_\w|\d{1,2}/\d{1,2}/\d{4}", unit) is None
    )
