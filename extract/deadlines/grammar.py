"""The atoms of the deadline grammar: days, months, quarters, years, hours; and the set the rules register with."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from extract.facts import Deadline, DeadlineKind, Operator
from extract.rules import Found, Rules
from normalize.fold import fold

FULL_DAY = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:20|19)\d{2}(?!\d)|\d{1,2}/\d{1,2}/\d{2}(?![\d/])"
    r"|\d{1,2} tháng \d{1,2},? ?(?:năm|/|-|\.) ?\d{4}(?!\d)|\d{1,2} ?/ ?\d{1,2},? năm \d{4}(?!\d))"
)
"""A day with its year: «15/10/2024», «05 tháng 6 năm 2026», «15/10 năm 2024»."""

SHORT_DAY = r"(?:\d{1,2} ?/ ?\d{1,2}(?! ?[\d/])|\d{1,2} tháng \d{1,2}(?!\d| ?[/.-] ?\d|,? năm \d))"
"""A day without its year, which counts from the document's date."""

MISREAD_DAY = (
    r"(?=[^ ]{0,3}\d|[^ ]{0,6}\d)(?:[\dolisbz|]{1,2} ?[/.-] ?[\dolisbz|]{1,2} ?[/.-] ?[2z][\dolisbz|]{3}"
    r"|[\dolisbz|]{1,2} tháng [\dolisbz|]{1,2} năm [2z][\dolisbz|]{3})(?![\w])"
)
"""A day in which OCR took letters for digits («2O/3/2026», «l5 tháng 4 năm 2026»)."""

DAY = rf"(?:(?:ngày )?{FULL_DAY}|ngày {SHORT_DAY})"
HOUR = r"(?:[\dlois]{1,2} ?(?:giờ|h|g)(?![a-zđ])(?: ?\d{2}(?! ?[/.]\d)(?: ?phút|')?)?|\d{1,2}[h:]\d{2}(?: ?phút|')?)"
"""An hour; OCR takes letters for its digits («l0 giờ»), which is read and said."""

AT_HOUR = (
    rf"(?:(?:lúc )?(?P<hour>{HOUR}),? ?)?(?:(?:(?:ngày )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)|hôm nay)"
    r"(?:, ?| ?\(|,? (?=ngày)))?"
)
"""The hour, and the day of the week, that may stand in front of a day: «17 giờ 00 thứ Sáu, ngày …»."""

WEEK = (
    r"tuần (?:lễ )?(?:thứ )?(?:đầu(?: tiên)?|cuối(?: cùng)?|nhất|một|hai|ba|tư|bốn|năm|[1-5]|i{1,3}|iv)(?: của)?,? "
    r"tháng \d{1,2}(?:,? năm \d{4}(?!\d)| ?[/.-] ?\d{4}(?!\d)|(?! ?[/.-] ?\d)(?!\d))"
)
MONTH = r"(?:(?:đầu|giữa|cuối) )?tháng \d{1,2}(?:,? năm \d{4}(?!\d)| ?[/.-] ?\d{4}(?!\d)|(?! ?[/.-] ?\d)(?!\d))"
QUARTER = (
    r"(?:(?:đầu|giữa|cuối) )?quý (?:iv|i{1,3}|[1-4]|[1il|!\[][1il|!]{1,2}|[1l|!]v)(?![a-z\d])"
    r"(?: ?[/.-] ?\d{4}(?!\d)|,? ?(?:năm )?20\d{2}(?!\d))?"
)
HALF = r"(?:0?6|sáu) tháng (?:đầu|cuối) năm(?: (?:20)\d{2}(?!\d))?"
YEAR = r"(?:(?:đầu|giữa|cuối) )?năm 20\d{2}(?!\d)(?! ?[-–] ?20\d\d)"
PERIOD = rf"(?:{WEEK}|{QUARTER}|{HALF}|{MONTH}|{YEAR})"

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def essence(value: Deadline) -> tuple[object, ...]:
    """What an example of a deadline rule compares."""
    return (value.kind, value.operator, value.start, value.due, value.exclusive, value.rrule, value.hour)


deadlines: Rules[Deadline] = Rules("deadlines", essence)
"""Every deadline rule; see docs/adding-a-rule.md."""


def due(day: str, *, exclusive: bool = False, kind: DeadlineKind = "date", hour: str | None = None) -> Deadline:
    """An expected deadline for an example: by ``day`` (ISO)."""
    operator: Operator = "before" if exclusive else "on-or-before"
    return Deadline(kind, "", operator, due=dt.date.fromisoformat(day), exclusive=exclusive, hour=hour)


def within(start: str | None, end: str | None) -> Deadline:
    """An expected range; an open one («từ 2026») has no end."""
    first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))
    return Deadline("range", "", "range" if end else "from", start=first, due=last)


