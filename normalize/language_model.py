"""The language model: interpolated (modified Kneser-Ney) trigrams of syllables in numpy arrays.

Keys are packed into 64 bits and sorted, so a lookup is a binary search over many keys at once. Log
probabilities are natural logarithms, float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from normalize.fold import fold
from normalize.lexicon import known_abbreviations, resource, syllables
from normalize.tokens import FIRST_SYLLABLE, OTHER, START
from normalize.unicode import match_key

BITS = 13
_MASK = (1 << BITS) - 1
_SHIFT = np.uint64(BITS)
_FLOOR = 1e-6
_MANY = 500_000
_NONE, _ONE = np.float32(0), np.float32(1)

Keys = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Logs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Syllables by id: lower case from FIRST_SYLLABLE on, as many capitalised, then abbreviations."""

    words: tuple[str, ...]
    ids: dict[str, int]
    abbreviations: dict[str, int]

    @property
    def size(self) -> int:
        """How many ids there are."""
        return FIRST_SYLLABLE + 2 * len(self.words) + len(self.abbreviations)

    def id_of(self, word: str, *, opening: bool = False) -> int:
        """The id of a written word; OTHER where it is neither a syllable nor a known abbreviation.

        ``opening``: its capital says nothing.
        """
        plain = self.ids.get(match_key(word), OTHER)
        if plain == OTHER:
            return self.id_of_locked(word)
        return plain if opening else plain + self.lift(word)

    def id_of_locked(self, word: str) -> int:
        """The id of a word that is no syllable: an abbreviation, with or without its marks, or OTHER."""
        return self.abbreviations.get(fold(word), OTHER)

    def lift(self, word: str) -> int:
        """What a capital adds to the id: only «Xxx» counts, «XXX» may be a heading."""
        return len(self.words) if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else 0


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the syllable list and of the known abbreviations."""
    words = tuple(syllables().counts)
    spoken = syllables().by_skeleton
    short = sorted({fold(word) for word in known_abbreviations() if fold(word.lower()) not in spoken})
    after = FIRST_SYLLABLE + 2 * len(words)
    return Vocabulary(
        words,
        {word: FIRST_SYLLABLE + index for index, word in enumerate(words)},
        {word: after + index for index, word in enumerate(short)},
    )


class LanguageModel:
    """Log probabilities of syllables after one or two others.

    A page asks for thousands of triples out of millions, so their logs are made of the counts when they are asked for;
    long damaged texts ask for so many that making all of them once is cheaper.
    """

    def __init__(
        self, pairs: Keys, pair_counts: Keys, triples: Keys, triple_counts: Keys, size: int, syllables: int = 0
    ) -> None:
        """``size`` ids in all, ``syllables`` of which have a capitalised twin."""
        self._single = _singles((pairs & np.uint64(_MASK)).astype(np.int64), pair_counts, size, syllables)
        self._pairs, self._triples = _Table(pairs, pair_counts), _Table(triples, triple_counts)
        self._asked = 0
        self._pair_totals, self._single_rest = self._pairs.context(np.arange(size, dtype=np.uint64))

    def pair_logs(self, keys: Keys) -> Logs:
        """Log P(second | first) for each key ``first << BITS | second``."""
        distinct, back = np.unique(keys, return_inverse=True)  # a search for sorted keys takes a tenth of the time
        return np.log(self._pair_chances(distinct))[back]

    def triple_logs(self, keys: Keys) -> Logs:
        """Log P(third | first, second) for each key ``(first << BITS | second) << BITS | third``."""
        distinct, back = np.unique(keys, return_inverse=True)
        self._asked += len(distinct)
        return (self._triple_logs(distinct) if self._asked < _MANY else self._stored_logs(distinct))[back]

    def _triple_logs(self, keys: Keys) -> Logs:
        totals, rest = self._triples.context(keys >> _SHIFT)
        chances = self._triples.left(keys) / totals + rest * self._pair_chances(keys & np.uint64((1 << 2 * BITS) - 1))
        return np.asarray(np.log(chances), np.float32)

    def _stored_logs(self, keys: Keys) -> Logs:
        at = np.searchsorted(self._triples.keys, keys)
        logs = self._all_logs.take(at, mode="clip")
        missed = np.flatnonzero(self._triples.keys.take(at, mode="clip") != keys)
        logs[missed] = self._triple_logs(keys[missed])
        return logs

    @cached_property
    def _all_logs(self) -> Logs:
        return self._triple_logs(self._triples.keys)

    def _pair_chances(self, keys: Keys) -> Logs:
        head, tail = (keys >> _SHIFT).astype(np.int64), (keys & np.uint64(_MASK)).astype(np.int64)
        return self._pairs.left(keys) / self._pair_totals[head] + self._single_rest[head] * self._single[tail]


class _Table:
    """Counts of sequences by sorted keys, and their sums over all sequences that begin alike."""

    def __init__(self, keys: Keys, counts: Keys) -> None:
        self.keys = keys
        discounts = _discounts(counts)
        taken = discounts[np.minimum(counts, 3)]
        self._left = np.maximum(counts - taken, 0).astype(np.float32)
        heads = keys >> _SHIFT
        starts = np.flatnonzero(np.diff(heads, prepend=~heads[:1]))
        self._heads = heads[starts]
        self._totals = np.add.reduceat(counts, starts).astype(np.float32)
        rest = np.add.reduceat(taken, starts) / self._totals
        self._rest = np.clip(rest, _FLOOR, 1).astype(np.float32)

    def context(self, heads: Keys) -> tuple[Logs, Logs]:
        """The counts of all keys ``head << BITS | …`` together, and what is left for shorter contexts; sorted heads."""
        at = np.searchsorted(self._heads, heads)
        seen = self._heads.take(at, mode="clip") == heads
        totals, rest = self._totals.take(at, mode="clip"), self._rest.take(at, mode="clip")
        return np.where(seen, totals, _ONE), np.where(seen, rest, _ONE)

    def left(self, keys: Keys) -> Logs:
        """What is left of the count of each key; 0 where it was not seen."""
        at = np.searchsorted(self.keys, keys)
        return np.where(self.keys.take(at, mode="clip") == keys, self._left.take(at, mode="clip"), _NONE)


@cache
def language_model() -> LanguageModel:
    """The model of ``corpus/lexicon/ngrams.npz``."""
    with np.load(BytesIO(resource("ngrams.npz").read_bytes())) as table:
        return LanguageModel(
            decode_keys(table["pairs"]),
            decode_counts(table["pair_counts"]),
            decode_keys(table["triples"]),
            decode_counts(table["triple_counts"]),
            vocabulary().size,
            len(vocabulary().words),
        )


def _singles(tails: NDArray[np.int64], counts: Keys, size: int, half: int) -> Logs:
    """Single tokens by the contexts they follow; a capitalised one leans on its plain form."""
    mass: NDArray[np.float64] = np.bincount(tails, weights=counts.astype(float), minlength=size).astype(np.float64)
    mass[START] = 0
    small, lifted = (
        slice(FIRST_SYLLABLE, FIRST_SYLLABLE + half),
        slice(FIRST_SYLLABLE + half, FIRST_SYLLABLE + 2 * half),
    )
    plain, capital = mass[small].copy(), mass[lifted].copy()
    mass[small] += 0.02 * capital
    mass[lifted] += 0.02 * plain
    mass += 0.1
    return np.asarray(mass / mass.sum(), np.float32)


def _discounts(counts: Keys) -> NDArray[np.float64]:
    """What is taken off counts of 1, 2, and 3 or more (modified Kneser-Ney, after Chen and Goodman)."""
    ones, twos, threes, fours = (max(int(np.count_nonzero(counts == n)), 1) for n in (1, 2, 3, 4))
    base = ones / (ones + 2 * twos)
    rising = [1 - 2 * base * twos / ones, 2 - 3 * base * threes / twos, 3 - 4 * base * fours / threes]
    return np.array([0.0, *(min(max(rise, 0.1), n - 0.1) for n, rise in enumerate(rising, 1))])


def encode_keys(keys: Keys) -> Bytes:
    """Sorted keys as differences in base 128 (LEB128)."""
    left = np.diff(keys, prepend=np.uint64(0))
    lengths = np.ones(len(left), np.int64)
    while (more := left >> (7 * lengths).astype(np.uint64) > 0).any():
        lengths += more
    starts = np.cumsum(lengths) - lengths
    buffer = np.zeros(lengths.sum(), np.uint8)
    for place in range(int(lengths.max())):
        here = lengths > place
        digit = (left[here] >> np.uint64(7 * place)) & np.uint64(127)
        buffer[starts[here] + place] = digit | np.where(lengths[here] - 1 > place, 128, 0).astype(np.uint64)
    return buffer


def decode_keys(buffer: Bytes) -> Keys:
    """The inverse of ``encode_keys``."""
    ends = np.flatnonzero(buffer < 128)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    steps = (buffer[starts] & 127).astype(np.uint64)
    for place in range(1, int(lengths.max())):
        here = np.flatnonzero(lengths > place)
        steps[here] |= (buffer[starts[here] + place] & 127).astype(np.uint64) << np.uint64(7 * place)
    return np.cumsum(steps, dtype=np.uint64)


def encode_counts(counts: Keys) -> Bytes:
    """Counts on a logarithmic scale; 1 and 2 are exact, the others within 9 %."""
    return np.asarray(np.round(4 * np.log2(counts.astype(np.float64))), dtype=np.uint8)


def decode_counts(codes: Bytes) -> Keys:
    """The inverse of ``encode_counts``, rounded to whole counts."""
    return np.round(np.exp2(np.arange(256) / 4)[codes]).astype(np.uint64)
