"""Deadlines without a day of their own: so long after an event, when something happens, from the day of signing."""

from __future__ import annotations

import re

from extract.deadlines.grammar import deadlines, plain, within
from extract.deadlines.workdays import calendar
from extract.facts import Deadline
from extract.rules import Found
from normalize.fold import fold

COUNT = r"(?P<count>\d{1,3})(?: ?\([^)\n]{1,20}\))?"
SPELL = r"(?P<unit>ngày làm việc|ngày|tuần|tháng|năm|giờ(?: làm việc)?)"
COUNT2, SPELL2 = COUNT.replace("<count>", "<count2>"), SPELL.replace("<unit>", "<unit2>")
EVENT = r"(?P<event>(?:ngày|khi|thời điểm|lúc)?[^,.;:\n()]{0,110})"
SIGNED = re.compile(r"^(?:ngay )?(?:ky|ban hanh)\b(?:,? (?:va )?(?:ban hanh|ky)\b)?(?= *$| +(?:[a-z]+ +){0,3}nay\b)")
"""The day of this document: «kể từ ngày ký», «ngày ban hành Kế hoạch này»; not «ngày ký hợp đồng»."""


def _relative(found: Found) -> Deadline:
    """The deadline; counted out where it runs from the day of signing, which the document states."""
    count, unit = int(found["count"]), fold(found["unit"]).lower()
    event = fold(found["event"]).lower().strip()
    if found.reference is None or not SIGNED.match(event) or not unit.startswith("ngay"):
        return Deadline("relative", found.text, "relative")
    day, text = calendar().reckon_after(found.reference, count, working="lam viec" in unit)
    return Deadline("relative", found.text, "relative", start=found.reference, adjusted=day, reckoning=text)


@deadlines.rule(
    rf"(?:chậm nhất |muộn nhất |tối đa |không quá )?(?:trong|sau|thời hạn(?: [a-zà-ỹ ]{{2,30}}?)? ?:)"
    rf"(?: vòng| thời hạn| thời gian)?"
    rf"(?: không quá| tối đa)? {COUNT} {SPELL},?"
    rf" (?:kể |tính |)(?:từ|sau) {EVENT}",
    examples={
        "trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản": plain("relative"),
        "Sau 10 ngày kể từ khi kết thúc đợt kiểm tra": plain("relative"),
        "Trong thời hạn 15 (mười lăm) ngày kể từ ngày nhận đủ hồ sơ": plain("relative"),
        "trong 30 ngày kể từ ngày ký": plain("relative", start="2025-06-26"),
        "Thời hạn nộp hồ sơ: 15 ngày kể từ ngày thông báo": plain("relative"),
    },
    rejects=["trong 3 ngày Tết", "miễn thuế 4 năm", "trong 03 năm liên tiếp"],
    cues=["từ", "sau"],
    reference="2025-06-26",
    digits=True,
)
def after_event(found: Found) -> Deadline | None:
    """Trong vòng bao lâu kể từ một sự việc: «trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản»."""
    return _relative(found)


@deadlines.rule(
    rf"(?:chậm nhất|muộn nhất|tối đa|không quá)(?: là| trong| sau)* {COUNT} {SPELL}"
    rf"(?: (?:trước|sau|kể từ|từ) {EVENT})?",
    examples={
        "gửi chậm nhất 05 ngày trước khi tổ chức": plain("relative"),
        "chậm nhất sau 3 ngày làm việc": plain("relative"),
        "không quá 02 giờ kể từ khi tiếp nhận": plain("relative"),
    },
    rejects=["không quá 30 người", "tối đa 5 trang"],
    cues=["nhất", "tối đa", "không quá"],
    digits=True,
)
def at_most(found: Found) -> Deadline | None:
    """Chậm nhất bao lâu trước hoặc sau một sự việc: «chậm nhất 05 ngày trước khi tổ chức»."""
    long = fold(found["unit"]).lower() in ("nam", "thang") and not found["event"]
    return None if long and not found.cell else _relative(found)


@deadlines.rule(
    rf"^ ?{COUNT} {SPELL},? (?:kể |tính )?(?:từ|sau) {EVENT}",
    examples={"07 ngày kể từ ngày ký": plain("relative", start="2025-06-26")},
    rejects=["15 ngày"],
    place="cell",
    reference="2025-06-26",
    digits=True,
)
def cell_after_event(found: Found) -> Deadline | None:
    """Ô thời gian chỉ ghi số ngày: «07 ngày kể từ ngày ký»."""
    return _relative(found)


@deadlines.rule(
    rf"(?:ít nhất|tối thiểu) (?:là )?{COUNT} {SPELL} (?:trước|kể từ|sau) {EVENT}"
    rf"|trước (?:ít nhất |tối thiểu ){COUNT2} {SPELL2}",
    examples={
        "gửi tài liệu ít nhất 03 ngày trước phiên họp": plain("relative"),
        "thông báo trước ít nhất 05 ngày làm việc": plain("relative"),
    },
    rejects=["có ít nhất 03 năm kinh nghiệm", "ít nhất 03 ngày"],
    cues=["ít nhất", "tối thiểu"],
    digits=True,
    confidence=0.85,
)
def at_least_before(found: Found) -> Deadline | None:
    """Ít nhất bao lâu trước một sự việc: «ít nhất 03 ngày trước phiên họp»."""
    return Deadline("relative", found.text, "relative")


