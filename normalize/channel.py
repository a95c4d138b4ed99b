"""The noisy channel: how the letters of a true syllable come to be read.

Each true letter gives zero to three observed characters. Probabilities are learnt counts, leaning on a prior of
shapes (a marked vowel loses its marks or swaps them for another; «đ» is read «d»; «l» and «1» look alike).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from normalize.fold import fold
from normalize.lexicon import resource

LONGEST = 3
PRIOR_WEIGHT = 6.0
UNKNOWN = {1: -10.8, 2: -13.0}  # log probability of one or two characters that a letter was never read as
_IMPOSSIBLE = -30.0
_DROPPED = 0.01
_FLOOR = 1e-7

Counts = dict[str, dict[str, float]]

_LOOK_ALIKES = {
    "a": "d4@&âãáàäoiu", "b": "6h", "c": "e(¢oO", "d": "đaoð&", "đ": "dđ&ða", "e": "c6&€¢éèêëo", "g": "gqy9p",
    "h": "bli", "i": "1l!|jíìîït;", "k": "kx", "l": "1I|![it", "m": "nrw", "n": "mruh", "o": "06Qadeóòôõöc9",
    "p": "pn", "q": "gp9", "r": "tnfc", "s": "$5S8", "t": "flrT1", "u": "núùûünuvaw", "v": "yVuw", "x": "Xk%",
    "y": "výÿgj¥", "w": "v", "A": "4Á", "B": "8DR", "C": "GOc(", "D": "OBPÐ", "Đ": "DBPÐ0", "E": "FÉ€B", "G": "C6O",
    "H": "IlN", "I": "l1T|L!", "L": "1IE", "M": "NW", "N": "MH", "O": "0Q6DÓ", "P": "FB", "Q": "O0", "R": "BK",
    "S": "5$8s", "T": "IFl1", "U": "ÚVLOI", "V": "vY", "X": "x", "Y": "VyÝ", "K": "RH",
}  # fmt: skip
_PAIRS = {
    "m": ("rn", "in", "nl"), "n": ("ri", "11", "ii"), "h": ("li", "ll"), "u": ("ii", "ll", "tr", "li", "rr"),
    "d": ("cl", "ci"), "k": ("lc",), "w": ("vv",), "b": ("l3",), "đ": ("cl", "ci", "d'"),
    "Đ": ("Ð", "D'", "I)", "B0", "DP", "DB"), "H": ("I-I",), "N": ("I\\",), "M": ("IV",),
}  # fmt: skip
_MARK_SIGNS = "~^'`\"*?%$&€¢§¥«»<>\\|{}[]!;:,.·’‘“”°#+=_"


@cache
def prior(letter: str) -> Mapping[str, float]:
    """What a letter is read as before anything was learnt; sums to less than 1."""
    base = fold(letter)
    marked = base != letter
    shares: dict[str, float] = {"": _DROPPED}
    _spread(shares, [letter], 0.1 if marked else 0.8)
    if marked:
        _spread(shares, [base], 0.4)
        _spread(shares, [other for other in _accented(base) if other != letter], 0.2)
        _spread(shares, _MARK_SIGNS, 0.04)
        _spread(shares, [base + sign for sign in "'’`‘\"~^.,-:;"], 0.03)
        _spread(shares, ["ii", "ir", "tr", "ri", "ur", "tu", "ui", "li", "it", "oi", "ai", "ei"], 0.01)
    _spread(shares, _LOOK_ALIKES.get(base, "") + _LOOK_ALIKES.get(letter, ""), 0.08)
    _spread(shares, _PAIRS.get(base, ()) + (_PAIRS.get(letter, ()) if marked else ()), 0.02)
    _spread(shares, [letter.lower() if letter.isupper() else letter.upper(), fold(letter).swapcase()], 0.01)
    return shares


def _spread(shares: dict[str, float], pieces: Iterable[str], mass: float) -> None:
    distinct = list(dict.fromkeys(pieces))
    for piece in distinct:
        shares[piece] = shares.get(piece, 0.0) + mass / len(distinct)


@cache
def _accented(base: str) -> tuple[str, ...]:
    """The Latin-1 letters that share a base, which engines without Vietnamese choose from."""
    return tuple(chr(code) for code in range(0xC0, 0x100) if fold(chr(code)) == base)


class Channel:
    """P(observed piece | true letter), as logarithms.

    ``counts`` maps a true letter (NFC, cased) to its observed pieces and how often each was seen.
    """

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self._rows: dict[str, dict[str, float]] = {}

    def row(self, letter: str) -> dict[str, float]:
        """Every likely observed piece of a true letter with its log probability."""
        found = self._rows.get(letter)
        if found is None:
            found = self._rows[letter] = self._make(letter)
        return found

    def _make(self, letter: str) -> dict[str, float]:
        seen, guess = self.counts.get(letter, {}), prior(letter)
        total = sum(seen.values()) + PRIOR_WEIGHT
        pieces = {**dict.fromkeys(guess, 0.0), **seen}
        return {
            piece: math.log((count + PRIOR_WEIGHT * guess.get(piece, _FLOOR)) / total)
            for piece, count in pieces.items()
        }

    def plus(self, others: Counts, weight: float = 1.0) -> Channel:
        """A channel that has also seen ``others``."""
        merged = {letter: dict(row) for letter, row in self.counts.items()}
        for letter, row in others.items():
            target = merged.setdefault(letter, {})
            for piece, count in row.items():
                target[piece] = target.get(piece, 0.0) + weight * count
        return Channel(merged)


def expected_counts(pairs: Iterable[tuple[str, str, float]], channel: Channel) -> Counts:
    """One round of EM: how often each letter gave each piece, over (true, observed, weight) pairs."""
    counts: Counts = {}
    for true, observed, weight in pairs:
        for letter, piece, share in _posteriors(true, observed, channel):
            row = counts.setdefault(letter, {})
            row[piece] = row.get(piece, 0.0) + weight * share
    return counts


def _posteriors(true: str, observed: str, channel: Channel) -> list[tuple[str, str, float]]:
    """How probably each letter of ``true`` gave each piece of ``observed``; empty where it cannot have."""
    ahead, behind = _tables(true, observed, channel)
    total = ahead[len(true)][len(observed)]
    if total <= 0:
        return []
    found = []
    for i, letter in enumerate(true):
        row = channel.row(letter)
        for j, mass in enumerate(ahead[i]):
            for k in range(min(LONGEST, len(observed) - j) + 1) if mass else ():
                piece = observed[j : j + k]
                share = mass * math.exp(row.get(piece, UNKNOWN.get(k, _IMPOSSIBLE))) * behind[i + 1][j + k] / total
                if share > 1e-3:
                    found.append((letter, piece, share))
    return found


def _tables(true: str, observed: str, channel: Channel) -> tuple[list[list[float]], list[list[float]]]:
    m, n = len(true), len(observed)
    ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
    behind = [[0.0] * (n + 1) for _ in range(m + 1)]
    ahead[0][0] = behind[m][n] = 1.0
    steps = [
        [
            [
                math.exp(channel.row(letter).get(observed[j : j + k], UNKNOWN.get(k, _IMPOSSIBLE)))
                for k in range(min(LONGEST, n - j) + 1)
            ]
            for j in range(n + 1)
        ]
        for letter in true
    ]
    for i in range(m):
        for j in range(n + 1):
            if ahead[i][j]:
                for k, chance in enumerate(steps[i][j]):
                    ahead[i + 1][j + k] += ahead[i][j] * chance
    for i in range(m - 1, -1, -1):
        for j in range(n + 1):
            behind[i][j] = sum(chance * behind[i + 1][j + k] for k, chance in enumerate(steps[i][j]))
    return ahead, behind


@cache
def shipped_channel() -> Channel:
    """The channel of ``corpus/lexicon/channel.tsv``: letter, piece, count."""
    counts: Counts = {}
    for row in resource("channel.tsv").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            letter, piece, count = row.split("\t")
            counts.setdefault(letter, {})[piece] = float(count)
    return Channel(counts)
