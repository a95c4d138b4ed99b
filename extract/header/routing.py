"""Which letter of the file a routing slip belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.tokens import norm

_LIKE = 60


def routed(printed: str, numbers: Sequence[str]) -> str | None:
    """The number of the letter that a slip routes: the handwritten one on the slip, matched to those of the file.

    A lone letter with a number is the one when the slip shows none.

    >>> routed("Số: 8T4/8YT-VP", ["874/SYT-VP", "1366/BYT-K2ĐT"])
    '874/SYT-VP'
    """
    if not numbers:
        return None
    bare = norm(printed).split(":")[-1].replace(" ", "")
    if not any(char.isalnum() for char in bare):
        return numbers[0] if len(set(numbers)) == 1 else None
    ranked = sorted(numbers, key=lambda number: fuzz.ratio(bare, norm(number)), reverse=True)
    return ranked[0] if fuzz.ratio(bare, norm(ranked[0])) >= _LIKE else None
