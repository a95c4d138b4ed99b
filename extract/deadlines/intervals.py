"""How often, without a day: «định kỳ 6 tháng», «03 tháng một lần», «hằng quý»."""

from __future__ import annotations

import re

from extract.deadlines.grammar import deadlines, every
from extract.deadlines.recurring import DAY_FOLLOWS, EVERY, PERIODS, TASK, UNIT, again, text_of
from extract.facts import Deadline
from extract.rules import Found

_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_STEPS = {"ngay": ("DAILY", 1), "tuan": ("WEEKLY", 1), "thang": ("MONTHLY", 1), "quy": ("MONTHLY", 3)}
_STEPS |= {"nam": ("YEARLY", 1)}

_OF_REPORTS = re.compile(
    r"\b(?:(?:theo|trong|doi voi|tai|cho) (?:cac )?bao cao(?: [a-z]+){0,3}|bao cao (?:tai chinh|quyet toan))"
    r" (?:dinh ky )?$"
)
"""«báo cáo tài chính hằng năm», «đối với báo cáo định kỳ hằng năm»: an attribute of a report that is spoken of."""
_OPENS = re.compile(r"(?:^|[.;:!?•–(-]|\b[a-z\d]\)|\b\d+\.)[ ]*$")
_VERB_NEXT = re.compile(
    r"^[ ,)]*(?:\([^)]*\))?[ ,]*(?:bao cao|gui|trinh|tong hop|to chuc|ra soat|danh gia|thuc hien|xay dung"
    r"|so ket|ve |cho |"
    r"so [a-z]|uy ban|ubnd|cac |phoi hop|tham muu|kiem tra|cong bo|lap |ban hanh|cap nhat|tien hanh|chu dong)"
)


@deadlines.rule(
    rf"(?:định kỳ |mỗi |cứ )?(?P<count>\d{{1,2}}|một|hai|ba|sáu) (?P<unit>{UNIT})"
    r"(?: ?/ ?| )(?:0?1|l|một) ?lần",
    examples={
        "định kỳ 03 tháng/1lần": every("FREQ=MONTHLY;INTERVAL=3"),
        "6 tháng một lần": every("FREQ=MONTHLY;INTERVAL=6"),
        "1 năm/lần 2 tháng 1 lần": every("FREQ=MONTHLY;INTERVAL=2"),
    },
    rejects=["2 lần một năm"],
    cues=["lần"],
)
def once_in(found: Found) -> Deadline | None:
    """Bao lâu một lần: «định kỳ 03 tháng/1 lần»."""
    return again(found, _step(found["count"], found["unit"]))


@deadlines.rule(
    rf"(?:định kỳ|mỗi) (?P<count>\d{{1,2}}|hai|ba|sáu) (?P<unit>{UNIT})(?:,? (?:và )?(?:{EVERY} |một |"
    rf"cả )?{UNIT})*",
    examples={
        "báo cáo định kỳ 6 tháng, hằng năm": every("FREQ=MONTHLY;INTERVAL=6"),
        "Định kỳ 3 tháng gửi báo cáo": every("FREQ=MONTHLY;INTERVAL=3"),
    },
    rejects=["định kỳ kiểm tra 3 đơn vị"],
    cues=["định kỳ", "mỗi"],
)
def each_so_long(found: Found) -> Deadline | None:
    """Định kỳ theo số tháng, số năm: «định kỳ 6 tháng»."""
    if DAY_FOLLOWS.match(found.after) or _OF_REPORTS.search(found.before):
        return None
    return again(found, _step(found["count"], found["unit"]))


@deadlines.rule(
    rf"(?:định kỳ )?\(?(?P<unit>{EVERY} {UNIT}|định kỳ (?:vào )?(?:cuối )?{UNIT}|(?:0?6|sáu) tháng(?=,? "
    rf"(?:và )?{EVERY} năm))"
    rf"(?:,? (?:và )?(?:{EVERY} |cả |một |0?[69] )?(?:tháng|quý|năm)(?! \d))*(?! (?:20)?\d| [ivx]{{1,3}}\b| học)",
    examples={
        "Định kỳ hằng quý báo cáo Bộ": every("FREQ=MONTHLY;INTERVAL=3"),
        "báo cáo hằng tháng, quý, 6 tháng, năm về Sở": every("FREQ=MONTHLY"),
        "Hằng năm, tổ chức đánh giá kết quả": every("FREQ=YEARLY"),
        "tổng hợp báo cáo 6 tháng, hằng năm": every("FREQ=MONTHLY;INTERVAL=6"),
        "xây dựng kế hoạch biên chế hằng năm trình Ủy ban nhân dân tỉnh": every("FREQ=YEARLY"),
    },
    rejects=[
        "là tiêu chí đánh giá thi đua, khen thưởng hằng năm.",
        "trong dự toán chi ngân sách hằng năm của đơn vị",
        "hàng nghìn người",
        "chế độ báo cáo định kỳ năm 2026",
        "số liệu theo báo cáo hằng năm của Tổng công ty",
        "kiểm toán báo cáo tài chính hằng năm",
        "báo cáo định kỳ quý I/2026 của Sở",
    ],
    cues=["hằng", "hàng", "mỗi", "định kỳ", "6 tháng", "sáu tháng"],
)
def each_period(found: Found) -> Deadline | None:
    """Hằng ngày, tuần, tháng, quý, năm; làm tính từ («khen thưởng hằng năm») thì không phải thời hạn."""
    if (not found.cell and not _asks(found)) or DAY_FOLLOWS.match(found.after):
        return None
    if not found.cell and _OF_REPORTS.search(found.before):
        return None
    words = text_of(found["unit"]).split()
    rrule = "FREQ=MONTHLY;INTERVAL=6" if words[0] in ("6", "06", "sau") else PERIODS[words[-1]]
    return again(found, rrule)


@deadlines.rule(
    r"^ ?(?:[a-zà-ỹ ]{0,30} )?định kỳ(?: theo quy định)? ?[.;]?$",
    examples={"Định kỳ": every(None), "Báo cáo định kỳ": every(None)},
    rejects=["Định kỳ kiểm tra"],
    place="cell",
)
def now_and_again(found: Found) -> Deadline | None:
    """«Định kỳ» mà không nói chu kỳ."""
    return again(found, None)


def _asks(found: Found) -> bool:
    """Whether the recurrence in running text belongs to a duty and is no mere attribute of a plan or a budget."""
    if "dinh ky" in text_of(found.text) or _OPENS.search(found.before):
        return True
    if re.search(
        r"\b(?:ke hoach|du toan|nhiem vu|khen thuong|thi dua|chuong trinh|kinh phi|muc|danh gia) (?:[a-z]+ )?$",
        found.before,
    ):
        return re.match(r"^[ ,]*(?:trinh|gui|bao cao|ve )", found.after) is not None
    return TASK.search(found.before) is not None or _VERB_NEXT.match(found.after) is not None


def _step(count: str, unit: str) -> str:
    word = text_of(count)
    number = int(word) if word.isdecimal() else _WORDS.get(word, 1)
    name, times = _STEPS[text_of(unit)]
    interval = max(number, 1) * times
    return f"FREQ={name};INTERVAL={interval}" if interval > 1 else f"FREQ={name}"
