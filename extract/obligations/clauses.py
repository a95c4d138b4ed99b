"""Sentences that give a unit something to do: «Giao Sở A chủ trì …», «Phòng B có trách nhiệm …», «Đối với C: …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.obligations import duty_words
from extract.obligations.duty_words import pick
from extract.obligations.phrases import LONGEST_LIST, begins_task, is_thin, is_unit, units_end
from extract.units.casing import unit_case
from extract.units.kinds import is_people, kind_of
from extract.units.lists import split
from normalize.fold import fold

ClauseKind = Literal["order", "unit", "heading"]

_SENTENCE_END = re.compile(
    r"(?<=[\wÀ-ỹ)\]”\"'’%])[.;](?=\s+[A-ZĐÀ-Ỹ“\"(])(?<!\b[A-Z]\.)(?<!TP\.)(?<!Tp\.)(?<!BS\.)(?<!Th\.)"
)
_LISTED = re.compile(
    r"(?:[^:.;]{0,120}[,;]\s+)?(?:(?:giám đốc|thủ trưởng|chủ tịch|lãnh đạo|đại diện|trưởng|giam doc|"
    r"thu truong|chu tich) )?"
    r"(?:các|cac) (?:sở|bộ|ban|vụ|cục|phòng|xã|phường|huyện|trường|chi cục|so|bo|vu|cuc|phong|xa|phuong)"
    r"(?:,? (?:ban,? )?ngành)?\s*:(?=\s*[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
_ENFORCERS = re.compile(
    r"[^.]{3,400}?(?:(?:chiu|co) trach nhiem|can cu)(?: [^\s.]+){0,4} (?:thi hanh|thuc hien) "
    r"(?:quyet dinh|nghi quyet|chi thi|quy che|quy dinh) ",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\W*(?:(?:đối với|riêng|về phía|doi voi|rieng|ve phia)\s+)", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\W*(?:trên cơ sở|căn cứ|sau khi|ngay sau|khi|từ ngày|kể từ|hằng (?:năm|quý|tháng|tuần)|hàng (?:năm|quý|"
    r"tháng|tuần)|"
    r"đối với|riêng|trong|định kỳ|để|nhằm|đồng thời|ngoài ra|bên cạnh|trước ngày|chậm nhất|theo|thực hiện|trường hợp|"
    r"vì vậy|do đó|vậy|tùy|tuỳ|hết|đến|mỗi|kết thúc|cuối|đầu|thời gian tới|trước mắt|nếu|hiện nay|nay|"
    r"doi voi|rieng|tren co so|can cu|sau khi|ngay sau|tu ngay|ke tu|hang|dinh ky|de|dong thoi|"
    r"truoc ngay)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\W*(?:trách nhiệm|nhiệm vụ|phần việc)(?: cụ thể| chính)? (?:của|thuộc)\s+", re.IGNORECASE)
_DIRECT = re.compile(
    r"\W*(?:(?:hằng|hàng|định kỳ hằng|định kỳ hàng|hang) (?:năm|quý|tháng|tuần|nam|quy|thang|tuan)|"
    r"trong quá trình (?:triển khai |tổ chức )*thực hiện),? ",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"nhận được|nhan duoc", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:thông báo|trả lời|có ý kiến|hướng dẫn|kính gửi|báo|thong bao|"
    r"tra loi)[^.;]{0,80}? để\s+(?P<units>[^.;:()]{4,200}?)\s+"
    r"(?:được |duoc )?(?:biết|biet)(?:,| và| va)+ (?=\w)",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[^.;]{0,60}?chuyển [^.;]{0,160}? (?:đến|tới|cho|sang) (?P<units>[^.;:]{3,160}?),? để (?=\w)", re.IGNORECASE
)
_SIRS = re.compile(r"(?:các )?(?:đồng chí|ông)\s*(?:,|/|và)?\s*bà\s*:?\s+(?=[A-ZĐ])", re.IGNORECASE)
_THINGS = re.compile(
    r"(?:các |những |nhóm |loại )*(?:công tác|việc|trường hợp|nội dung|dự án|hồ sơ|hoạt động|lĩnh vực|chỉ tiêu|"
    r"nhiệm vụ|văn bản|kinh phí|công trình|kiến nghị|khu vực|vấn đề|kỳ|năm|tài sản|phương tiện|thủ tục|nguồn|đất|"
    r"khoản|hạng mục|gói thầu)(?!\w)",
    re.IGNORECASE,
)
_OUTSIDER = re.compile(
    r"(?:các |những )?(?:nhà thầu|tư vấn|đơn vị (?:thi công|tư vấn|cung cấp|vận hành)|nhà cung cấp|nhà đầu tư|hộ |"
    r"người dân|phụ huynh|cha mẹ|doanh nghiệp|công ty)",
    re.IGNORECASE,
)
"""Who stands outside of the offices that give each other work."""
_LONGEST_NAME = 80
_RUN_ON = re.compile(r"(?<=[a-zà-ỹ])\s+(?:Đề nghị|Yêu cầu|Giao(?! (?:thông|dịch|tiếp|lưu|ban)))\s")
"""An order behind a heading that was read on one line with it."""
_OPENERS = frozenset('-–+“"')


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
        if match.group() == ";" and _goes_on(text, start, match):
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _goes_on(text: str, start: int, semicolon: re.Match[str]) -> bool:
    """Whether a list of units goes on behind a semicolon: «Giám đốc các Sở: A, B; Chủ tịch UBND các xã tổ chức …»."""
    if _ENFORCERS.match(fold(text), semicolon.end()):
        return True
    following = text[semicolon.end() : semicolon.end() + LONGEST_LIST].partition(";")[0]
    if kind_of(following) in {"none", "place", "bare"}:
        return False
    sentence = text[start : semicolon.start()]
    named = sentence[_skip_order(sentence) :]
    return len(named) <= LONGEST_LIST and units_end(named, 0, len(named)) is None and all(map(is_unit, split(named)))


def clauses(text: str) -> list[Clause]:
    """The clauses of a paragraph that name their own unit, at most one a sentence."""
    found = (clause(text, start, end) for start, end in sentences(text))
    return [item for item in found if item is not None]


def clause(text: str, start: int, end: int) -> Clause | None:
    """What one sentence gives to whom: a unit at its start, else the first order in it, else one behind a lead-in."""
    if (notice := _notice(text, start, end)) is not None:
        return notice
    first = _unit_first(text, start, end)
    if first is not None and _RUN_ON.search(text, *first.units):
        first = None
    if first is not None and not _is_order(text, first.tail):
        return first
    if (order := _order(text, start, end)) is not None or first is not None:
        return order
    later = _after_lead_in(text, start, end) or _after_topic(text, start, end)
    return None if later is None or _is_order(text, later.tail) else later


def forwarded(text: str, clause: Clause) -> Clause | None:
    """What the writer hands on: «Ban A chuyển đơn đến Sở B để xem xét, giải quyết» is for Sở B."""
    match = _FORWARD.match(text, clause.tail, clause.end)
    units = split(match["units"]) if match else ()
    if match is None or not units or not all(is_unit(unit) for unit in units):
        return None
    return Clause("order", clause.start, clause.end, match.span("units"), match.end(), units)


def demanding(text: str, clause: Clause) -> Clause | None:
    """Who has to demand something of outsiders: in «Ban A yêu cầu nhà thầu tăng ca» the duty is Ban A's."""
    if clause.kind != "order" or not all(_OUTSIDER.match(unit) for unit in clause.lead):
        return None
    first = _unit_first(text, clause.start, clause.end)
    return first if first and first.tail < clause.units[0] and kind_of(first.lead[0]) == "name" else None


