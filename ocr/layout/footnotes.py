"""Footnotes: small numbered lines at the foot of a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ocr.layout.lines import box_of, solid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Line

_MARK = re.compile(r"[\d!?*'|¹²³°]{1,3}\W{0,2}\s?[^\W\d_]")
"""A raised figure, or what engines make of one; not a dash, which begins lists of recipients."""

_FOOT = 0.6
"""Share of the page's height below which footnotes stand."""

_SMALLER = 0.93
"""Height of a footnote's letters against the page's."""


def mark_footnotes(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines with those of footnotes marked: from a small numbered line on, all that follow are small.

    Args:
        lines: a page's lines in reading order.
        height: the page's height in points.
    """
    usual = _letters([line for line in lines if line.kind in ("text", "table")])
    start = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if not line.text or line.kind == "furniture":
            continue
        low = line.box is not None and line.box.top > _FOOT * height
        if line.kind != "text" or not low or _letters([line]) > _SMALLER * usual:
            break
        if _MARK.match(line.text):
            start = at
    return [
        replace(line, kind="footnote") if at >= start and line.kind == "text" and line.text else line
        for at, line in enumerate(lines)
    ]


def _letters(lines: Sequence[Line]) -> float:
    """The middle height of the words; 0 without any."""
    heights = sorted(box_of(word).bottom - box_of(word).top for line in lines for word in solid(line.words))
    return heights[len(heights) // 2] if heights else 0.0