def every(rrule: str | None, *, exclusive: bool = False, hour: str | None = None) -> Deadline:
    """An expected recurrence."""
    return Deadline("recurring", "", "recurring", rrule=rrule, exclusive=exclusive, hour=hour)


def plain(kind: Literal["ongoing", "relative", "conditional"], *, start: str | None = None) -> Deadline:
    """An expected deadline without a day."""
    return Deadline(kind, "", kind, start=dt.date.fromisoformat(start) if start else None)


@dataclass(frozen=True, slots=True)
class Period:
    """A printed stretch of time, first and last day included; a day is a period of one. ``odd``: what is doubtful."""

    kind: DeadlineKind
    start: dt.date
    end: dt.date
    odd: str | None = None


def read_period(text: str, reference: dt.date | None) -> Period | None:
    """The day, month, quarter, half or year printed in ``text``; None where it cannot be (31/02) or lacks its year.

    >>> read_period("quý IV/2025", None).end
    datetime.date(2025, 12, 31)
    >>> [(read_period(printed, None).end.month, read_period(printed, None).odd is None)
    ...  for printed in ("quý II/2025", "quý I1/2025", "quý Il/2025", "quý 11/2025", "quý I/2025")]
    [(6, True), (6, False), (6, False), (6, False), (3, True)]
    """
    plain_text = fold(text).lower()
    numbers = [int(number) for number in re.findall(r"\d+", plain_text)]
    if quarter := re.search(r"quy +(iv|i{1,3}|[1-4]|[1il|!\[][1il|!]{1,2}|[1l|!]v)(?![a-z\d])", plain_text):
        return _quarter(quarter[1], _year(numbers, reference), plain_text)
    if re.search(r"(?:6|sau) thang (?:dau|cuoi) nam", plain_text):
        return _half(_year(numbers, reference), last="cuoi" in plain_text)
    if plain_text.startswith("tuan "):
        return _week(plain_text, reference)
    if re.search(r"^(?:(?:dau|giua|cuoi) )?thang|^\d{1,2} ?[/.-] ?\d{4}$", plain_text):
        return _month(numbers, reference, plain_text)
    if re.search(r"nam|^\d{4}$", plain_text) and "thang" not in plain_text and len(numbers) == 1:
        return _whole_year(numbers[0], plain_text)
    return read_day(text, reference)


