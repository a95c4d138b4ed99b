"""Tables of born-digital pages: the lines that the PDF itself draws.

The drawn lines are set on a blank sheet and looked at as on a scan, so that merged cells, open sides and broken
lines are treated alike, whoever drew them. White boxes behind text, which word processors leave by the dozen, and
shadings are no lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import cv2
import numpy as np

from ocr.tables.ruled import ruled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ocr.tables.grid import Grid

_DPI = 144
_THIN = 3.0
"""Points: a filled box as thin as this is a line."""

_LIGHT = 0.9
"""Lightness above which a stroke cannot be seen on paper."""

_ENOUGH = 5
"""Drawn things below which a page has no table."""


class _Drawn(Protocol):
    """What of a pdfplumber page is used here."""

    lines: list[dict[str, Any]]
    rects: list[dict[str, Any]]
    curves: list[dict[str, Any]]


def grids(path: Path, number: int) -> list[Grid]:
    """The ruled tables of a page of a born-digital PDF, from top to bottom; none where the page draws no lines.

    Args:
        path: the PDF.
        number: the page, counted from 1.
    """
    import pdfplumber

    with pdfplumber.open(path, pages=[number]) as pdf:
        page = pdf.pages[0]
        marks = list(_marks(page))
        size = (float(page.width), float(page.height))
    if len(marks) < _ENOUGH:
        return []
    return ruled(_drawn(marks, *size), _DPI)


def _marks(page: _Drawn) -> Iterator[tuple[float, float, float, float]]:
    """``(x0, top, x1, bottom)`` in points of every visible level or upright line, and of the sides of frames."""
    for line in page.lines:
        if not _pale(line.get("stroking_color")):
            yield _edges(line)
    for rect in [*page.rects, *page.curves]:
        x0, top, x1, bottom = _edges(rect)
        if min(x1 - x0, bottom - top) < _THIN:
            if not _pale(rect.get("non_stroking_color") if rect.get("fill") else rect.get("stroking_color")):
                yield x0, top, x1, bottom
        elif rect.get("object_type") == "rect" and rect.get("stroke") and not _pale(rect.get("stroking_color")):
            yield from ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))


def _edges(drawn: dict[str, Any]) -> tuple[float, float, float, float]:
    return float(drawn["x0"]), float(drawn["top"]), float(drawn["x1"]), float(drawn["bottom"])


def _pale(colour: object) -> bool:
    """Whether a colour (grey, red-green-blue or four-colour values from 0 to 1) is too light to be seen."""
    if isinstance(colour, int | float):
        return colour > _LIGHT
    if not isinstance(colour, list | tuple) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 4:  # cyan, magenta, yellow, black: ink, not light
        return bool(max(colour) < 1 - _LIGHT)
    return bool(colour) and bool(min(colour) > _LIGHT)


def _drawn(marks: list[tuple[float, float, float, float]], width: float, height: float) -> NDArray[np.uint8]:
    """The marks as black lines on a white sheet."""
    scale = _DPI / 72
    sheet = np.full((int(height * scale) + 1, int(width * scale) + 1), 255, np.uint8)
    for x0, top, x1, bottom in marks:
        middle = ((x0 + x1) / 2 * scale, (top + bottom) / 2 * scale)
        if x1 - x0 < _THIN:
            cv2.line(sheet, (round(middle[0]), round(top * scale)), (round(middle[0]), round(bottom * scale)), 0, 1)
        elif bottom - top < _THIN:
            cv2.line(sheet, (round(x0 * scale), round(middle[1])), (round(x1 * scale), round(middle[1])), 0, 1)
    return sheet
