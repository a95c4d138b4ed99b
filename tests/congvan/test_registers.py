from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from dropped import Heard, Inline, letter
from icalendar import Calendar
from openpyxl import load_workbook

from congvan.export import FOLLOW_UP, INCOMING, agenda, everything, incoming_row, registers, save, vietnamese
from congvan.ingest import Ingest, Places
from db.store import Store


@pytest.fixture
def filled(store: Store, places: Places, inbox: Path) -> Store:
    path = inbox / "thư.txt"
    path.write_text(letter(), encoding="utf-8")
    Ingest(store, places, Inline(), Heard()).run([path])
    return store


def test_both_registers_have_the_official_columns(filled: Store):
    book = load_workbook(io.BytesIO(save(registers(filled))))
    assert book.sheetnames == ["Sổ đăng ký văn bản đến", "Sổ theo dõi giải quyết"]
    for sheet, columns in zip(book.worksheets, (INCOMING, FOLLOW_UP), strict=True):
        assert [cell.value for cell in sheet[1]] == [name for name, _ in columns]
        assert [cell.value for cell in sheet[2]] == [f"({number})" for number in range(1, len(columns) + 1)]
        assert sheet.page_setup.orientation == "landscape"
    assert (len(INCOMING), len(FOLLOW_UP)) == (10, 7)
    [row] = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert "12/UBND-VP" in row[3]


def test_what_is_not_known_stays_empty_and_doubt_is_said():
    row = {
        "incoming_date": None, "incoming_number": None, "issuer": None, "number": "=1+1", "date": "2026-11-05",
        "doc_type": "công văn", "subject": "V/v thử", "addressees": None, "needs_review": 1,
        "received_at": "2026-11-06T08:00:00+07:00",
    }  # fmt: skip
    assert incoming_row(row) == [
        None, None, None, "=1+1", "05/11/2026", "Công văn V/v thử", None, None, None,
        "cần xem lại; không thấy dấu đến; nhập 06/11/2026",
    ]  # fmt: skip


def test_text_is_never_a_formula(filled: Store):
    filled.execute("UPDATE dispatches SET number = '=HYPERLINK(1)'")
    book = load_workbook(io.BytesIO(save(registers(filled))))
    cell = book.worksheets[0]["D3"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize(
    ("iso", "written"), [("2026-01-09", "09/01/2026"), ("2026-03-31", "31/3/2026"), ("2026-12-01", "01/12/2026")]
)
def test_days_are_written_as_the_decree_asks(iso: str, written: str):
    assert vietnamese(iso) == written


def test_everything_is_a_workbook(filled: Store):
    book = load_workbook(io.BytesIO(everything(filled, "http://127.0.0.1:8001")))
    assert len(book.sheetnames) == 6


def test_the_agenda_may_be_of_one_unit_and_from_a_day_on(filled: Store):
    def events(**only) -> list:
        return Calendar.from_ical(agenda(filled, "http://127.0.0.1:8001", **only)).walk("VEVENT")

    whole = events()
    assert {event.decoded("dtstart") for event in whole} == {dt.date(2026, 5, 20)}
    assert events(since=dt.date(2026, 5, 21)) == []
    assert len(events(since=dt.date(2026, 5, 20))) == len(whole)
    assert events(unit="Trạm Khí tượng") == []
    assert len(events(unit="cac thon")) >= 1
