"""Ranges: «từ ngày 01/6 đến hết ngày 30/6/2025», «bắt đầu từ tháng 02/2026», «2025 - 2028», «kể từ ngày …»."""

from __future__ import annotations

import datetime as dt
import re

from extract.deadlines.dates import is_asked_for
from extract.deadlines.grammar import (
    AT_HOUR,
    DAY,
    FULL_DAY,
    HOUR,
    PERIOD,
    between,
    deadlines,
    make_day,
    month_end,
    read_period,
    within,
)
from extract.facts import Deadline
from extract.rules import Found

_PAST = re.compile(r"^,? (?:nam (?:truoc|lien truoc)|den nay|den thoi diem|den hien nay|tro ve truoc)")


def _told(found: Found, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a range in running text tells of the past, or hangs on to something else."""
    last = end or start
    past = found.reference is not None and last is not None and last < found.reference
    return not is_asked_for(found) and (past or _PAST.search(found.after) is not None)


@deadlines.rule(
    rf"(?:kể |bắt đầu |tính )?từ {AT_HOUR}(?P<first>{DAY}|ngày \d{{1,2}}|{PERIOD}|\d{{4}}),? ?"
    rf"(?:cho )?(?:đến|tới|-|–)(?: hết)? (?:{HOUR},? ?)?(?P<last>{DAY}|{FULL_DAY}|{PERIOD}"
    rf"|\d{{4}}(?!\d))",
    examples={
        "Từ ngày 01/6/2025 đến hết ngày 30/6/2025": within("2025-06-01", "2025-06-30"),
        "tổ chức từ ngày 05 đến ngày 10/6/2025": within("2025-06-05", "2025-06-10"),
        "Theo lộ trình từ năm 2025 đến năm 2030": within("2025-01-01", "2030-12-31"),
        "từ tháng 3/2026 đến tháng 5/2026": within("2026-03-01", "2026-05-31"),
        "từ 8h00 ngày 01/4 đến 17h00 ngày 05/4/2026": within("2026-04-01", "2026-04-05"),
        "từ ngày 15/12 đến ngày 15/01/2027": within("2026-12-15", "2027-01-15"),
    },
    rejects=["chuyển 3 lô hàng từ năm kho đến nơi", "từ năm 2008 đến năm 2021"],
    cues=["từ"],
    reference="2025-01-15",
)
def from_to(found: Found) -> Deadline | None:
    """Từ … đến …: ngày đầu và ngày cuối, tính cả hai."""
    last = read_period(found["last"], found.reference)
    if last is None:
        return None
    start = _start(found["first"], last.end)
    if start is None or start > last.end:
        return None
    return None if _told(found, start, last.end) else between(found, start, last.end)


@deadlines.rule(
    r"(?:giai đoạn |năm |từ )?(?P<first>20\d{2}) ?[-–] ?(?P<last>20\d{2})(?!\d)",
    examples={"2025 - 2028": within("2025-01-01", "2028-12-31"), "Năm 2026-2027": within("2026-01-01", "2027-12-31")},
    rejects=["57-2025"],
    place="cell",
    digits=True,
)
def years(found: Found) -> Deadline | None:
    """Hai năm trong ô thời gian: «2025 - 2028»."""
    first, last = int(found["first"]), int(found["last"])
    return between(found, dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else None


@deadlines.rule(
    rf"(?P<first>{DAY}|\d{{1,2}}/\d{{1,2}}|ngày \d{{1,2}}|{PERIOD}) ?[-–] ?(?P<last>{DAY}|{FULL_DAY}|{PERIOD})",
    examples={
        "01/6/2025 - 30/6/2025": within("2025-06-01", "2025-06-30"),
        "Tháng 3 - tháng 5/2026": within("2026-03-01", "2026-05-31"),
    },
    rejects=["tháng 3"],
    place="cell",
)
def two_ends(found: Found) -> Deadline | None:
    """Hai mốc nối bằng gạch ngang trong ô thời gian: «01/6/2025 - 30/6/2025»."""
    last = read_period(found["last"], found.reference)
    if last is None:
        return None
    start = _start(found["first"], last.end)
    return between(found, start, last.end) if start and start <= last.end else None


@deadlines.rule(
    rf"(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành| triển khai)? ?: ?(?P<first>{DAY}|{PERIOD}) ?[-–] ?"
    rf"(?P<last>{DAY}|{PERIOD})",
    examples={"Thời gian thực hiện: Quý II - Quý III năm 2026": within("2026-04-01", "2026-09-30")},
    rejects=["doanh thu quý I/2026 - quý II/2026 tăng"],
    place="text",
    cues=["thời gian", "thời hạn", "tiến độ"],
    digits=True,
)
def two_ends_behind_label(found: Found) -> Deadline | None:
    """Hai mốc nối bằng gạch ngang sau nhãn thời gian: «Thời gian thực hiện: Quý II - Quý III năm 2026»."""
    return two_ends(found)


@deadlines.rule(
    r"(?:ngày )?(?P<first>\d{1,2}) ?(?:,|và|-|–) ?(?P<last>\d{1,2}) ?(?:tháng|/) ?(?P<month>\d{1,2}) ?(?:/"
    r"|năm) ?(?P<year>\d{4})",
    examples={
        "Ngày 17,18 tháng 4/2026": within("2026-04-17", "2026-04-18"),
        "ngày 17 và 18/4/2026": within("2026-04-17", "2026-04-18"),
        "15-20/4/2026": within("2026-04-15", "2026-04-20"),
    },
    rejects=["ngày 18/4/2026"],
    place="cell",
    digits=True,
)
def two_days(found: Found) -> Deadline | None:
    """Hai ngày trong một tháng: «Ngày 17,18 tháng 4/2026»."""
    year, month = int(found["year"]), int(found["month"])
    first, last = make_day(year, month, int(found["first"])), make_day(year, month, int(found["last"]))
    return between(found, first, last) if first and last and first <= last else None


@deadlines.rule(
    r"tháng (?P<first>\d{1,2}) ?(?:-|–|đến) ?(?:tháng )?(?P<last>\d{1,2}) ?(?:/|năm) ?(?P<year>20\d{2})(?!\d)",
    examples={"Tháng 3-5/2026": within("2026-03-01", "2026-05-31")},
    rejects=["tháng 3/2026"],
    place="cell",
    digits=True,
)
def two_months(found: Found) -> Deadline | None:
    """Hai tháng của một năm: «Tháng 3-5/2026»."""
    first, last, year = int(found["first"]), int(found["last"]), int(found["year"])
    return between(found, dt.date(year, first, 1), month_end(year, last)) if 1 <= first < last <= 12 else None


@deadlines.rule(
    r"quý (?P<first>i{1,3}|iv|[1-4]) ?(?:,|-|–|và) ?(?:quý )?(?P<last>i{1,3}|iv|[1-4]) ?(?:/|năm) ?"
    r"(?P<year>20\d{2})(?!\d)",
    examples={"Quý II, III/2026": within("2026-04-01", "2026-09-30")},
    rejects=["quý II/2026"],
    place="cell",
    digits=True,
    confidence=0.9,
)
def two_quarters(found: Found) -> Deadline | None:
    """Hai quý liền nhau của một năm: «Quý II, III/2026»."""
    ends = [read_period(f"quý {found[name]}/{found['year']}", None) for name in ("first", "last")]
    if ends[0] is None or ends[1] is None or (ends[1].start - ends[0].end).days != 1:
        return None
    return between(found, ends[0].start, ends[1].end)


@deadlines.rule(
    rf"(?:chấm dứt )?(?:kể từ|bắt đầu(?: triển khai| thực hiện| áp dụng)?(?: từ| trong| vào"
    rf"| [a-zà-ỹ]{{1,2}})?|từ) {AT_HOUR}"
    rf"(?P<first>{DAY}|{PERIOD}|20\d{{2}}(?!\d|[/-]))",
    examples={
        "Từ ngày 27/07/2024, đơn vị chưa đăng ký không kết nối được": within("2024-07-27", None),
        "Kể từ 0h00 ngày 01/8/2024": within("2024-08-01", None),
        "bắt đầu từ tháng 02 năm 2025": within("2025-02-01", None),
        "chấm dứt kể từ ngày 01 tháng 9 năm 2024": within("2024-09-01", None),
        "Từ năm 2027, từng bước mở rộng phạm vi dịch vụ": within("2027-01-01", None),
    },
    rejects=[
        "mất cắp xảy ra từ ngày 24/11/2012 đến nay",
        "dự án từ năm 2019",
        "Từ năm 2019, huyện đã đạt chuẩn",
        "hết thời gian hưởng ưu đãi từ năm 2025",
    ],
    cues=["từ", "bắt đầu"],
    reference="2024-07-01",
)
def from_then_on(found: Found) -> Deadline | None:
    """Từ một mốc trở đi, không có ngày cuối: «kể từ ngày 01/9/2025», «từ 2026»."""
    first = read_period(found["first"], found.reference)
    if first is None or _told(found, first.start, first.end if first.kind == "year" else None):
        return None
    opens = re.search(r"(?:^|[.;:•+–-]) *$", found.before) and re.match(r"(?: tro di)?,", found.after)
    years_only = first.kind == "year" and not opens and not re.search(r"bắt đầu|bat dau|kể|ke ", found.text.lower())
    return None if years_only and not found.cell else between(found, first.start, None)


@deadlines.rule(
    rf"bắt đầu[a-zà-ỹ ]{{0,30}}? (?:từ|trong|vào) (?P<first>{PERIOD})[,;] ?(?:phấn đấu |dự kiến )?"
    rf"[^.;\n]{{0,120}}?(?:trong|vào|đến|trước) (?P<last>{PERIOD})",
    examples={
        "Bắt đầu triển khai trong năm 2025, phấn đấu đưa vào vận hành trong năm 2026": within(
            "2025-01-01", "2026-12-31"
        ),
    },
    rejects=["Bắt đầu triển khai, phấn đấu sớm đưa vào vận hành"],
    cues=["bắt đầu"],
)
def begun_and_done(found: Found) -> Deadline | None:
    """Bắt đầu ở một kỳ, hoàn thành ở một kỳ sau: một khoảng thời gian."""
    first, last = (read_period(found[name], found.reference) for name in ("first", "last"))
    if first is None or last is None or first.start > last.end:
        return None
    return between(found, first.start, last.end)


def _start(printed: str, end: dt.date) -> dt.date | None:
    """The first day of a range whose last is known: without a year it lies in the year before that day."""
    found: dt.date | None = None
    for year in (end.year - 1, end.year):
        period = read_period(printed, dt.date(year, 1, 1))
        if period and period.start <= end:
            found = period.start
    return found or _day_in(printed, end)


def _day_in(text: str, month: dt.date) -> dt.date | None:
    """«ngày 05» in the month that the other end names."""
    number = re.fullmatch(r"\D*(\d{1,2})", text)
    return make_day(month.year, month.month, int(number[1])) if number else None
