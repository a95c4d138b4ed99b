"""The words of labels: «Đơn vị thực hiện:», «Cơ quan phối hợp:», «Thời gian hoàn thành:», «Sản phẩm:» and their kin."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extract.obligations.columns import Role
from normalize.fold import fold

_WHO = r"(?:co quan|don vi|bo phan|phong|to chuc|ca nhan|nguoi|cap|noi|so, nganh|co quan, don vi|don vi, ca nhan)"
_DO = (
    r"(?:thuc hien|chu tri|chu tri thuc hien|chiu trach nhiem(?: chinh| thuc hien)?|phu trach|dau moi|"
    r"chu tri tham muu|tham muu)"
)
_BOTH = rf"{_WHO} (?:chu tri|thuc hien)(?:,| va|/) phoi hop"
_SUPPORT = rf"(?:cac )?(?:{_WHO} )?(?:cung )?phoi hop(?: (?:va |cung )?thuc hien)?"
_LEAD = rf"(?:cac )?{_WHO} {_DO}|(?:chu tri|phan cong)(?: thuc hien)?|trach nhiem thuc hien|dau moi(?: thuc hien)?"
_TIME = (
    r"(?:thoi (?:gian|han|diem)|tien do|lo trinh|han)(?: du kien)?(?: (?:thuc hien|hoan thanh|trien khai|"
    r"to chuc|xong|"
    r"nop|gui|bao cao|giai quyet))*(?: du kien)?|hoan thanh|thoi gian ket thuc"
)
_RESULT = (
    r"(?:du kien )?(?:san pham|ket qua|dau ra|san pham dau ra|ket qua dau ra|san pham,? ket qua)"
    r"(?: (?:du kien|dau ra|dat duoc|can dat|phai dat|hoan thanh|thuc hien|chinh|cu the))*"
)
_TASK = r"(?:ten )?(?:nhiem vu|noi dung|cong viec|nhiem vu, giai phap)(?: (?:thuc hien|cong viec|nhiem vu|cu the))?"
_NOTE = (
    r"(?:ghi chu|dia diem|kinh phi(?: thuc hien)?|nguon (?:kinh phi|luc|von)|thanh phan|doi tuong|hinh thuc|"
    r"so luong|quy mo)"
)
_LABELS: tuple[tuple[Role, str], ...] = (
    ("both", _BOTH),
    ("support", _SUPPORT),
    ("lead", _LEAD),
    ("time", _TIME),
    ("result", _RESULT),
    ("task", _TASK),
    ("note", _NOTE),
)
_LIKE = 82
LONGEST = 90
"""Within so many characters a label ends."""

LABEL = re.compile(
    r"(?:^|(?<=[.;,(])\s*)[-–+•*\s]*(?:"
    + "|".join(f"(?P<{role}>{source})" for role, source in _LABELS)
    + r")\**\s*[:：]\**",
    re.IGNORECASE,
)
_SPELT = re.compile(
    r"[-–+•*\s]*(?P<label>(?:don|co|thoi|san|phoi|chu|ket|bon|pon|dpon|cq)\b.{4,26}?)\s*[:：.]", re.IGNORECASE
)
_NEAR: tuple[tuple[Role, str], ...] = (
    ("lead", "don vi thuc hien"),
    ("lead", "don vi chu tri"),
    ("lead", "co quan chu tri"),
    ("lead", "co quan thuc hien"),
    ("support", "don vi phoi hop"),
    ("support", "co quan phoi hop"),
    ("time", "thoi gian thuc hien"),
    ("time", "thoi gian hoan thanh"),
    ("time", "thoi han hoan thanh"),
)

_FOUR = re.compile(
    r"[-–+•*\s]*(?P<label>(?:don|co|thoi|bon|pon|dpon)\s+\S+\s+\S+\s+\S+)\s+(?P<next>\S+)", re.IGNORECASE
)
_PROSE = frozenset(["theo", "co", "duoc", "phai", "va", "cua", "tai", "trong", "la", "nay"])

ROLES: tuple[Role, ...] = tuple(role for role, _ in _LABELS)


def begins(line: str) -> bool:
    """Whether a line begins with a label.

    >>> begins("- Đơn vị chủ trì: Sở Tài chính"), begins("Đơn vị chủ trì họp")
    (True, False)
    """
    folded = fold(line[:LONGEST])
    return LABEL.match(folded) is not None or misspelt(folded) is not None or naked(folded) is not None


_UNITS = re.compile(
    r"(?:cac|nhung) (?:phong|don vi|so|ban|co so|co quan|khoa|benh vien|truong|xa|phuong|vu|cuc|trung tam|chi)\b",
    re.IGNORECASE,
)


def naked(folded: str) -> tuple[Role, int] | None:
    """The role and end of a label that lost its colon: four words that are like one, then a name (or a time)."""
    match = _FOUR.match(folded)
    if match is None or match["next"].casefold() in _PROSE:
        return None
    label = " ".join(match["label"].casefold().split())
    score, role = max((fuzz.ratio(label, known), role) for role, known in _NEAR)
    named = role == "time" or match["next"][0].isupper() or _UNITS.match(folded, match.start("next"))
    return (role, match.end("label")) if score >= _LIKE and named else None


def misspelt(folded: str) -> tuple[Role, int] | None:
    """The role and end of a label that was misread («Don vi thtrc hien»); only the whole label may stand for one."""
    match = _SPELT.match(folded)
    if match is None:
        return None
    label = " ".join(match["label"].casefold().split())
    score, role = max((fuzz.ratio(label, known), role) for role, known in _NEAR)
    return (role, match.end()) if score >= _LIKE else None
