"""Days off, days worked in exchange, the reckoning in words, recurrences."""

import datetime as dt

import pytest

from extract.deadlines.workdays import Calendar, calendar, occurrences, read_overrides, say


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("printed", "moved", "why"),
    [
        ("2025-06-26", "2025-06-26", "giữ nguyên"),
        ("2025-11-30", "2025-12-01", "cuối tuần"),
        ("2025-04-30", "2025-05-05", "nghỉ lễ"),
        ("2026-02-14", "2026-02-23", "8 ngày nghỉ khác"),
        ("2025-04-26", "2025-04-26", "giữ nguyên"),  # a Saturday worked in exchange for 2 May
    ],
)
def test_the_day_moves_past_days_off(printed: str, moved: str, why: str) -> None:
    got, text = calendar().reckon(day(printed))
    assert got == day(moved)
    assert why in text


def test_overrides_go_ahead_of_the_public_calendar() -> None:
    own = Calendar(dict(read_overrides("day,works,reason\n2027-03-01,no,mất điện\n2027-03-06,yes,làm bù\n")))
    assert own.reckon(day("2027-03-01"))[0] == day("2027-03-02")
    assert own.day_off(day("2027-03-06")) is None
    assert "mất điện" in own.reckon(day("2027-03-01"))[1]


def test_an_override_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="yes hoặc no"):
        read_overrides("day,works,reason\n2027-03-01,maybe,?\n")


def test_working_days_do_not_count_the_first_day() -> None:
    # Friday 24 January 2025 is followed by the nine days of Tết.
    got, text = calendar().reckon_after(day("2025-01-24"), 5, working=True)
    assert got == day("2025-02-07")
    assert "không tính ngày đầu" in text
    assert calendar().reckon_after(day("2025-06-26"), 10, working=False)[0] == day("2025-07-07")  # the 6th: Sunday


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", ["2025-02-15", "2025-03-15"]),
        ("FREQ=MONTHLY", ["2025-02-28", "2025-03-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", ["2025-03-25", "2025-06-25"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2025-06-30", "2025-12-31"]),
        ("FREQ=YEARLY", ["2025-12-31", "2026-12-31"]),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", ["2025-04-01", "2026-04-01"]),
        ("FREQ=WEEKLY;BYDAY=FR", ["2025-02-07", "2025-02-14"]),
        ("FREQ=NEVER", []),
        ("", []),
    ],
)
def test_next_occurrences(rule: str, days: list[str]) -> None:
    assert occurrences(rule, day("2025-01-31"), count=2) == tuple(map(day, days))


def test_twelve_occurrences_unless_told_otherwise() -> None:
    assert len(occurrences("FREQ=MONTHLY", day("2025-01-31"))) == 12


def test_say() -> None:
    assert say(day("2025-06-29")) == "Chủ nhật 29/06/2025"
