"""The calendar and the workbook."""

from __future__ import annotations

import datetime as dt
import io

from icalendar import Calendar
from openpyxl import load_workbook
from sites import Get, Site

from db.store import Store
from web import feed


def events(body: bytes) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for event in Calendar.from_ical(body).walk("VEVENT"):
        found.setdefault(str(event["summary"]), []).append(event)
    return found


def test_deadlines_are_whole_days_with_alarms(get: Get, site: Site) -> None:
    answer = get("/lich.ics?tu=2020-01-01")
    assert answer.headers["content-type"].startswith("text/calendar")
    found = events(answer.content)["Bảo tàng tỉnh: kiểm kê toàn bộ hiện vật gốm sứ"]
    days = sorted(event["dtstart"].dt for event in found)
    assert days == [dt.date(2020, 1, 31), dt.date(2026, 12, 15)]
    assert all(type(day) is dt.date for day in days)
    assert found[0]["dtend"].dt - found[0]["dtstart"].dt == dt.timedelta(days=1)
    assert [alarm["trigger"].dt.days for alarm in found[0].walk("VALARM")] == [-7, -3, -1]
    assert str(found[0]["url"]).startswith(f"http://localhost/van-ban/{site.text}#o")


def test_a_recurring_deadline_recurs(get: Get) -> None:
    (event, _) = events(get("/lich.ics").content)["(cần xem) Bảo tàng tỉnh; Thư viện tỉnh: gửi báo cáo"]
    assert event["rrule"] == {"FREQ": ["MONTHLY"], "BYMONTHDAY": [25]}
    assert event["dtstart"].dt == dt.date(2026, 11, 25)


def test_an_entry_keeps_its_name_when_its_day_is_corrected(site: Site) -> None:
    with Store(site.database) as store:
        rows = store.dicts(feed.ENTRIES)
    moved = [{**row, "due": "2030-01-01", "sequence": row["sequence"] + 1} for row in rows]
    first, second = (Calendar.from_ical(feed.calendar(held, "https://x")).walk("VEVENT") for held in (rows, moved))
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert len({str(event["uid"]) for event in first}) == len(first) == 4
    assert all(new["sequence"] > old["sequence"] for old, new in zip(first, second, strict=True))


def test_the_calendar_leaves_out_what_is_long_past(get: Get) -> None:
    days = {event["dtstart"].dt for event in Calendar.from_ical(get("/lich.ics").content).walk("VEVENT")}
    assert dt.date(2020, 1, 31) not in days


def test_the_calendar_of_one_unit(get: Get) -> None:
    whole, unit = (
        Calendar.from_ical(get(address).content).walk("VEVENT")
        for address in ("/lich.ics?tu=2020-01-01", "/lich.ics?don_vi=thư+viện&tu=2020-01-01")
    )
    assert (len(whole), len(unit)) == (4, 2)
    assert all("Thư viện tỉnh" in str(event["summary"]) for event in unit)


def test_the_workbook_has_days_and_links(get: Get, site: Site) -> None:
    book = load_workbook(io.BytesIO(get("/cong-van.xlsx").content))
    assert book.sheetnames == ["Nhiệm vụ", "Thời hạn", "Chỉ tiêu", "Văn bản", "Văn bản viện dẫn", "Biên nhận tệp"]
    sheet = book["Nhiệm vụ"]
    assert [cell.value for cell in sheet[1]][:3] == ["Chủ trì", "Việc phải làm", "Hạn"]
    assert sheet.max_row == 7
    due = {row[2].value.date() for row in sheet.iter_rows(min_row=2) if row[2].value}
    assert due == {dt.date(2026, 12, 15), dt.date(2020, 1, 31)}
    assert sheet[2][-1].hyperlink.target.startswith(f"http://localhost/van-ban/{site.scan}#o")


def test_text_is_never_a_formula() -> None:
    from web.workbook import SHEETS, workbook

    tables = {name: [] for name in SHEETS}
    row = dict.fromkeys(SHEETS["obligations"]) | {"task": "=1+1", "document_id": "a", "id": "b"}
    book = load_workbook(io.BytesIO(workbook({**tables, "obligations": [row]}, "https://x")))
    assert book["Nhiệm vụ"]["B2"].data_type == "s"
