"""iCalendar (RFC 5545) written line by line: a feed of many thousand entries must take a second, not a minute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST = 75
"""Bytes of the longest line, its end not counted."""

_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")


def text(value: str) -> str:
    r"""A text as a property's value.

    >>> text("a, b; c\\n\nd")
    'a\\, b\\; c\\\\n\\nd'
    """
    plain = _UNFIT.sub(" ", value.replace("\r\n", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    r"""A content line with its end, folded where it is too wide; no letter is ever cut in two.

    >>> [len(part.encode()) for part in folded("SUMMARY:" + "ệ" * 40).split("\r\n")]
    [74, 55, 0]
    """
    raw = line.encode()
    if len(raw) <= _WIDEST:
        return line + "\r\n"
    return "\r\n ".join(part.decode() for part in _parts(raw)) + "\r\n"


def _parts(raw: bytes) -> Iterator[bytes]:
    start, room = 0, _WIDEST
    while start < len(raw):
        end = min(start + room, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:
            end -= 1
        yield raw[start:end]
        # The blank that begins a continued line counts too.
        start, room = end, _WIDEST - 1
