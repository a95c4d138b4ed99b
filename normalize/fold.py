"""Folding: marks dropped, đ→d, one character in, one out, so that spans stay valid."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache


@cache
def _table() -> dict[int, str]:
    """Every precomposed letter that has a one-letter base, and the letters that Unicode does not decompose."""
    table = {ord("đ"): "d", ord("Đ"): "D", ord("Ð"): "D", ord("ð"): "d"}
    for code in range(0xC0, 0x1F00):
        if 0xD800 <= code <= 0xDFFF or code > sys.maxunicode:
            continue
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
            table.setdefault(code, parts[0])
    return table


def fold(text: str) -> str:
    """``text`` without Vietnamese marks; letter case and length are kept.

    Expects NFC: a combining mark that stands alone is left as it is.

    >>> fold("Đề án số 06/QĐ-TTg")
    'De an so 06/QD-TTg'
    """
    return text.translate(_table())
