"""Place and date of a dispatch: «Hà Nội, ngày 05 tháng 3 năm 2020».

Day and month are often written by hand. What was not read for certain gives no date: a missing month, an unread day
and an empty place for them are told apart.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.span import Span
from extract.evidence import certainty, recognised
from extract.header.issuer import proper_place
from extract.header.number import CERTAIN, POOR
from extract.parts.pieces import date_of
from extract.source import Source
from extract.tokens import norm
from extract.units.names import unit_name

_NUMBER = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCRAPS = " ,.=_-–|:'\"*"
_BLANK = re.compile(r"[\s.…_,]*")


@dataclass(frozen=True, slots=True)
class DateReading:
    """``state``: «read», «doubtful» (value given, to be checked), «blank», «no-month», «no-day» or «unreadable»."""

    value: dt.date | None
    place: str | None
    printed: str
    state: str
    span: Span
    place_span: Span | None = None
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


def read_date(source: Source, span: Span) -> DateReading | None:
    """The place and date in a «place-date» block."""
    text = span.of(source.text).replace("\n", " ")
    found = date_of(norm(text))
    if not found:
        return None
    before = text[: found.end("before")]
    place, where = _place(before, span)
    printed = " ".join(text.split())
    if "short" in found.re.groupindex:
        return _short(source, span, found, (place, where, printed))
    return _long(source, span, found, (place, where, printed))


def _short(source: Source, span: Span, found: re.Match[str], head: tuple[str | None, Span | None, str]) -> DateReading:
    place, where, printed = head
    parts = [int(part) for part in re.findall(r"\d+", found["short"])]
    value = _day(*parts)
    sure = certainty(source, span)
    state = "unreadable" if value is None or sure < POOR else "read" if sure >= CERTAIN else "doubtful"
    return DateReading(value if sure >= POOR else None, place, printed, state, span, where, sure)


def _long(source: Source, span: Span, found: re.Match[str], head: tuple[str | None, Span | None, str]) -> DateReading:
    place, where, printed = head
    texts = {name: found[name].strip(_SCRAPS) for name in ("day", "month", "year")}
    state = _missing(texts)
    if state and recognised(source, span):
        state = "unreadable"
    if state:
        return DateReading(None, place, printed, state, span, where)
    value = _value(texts)
    sure = min(_certainty(source, span, found, name) for name in ("day", "month", "year"))
    if value is None or sure < POOR:
        guess = (value.isoformat(),) if value else ()
        return DateReading(None, place, printed, "unreadable", span, where, sure, guess)
    return DateReading(value, place, printed, "read" if sure >= CERTAIN else "doubtful", span, where, sure)


def _missing(texts: dict[str, str]) -> str | None:
    """What was left empty, if anything."""
    empty = {name for name, text in texts.items() if _BLANK.fullmatch(text)}
    if {"day", "month"} <= empty:
        return "blank"
    if "month" in empty:
        return "no-month"
    return "no-day" if "day" in empty else None


def _certainty(source: Source, span: Span, found: re.Match[str], name: str) -> float:
    return certainty(source, Span(span.start + found.start(name), span.start + found.end(name)))


def _value(texts: dict[str, str]) -> dt.date | None:
    if not (_NUMBER.fullmatch(texts["day"]) and _NUMBER.fullmatch(texts["month"]) and _YEAR.fullmatch(texts["year"])):
        return None
    return _day(int(texts["day"]), int(texts["month"]), int(texts["year"]))


def _day(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _place(before: str, span: Span) -> tuple[str | None, Span | None]:
    bare = before.strip(" ,.;:_-–|\n")
    if not bare or not any(char.isalpha() for char in bare):
        return None, None
    start = span.start + before.index(bare)
    return proper_place(unit_name(bare)), Span(start, start + len(bare))
