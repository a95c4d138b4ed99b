"""Working days in Việt Nam, the reckoning in words (cách tính), and the next days of a recurrence."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

import holidays
from dateutil.rrule import rrulestr

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
FIRST_YEAR, LAST_YEAR = 1990, 2090
LONGEST_HOLIDAY = 20


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked in exchange. ``overrides``: day -> (works, reason), ahead of the public holidays.

    >>> Calendar().reckon(dt.date(2025, 8, 30))
    (datetime.date(2025, 9, 3), 'Thứ Bảy 30/08/2025 là ngày nghỉ cuối tuần; qua 3 ngày nghỉ khác; ...')
    """

    overrides: Mapping[dt.date, tuple[bool, str]] = field(default_factory=dict)

    def day_off(self, day: dt.date) -> str | None:
        """Why nobody works on ``day`` (Vietnamese); None for a working day."""
        if day in self.overrides:
            works, reason = self.overrides[day]
            return None if works else reason
        public = _holidays(day.year)
        if day in public:
            return f"nghỉ lễ ({public[day]})"
        if day.weekday() >= 5 and not _works_in_exchange(day):
            return "nghỉ cuối tuần"
        return None

    def next_working(self, day: dt.date) -> dt.date:
        """``day`` itself, or the next day on which people work."""
        for _ in range(LONGEST_HOLIDAY):
            if self.day_off(day) is None or day.year >= LAST_YEAR:
                return day
            day += dt.timedelta(days=1)
        return day

    def add_working(self, start: dt.date, count: int) -> dt.date:
        """The ``count``-th working day after ``start``; the first day is not counted (Bộ luật Dân sự, Điều 147)."""
        day = start
        while count > 0 and day.year < LAST_YEAR:
            day += dt.timedelta(days=1)
            count -= self.day_off(day) is None
        return day

    def reckon(self, day: dt.date) -> tuple[dt.date, str]:
        """The day moved past days off, with the reckoning in Vietnamese."""
        reason = self.day_off(day)
        if reason is None or not FIRST_YEAR <= day.year < LAST_YEAR:
            return day, f"{say(day)} là ngày làm việc, giữ nguyên."
        moved = self.next_working(day)
        skipped = (moved - day).days - 1
        between = f"; qua {skipped} ngày nghỉ khác" if skipped else ""
        return moved, (
            f"{say(day)} là ngày {reason}{between}; ngày làm việc kế tiếp là {say(moved)}"
            " (Bộ luật Dân sự 2015, Điều 148 khoản 5)."
        )

    def reckon_after(self, start: dt.date, count: int, *, working: bool) -> tuple[dt.date, str]:
        """``count`` days after ``start`` (working days where ``working``), with the reckoning in Vietnamese."""
        if working:
            day = self.add_working(start, count)
            off = (day - start).days - count
            return day, (
                f"{count} ngày làm việc kể từ {say(start)} (không tính ngày đầu, bỏ {off} ngày nghỉ): {say(day)}."
            )
        day, text = self.reckon(start + dt.timedelta(days=count))
        return day, f"{count} ngày kể từ {say(start)} (không tính ngày đầu). {text}"


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The calendar with the days swapped by decision each year, from ``corpus/lexicon/working_days.csv``."""
    text = resources.files("corpus").joinpath("lexicon/working_days.csv").read_text(encoding="utf-8")
    return Calendar(dict(read_overrides(text)))


def read_overrides(text: str) -> list[tuple[dt.date, tuple[bool, str]]]:
    """The overrides in a CSV text with the columns ``day`` (ISO), ``works`` (yes or no), ``reason``.

    Raises:
        ValueError: a day is no ISO date, or ``works`` is neither yes nor no.
    """
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    found: list[tuple[dt.date, tuple[bool, str]]] = []
    for row in rows:
        if row["works"] not in ("yes", "no"):
            raise ValueError(f"working_days.csv: works phải là yes hoặc no, gặp {row['works']!r}")
        found.append((dt.date.fromisoformat(row["day"]), (row["works"] == "yes", row["reason"])))
    return found


def occurrences(rule: str, after: dt.date, *, count: int = 12) -> tuple[dt.date, ...]:
    """The next ``count`` days of a recurrence rule after a day; "" or a rule that cannot be read gives none.

    >>> occurrences("FREQ=MONTHLY;BYMONTHDAY=15", dt.date(2025, 1, 20), count=2)
    (datetime.date(2025, 2, 15), datetime.date(2025, 3, 15))
    """
    if not rule or not FIRST_YEAR <= after.year < LAST_YEAR:
        return ()
    start = dt.datetime.combine(after + dt.timedelta(days=1), dt.time())
    try:
        # Rules that name no day of their own («hằng tháng») fall on the last day of the period.
        found = rrulestr(_with_last_day(rule), dtstart=start)
    except ValueError:
        return ()
    return tuple(day.date() for day, _ in zip(found, range(count), strict=False))


def say(day: dt.date) -> str:
    """The day with its weekday, as people say it.

    >>> say(dt.date(2025, 6, 26))
    'Thứ Năm 26/06/2025'
    """
    weekday = WEEKDAYS[day.weekday()]
    return f"{weekday[0].upper()}{weekday[1:]} {day:%d/%m/%Y}"


def _with_last_day(rule: str) -> str:
    parts = rule.split(";")
    if "BYDAY" in rule or parts[0] not in ("FREQ=MONTHLY", "FREQ=YEARLY"):
        return rule
    day = next((part for part in parts if part.startswith("BYMONTHDAY=")), "BYMONTHDAY=-1")
    if parts[0] == "FREQ=YEARLY" and "BYMONTH=" not in rule:
        return f"{rule};BYMONTH=12;{day}"
    # Quarters and halves end in fixed months, whenever the recurrence begins.
    for interval, months in (("INTERVAL=3", "3,6,9,12"), ("INTERVAL=6", "6,12")):
        if interval in parts:
            return f"FREQ=YEARLY;BYMONTH={months};{day}"
    return rule if day in parts else f"{rule};{day}"


@lru_cache(maxsize=128)
def _holidays(year: int) -> Mapping[dt.date, str]:
    if not FIRST_YEAR <= year < LAST_YEAR:
        return {}
    found: Mapping[dt.date, str] = holidays.country_holidays("VN", years=[year], language="vi")
    return found


def _works_in_exchange(day: dt.date) -> bool:
    public = _holidays(day.year)
    return bool(public) and bool(public.is_working_day(day))  # type: ignore[attr-defined]
