"""Phrases of a duty: where the units end and the task begins, who helps, who receives, what only announces a list."""

from __future__ import annotations

import re

from extract import lexicon
from extract.obligations import duty_words
from extract.obligations.duty_words import pick
from extract.units.kinds import kind_of
from extract.units.lists import split
from normalize.fold import fold


def _complete_names() -> re.Pattern[str]:
    """The end of a name that needs nothing more: a field of work, or the kind of a place («Công an xã»)."""
    fields = "|".join(re.escape(name) for name in sorted(lexicon.field_names(), key=len, reverse=True))
    places = r"tỉnh|xã|phường|huyện|thành phố"
    return re.compile(rf"(?<!\w)(?:{fields}|(?<=\w )(?:{places})(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]+)*)(?= [a-zà-ỹđ])")


_SUPPORT = re.compile(
    r"(?:phối hợp|phoi hop)(?: chặt chẽ| chat che| thường xuyên| tốt| đồng bộ|(?:,| và) hỗ trợ)?"
    r"(?:,? (?:với|cùng|cùng với|voi|cung))?\s+|"
    r"(?:chủ trì|chu tri),? (?:cùng với|cùng|cung voi|cung|(?:với|có) sự (?:phối hợp|tham gia) của)\s+",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\((?!(?:Phòng|Ban|Văn phòng|Vụ|Cục|Trung tâm|Khoa|Tổ) )[^()]{2,120}\)")
_STOP = re.compile(
    r"[.:;(]|,? (?:để|trong(?! và ngoài)|có(?! liên quan)|theo|tại|nhằm|khi|sau khi|trước|căn cứ|thông qua|de|nham|"
    r"truoc)(?![\wÀ-ỹ])|"
    r",? (?:và )?(?=chịu trách nhiệm)"
)
_THIN = re.compile(
    r"\W*(?:(?:có trách nhiệm|có nhiệm vụ|chủ trì|chịu trách nhiệm|phối hợp(?: với (?P<with>[^:.;]+))?|thực hiện|"
    r"triển khai|tổ chức|theo (?:chức năng|thẩm quyền)(?:,? (?:và )?nhiệm vụ)?(?: được giao)?|"
    r"tập trung|chỉ đạo|hướng dẫn|lưu ý|chú ý|cần|phải|và|các|những|một số|nội dung|"
    r"nhiệm vụ|công việc|công tác|việc|giải pháp|biện pháp|"
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
    r"(?=(?:Quý |các )?(?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Cục|Vụ|Văn phòng|Phòng(?!, chống)|Ban|Trung tâm|Chủ tịch|Lãnh đạo|"
    r"BHXH|Hội đồng|HĐND|Thủ tướng|Chính phủ|Trường|Bệnh viện|Viện|Chi cục|Công an|Tỉnh ủy|Thành ủy|Đảng ủy|"
    r"Thường trực|Công đoàn|Thanh tra|Tổng cục|Giám đốc|Hiệu trưởng)(?!\w))"
)
_RECEIVED = re.compile(
    r"[.;]|:(?! )|\s(?:trước|để|theo|chậm nhất|hằng|hàng|định kỳ|kết quả|tình hình|xem xét|khi|trong|qua|bằng|ngày|vào|"
    r"những|các trường hợp|về|việc|danh|xin|đúng|sau|phụ)(?!\w)"
)
_THROUGH = re.compile(r"\s*\((?:qua|thông qua) [^()]{3,80}\)")
_PLURAL = re.compile(r"\s*(?:các|những|một số|cac|nhung)\s", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?<!\w)(?:ban|tổ|đoàn|cơ quan|đội|hội đồng|nhóm|bộ phận|ủy ban|uỷ ban)\s*$", re.IGNORECASE)
_CHAIN = re.compile(r"(?<!\w)(?:các|và|mọi|từng|(?:cơ quan|cá nhân|đơn vị|doanh nghiệp|đoàn thể),)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"(?<!\w)và\s*$")
_NO_NAME_END = re.compile(r"(?<!\w)(?:và|để|được|nhằm)$|[.…]{4,}")
_HELD = re.compile(r"(?<!\w)(?:về|việc|tự|bị|hoặc|nơi|khi|nếu|sau|nhu cầu|dự định|chịu sự|chuyên về|cùng)\s*$")
"""Words that a verb belongs to, so that it is not what the unit has to do."""
_DESCRIBING = frozenset({"đầu mối", "chủ trì", "sử dụng", "tham gia", "thực hiện", "triển khai", "quản lý"})
_SORT = re.compile(
    r"(?:các|những)\s+(?:cơ quan|đơn vị|doanh nghiệp|cơ sở|tổ chức|trường|địa phương|hộ|chủ \w+(?: \w+)?)\s*\Z",
    re.IGNORECASE,
)
_VERB_NAME = re.compile(
    r"(?<!\w)(?:Phòng|Vụ|Cục|Ban|Tổ|Trung tâm|Chi cục|Bộ phận|Khoa|Đội) (?P<verb>[A-ZĐ]\w+ \w+),\s+\Z"
)
_JOINT = re.compile(r"\s*(?:,|và)\s+")
_COMMA = re.compile(r"[^,.;:]{2,60}(?:, [A-ZĐ][^,.;:]{2,40})*[,;]\s+")
_OWNED = re.compile(r"\s+(?:của|thuộc|trực thuộc)(?!\w)")
"""What makes a verb the end of a name: «Cơ quan truyền thông của địa phương»."""
_THEN = re.compile(
    r"\s+(?:là|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|cần|sẽ|khẩn trương|căn cứ)(?!\w)"
)
_COMPLETE_NAME = _complete_names()
_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|de|nham)\s*$")
_NAME_WORDS = frozenset(
    {
        "chỉ đạo", "kiểm tra", "giám sát", "hướng dẫn", "thanh tra", "thẩm định", "tổ chức", "tham mưu", "xây dựng",
        "đánh giá", "tổng hợp", "tuyên truyền", "vận động", "kiểm soát", "phối hợp", "chủ trì", "xét", "tiếp nhận",
    }
)  # fmt: skip
LONGEST_LIST = 420
_NEAR = 60
"""How far back the words are looked for that a verb goes on."""
_LONGEST_NAME = 140


def is_thin(tail: str) -> bool:
    """Whether the words say nothing but that something is to be done: «chủ trì, phối hợp thực hiện các việc sau:»."""
    match = _THIN.fullmatch(tail)
    if match is None or (match["with"] and tail.rstrip().endswith((".", ";"))):
        return False
    named = re.sub(r"(?:chủ trì|phối hợp|thực hiện|triển khai)\W*$", "", (match["with"] or "").rstrip())
    return pick(duty_words.VERB, named).search(named) is None


def announces(text: str) -> bool:
    """Whether a paragraph only announces the list below it: «… thực hiện một số nội dung sau:»."""
    return _INTRO_END.search(text) is not None


def support_in(text: str) -> tuple[str, ...]:
    """The units named after «phối hợp với»; a remark in brackets does not end their list."""
    text = _REMARK.sub(lambda remark: " " * len(remark.group()), text)
    found: list[str] = []
    for match in _SUPPORT.finditer(text):
        end = units_end(text, match.end(), len(text))
        stop = _STOP.search(text, match.end(), match.end() + LONGEST_LIST)
        cut = min(item for item in (end, stop.start() if stop else None, len(text)) if item is not None)
        units = split(text[match.end() : cut])
        if units and all(is_unit(unit) for unit in units):
            found += units
    return tuple(dict.fromkeys(found))


def recipient_in(text: str) -> str | None:
    """To whom a report goes: «gửi về UBND tỉnh (qua Văn phòng UBND tỉnh)»."""
    match = _RECIPIENT.search(text)
    if match is None:
        return None
    start = match.end()
    stop = _RECEIVED.search(text, start, start + _LONGEST_NAME)
    bracket = text.find("(", start, start + _LONGEST_NAME)
    ends = [units_end(text, start, len(text)), stop.start() if stop else None, bracket if bracket >= 0 else None]
    named = split(text[start : min(end for end in (*ends, start + _LONGEST_NAME) if end is not None)])
    if not named or not is_unit(named[0]):
        return None
    through = _THROUGH.match(text, text.find(named[0], start) + len(named[0]))
    return named[0] + (through.group() if through else "")


def begins_task(text: str) -> bool:
    """Whether the words begin with a verb of duty, marks left out of account."""
    return duty_words.STARTS[1].match(fold(text[:80])) is not None


def units_end(text: str, start: int, end: int) -> int | None:
    """Where a list of units ends: at the first verb of duty outside of brackets behind a unit."""
    limit = min(end, start + LONGEST_LIST)
    complete = _behind_name(text, start, limit)
    described = start
    for match in pick(duty_words.VERB, text[start:limit]).finditer(text, start, limit):
        if complete is not None and complete < match.start():
            return complete
        before = text[start : match.start()]
        described = max(described, _described(text, match, limit))
        if match.start() < described or before.count("(") > before.count(")") or _in_name(before, match.group()):
            continue
        if re.search(r"(?<!\w)(?:được|duoc)(?!\w)", before) and not pick(duty_words.MODAL, text).match(
            text, match.start()
        ):
            continue
        if _HELD.search(before) or _is_named_by(text, match):
            continue
        if match.group() in duty_words.AMBIGUOUS and not _ends_name(before):
            continue
        if kind_of(before) not in {"none", "place"}:
            if _PURPOSE.search(before):
                return None
            return start + _unmarked_verb(before) if _JOINED.search(before) else match.start()
    return complete


def _described(text: str, verb: re.Match[str], end: int) -> int:
    """Where the words end that tell which units are meant, as in «các đơn vị sử dụng ngân sách, UBND xã phải …».

    The start of the text where they tell none.
    """
    if (chain := _chained(text, verb)) is not None:
        return chain
    if verb.group() not in _DESCRIBING or _SORT.search(text, max(0, verb.start() - _NEAR), verb.start()) is None:
        return 0
    comma = _COMMA.match(text, verb.end(), end)
    following = text[comma.end() : end] if comma else ""
    listed = kind_of(following) in {"name", "title"} or (
        kind_of(following) == "general" and _PLURAL.match(f" {following}")
    )
    return comma.end() if comma and listed and pick(duty_words.MODAL, text).search(following) else 0


def _chained(text: str, verb: re.Match[str]) -> int | None:
    """Where verbs end that go on a name of verbs: «Phòng Giám sát, kiểm tra và xử lý sau thanh tra»."""
    first = _VERB_NAME.search(text, max(0, verb.start() - _NEAR), verb.start())
    pattern = pick(duty_words.VERB, text)
    if first is None or pattern.fullmatch(first["verb"].casefold()) is None:
        return None
    end = verb.end()
    while (joint := _JOINT.match(text, end)) and (following := pattern.match(text, joint.end())):
        end = following.end()
    return end


def _behind_name(text: str, start: int, end: int) -> int | None:
    """Where a verb stands at once behind the first complete name: «Công an xã | cắm biển»."""
    for name in _COMPLETE_NAME.finditer(text, start, end):
        verb = pick(duty_words.BEHIND_NAME, text).match(text, name.end(), end)
        before = text[start : name.end()]
        if verb and _ends_name(before) and not pick(duty_words.VERB, text).search(text, name.end(), verb.end() + 1):
            return verb.end() - len(verb.group().lstrip())
    return None


def _is_named_by(text: str, verb: re.Match[str]) -> bool:
    """Whether the verb ends a name, because of what follows: «Phòng Kế hoạch tổng hợp có trách nhiệm»."""
    modal = pick(duty_words.MODAL, text).fullmatch(verb.group()) is not None
    return not modal and bool(_THEN.match(text, verb.end()) or _OWNED.match(text, verb.end()))


def _unmarked_verb(before: str) -> int:
    """Where the first of two joined verbs begins that was read without its marks: «Sở A tông hợp và» gửi."""
    for match in duty_words.VERB[1].finditer(fold(before)):
        if match.group() not in duty_words.AMBIGUOUS and kind_of(before[: match.start()]) not in {
            "none",
            "place",
            "bare",
        }:
            return match.start()
    return len(before)


def _ends_name(before: str) -> bool:
    """Whether the name is at its end: only behind one unit is «cung cấp» a verb («các đơn vị cung cấp nước»)."""
    last = next(reversed(split(before)), "")
    named = kind_of(last) == "name" and _PLURAL.match(last) is None
    return named or before.rstrip().endswith("liên quan")


def _in_name(before: str, word: str) -> bool:
    """Whether the word belongs to a name: «Ban chỉ đạo», «Tổ kiểm tra», «các tổ chức»."""
    if word.startswith("tổ chức") and _CHAIN.search(before):
        return True
    return word in _NAME_WORDS and _NAME_BEFORE.search(before) is not None


def is_unit(unit: str) -> bool:
    """Whether a piece is a unit: it begins like one, is no sentence, and holds no number or date."""
    words = unit.split()
    return (
        kind_of(unit) not in {"none", "place"}
        and len(words) <= 32
        and _NO_NAME_END.search(unit) is None
        and re.search(r"\d{3,}[/-]|(?<!\w)(?:về việc|nhận được|đã|là)(?!\w)|\w_\w|\d{1,2}/\d{1,2}/\d{4}", unit) is None
    )
