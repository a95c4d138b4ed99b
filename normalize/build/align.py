"""Pairs of true and observed words from a line and its truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from normalize.fold import fold

_SKIP = 0.75


def word_pairs(observed: str, true: str) -> Iterator[tuple[str, str]]:
    """(true word, observed word) of the words that stand opposite each other one to one and look alike."""
    seen, meant = observed.split(), true.split()
    for i, j in _path([fold(word).lower() for word in seen], [fold(word).lower() for word in meant]):
        yield meant[j], seen[i]


def _path(seen: Sequence[str], meant: Sequence[str]) -> list[tuple[int, int]]:
    """The one-to-one steps of the cheapest alignment; two words may also stand opposite one."""
    m, n = len(seen), len(meant)
    cost = [[0.0] * (n + 1) for _ in range(m + 1)]
    step = [[(0, 0)] * (n + 1) for _ in range(m + 1)]
    for i in range(m + 1):
        for j in range(n + 1):
            if i or j:
                cost[i][j], step[i][j] = min(_steps(seen, meant, cost, i, j))
    pairs = []
    i, j = m, n
    while i or j:
        di, dj = step[i][j]
        i, j = i - di, j - dj
        if di == dj == 1 and _distance(seen[i], meant[j]) < _SKIP:
            pairs.append((i, j))
    return pairs[::-1]


def _steps(
    seen: Sequence[str], meant: Sequence[str], cost: list[list[float]], i: int, j: int
) -> Iterator[tuple[float, tuple[int, int]]]:
    if i:
        yield cost[i - 1][j] + _SKIP, (1, 0)
    if j:
        yield cost[i][j - 1] + _SKIP, (0, 1)
    if i and j:
        yield cost[i - 1][j - 1] + _distance(seen[i - 1], meant[j - 1]), (1, 1)
    if i > 1 and j:
        yield cost[i - 2][j - 1] + 0.3 + _distance(seen[i - 2] + seen[i - 1], meant[j - 1]), (2, 1)
    if i and j > 1:
        yield cost[i - 1][j - 2] + 0.3 + _distance(seen[i - 1], meant[j - 2] + meant[j - 1]), (1, 2)


def _distance(seen: str, meant: str) -> float:
    return float(Levenshtein.normalized_distance(seen, meant))
