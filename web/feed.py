"""The deadlines as a calendar that Outlook, Google and phones subscribe to.

Every entry is a whole day (a time would move in another time zone) and keeps its UID for good: a changed
deadline moves in the reader's calendar and never doubles.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from icalendar import Alarm, Calendar, Event, vRecur

from db.search import exact_form
from normalize.fold import fold

Row = dict[str, Any]

ENTRIES = """
SELECT obligations.id, obligations.due, NULL AS rrule, NULL AS occurrences, obligations.lead AS unit, obligations.task,
  obligations.quote, obligations.deadline_text AS text, obligations.document_id, obligations.page, obligations.status,
  obligations.needs_review, documents.title, documents.saved_at,
  (SELECT count(*) FROM corrections WHERE fact_id = obligations.id) AS sequence
FROM obligations JOIN documents ON documents.id = obligations.document_id
WHERE obligations.due IS NOT NULL
UNION ALL
SELECT deadlines.id, deadlines.due, deadlines.rrule, deadlines.occurrences,
  coalesce((SELECT group_concat(lead, '; ') FROM obligations
    JOIN obligation_deadlines ON obligation_id = obligations.id WHERE deadline_id = deadlines.id), deadlines.who),
  coalesce(deadlines.what, deadlines.text), deadlines.quote, deadlines.text, deadlines.document_id, deadlines.page,
  'chưa xong', deadlines.needs_review, documents.title, documents.saved_at,
  (SELECT count(*) FROM corrections WHERE fact_id = deadlines.id)
FROM deadlines JOIN documents ON documents.id = deadlines.document_id
WHERE (deadlines.due IS NOT NULL OR deadlines.rrule IS NOT NULL) AND deadlines.id NOT IN (
  SELECT deadline_id FROM obligation_deadlines
  JOIN obligations ON obligations.id = obligation_id AND obligations.due IS NOT NULL
)
ORDER BY 2, 1
"""
"""Obligations with a day, and deadlines that no such obligation carries."""

ALARM_DAYS = (7, 3, 1)
ALARM_SAYS = 80
"""Letters of an entry's summary that its alarms repeat."""
QUOTED = 400
"""Letters of the quotation in an entry."""
PAST_DAYS = 60
"""Days that a calendar looks back unless asked for more: nobody subscribes to what was due years ago."""


def calendar(rows: Iterable[Row], base_url: str) -> bytes:
    """An iCalendar file of the entries; ``base_url`` leads to the site that shows the evidence."""
    book = Calendar()
    book.add("prodid", "-//congvan//Hạn công việc//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "Hạn công việc theo công văn")
    book.add("refresh-interval", dt.timedelta(hours=6))
    for row in rows:
        event = _event(row, base_url)
        if event is not None:
            book.add_component(event)
    return bytes(book.to_ical(sorted=False))


def is_for(row: Row, typed: str) -> bool:
    """Whether the entry's unit has in its name what was typed, with its marks or, where none were typed, without.

    >>> is_for({"unit": "Thư viện tỉnh"}, "thu vien"), is_for({"unit": "Thư viện tỉnh"}, "thù viên")
    (True, False)
    """
    unit, wanted = exact_form(row["unit"] or ""), exact_form(typed).strip()
    return wanted in unit or (wanted == fold(wanted) and wanted in fold(unit))


def _event(row: Row, base_url: str) -> Event | None:
    first = _first_day(row)
    if first is None:
        return None
    link = f"{base_url}/van-ban/{row['document_id']}#{row['id']}"
    event = Event()
    event.add("uid", f"{row['id']}@congvan")
    event.add("dtstamp", dt.datetime.fromisoformat(row["saved_at"]).astimezone(dt.UTC))
    event.add("sequence", row["sequence"])
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    if row["rrule"]:
        event.add("rrule", vRecur.from_ical(row["rrule"]))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(row))
    event.add("description", _description(row, link))
    event.add("url", link)
    if row["status"] != "xong":
        for days in ALARM_DAYS:
            event.add_component(_alarm(days, _summary(row)))
    return event


def _first_day(row: Row) -> dt.date | None:
    """The day of the entry; of a recurring one the first that is known."""
    days = json.loads(row["occurrences"] or "[]") if row["rrule"] else []
    said = min(days) if days else row["due"]
    return dt.date.fromisoformat(said) if said else None


def _summary(row: Row) -> str:
    doubt = "(cần xem) " if row["needs_review"] else ""
    unit = f"{row['unit']}: " if row["unit"] else ""
    return f"{doubt}{unit}{row['task']}"[:200]


def _description(row: Row, link: str) -> str:
    said = [
        f"Văn bản: {row['title']}",
        f"Thời hạn ghi: {row['text']}" if row["text"] else "",
        f"«{row['quote'][:QUOTED]}»",
        link,
    ]
    return "\n".join(filter(None, said))


def _alarm(days: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(days=-days))
    alarm.add("description", f"Còn {days} ngày: {summary[:ALARM_SAYS]}")
    return alarm
