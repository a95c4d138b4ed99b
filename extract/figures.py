"""Letters among figures: «2O/3/2026», «số 11B/TTr-UBND», «9S%», «|5 giờ».

OCR takes letters for figures where dates, numbers and hours stand. Whatever was made of such a place, or nothing at
all, a person must look: each is an issue with the likely figures, and the facts around it are doubted.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.span import Span
from extract.facts import Issue

if TYPE_CHECKING:
    from extract.facts import Fact, Header
    from extract.source import Findings, Source

_F = r"[\dOoQIl|SBZbg]"
"""A figure, or a letter that is read for one."""
_DAY = rf"(?:{_F}{{1,2}}\s*[/.-]\s*{_F}{{1,2}}\s*[/.-]\s*{_F}{{4}}|{_F}{{1,2}}\s+tháng\s+{_F}{{1,2}}\s+năm\s+{_F}{{4}})"
_COUNTED = r"(?:ngày|tháng|năm|người|xã|phường|hộ|lượt|đơn vị|bác sĩ|doanh nghiệp)"
_SYMBOL = r"(?=\s?[/-]\s?(?:\d{4}/)?[A-ZĐ])"
_FORMS = (
    _DAY,
    rf"(?<=[Nn]gày ){_F}{{2}}(?=\s+(?:hằng|hàng|mỗi|của|tháng))",
    rf"(?<=tháng )(?:{_F}{{1,2}}\s?/\s?{_F}{{4}}|{_F}{{1,2}}(?=\s+năm\s+\d))",
    rf"(?<=[Nn]ăm ){_F}{{4}}",
    rf"{_F}{{1,5}}/{_F}{{4}}(?=/[A-ZĐ])",
    rf"(?<=[Ss]ố ){_F}{{1,5}}{_SYMBOL}",
    rf"(?<=[Ss]ố: ){_F}{{1,5}}{_SYMBOL}",
    rf"(?<=tháng ){_F}{{2}}(?=\s+(?:của|hằng|hàng)\b)",
    rf"\d{{1,2}}h{_F}{{2}}",
    rf"(?:{_F}{{1,3}}\.)+{_F}{{3}}(?=\s)",
    rf"{_F}{{2}}(?=\s?(?:giờ|phút)\b)",
    rf"(?<=giờ ){_F}{{2}}(?=,?\s+ngày)",
    rf"(?:{_F}{{1,3}}\.)*{_F}{{1,4}}(?=%)",
    rf"{_F}{{2,4}}(?=\s+{_COUNTED}\b)",
)
"""Where figures are expected: days, months, years, numbers of documents, hours, shares, counts."""
_PLACES = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_FORMS)})(?!\w)|(?<=/QH)[\dIl|SB]{{2}}(?!\w)")
_HOUR = re.compile(r"\d{1,2}h\d{2}")
_FIGURES = str.maketrans("OoQIl|SBZbg", "00011158269")
_WORDS = ("tháng", "năm")
_NEAR = 45
_FIELDS = ("number", "date", "incoming_number", "incoming_date")


def doubtful(source: Source, findings: Findings) -> list[Issue]:
    """An issue for each place with letters among its figures; the facts there are marked for a look."""
    issues = list(_issues(source, findings))
    _doubt(findings, [issue.span for issue in issues])
    return issues


def _issues(source: Source, findings: Findings) -> Iterator[Issue]:
    for found in _PLACES.finditer(source.text):
        printed = found.group()
        if not _mixed(printed) or _HOUR.fullmatch(printed):
            continue
        span = Span(*found.span())
        likely = " ".join(word if word in _WORDS else word.translate(_FIGURES) for word in printed.split())
        shown = " ".join(printed.split())
        message = f"Có chữ cái lẫn trong chữ số: «{shown}», có thể là {likely}; xem bản giấy."
        yield Issue("figures-unclear", message, span, findings.part_at(span.start), (likely,))


def _mixed(printed: str) -> bool:
    """Whether a figure stands there and, in some word, a letter that is no Roman numeral; «II», «Bo» are words."""
    words = [word for word in re.split(r"\s+|[/.-]", printed) if word and word not in _WORDS]
    return any(map(str.isdecimal, printed)) and not all(word.isdecimal() or word == "II" for word in words)


def _doubt(findings: Findings, places: list[Span]) -> None:
    """Marks facts over or right beside one of the places, in order: the reading may have stopped short of it."""
    starts = [span.start for span in places]
    groups: tuple[list[Any], ...] = (findings.citations, findings.deadlines, findings.targets)
    for facts in groups:
        for index, fact in enumerate(facts):
            first = bisect.bisect_left(starts, fact.span.start - _NEAR)
            near = first < len(places) and places[first].end <= fact.span.end + _NEAR
            if near and not fact.needs_review:
                facts[index] = replace(fact, needs_review=True)
    for index, header in enumerate(findings.headers):
        findings.headers[index] = _doubted(header, places)


def _doubted(header: Fact[Header], places: list[Span]) -> Fact[Header]:
    fields = dict(header.value.fields)
    for name in _FIELDS:
        if name in fields and any(fields[name].span.overlaps(span) for span in places):
            fields[name] = replace(fields[name], needs_review=True)
    if fields == header.value.fields:
        return header
    return replace(header, value=replace(header.value, fields=fields), needs_review=True)
