"""How far a value can be trusted: how often values found the same way, in words read as surely, were right.

``trust.json`` holds what was counted on documents whose facts were checked by hand (``bench/calibration.py`` writes
it): for each kind of value, rule and reading of its words, how many were right and how many wrong. The rest is
arithmetic: few cases lean on the many.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

READINGS: Final = ("clear", "mended", "unsure", "poor")
"""How the words of a value were read, best first: printed or surely recognised; mended by the restorer; recognised
with some doubt; recognised badly, or matched without their marks."""

UNSURE, POOR = 0.9, 0.6
"""Confidence of the least certain word below which a reading is unsure, and poor."""

USUAL = 0.97
"""The share of right values among all that were checked."""

LEAN = 20.0
"""So many cases is the general share worth beside those of one rule, or of one reading. Errors come in clusters (one
misread name in ten duties of one letter), so that a few cases of one rule say little about the next document:
cross-validation by document prefers 20 to 40 and finds nothing in rule and reading together."""

Counts = Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]
"""``{kind of value: {rule: {reading: (right, wrong)}}}``."""


def reading_of(sure: float, *, mended: bool) -> str:
    """The reading of words of which the least certain one is so sure (0 to 1).

    >>> reading_of(0.95, mended=False), reading_of(0.95, mended=True), reading_of(0.7, mended=True)
    ('clear', 'mended', 'unsure')
    """
    if sure < POOR:
        return "poor"
    if sure < UNSURE:
        return "unsure"
    return "mended" if mended else "clear"


@cache
def counted() -> Counts:
    """What was counted on checked documents."""
    values: Counts = json.loads(resources.files("extract").joinpath("trust.json").read_text("utf-8"))["values"]
    return values


def right(value: str, rule: str, reading: str, counts: Counts | None = None, lean: float = LEAN) -> float:
    """The probability that a value is right: the lower of what its rule and what its reading let expect.

    Args:
        value: kind of value, «obligations.due».
        rule: the rule that found it; one that was never counted is taken for an average one.
        reading: one of `READINGS`; a worse one is never trusted more than a better one.
        counts: what was counted; `counted` where not given.
        lean: how many cases the expectation is worth.
    """
    known = (counted() if counts is None else counts).get(value, {})
    everywhere = _share(known, None, None, USUAL, lean)
    readings = READINGS[: READINGS.index(reading) + 1]
    by_reading = min(_share(known, None, one, everywhere, lean) for one in readings)
    return min(by_reading, _share(known, rule, None, everywhere, lean))


def _share(
    known: Mapping[str, Mapping[str, tuple[int, int]]],
    rule: str | None,
    reading: str | None,
    expected: float,
    lean: float,
) -> float:
    """The share of right ones of a rule and a reading (None: of all), leaning on what is expected."""
    cells = [
        cell
        for name, readings in known.items()
        if rule in (None, name)
        for one, cell in readings.items()
        if reading in (None, one)
    ]
    good, bad = (sum(cell[at] for cell in cells) for at in (0, 1))
    return (good + lean * expected) / (good + bad + lean)
