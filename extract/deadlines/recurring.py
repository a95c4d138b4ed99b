"""Recurring deadlines: «trước ngày 15 hằng tháng», «định kỳ 6 tháng», «trước quý II hằng năm», «thứ Sáu hằng tuần»."""

from __future__ import annotations

import re

from extract.deadlines.grammar import AT_HOUR, HOUR, QUARTER, deadlines, every, read_hour, read_period
from extract.facts import Deadline
from extract.rules import Found
from normalize.fold import fold

EVERY = r"(?:hằng|hàng|mỗi)"
FIRST_DAY = r"ngày \d{1,2}(?: ?(?:/|tháng) ?\d{1,2})?"
_UNIT = r"(?:ngày|tuần|tháng|quý|năm)"
_RULES = {
    "ngay": "FREQ=DAILY",
    "tuan": "FREQ=WEEKLY",
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
}
_WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH"}
_WEEKDAYS |= {"sau": "FR", "6": "FR", "bay": "SA", "7": "SA", "nhat": "SU"}
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_STEPS = {"ngay": ("DAILY", 1), "tuan": ("WEEKLY", 1), "thang": ("MONTHLY", 1), "quy": ("MONTHLY", 3)}
_STEPS |= {"nam": ("YEARLY", 1)}

_TASK = re.compile(
    r"\b(?:bao cao|dinh ky|gui|tong hop|so ket|tong ket|ra soat|danh gia|cap nhat|thong ke|giao ban|kiem tra|hop)"
    r"(?:[ ,]+[a-z()]+){0,8}[ ,(]*$"
)
_OPENS = re.compile(r"(?:^|[.;:!?•–(-]|\b[a-z\d]\)|\b\d+\.)[ ]*$")
_VERB_NEXT = re.compile(
    r"^[ ,)]*(?:\([^)]*\))?[ ,]*(?:bao cao|gui|trinh|tong hop|to chuc|ra soat|danh gia|thuc hien|xay dung"
    r"|so ket|ve |cho |"
    r"so [a-z]|uy ban|ubnd|cac |phoi hop|tham muu|kiem tra|cong bo|lap |ban hanh|cap nhat|tien hanh|chu dong)"
)


def _text(value: str) -> str:
    return fold(value).lower()


def _again(found: Found, rrule: str | None, *, exclusive: bool | None = None) -> Deadline:
    before = "truoc" in _text(found.text) if exclusive is None else exclusive
    hour = read_hour(found["hour"])
    return Deadline("recurring", found.text, "recurring", exclusive=before, rrule=rrule, hour=hour)


@deadlines.rule(
    rf"(?:báo cáo[a-zà-ỹ ]{{0,30}}? )?(?:(?:{EVERY}|định kỳ) {_UNIT}(?:,| và)? )*?\(?(?:chậm nhất "
    rf"|muộn nhất |vào |là |trước )*"
    rf"{AT_HOUR}ngày (?P<day>\d{{1,2}}) (?:của )?(?:{EVERY} |các )tháng\)?",
    examples={
        "gửi trước ngày 15 hằng tháng": every("FREQ=MONTHLY;BYMONTHDAY=15", exclusive=True),
        "vào ngày 20 hàng tháng": every("FREQ=MONTHLY;BYMONTHDAY=20"),
        "hằng tháng, hằng quý (trước ngày 15 mỗi tháng)": every("FREQ=MONTHLY;BYMONTHDAY=15", exclusive=True),
    },
    rejects=["ngày 15 tháng 3"],
    cues=["tháng"],
    digits=True,
)
def day_of_each_month(found: Found) -> Deadline | None:
    """Ngày cố định hằng tháng: «trước ngày 15 hằng tháng»."""
    day = int(found["day"])
    return _again(found, f"FREQ=MONTHLY;BYMONTHDAY={day}") if 1 <= day <= 31 else None


