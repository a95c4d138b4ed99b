"""Recurring deadlines: «trước ngày 15 hằng tháng», «định kỳ 6 tháng», «trước quý II hằng năm», «thứ Sáu hằng tuần»."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract.deadlines.grammar import AT_HOUR, HOUR, QUARTER, deadlines, every, read_hour, read_period
from extract.facts import Deadline
from extract.rules import Found, spaced
from normalize.fold import fold

EVERY = r"(?:hằng|hàng|mỗi)"
FIRST_DAY = r"ngày \d{1,2}(?: ?(?:/|tháng) ?\d{1,2})?"
UNIT = r"(?:ngày|tuần|tháng|quý|năm)"
PERIODS = {
    "ngay": "FREQ=DAILY",
    "tuan": "FREQ=WEEKLY",
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
}
_WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH"}
_WEEKDAYS |= {"sau": "FR", "6": "FR", "bay": "SA", "7": "SA", "nhat": "SU"}

LAST_MONTHS = "FREQ=YEARLY;BYMONTH=3,6,9,12"
FIRST_MONTHS = "FREQ=YEARLY;BYMONTH=1,4,7,10"
"""The last and the first month of each quarter; «every third month» would depend on when one begins to count."""
DUE = r"(?:(?:chậm nhất|muộn nhất|hạn cuối)(?: là| vào| đến)*|trước|vào|là)"

TASK = re.compile(
    r"\b(?:bao cao|dinh ky|gui|tong hop|so ket|tong ket|ra soat|danh gia|cap nhat|thong ke|giao ban|kiem tra|hop)"
    r"(?:[ ,]+[a-z()]+){0,8}[ ,(]*$"
)


def text_of(value: str) -> str:
    """Lower case without marks."""
    return fold(value).lower()


def again(found: Found, rrule: str | None, *, exclusive: bool | None = None) -> Deadline:
    """A recurrence of that rule; «trước» in the words makes it exclusive where nothing else is said."""
    before = "truoc" in text_of(found.text) if exclusive is None else exclusive
    hour = read_hour(found["hour"])
    return Deadline("recurring", found.text, "recurring", exclusive=before, rrule=rrule, hour=hour)


@deadlines.rule(
    rf"(?:báo cáo[a-zà-ỹ ]{{0,30}}? )?(?:(?:{EVERY}|định kỳ) {UNIT}(?:,| và)? )*?\(?(?:chậm nhất "
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
    return again(found, f"FREQ=MONTHLY;BYMONTHDAY={day}") if 1 <= day <= 31 else None


@deadlines.rule(
    rf"(?:báo cáo )?(?P<unit>{EVERY} {UNIT}|định kỳ {UNIT}|tháng|quý|năm) ?[(,:]? ?(?:gửi |báo cáo )?"
    r"(?:chậm nhất |muộn nhất |vào |là )*trước ngày (?P<day>\d{1,2})(?: (?:của )?(?P<next>tháng (?:sau"
    r"|tiếp theo|kế tiếp|liền kề)"
    r"|tháng cuối(?: của)? quý|tháng cuối quý|tháng đầu(?: của)? quý(?: sau| tiếp theo)?))?\)?(?!\d"
    r"| ?[/.-] ?\d| tháng \d|,\d)",
    examples={
        "hằng tháng (trước ngày 15)": every("FREQ=MONTHLY;BYMONTHDAY=15", exclusive=True),
        "hằng tháng, trước ngày 05 tháng sau": every("FREQ=MONTHLY;BYMONTHDAY=5", exclusive=True),
        "hằng quý trước ngày 25 tháng cuối quý": every(f"{LAST_MONTHS};BYMONTHDAY=25", exclusive=True),
    },
    rejects=["trước ngày 15/3/2025", "hằng tháng trước ngày 15/3/2025"],
    cues=["trước"],
    digits=True,
)
def period_before_day(found: Found) -> Deadline | None:
    """Hằng tháng, hằng quý, kèm ngày phải gửi: «hằng tháng (trước ngày 15)»."""
    day, unit = int(found["day"]), text_of(found["unit"]).split()[-1]
    if not 1 <= day <= 31 or unit not in ("thang", "quy"):
        return None
    first = "dau" in text_of(found["next"])
    base = PERIODS[unit] if unit == "thang" else FIRST_MONTHS if first else LAST_MONTHS
    return again(found, f"{base};BYMONTHDAY={day}")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|là|muộn nhất) )*{AT_HOUR}ngày (?P<day>\d{{1,2}}) (?:của )?tháng (?P<which>cuối|đầu)"
    rf"(?: của)?(?: {EVERY})? quý(?P<after> sau| tiếp theo| kế tiếp)?",
    examples={
        "trước ngày 25 tháng cuối mỗi quý": every(f"{LAST_MONTHS};BYMONTHDAY=25", exclusive=True),
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
    last = text_of(found["which"]) == "cuoi"
    base = LAST_MONTHS if last else FIRST_MONTHS
    return again(found, f"{base};BYMONTHDAY={day}")


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
    return again(found, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")


_LATER_DAY = (
    r"ngày (?P<day>\d{1,2})(?: ?(?:/|tháng) ?(?P<month>\d{1,2}))?"
    rf"(?!\d| ?[/.-] ?\d|,? năm \d| tháng| của|,? {EVERY})"
)
DAY_FOLLOWS = re.compile(
    fold(spaced(rf"^[^.;:\d]{{0,110}}?[ (]{DUE} (?:{HOUR},? ?)?{_LATER_DAY}").replace(" ++", " +").replace(" *+", " *"))
)
"""Behind «hằng năm»: the day on which it is due, further on in the sentence."""
_PERIOD_BEFORE = re.compile(
    r"\b(?P<unit>(?:hang|moi) (?:thang|quy|nam)|bao cao (?:nam|thang|quy)|(?:dinh ky|bao cao) (?:0?6|sau) thang"
    r"(?! dau| cuoi))[^.;:\d]{0,110}?[ (]$"
)


@deadlines.rule(
    rf"(?P<sign>{DUE}) {AT_HOUR}{_LATER_DAY}",
    examples={
        "Hằng năm, báo cáo kết quả trước ngày 31 tháng 12": every(
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", exclusive=True
        ),
        "báo cáo định kỳ hằng tháng vào ngày 20": every("FREQ=MONTHLY;BYMONTHDAY=20"),
        "báo cáo 6 tháng (trước ngày 15/6), báo cáo năm (trước ngày 15/12)": (
            every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True),
        ),
    },
    rejects=["hằng năm rà soát, báo cáo trước ngày 15/3/2025", "báo cáo năm trước ngày 15/12/2025"],
    cues=["trước", "nhất", "hạn cuối", "vào", "là"],
    digits=True,
    confidence=0.96,
)
def period_then_day(found: Found) -> Deadline | None:
    """Hằng tháng, hằng năm và, sau ít chữ, ngày phải gửi: «hằng năm báo cáo … trước ngày 15 tháng 12»."""
    period = _PERIOD_BEFORE.search(found.before)
    if period is None:
        return None
    unit, day, month = period["unit"].split()[-1], int(found["day"]), int(found["month"] or 0)
    half = re.search(r"\d|sau", period["unit"]) is not None
    if not 1 <= day <= 31 or month > 12 or (not month and (unit != "thang" or half)) or (month and unit == "quy"):
        return None
    base = f"FREQ=YEARLY;BYMONTH={month}" if month else "FREQ=MONTHLY"
    return again(found, f"{base};BYMONTHDAY={day}", exclusive=text_of(found["sign"]) == "truoc")


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|muộn nhất|là|lúc) )*"
    rf"(?:(?P<hour>{HOUR})(?P<more>(?:(?:,| và) {HOUR}){{1,3}})?,? {EVERY} ngày"
    rf"|{EVERY} ngày[^.;:\d]{{0,40}}? (?:trước|vào|chậm nhất|muộn nhất|lúc) (?P<hour2>{HOUR}))",
    examples={
        "Báo cáo hằng ngày trước 15h30": every("FREQ=DAILY", exclusive=True, hour="15:30"),
        "báo cáo về Sở trước 16 giờ 30 hằng ngày": every("FREQ=DAILY", exclusive=True, hour="16:30"),
        "gửi số liệu vào 7h00 hàng ngày": every("FREQ=DAILY", hour="07:00"),
        "báo cáo nhanh trước 06 giờ và 16 giờ hằng ngày": every("FREQ=DAILY", exclusive=True),
    },
    rejects=["làm việc 8 giờ mỗi ngày"],
    cues=["hằng ngày", "hàng ngày", "mỗi ngày"],
    digits=True,
)
def hour_of_each_day(found: Found) -> Deadline | None:
    """Một giờ hằng ngày: «trước 16 giờ 30 hằng ngày»; «8 giờ mỗi ngày» là thời lượng."""
    if found["hour2"]:
        return replace(again(found, "FREQ=DAILY"), hour=read_hour(found["hour2"]))
    told = re.match(r"truoc|vao|cham|muon|luc", text_of(found.text))
    value = again(found, "FREQ=DAILY")
    return (
        (replace(value, hour=None) if found["more"] else value) if told else None
    )  # of several hours none is «the» hour


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
    period = read_period(found["when"], dt.date(2001, 1, 1))
    if period is None:
        return None
    day = period.start if found["before"] else period.end
    return again(found, f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}")


@deadlines.rule(
    rf"(?:trong |vào )?tháng (?P<first>\d{{1,2}})(?:,| và) (?:tháng )?(?P<last>\d{{1,2}})(?: của)?,? {EVERY} năm",
    examples={"vào tháng 6 và tháng 12 hằng năm": every("FREQ=YEARLY;BYMONTH=6,12")},
    rejects=["tháng 6 và tháng 12 năm 2025"],
    cues=["hằng năm", "hàng năm", "mỗi năm"],
    digits=True,
)
def two_months_of_each_year(found: Found) -> Deadline | None:
    """Hai tháng hằng năm: «tháng 6 và tháng 12 hằng năm»."""
    months = sorted(int(found[name]) for name in ("first", "last"))
    return again(found, f"FREQ=YEARLY;BYMONTH={months[0]},{months[1]}") if 1 <= months[0] <= months[1] <= 12 else None


@deadlines.rule(
    rf"(?:(?:trước|vào|chậm nhất|là) )*{AT_HOUR}(?:ngày )?(?P<day>(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))"
    rf"(?: (?:của )?{EVERY})? tuần"
    rf"|{EVERY} tuần[ ,(]*(?:(?:trước|vào|chậm nhất|là) )*(?:(?P<hour2>{HOUR}),? ?)?(?:ngày )?"
    r"(?P<day2>(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))\)?",
    examples={
        "báo cáo trước 15 giờ thứ Sáu hằng tuần": every("FREQ=WEEKLY;BYDAY=FR", exclusive=True, hour="15:00"),
        "vào thứ 5 hàng tuần": every("FREQ=WEEKLY;BYDAY=TH"),
        "báo cáo cho cơ quan thường trực (Sở Tư pháp) hằng tuần, vào 14 giờ thứ Năm": every(
            "FREQ=WEEKLY;BYDAY=TH", hour="14:00"
        ),
        "báo cáo hằng tuần (trước 16 giờ 00 thứ Năm)": every("FREQ=WEEKLY;BYDAY=TH", exclusive=True, hour="16:00"),
    },
    rejects=["thứ Sáu tuần này"],
    cues=["tuần"],
)
def weekday(found: Found) -> Deadline | None:
    """Thứ trong tuần: «trước 15 giờ thứ Sáu hằng tuần»."""
    if not re.search(r"(?:hang|moi) tuan", text_of(found.text)):
        return None
    due = re.search(r"\b(?:truoc|cham|vao|muon)\b", text_of(found.text)) or TASK.search(found.before)
    if not found.cell and not due:
        return None
    day = text_of(found["day"] or found["day2"]).split()[-1]
    value = again(found, f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[day]}")
    return replace(value, hour=value.hour or read_hour(found["hour2"]))
