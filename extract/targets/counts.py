"""Rules for targets: percentages with their comparators, counts with a unit."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

from extract.citations.words import plain
from extract.facts import Comparator, Target
from extract.rules import Found
from extract.targets.grammar import (
    NUMBER,
    NUMBER_WORD,
    PERCENT,
    REACH,
    aim,
    is_asked,
    measures,
    percent,
    read_number,
    targets,
)

_THINGS = "(?:" + "|".join(sorted(map(str.lower, measures()["things"]), key=len, reverse=True)) + r")(?![a-zà-ỹ\d])"
_COUNT = rf"(?P<value>{NUMBER}|{NUMBER_WORD})(?: ?(?:-|–|đến) ?(?P<top>{NUMBER}))?"
_MANY = r"(?P<times> (?:nghìn|ngàn|triệu|tỷ)(?= (?:lượt|người|hồ sơ|học|tấn|cây|usd)))?"
_TIMES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9}


@targets.rule(
    rf"{REACH}(?P<value>{NUMBER}) ?{PERCENT}",
    examples={
        "100% các bệnh viện triển khai bệnh án điện tử": aim("=", 100),
        "Tỷ lệ số hóa hồ sơ là 80%;": aim("=", 80),
        "Phấn đấu đạt 99,5% dân số tham gia": aim("=", 99.5),
        "tái chế 100% vỏ chai đã thu gom": aim("=", 100),
    },
    rejects=[
        "hỗ trợ 100% kinh phí đào tạo",
        "chi trả bằng 90% tổng số tiền",
        "áp dụng thuế suất 10% trong 15 năm",
        "đã tiếp nhận 520 hồ sơ (đạt 96%)",
        "đến nay đã đạt 85%",
    ],
    cues=["%", "phần trăm"],
    digits=True,
)
def share(found: Found) -> Target | None:
    """Tỷ lệ phần trăm phải đạt, không có chữ so sánh: bằng."""
    if re.search(r"\b(?:vuot|hon) $", found.before):
        return None
    return percent(found, "=")


@targets.rule(
    rf"(?:{REACH}(?:tối thiểu|ít nhất|không dưới|không thấp hơn|từ)(?: là|"
    rf" đạt)?(?: từ)? (?P<value>{NUMBER}) ?{PERCENT}"
    rf"(?: trở lên)?|{REACH}(?P<value2>{NUMBER}) ?{PERCENT} trở lên)",
    examples={
        "người dân dùng dịch vụ trực tuyến đạt từ 40% trở lên": aim(">=", 40),
        "chi cho an toàn thông tin đạt tối thiểu 10%": aim(">=", 10),
        "hướng tới tối thiểu đạt 25%": aim(">=", 25),
        "mức độ hài lòng đạt 90% trở lên": aim(">=", 90),
    },
    rejects=["đã tăng từ 40% lên 60%"],
    cues=["%", "phần trăm"],
    digits=True,
)
def share_or_more(found: Found) -> Target | None:
    """Tối thiểu, ít nhất, từ … trở lên: lớn hơn hoặc bằng."""
    groups = {**found.groups, "value": found["value"] or found["value2"]}
    strict = re.search(r"từ|tu ", found.text.lower()) and not re.search(r"trở lên|tro len", found.text.lower())
    if strict and re.match(r" *(?:len|den|xuong|-|–)", found.after):
        return None
    return percent(_with(found, groups), ">=")


@targets.rule(
    rf"{REACH}(?:trên|hơn|vượt|vượt mức) (?P<value>{NUMBER}) ?{PERCENT}",
    examples={"Trên 50% hồ sơ thanh toán điện tử": aim(">", 50), "Đạt trên 95% tỷ lệ người dân có sổ": aim(">", 95)},
    rejects=["chiếm hơn 60% dân số", "chi phí vượt 5% dự toán phải thuyết minh"],
    cues=["%", "phần trăm"],
    digits=True,
)
def share_above(found: Found) -> Target | None:
    """Trên, hơn: lớn hơn; «vượt 5% dự toán thì phải …» là điều kiện."""
    if re.match(r"vượt|vuot|hơn|hon", found.text.lower()) and re.search(r"\b(?:phai|thi|duoc)\b", found.after[:60]):
        return None
    return percent(found, ">")


@targets.rule(
    rf"(?:{REACH}(?P<sign>không quá|tối đa|không vượt quá|dưới|thấp hơn|nhỏ hơn) (?P<value>{NUMBER}) ?{PERCENT}"
    rf"|{REACH}(?P<value2>{NUMBER}) ?{PERCENT} trở xuống)",
    examples={
        "giữ tỷ lệ nợ xấu không quá 3%": aim("<=", 3),
        "giảm tỷ lệ hộ nghèo xuống dưới 1%": aim("<", 1),
        "phấn đấu tỷ lệ trễ hạn còn 2% trở xuống": aim("<=", 2),
    },
    rejects=["hỗ trợ không quá 50% giá trị hợp đồng"],
    cues=["%", "phần trăm"],
    digits=True,
)
def share_or_less(found: Found) -> Target | None:
    """Không quá, dưới, trở xuống: nhỏ hơn (hoặc bằng)."""
    less = re.search(r"dưới|duoi|thấp|thap|nhỏ|nho", found["sign"].lower())
    groups = {**found.groups, "value": found["value"] or found["value2"]}
    return percent(_with(found, groups), "<" if less else "<=")


@targets.rule(
    rf"{REACH}(?P<from>từ )?(?P<value>{NUMBER}) ?%? ?(?:-|–|đến) ?(?P<top>{NUMBER}) ?{PERCENT}",
    examples={
        "cắt giảm trung bình 20 - 30% lượng điện tiêu thụ": aim("=", 20, top=30),
        "phấn đấu đạt từ 85% đến 90% kế hoạch": aim(">=", 85, top=90),
    },
    rejects=["lãi suất 5 - 7%"],
    cues=["%", "phần trăm"],
    digits=True,
)
def share_between(found: Found) -> Target | None:
    """Khoảng phần trăm: «20 - 30%»."""
    value = percent(found, ">=" if found["from"] else "=")
    return value if value is not None and (value.value_max or 0) > (value.value or 0) else None


@targets.rule(
    rf"{REACH}(?P<value>[1ilo0|]{{2,3}})%",
    examples={"trực tuyến một phần là IOO%": aim("=", 100)},
    rejects=["là 100%", "là 01%"],
    cues=["o%", "i%", "l%", "0%"],
    confidence=0.6,
)
def share_misread(found: Found) -> Target | None:
    """Số 100 bị nhận dạng thành chữ («IOO%»): đọc là 100 và đánh dấu cần xem."""
    letters = found["value"]
    if letters.isdecimal() or not re.fullmatch(r"[1IlL|][O0o][O0o]", letters):
        return None
    return percent(_with(found, {"value": "100"}), "=")


@targets.rule(
    rf"(?:(?P<sign>tối thiểu|ít nhất|không dưới|tối đa|không quá|không vượt quá|trên|từ)(?: là| có"
    rf"| đạt)?) {_COUNT}{_MANY} "
    rf"(?P<unit>{_THINGS})(?P<more> trở lên)?",
    examples={
        "mỗi xã có ít nhất một mô hình": aim(">=", 1, "mô hình"),
        "cơ cấu tối thiểu 02 cán bộ chuyên trách": aim(">=", 2, "cán bộ"),
        "xây dựng từ 10–20 mô hình điểm": aim(">=", 10, "mô hình", top=20),
        "phấn đấu có trên 1.500 doanh nghiệp": aim(">", 1500, "doanh nghiệp"),
    },
    rejects=["trên 05 ngày", "từ 3 đơn vị sáp nhập lại", "hồ sơ gồm tối đa 5 trang"],
    cues=["tối thiểu", "ít nhất", "không dưới", "tối đa", "không quá", "không vượt", "trên", "từ"],
    confidence=0.85,
)
def count_at_least(found: Found) -> Target | None:
    """Số lượng với «ít nhất», «tối thiểu», «không quá», «trên», «từ … đến …»."""
    sign = found["sign"].lower()
    signs: dict[str, Comparator] = {"trên": ">", "tren": ">"}
    most = sign.startswith(("tối đa", "toi da", "không quá", "khong qua", "không vượt", "khong vuot"))
    comparator = "<=" if most else signs.get(sign, ">=")
    bare = sign in ("từ", "tu") and not found["top"] and not found["more"]
    if bare or (sign in ("trên", "tren", "từ", "tu") and not _wanted(found)):
        return None
    return _count(found, comparator)


@targets.rule(
    rf"(?:phấn đấu(?: đạt| có| thành lập| xây dựng| hoàn thành)?|chỉ tiêu|mục tiêu(?: là| đạt)?"
    rf"|đạt) {_COUNT}{_MANY} (?P<unit>{_THINGS})"
    r"(?P<more> trở lên)?",
    examples={
        "phấn đấu đạt 32 giường bệnh/vạn dân": aim("=", 32, "giường bệnh/vạn dân"),
        "Phấn đấu xây dựng 05 mô hình": aim("=", 5, "mô hình"),
        "đạt 1.200 tỷ đồng trở lên": aim(">=", 1200, "tỷ đồng"),
    },
    rejects=["đã đạt 32 giường bệnh"],
    cues=["đạt", "phấn đấu", "chỉ tiêu", "mục tiêu"],
    confidence=0.85,
)
def count_aimed_at(found: Found) -> Target | None:
    """Số lượng sau «phấn đấu», «đạt», «chỉ tiêu»."""
    return _count(found, ">=" if found["more"] else "=")


@targets.rule(
    rf"(?:,|và) {_COUNT}{_MANY} (?P<unit>{_THINGS})",
    examples={"cử tối thiểu 02 bác sĩ, 03 điều dưỡng": (aim(">=", 2, "bác sĩ"), aim(">=", 3, "điều dưỡng"))},
    rejects=["có 02 bác sĩ, 03 điều dưỡng"],
    cues=["tối thiểu", "ít nhất"],
    confidence=0.8,
)
def count_more(found: Found) -> Target | None:
    """Con số tiếp theo của cùng một yêu cầu: «tối thiểu 02 bác sĩ, 03 điều dưỡng»."""
    return _count(found, ">=") if _AT_LEAST.search(found.before) else None


_AT_LEAST = re.compile(
    r"\b(?:toi thieu|it nhat|khong duoi) \d{1,3} [a-z]+(?: [a-z]+)?(?:, \d{1,3} [a-z]+(?: [a-z]+)?)* ?$"
)
"""A count with its sign right in front."""


def _count(found: Found, comparator: Comparator) -> Target | None:
    value, top = read_number(found["value"]), read_number(found["top"]) if found["top"] else None
    if value is None or not is_asked(found):
        return None
    value *= _TIMES.get(found["times"].strip().lower(), 1)
    return Target("", comparator, value, _units()[plain(found["unit"])], None, found.text, value_max=top)


@cache
def _units() -> dict[str, str]:
    """Units by folded form."""
    return {plain(thing): thing for thing in measures()["things"]}


def _wanted(found: Found) -> bool:
    verbs = (
        r"phan dau|muc tieu|chi tieu|dat|bao dam|dam bao|lua chon|thanh lap|xay dung|duy tri|thu hut|dao tao|ket nap"
    )
    return re.search(verbs, found.before[-60:]) is not None


def _with(found: Found, groups: dict[str, str]) -> Found:
    return dataclasses.replace(found, groups=groups)