@deadlines.rule(
    rf"(?:báo cáo )?(?P<unit>{EVERY} {_UNIT}|định kỳ {_UNIT}|tháng|quý|năm) ?[(,:]? ?(?:gửi |báo cáo )?"
    r"(?:chậm nhất |muộn nhất |vào |là )*trước ngày (?P<day>\d{1,2})(?: (?:của )?(?P<next>tháng (?:sau"
    r"|tiếp theo|kế tiếp|liền kề)"
    r"|tháng cuối(?: của)? quý|tháng cuối quý|tháng đầu(?: của)? quý(?: sau| tiếp theo)?))?\)?(?!\d"
    r"| ?[/.-] ?\d| tháng \d|,\d)",
    examples={
        "hằng tháng (trước ngày 15)": every("FREQ=MONTHLY;BYMONTHDAY=15", exclusive=True),
        "hằng tháng, trước ngày 05 tháng sau": every("FREQ=MONTHLY;BYMONTHDAY=5", exclusive=True),
        "hằng quý trước ngày 25 tháng cuối quý": every("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", exclusive=True),
    },
    rejects=["trước ngày 15/3/2025", "hằng tháng trước ngày 15/3/2025"],
    cues=["trước"],
    digits=True,
)
def period_before_day(found: Found) -> Deadline | None:
    """Hằng tháng, hằng quý, kèm ngày phải gửi: «hằng tháng (trước ngày 15)»."""
    day, unit = int(found["day"]), _text(found["unit"]).split()[-1]
    if not 1 <= day <= 31 or unit not in ("thang", "quy"):
        return None
    first = "dau" in _text(found["next"]) and unit == "quy"
    base = "FREQ=YEARLY;BYMONTH=1,4,7,10" if first else _RULES[unit]
    return _again(found, f"{base};BYMONTHDAY={day}")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|là|muộn nhất) )*{AT_HOUR}ngày (?P<day>\d{{1,2}}) (?:của )?tháng (?P<which>cuối|đầu)"
    rf"(?: của)?(?: {EVERY})? quý(?P<after> sau| tiếp theo| kế tiếp)?",
    examples={
        "trước ngày 25 tháng cuối mỗi quý": every("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", exclusive=True),
        "trước ngày 10 tháng đầu quý sau": every("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", exclusive=True),
    },
    rejects=["tháng cuối quý III/2025"],
    cues=["quý"],
    digits=True,
)
def day_of_each_quarter(found: Found) -> Deadline | None:
    """Ngày cố định của tháng cuối (đầu) mỗi quý: «trước ngày 25 tháng cuối mỗi quý»."""
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    last = _text(found["which"]) == "cuoi"
    base = "FREQ=MONTHLY;INTERVAL=3" if last else "FREQ=YEARLY;BYMONTH=1,4,7,10"
    return _again(found, f"{base};BYMONTHDAY={day}")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|muộn nhất|là) )*(?:ngày )?(?P<day>\d{{1,2}}) ?(?:/|tháng) ?(?P<month>\d{{1,2}})"
    rf"(?: của)?,? {EVERY} năm",
    examples={
        "báo cáo trước ngày 15 tháng 12 hằng năm": every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True),
        "vào ngày 27/02 hàng năm": every("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=27"),
    },
    rejects=["ngày 15/12 năm 2025"],
    cues=["hằng năm", "hàng năm", "mỗi năm"],
    digits=True,
)
def day_of_each_year(found: Found) -> Deadline | None:
    """Ngày cố định hằng năm: «trước ngày 15 tháng 12 hằng năm»."""
    day, month = int(found["day"]), int(found["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return _again(found, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|muộn nhất|là|lúc) )*(?P<hour>{HOUR}),? {EVERY} ngày",
    examples={
        "báo cáo về Sở trước 16 giờ 30 hằng ngày": every("FREQ=DAILY", exclusive=True, hour="16:30"),
        "gửi số liệu vào 7h00 hàng ngày": every("FREQ=DAILY", hour="07:00"),
    },
    rejects=["làm việc 8 giờ mỗi ngày"],
    cues=["hằng ngày", "hàng ngày", "mỗi ngày"],
    digits=True,
)
def hour_of_each_day(found: Found) -> Deadline | None:
    """Một giờ hằng ngày: «trước 16 giờ 30 hằng ngày»; «8 giờ mỗi ngày» là thời lượng."""
    told = re.match(r"truoc|vao|cham|muon|luc", _text(found.text))
    return _again(found, "FREQ=DAILY") if told else None


@deadlines.rule(
    rf"từ (?P<first>{FIRST_DAY}) (?:cho )?(?:đến|tới)(?: hết)? (?:ngày )?(?P<day>\d{{1,2}})"
    rf" ?(?:/|tháng) ?(?P<month>\d{{1,2}})(?: của)?,? {EVERY} năm",
    examples={
        "Từ ngày 05/9 đến ngày 20/9 hằng năm, các trường": every("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=20"),
        "từ ngày 01 đến ngày 15 tháng 4 hàng năm": every("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15"),
    },
    rejects=["từ ngày 05/9 đến ngày 20/9 năm 2025"],
    cues=["hằng năm", "hàng năm", "mỗi năm"],
    digits=True,
)
def window_of_each_year(found: Found) -> Deadline | None:
    """Một đợt hằng năm: «từ ngày 05/9 đến ngày 20/9 hằng năm»; hạn là ngày cuối của đợt."""
    return day_of_each_year(found)


@deadlines.rule(
    rf"(?:định kỳ )?(?P<before>trước )?(?:trong |vào )?(?:cuối )?(?P<when>{QUARTER}|tháng \d{{1,2}})"
    rf"(?: của)?,? {EVERY} năm",
    examples={
        "Trước quý II hằng năm": every("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", exclusive=True),
        "Quý I hàng năm": every("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
        "định kỳ vào cuối tháng 5 hằng năm": every("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31"),
        "tháng 11 hằng năm": every("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    },
    rejects=["quý I năm 2025"],
    cues=["hằng năm", "hàng năm", "mỗi năm"],
)
def month_of_each_year(found: Found) -> Deadline | None:
    """Một quý hay một tháng hằng năm: «trước quý II hằng năm»."""
    import datetime as dt

    period = read_period(found["when"], dt.date(2001, 1, 1))
    if period is None:
        return None
    day = period.start if found["before"] else period.end
    return _again(found, f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|là) )*{AT_HOUR}(?:ngày )?(?P<day>(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))"
    rf"(?: (?:của )?{EVERY})? tuần",
    examples={
        "báo cáo trước 15 giờ thứ Sáu hằng tuần": every("FREQ=WEEKLY;BYDAY=FR", exclusive=True, hour="15:00"),
        "vào thứ 5 hàng tuần": every("FREQ=WEEKLY;BYDAY=TH"),
    },
    rejects=["thứ Sáu tuần này"],
    cues=["tuần"],
)
def weekday(found: Found) -> Deadline | None:
    """Thứ trong tuần: «trước 15 giờ thứ Sáu hằng tuần»."""
    if not re.search(r"(?:hang|moi) tuan", _text(found.text)):
        return None
    due = re.match(r"truoc|cham|vao|muon", _text(found.text)) or _TASK.search(found.before)
    if not found.cell and not due:
        return None
    return _again(found, f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[_text(found['day']).split()[-1]]}")


@deadlines.rule(
    rf"(?:định kỳ |mỗi |cứ )?(?P<count>\d{{1,2}}|một|hai|ba|sáu) (?P<unit>{_UNIT})"
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
    return _again(found, _step(found["count"], found["unit"]))


@deadlines.rule(
    rf"(?:định kỳ|mỗi) (?P<count>\d{{1,2}}|hai|ba|sáu) (?P<unit>{_UNIT})(?:,? (?:và )?(?:{EVERY} |một |"
    rf"cả )?{_UNIT})*",
    examples={
        "báo cáo định kỳ 6 tháng, hằng năm": every("FREQ=MONTHLY;INTERVAL=6"),
        "Định kỳ 3 tháng gửi báo cáo": every("FREQ=MONTHLY;INTERVAL=3"),
    },
    rejects=["định kỳ kiểm tra 3 đơn vị"],
    cues=["định kỳ", "mỗi"],
)
def each_so_long(found: Found) -> Deadline | None:
    """Định kỳ theo số tháng, số năm: «định kỳ 6 tháng»."""
    return _again(found, _step(found["count"], found["unit"]))


@deadlines.rule(
    rf"(?:định kỳ )?\(?(?P<unit>{EVERY} {_UNIT}|định kỳ (?:vào )?(?:cuối )?{_UNIT}|(?:0?6|sáu) tháng(?=,? "
    rf"(?:và )?{EVERY} năm))"
    rf"(?:,? (?:và )?(?:{EVERY} |cả |một |0?[69] )?(?:tháng|quý|năm)(?! \d))*",
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
    ],
    cues=["hằng", "hàng", "mỗi", "định kỳ", "6 tháng", "sáu tháng"],
)
def each_period(found: Found) -> Deadline | None:
    """Hằng ngày, tuần, tháng, quý, năm; làm tính từ («khen thưởng hằng năm») thì không phải thời hạn."""
    if not found.cell and not _asks(found):
        return None
    words = _text(found["unit"]).split()
    rrule = "FREQ=MONTHLY;INTERVAL=6" if words[0] in ("6", "06", "sau") else _RULES[words[-1]]
    return _again(found, rrule)


@deadlines.rule(
    r"^ ?(?:[a-zà-ỹ ]{0,30} )?định kỳ(?: theo quy định)? ?[.;]?$",
    examples={"Định kỳ": every(None), "Báo cáo định kỳ": every(None)},
    rejects=["Định kỳ kiểm tra"],
    place="cell",
)
def now_and_again(found: Found) -> Deadline | None:
    """«Định kỳ» mà không nói chu kỳ."""
    return _again(found, None)


def _asks(found: Found) -> bool:
    """Whether the recurrence in running text belongs to a duty and is no mere attribute of a plan or a budget."""
    if "dinh ky" in _text(found.text) or _OPENS.search(found.before):
        return True
    if re.search(
        r"\b(?:ke hoach|du toan|nhiem vu|khen thuong|thi dua|chuong trinh|kinh phi|muc|danh gia) (?:[a-z]+ )?$",
        found.before,
    ):
        return re.match(r"^[ ,]*(?:trinh|gui|bao cao|ve )", found.after) is not None
    return _TASK.search(found.before) is not None or _VERB_NEXT.match(found.after) is not None


def _step(count: str, unit: str) -> str:
    word = _text(count)
    number = int(word) if word.isdecimal() else _WORDS.get(word, 1)
    name, times = _STEPS[_text(unit)]
    interval = max(number, 1) * times
    return f"FREQ={name};INTERVAL={interval}" if interval > 1 else f"FREQ={name}"