def read_day(text: str, reference: dt.date | None) -> Period | None:
    """The one day printed in ``text`` as day, month, year; a missing year is the next one on or after ``reference``."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) >= 3:
        year = numbers[2] + (2000 if numbers[2] < 100 else 0)
        day = make_day(year, numbers[1], numbers[0])
        return Period("date", day, day, YEAR_GUESSED if numbers[2] < 100 else None) if day else None
    if len(numbers) != 2 or reference is None:
        return None
    day = make_day(reference.year, numbers[1], numbers[0])
    if day is not None and day < reference:
        day = make_day(reference.year + 1, numbers[1], numbers[0])
    return Period("date", day, day, YEAR_GUESSED) if day else None


def read_hour(text: str) -> str | None:
    """«15 giờ 30 phút» as "15:30"; None where there is none.

    >>> read_hour("10 giờ 00"), read_hour("17h"), read_hour("l0 giờ")
    ('10:00', '17:00', '10:00')
    """
    head = re.match(r"[\dlois]{1,2}", fold(text).lower())
    if head is None:
        return None
    hour = head.group()
    for letter, digit in ("l1", "i1", "o0", "s5"):
        hour = hour.replace(letter, digit)
    numbers = re.findall(r"\d+", text[head.end() :])
    minutes = int(numbers[0]) if numbers else 0
    return f"{int(hour):02}:{minutes:02}" if int(hour) <= 24 and minutes < 60 else None


_LETTERS = str.maketrans("oilsbz|", "0115821")


def mended(text: str) -> str:
    """A misread day with digits where letters stand.

    >>> mended("2O/l0/2026"), mended("l5 tháng 4 năm 2026")
    ('20/10/2026', '15 tháng 4 năm 2026')
    """
    words = re.split(r"( |[/.-])", fold(text).lower())
    return (
        "".join(word if word in ("thang", "nam") else word.translate(_LETTERS) for word in words)
        .replace("thang", "tháng")
        .replace("nam", "năm")
    )


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month (1–12)."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


NO_SUCH_DAY = "Ngày in trên văn bản không có thật hoặc không đủ năm: «{}»; xem lại bản giấy."
QUARTER_MISREAD = "Số của quý khó đọc (nét sổ dễ nhầm với chữ số); xem lại bản giấy."
DAY_MISREAD = "Ngày in trên văn bản khó đọc: «{}»; xem lại bản giấy."
HOUR_MISREAD = "Giờ in trên văn bản khó đọc; xem lại bản giấy."
WEEK_RECKONED = "Tuần của tháng được tính từ ngày 01, mỗi tuần 7 ngày; cơ quan có thể tính khác."
YEAR_GUESSED = "Năm không được in (hoặc in hai chữ số), suy từ ngày của văn bản."


def by(found: Found, printed: str, *, exclusive: bool = False) -> Deadline:
    """A deadline at the end of the printed period, or before its first day where ``exclusive``.

    A day that does not exist gives a deadline without a day that says so: not read is not the same as not there.
    """
    period = read_period(printed, found.reference)
    operator: Operator = "before" if exclusive else "on-or-before"
    hour = read_hour(found["hour"])
    if period is None:
        unread = NO_SUCH_DAY.format(printed)
        return Deadline("date", found.text, operator, exclusive=exclusive, hour=hour, anomaly=unread)
    if period.kind == "range" and not exclusive:
        return replace(between(found, period.start, period.end), anomaly=period.odd)
    day = period.start if exclusive else period.end
    misread = re.match(r"\d?[lois]", fold(found["hour"]).lower()) is not None
    odd = period.odd or (HOUR_MISREAD if misread else None)
    return Deadline(period.kind, found.text, operator, None, day, exclusive, hour=hour, anomaly=odd)


def between(found: Found, start: dt.date | None, end: dt.date | None) -> Deadline:
    """A range; open where ``end`` is None."""
    return Deadline("range", found.text, "range" if end else "from", start=start, due=end)


def _year(numbers: list[int], reference: dt.date | None) -> int | None:
    return next((number for number in numbers if number >= 1900), reference.year if reference else None)


def _quarter(printed: str, year: int | None, text: str) -> Period | None:
    """The quarter; strokes that OCR took for digits («quý 11», «quý [11») are counted, and that is said."""
    if year is None:
        return None
    number = _ROMAN.get(printed) or (
        int(printed) if printed in "1234" else 4 if printed.endswith("v") else len(printed)
    )
    plainly = printed in _ROMAN or printed in "1234"
    odd = YEAR_GUESSED if str(year) not in text else None if plainly else QUARTER_MISREAD
    first = 3 * number - 2
    start, end = dt.date(year, first, 1), month_end(year, first + 2)
    return _narrowed(Period("quarter", start, end, odd), text, dt.date(year, first + 1, 15))


_WEEKS = {
    "dau": 1,
    "nhat": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
}


def _week(text: str, reference: dt.date | None) -> Period | None:
    """A week of a month, counted in sevens from its first day; «tuần cuối» is the month's last seven days.

    >>> _week("tuan 2, thang 01/2027", None).end, _week("tuan cuoi thang 4/2026", None).start
    (datetime.date(2027, 1, 14), datetime.date(2026, 4, 24))
    """
    which, _, rest = text.partition("thang ")
    month = _month([int(number) for number in re.findall(r"\d+", rest)], reference, f"thang {rest}")
    if month is None:
        return None
    if "cuoi" in which:
        return Period("range", month.end - dt.timedelta(days=6), month.end, WEEK_RECKONED)
    name = next((word for word in reversed(re.findall(r"\w+", which)) if word in _WEEKS or word.isdecimal()), "1")
    first = month.start + dt.timedelta(days=7 * (_WEEKS.get(name, 0) or int(name)) - 7)
    return Period("range", first, min(first + dt.timedelta(days=6), month.end), WEEK_RECKONED)


def _half(year: int | None, *, last: bool) -> Period | None:
    if year is None:
        return None
    return Period("range", dt.date(year, 7 if last else 1, 1), month_end(year, 12 if last else 6))


def _month(numbers: list[int], reference: dt.date | None, text: str) -> Period | None:
    if not numbers or not 1 <= numbers[0] <= 12:
        return None
    month, year = numbers[0], _year(numbers[1:], reference)
    if year is None:
        return None
    if len(numbers) == 1 and reference is not None and month_end(year, month) < reference:
        year += 1
    odd = YEAR_GUESSED if len(numbers) == 1 else None
    period = Period("month", dt.date(year, month, 1), month_end(year, month), odd)
    return _narrowed(period, text, dt.date(year, month, 15))


def _whole_year(year: int, text: str) -> Period | None:
    if not 1990 <= year <= 2100:
        return None
    return _narrowed(Period("year", dt.date(year, 1, 1), dt.date(year, 12, 31)), text, dt.date(year, 6, 30))


def _narrowed(period: Period, text: str, middle: dt.date) -> Period:
    """Đầu, giữa, cuối of a month or year by Điều 146 of the Civil Code: first day, middle, last day."""
    if text.startswith("dau "):
        return Period(period.kind, period.start, period.start, period.odd)
    if text.startswith("giua "):
        return Period(period.kind, middle, middle, period.odd)
    return period