def heading(text: str) -> Clause | None:
    """The units of a heading that says no more («2. Sở Công Thương chủ trì, phối hợp thực hiện:»)."""
    begin = _skip_order(text)
    plain = text[begin:].strip(" .:*")
    pieces = split(plain)
    if begin and not text.rstrip(" *").endswith(":") and all(is_people(piece) for piece in pieces):
        return None
    colon = -1 if _LISTED.match(plain) else _colon(plain, 0, len(plain))
    rest = plain[colon + 1 :].lstrip(' "“-–+') if colon >= 0 else ""
    if begins_task(rest) or (rest[:1].islower() and kind_of(rest) == "none"):
        return _thin_heading(text, begin)
    named = 0 < len(plain.split()) <= 60 and bool(pieces) and all(is_unit(piece) for piece in pieces)
    if named and all(verb.group() in duty_words.AMBIGUOUS for verb in pick(duty_words.VERB, plain).finditer(plain)):
        return Clause("heading", 0, len(text), (begin, len(text)), len(text), tuple(map(unit_case, pieces)))
    return _thin_heading(text, begin)


def _thin_heading(text: str, begin: int) -> Clause | None:
    """A heading whose words behind the unit say no more than that there is something to do."""
    found = _unit_first(text, begin, len(text))
    if found is not None and is_thin(text[found.tail :]):
        return Clause("heading", 0, len(text), found.units, found.tail, found.lead)
    return None


def _unit_first(text: str, start: int, end: int) -> Clause | None:
    """A sentence that begins with its unit."""
    about = _ABOUT.match(text, start, end)
    at = about.end() if about else start + len(text[start:end]) - len(text[start:end].lstrip(' "“*-–'))
    return _at(text, start, at, end, about=about is not None)


def _notice(text: str, start: int, end: int) -> Clause | None:
    """«… trả lời để Sở A được biết và hướng dẫn …»: the one who is told has the duty."""
    match = _NOTICE.search(text, start, end)
    told = split(match["units"]) if match else ()
    if match is None or not told or not all(is_unit(unit) for unit in told):
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
    """A clause whose units begin at ``at``; «Các Ông, Bà» before them is left out."""
    sirs = _SIRS.match(text, at, end)
    at = sirs.end() if sirs else at
    if kind_of(text[at : at + 80]) in {"none", "place"}:
        return _unknown(text, start, at, end) if about else None
    tail = units_end(text, at, end)
    listed = _LISTED.match(text, at, end)
    colon = _colon(text, listed.end() if listed else at, min(end, at + LONGEST_LIST))
    if about:
        comma = re.compile(r",(?= \w+ )").search(text, at, min(end, at + 120))
        tail = tail if tail is not None else (comma.end() if comma else None)
    if colon >= 0 and (tail is None or colon < tail):
        tail = colon + 1
    if tail is None:
        return None
    lead = split(text[at:tail].strip(" ,:"))
    if not lead or not all(is_unit(unit) for unit in lead):
        return None
    return Clause("unit", start, end, (at, tail), tail, lead)


def _unknown(text: str, start: int, at: int, end: int) -> Clause | None:
    """Whoever stands between «Đối với» and a colon before a task, if it is no thing: «Đối với tư vấn giám sát: …»."""
    colon = _colon(text, at, min(end, at + _LONGEST_NAME))
    if colon < 0 or _THINGS.match(text, at) or not begins_task(text[colon + 1 :].lstrip(' "“-–+')):
        return None
    return Clause("unit", start, end, (at, colon), colon + 1, (text[at:colon].strip(" ,"),))


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
    match = _ABOUT.match(text) or _OF.match(text) or pick(duty_words.ORDER, text).match(text)
    end = match.end() if match else 0
    return end + len(text[end:]) - len(text[end:].lstrip(" *:"))