@deadlines.rule(
    rf"trong (?:vòng|thời hạn) {COUNT} {SPELL}",
    examples={"trả lời trong thời hạn 10 ngày làm việc": plain("relative")},
    rejects=["trong 10 ngày qua"],
    cues=["vòng", "thời hạn"],
    digits=True,
)
def in_so_long(found: Found) -> Deadline | None:
    """Trong vòng bao lâu, không nói kể từ khi nào."""
    return _relative(found)


@deadlines.rule(
    r"(?:[a-zà-ỹ &-]{1,50}: )?theo (?:tiến độ|lộ trình|kế hoạch|chương trình|thời hạn|thời gian)"
    r"(?: (?!từ \d|đến \d|trước \d|tháng \d|quý [i\d]|năm \d)[^ ;\n]+){0,16}",
    examples={
        "Theo tiến độ Kế hoạch": plain("relative"),
        "Theo Kế hoạch của Ủy ban Thường vụ Quốc hội": plain("relative"),
        "Danh mục công nghệ: theo tiến độ của Bộ": plain("relative"),
    },
    rejects=["Theo yêu cầu thực tế"],
    place="cell",
    cues=["theo"],
    confidence=0.85,
)
def as_planned(found: Found) -> Deadline | None:
    """Theo tiến độ, lộ trình, kế hoạch của nơi khác."""
    dated = re.match(r" *(?:nam|thang|quy|den|truoc) ", found.after) and not found.text.endswith(":")
    return None if dated or re.search(r"20\d\d", found.text) else Deadline("relative", found.text, "relative")


@deadlines.rule(
    r"(?:tại |trước |trong )?(?:kỳ họp|phiên họp|hội nghị) (?:thứ |lần thứ |cuối |giữa |thường )[^;\n]{1,60}",
    examples={"Kỳ họp thứ nhất Hội đồng nhân dân khóa mới": plain("relative")},
    rejects=["Biên bản họp"],
    place="cell",
    cues=["họp", "hội nghị"],
    confidence=0.85,
)
def session(found: Found) -> Deadline | None:
    """Một kỳ họp: «Kỳ họp thứ nhất»."""
    return Deadline("relative", found.text, "relative")


@deadlines.rule(
    r"(?:[a-zà-ỹ ]{1,40}: )?(?:ngay )?(?:(?:sau )?khi |theo yêu cầu|khi có |theo đề nghị|theo thực tế"
    r"|đột xuất)[^;\n]{0,140}",
    examples={
        "Sau khi Luật sửa đổi được thông qua": plain("conditional"),
        "Số buổi kiểm tra: Theo yêu cầu thực tế": plain("conditional"),
        "Khi có phát sinh": plain("conditional"),
    },
    rejects=["Thường xuyên"],
    place="cell",
    cues=["khi", "theo", "đột xuất"],
    confidence=0.85,
)
def on_condition(found: Found) -> Deadline | None:
    """Khi, sau khi một việc xảy ra (ô thời gian): «Sau khi Luật sửa đổi được thông qua»."""
    return Deadline("conditional", found.text, "conditional")


@deadlines.rule(
    r"ngay (?:sau )?khi [^,.;:\n]{3,140}",
    examples={
        "gửi dữ liệu ngay sau khi có phát sinh chi phí": plain("conditional"),
        "báo cáo ngay khi phát hiện ca bệnh": plain("conditional"),
    },
    rejects=["sau khi được phê duyệt"],
    place="text",
    cues=["ngay sau khi", "ngay khi"],
    confidence=0.85,
)
def right_after(found: Found) -> Deadline | None:
    """Ngay sau khi một việc xảy ra: «ngay sau khi kết thúc đợt kiểm tra»."""
    return Deadline("conditional", found.text, "conditional")


@deadlines.rule(
    r"(?:có |hết )?hiệu lực(?: thi hành)?(?: kể)? từ ngày ký(?:,? (?:và )?ban hành)?",
    examples={"Quyết định này có hiệu lực kể từ ngày ký": plain("relative", start="2025-06-26")},
    rejects=["có hiệu lực ngày ... tháng ... năm ..."],
    place="text",
    cues=["hiệu lực"],
    reference="2025-06-26",
)
def in_force_when_signed(found: Found) -> Deadline | None:
    """Hiệu lực kể từ ngày ký: bắt đầu từ ngày của văn bản."""
    return Deadline("relative", found.text, "relative", start=found.reference, what="Hiệu lực thi hành")


@deadlines.rule(
    r"(?:có |hết )?hiệu lực(?: thi hành)?(?: kể)?(?: từ)? ngày (?P<day>\d{1,2} ?(?:/|tháng) ?\d{1,2} ?(?:/"
    r"|năm) ?\d{4})",
    examples={"có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025": within("2025-07-01", None)},
    rejects=["hiệu lực của hợp đồng"],
    place="text",
    cues=["hiệu lực"],
    digits=True,
)
def in_force_from(found: Found) -> Deadline | None:
    """Hiệu lực (hoặc hết hiệu lực) từ một ngày."""
    from extract.deadlines.grammar import between, read_day

    day = read_day(found["day"], found.reference)
    if day is None:
        return None
    value = between(found, day.start, None)
    return Deadline(value.kind, value.text, value.operator, start=value.start, what="Hiệu lực thi hành")
