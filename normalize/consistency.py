"""A document agrees with itself: where a reading was nearly a toss-up, the words beside it elsewhere decide.

«Tự Khoa học công nghệ» was «Tổ Khoa học công nghệ» where the document says «Tổ Khoa học» with certainty in other places
and never «Tự Khoa».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.lattice import Chosen

TOSS_UP, CERTAIN = 1.5, 3.0  # leads in nats: below, a reading may be exchanged; from there on it is a witness

Pairs = Counter[tuple[str, str]]


def in_agreement(paths: Sequence[Sequence[Chosen]]) -> list[list[Chosen]]:
    """The paths with those near toss-ups exchanged for their rivals that only the rest of the document speaks for."""
    pairs: Pairs = Counter()
    for path in paths:
        for one, other in pairwise(path):
            if one.text and other.text and min(one.lead, other.lead) >= CERTAIN:
                pairs[one.text.lower(), other.text.lower()] += 1
    return [[_settled(path, at, pairs) for at in range(len(path))] for path in paths]


def _settled(path: Sequence[Chosen], at: int, pairs: Pairs) -> Chosen:
    chosen = path[at]
    if not (chosen.lead < TOSS_UP and chosen.swappable and chosen.text and chosen.rival):
        return chosen
    before = path[at - 1].text if at else None
    after = path[at + 1].text if at + 1 < len(path) else None
    if _seen(before, chosen.text, after, pairs) or not _seen(before, chosen.rival, after, pairs):
        return chosen
    return replace(chosen, text=chosen.rival, rival=chosen.text, lead=0.0)


def _seen(before: str | None, word: str, after: str | None, pairs: Pairs) -> int:
    word = word.lower()
    return pairs[(before or "").lower(), word] + pairs[word, (after or "").lower()]
