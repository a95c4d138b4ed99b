"""The language model: interpolated (modified Kneser-Ney) trigrams of syllables in numpy arrays.

Keys are packed into 64 bits and sorted, so a lookup is a binary search over many keys at once. Log
probabilities are natural logarithms, float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
    """Log probabilities of syllables after one or two others."""

    def __init__(
        self, pairs: Keys, pair_counts: Keys, triples: Keys, triple_counts: Keys, size: int, syllables: int = 0
    ) -> None:
        """``size`` ids in all, ``syllables`` of which have a capitalised twin."""
        self._pairs, self._triples = pairs, triples
        heads = (pairs >> _SHIFT).astype(np.int64)
        tails = (pairs & np.uint64(_MASK)).astype(np.int64)
        self._single = _singles(tails, pair_counts, size, syllables)
        pair_share, self._single_rest = _shares(heads, pair_counts, size)
        self._pair = np.log(pair_share + self._single_rest[heads] * np.exp(self._single[tails])).astype(np.float32)
        self._single_rest = np.log(self._single_rest).astype(np.float32)
        contexts, number = _runs(triples >> _SHIFT)
        triple_share, rest = _shares(number, triple_counts, len(contexts))
        lower = np.exp(self.pair_logs(triples & np.uint64((1 << 2 * BITS) - 1)))
        self._triple = np.log(triple_share + rest[number] * lower).astype(np.float32)
        self._contexts, self._context_rest = contexts, np.log(rest).astype(np.float32)

    def pair_logs(self, keys: Keys) -> Logs:
        """Log P(second | first) for each key ``first << BITS | second``."""
        distinct, back = np.unique(keys, return_inverse=True)  # a search for sorted keys takes a tenth of the time
        return self._pair_logs(distinct)[back]

    def triple_logs(self, keys: Keys) -> Logs:
        """Log P(third | first, second) for each key ``(first << BITS | second) << BITS | third``."""
        distinct, back = np.unique(keys, return_inverse=True)
        at = np.minimum(np.searchsorted(self._triples, distinct), len(self._triples) - 1)
        logs = self._triple[at]
        missed = np.flatnonzero(self._triples[at] != distinct)
        rare = distinct[missed]
        context = rare >> _SHIFT
        at = np.minimum(np.searchsorted(self._contexts, context), len(self._contexts) - 1)
        rest = np.where(self._contexts[at] == context, self._context_rest[at], np.float32(0))
        logs[missed] = rest + self._pair_logs(rare & np.uint64((1 << 2 * BITS) - 1))
        return logs[back]

    def _pair_logs(self, keys: Keys) -> Logs:
        at = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        head, tail = (keys >> _SHIFT).astype(np.int64), (keys & np.uint64(_MASK)).astype(np.int64)
        backed = self._single_rest[head] + self._single[tail]
        return np.where(self._pairs[at] == keys, self._pair[at], backed)


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
    return np.asarray(np.log(mass / mass.sum()), dtype=np.float32)


def _shares(groups: NDArray[np.int64], counts: Keys, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Discounted share of each count in its group, and what is left of each group for the shorter context."""
    weights = counts.astype(np.float64)
    totals = np.bincount(groups, weights=weights, minlength=size)
    shares = np.maximum(weights - _discounts(counts)[np.minimum(counts, np.uint64(3))], 0) / totals[groups]
    return shares, np.clip(1 - np.bincount(groups, weights=shares, minlength=size), _FLOOR, 1)


def _discounts(counts: Keys) -> NDArray[np.float64]:
    """What is taken off counts of 1, 2, and 3 or more (modified Kneser-Ney, after Chen and Goodman)."""
    ones, twos, threes, fours = (max(int(np.count_nonzero(counts == n)), 1) for n in (1, 2, 3, 4))
    base = ones / (ones + 2 * twos)
    rising = [1 - 2 * base * twos / ones, 2 - 3 * base * threes / twos, 3 - 4 * base * fours / threes]
    return np.array([0.0, *(min(max(rise, 0.1), n - 0.1) for n, rise in enumerate(rising, 1))])


def _runs(sorted_keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
    """The distinct keys, and for each key the number of its run."""
    new = np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])
    return sorted_keys[new], np.cumsum(new) - 1


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
