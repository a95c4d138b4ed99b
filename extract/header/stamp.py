"""The incoming stamp: «CÔNG VĂN ĐẾN / Số: 619 / Ngày: 31/3/2025». Its figures are written by hand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.span import Span
from extract.tokens import norm

_NUMBER = re.compile(r"\bs[o06]\s*(?:den)?\s*[:.]?\s*(?P<number>\d{1,6})\b(?!\s*[/-]\s*[a-z\d])")
_DATE = re.compile(
    r"\bng[ae]y\s*(?:den)?\s*[:.]?\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4}|\d{2})\b"
)
_ARRIVED = re.compile(r"\bden\b")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Number and day of arrival, each with the span of its digits."""

    number: str | None
    number_span: Span | None
    date: dt.date | None
    date_span: Span | None


def read_stamp(text: str, span: Span) -> Incoming | None:
    r"""What an incoming stamp says; None for any other stamp. ``text`` is the whole text that ``span`` is of.

    >>> read_stamp("Số: 619\nĐến Ngày: 31/3/2025", Span(0, 27)).date
    datetime.date(2025, 3, 31)
    """
    folded = norm(span.of(text))
    if not _ARRIVED.search(folded):
        return None
    number, date = _NUMBER.search(folded), _DATE.search(folded)
    day = _day(date) if date else None
    if not number and not day:
        return None
    return Incoming(
        number["number"] if number else None,
        _span(span, number, "number", "number"),
        day,
        _span(span, date, "day", "year") if day else None,
    )


def _span(span: Span, found: re.Match[str] | None, first: str, last: str) -> Span | None:
    return Span(span.start + found.start(first), span.start + found.end(last)) if found else None


def _day(found: re.Match[str]) -> dt.date | None:
    year = int(found["year"])
    try:
        return dt.date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
