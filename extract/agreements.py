"""What a file says twice must agree: weekday and day, number and date, signing time and date, two like numbers.

Nothing is put right here; each disagreement is an issue that offers what the other place says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from corpus.span import Span
from extract.facts import Issue
from extract.tokens import norm

if TYPE_CHECKING:
    from extract.facts import Citation, Header
    from extract.source import Findings, Source

_DAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAY = r"(?P<d>\d{1,2})(?:[/.-]|\s+thang\s+)(?P<m>\d{1,2})(?:[/.-]|\s+nam\s+)(?P<y>\d{4})"
_WEEKDAY = r"(?:thu\s+(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)"
_SAID_FIRST = re.compile(rf"\b{_WEEKDAY}\W{{0,3}}(?:ngay\s+)?\(?{_DAY}")
_SAID_LAST = re.compile(rf"{_DAY}\s*[(,]\s*{_WEEKDAY}\b")
_NEAR = 80
_SIGNED = re.compile(r"\b(?:thoi gian ky|ngay ky)\s*:?\s*(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_SIGNING_DAYS = 30
_LIKE = frozenset(map(frozenset, ("38", "17", "08", "68", "09", "06", "35", "58", "14", "49")))
"""Figures taken for one another; neighbours (5 and 6) are left out, for one day brings numbers in a row."""
_NUMBERED = re.compile(r"(?P<count>\d{1,6})(?P<rest>[a-zđ]?[/-].+)", re.IGNORECASE)
_WRITTEN_OUT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"))
_OFFICE = re.compile(r"^(?:chu tich|giam doc|bo truong|cuc truong|hieu truong|vien truong|tong giam doc) ")


def weekdays(source: Source, findings: Findings) -> Iterator[Issue]:
    """A weekday that is not the day's own; a deadline at that day then asks for a look."""
    text = norm(source.text)
    for found in (*_SAID_FIRST.finditer(text), *_SAID_LAST.finditer(text)):
        day = _day(found)
        printed = _DAYS.get(found["day"] or "", 6)
        if day is None or day.weekday() == printed:
            continue
        span = Span(*found.span())
        _doubt_deadlines(findings, day, span)
        message = f"Ngày {_say(day)} là {_NAMES[day.weekday()]}, văn bản ghi {_NAMES[printed]}."
        yield Issue("weekday-differs", message, span, findings.part_at(span.start))


def sequence(findings: Findings) -> Iterator[Issue]:
    """Numbers of one issuer and symbol grow with the days of a year."""
    for fact in findings.headers:
        header = fact.value
        own = _NUMBERED.fullmatch(header.number or "")
        if own is None or header.date is None:
            continue
        for other in findings.citations:
            cited, day = _NUMBERED.fullmatch(other.value.number or ""), other.value.date
            if cited is None or day is None or day.year != header.date.year or not _same_series(header, other.value):
                continue
            if (int(own["count"]) - int(cited["count"])) * (header.date - day).days < 0:
                message = (
                    f"Số {header.number} ngày {_say(header.date)} không hợp thứ tự với số {other.value.number} "
                    f"ngày {_say(day)} của cùng cơ quan."
                )
                yield Issue("sequence-differs", message, other.span, fact.part, (other.value.number or "",))


def look_alikes(findings: Findings) -> Iterator[Issue]:
    """Two cited numbers of one symbol and day that differ in one figure easily misread: perhaps the same document."""
    numbered = [(at, fact) for at, fact in enumerate(findings.citations) if fact.value.number and fact.value.date]
    for (at, first), (other_at, second) in combinations(numbered, 2):
        if first.value.date != second.value.date or not _alike(first.value.number, second.value.number):
            continue
        pair = (first.value.number or "", second.value.number or "")
        for index in (at, other_at):
            findings.citations[index] = replace(findings.citations[index], needs_review=True)
        message = (
            f"Hai số gần giống nhau, cùng ngày: {pair[0]} và {pair[1]}; có thể là một văn bản đọc nhầm một chữ số."
        )
        yield Issue("citation-numbers-alike", message, second.span, second.part, pair)


def signing_captions(source: Source, findings: Findings) -> Iterator[Issue]:
    """A signing caption dated before the document, or long after it."""
    for fact in findings.headers:
        day = fact.value.date
        for signed in signed_on(source, findings, fact.part) if day and fact.value.kind == "dispatch" else ():
            if day and not 0 <= (signed - day).days <= _SIGNING_DAYS:
                message = f"Ngày ban hành {_say(day)} không hợp với thời điểm ký số {_say(signed)}."
                evidence = fact.value.fields.get("date")
                span = evidence.span if evidence else fact.span
                yield Issue("date-witness", message, span, fact.part, (signed.isoformat(),))


def signed_on(source: Source, findings: Findings, part: int) -> Iterator[dt.date]:
    """The days of the signing captions printed in a part («Thời gian ký: 10/3/2026 08:15:00»)."""
    for fact in findings.blocks("furniture", "stamp"):
        if fact.part == part:
            for found in _SIGNED.finditer(norm(fact.span.of(source.text))):
                day = _day(found)
                if day:
                    yield day


def _doubt_deadlines(findings: Findings, day: dt.date, span: Span) -> None:
    for index, fact in enumerate(findings.deadlines):
        near = fact.span.start - _NEAR <= span.start and span.end <= fact.span.end + _NEAR
        if near and day in (fact.value.due, fact.value.start) and not fact.needs_review:
            findings.deadlines[index] = replace(fact, needs_review=True)


def _same_series(header: Header, cited: Citation) -> bool:
    """Same symbol, and the issuer named is this one."""
    own, other = _NUMBERED.fullmatch(header.number or ""), _NUMBERED.fullmatch(cited.number or "")
    if own is None or other is None or own["rest"] != other["rest"] or not cited.issuer or not header.issuer:
        return False
    issuer, printed = norm(header.issuer), norm(cited.issuer)
    for short, long in _WRITTEN_OUT:
        printed = printed.replace(short, long)
    return _OFFICE.sub("", printed) in issuer


def _alike(first: str | None, second: str | None) -> bool:
    one, two = _NUMBERED.fullmatch(first or ""), _NUMBERED.fullmatch(second or "")
    if one is None or two is None or one["rest"] != two["rest"] or len(one["count"]) != len(two["count"]):
        return False
    apart = [frozenset(pair) for pair in zip(one["count"], two["count"], strict=True) if len(set(pair)) > 1]
    return len(apart) == 1 and apart[0] in _LIKE


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _say(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
