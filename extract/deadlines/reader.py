"""Deadlines: the whole set of rules over a text, what is odd about each, and the day moved past days off."""

from __future__ import annotations

import dataclasses
import datetime as dt

from corpus.span import Span
from extract.deadlines import (  # noqa: F401  (each registers its rules)
    cells,
    dates,
    intervals,
    periods,
    ranges,
    recurring,
    relative,
    reports,
    standing,
)
from extract.deadlines.grammar import deadlines, make_day
from extract.deadlines.workdays import calendar, occurrences, say
from extract.facts import Deadline
from extract.reading import Reading, read_text
from extract.rules import Match

LONGEST_CELL = 2000


def read(text: str, *, reference: dt.date | None, cell: bool = False) -> list[tuple[Span, Deadline]]:
    """Every deadline in ``text`` with its span (offsets into ``text``), in order.

    ``reference`` is the document's own date. ``cell``: the text is a table's time cell or what stands behind a
    label such as «Thời gian thực hiện:», where «06/2025», «2030», «Thường xuyên» are deadlines too.
    """
    reading = read_text(text[:LONGEST_CELL] if cell else text)
    return [(match.span, match.value) for match in matches(reading, reference=reference, cell=cell) if match.value]


def matches(
    reading: Reading, *, reference: dt.date | None, cell: bool = False, blocks: list[Span] | None = None
) -> list[Match[Deadline]]:
    """The same as `read` with rule and confidence."""
    found = deadlines.find(reading, reference=reference, cell=cell, blocks=blocks)
    return [
        dataclasses.replace(match, value=complete(match.value, reference)) for match in found if match.value is not None
    ]


def complete(value: Deadline, reference: dt.date | None) -> Deadline:
    """The deadline with what follows from it: the adjusted day, the reckoning, what is odd, the next occurrences."""
    if value.due is not None:
        value = _checked(_adjusted(value), reference)
    if value.rrule and reference is not None:
        value = dataclasses.replace(value, occurrences=occurrences(value.rrule, reference))
    return value


def _adjusted(value: Deadline) -> Deadline:
    assert value.due is not None
    last = value.due - dt.timedelta(days=1) if value.exclusive and value.due > dt.date(1990, 1, 1) else value.due
    day, text = calendar().reckon(value.due)
    if value.exclusive and value.hour is None:
        text += f" «Trước»: chậm nhất là hết {say(last)}."
    return dataclasses.replace(value, adjusted=day, reckoning=text)


def _checked(value: Deadline, reference: dt.date | None) -> Deadline:
    """A deadline before the document's own date is kept as printed, said to be odd, and the likely day offered."""
    if reference is None or value.due is None or value.due >= reference:
        return value
    odd = f"Thời hạn {value.due:%d/%m/%Y} sớm hơn ngày của văn bản ({reference:%d/%m/%Y})."
    if value.kind != "date":
        return dataclasses.replace(value, anomaly=odd)
    same = make_day(reference.year, value.due.month, value.due.day)
    if same is None or same < reference:
        same = make_day(reference.year + 1, value.due.month, value.due.day)
    if same is None or (same - reference).days > 183:
        return dataclasses.replace(value, anomaly=odd)
    return dataclasses.replace(value, anomaly=f"{odd} Có thể in nhầm năm; khả năng là {say(same)}.", probable=same)
