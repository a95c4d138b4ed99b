"""Which syllables can an observed word be?

All syllables hang on one tree of letters. For an observed word the channel's best score is computed for every node
of the tree at once (a column of numbers for each place in the word), so the search is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.channel import LONGEST, UNKNOWN, Channel
from normalize.language_model import vocabulary
from normalize.lattice import Readings
from normalize.lexicon import syllables

BEAM = 9.0
KEPT = 24
USE = 0.6  # how much the frequency of a syllable counts beside its likeness
CASE = -3.0  # a small letter read as a capital
_LONGEST_WORD = 24
_NEVER = np.float32(-1e6)

Setting = Literal["small", "mixed", "capitals"]
Scores = NDArray[np.float32]
Ints = NDArray[np.intp]


class Candidate(NamedTuple):
    """A reading in the letter case it was probably printed in, and log P(observed | reading)."""

    text: str
    syllable: str
    score: float


@dataclass(frozen=True)
class _Tree:
    """Nodes in the order of their depth; node 0 is the root and its own parent.

    ``letters`` holds for each shape (small, Capital, CAPITALS) the index into ``alphabet`` of every node's letter.
    """

    parents: Ints
    letters: dict[tuple[bool, bool], Ints]
    alphabet: tuple[str, ...]
    ends: Ints
    words: tuple[str, ...]
    use: Scores


@cache
def _tree() -> _Tree:
    counts = syllables().counts
    prefixes = sorted({word[:k] for word in counts for k in range(len(word) + 1)}, key=len)
    number = {prefix: index for index, prefix in enumerate(prefixes)}
    small = sorted({letter for word in counts for letter in word})
    alphabet = (*small, *(letter.upper() for letter in small))
    plain = np.array([small.index(prefix[-1]) if prefix else 0 for prefix in prefixes], np.intp)
    capital = plain + len(small)
    first = np.array([len(prefix) == 1 for prefix in prefixes])
    total = sum(counts.values())
    return _Tree(
        parents=np.array([number[prefix[:-1]] for prefix in prefixes], np.intp),
        letters={(False, False): plain, (True, False): np.where(first, capital, plain), (True, True): capital},
        alphabet=alphabet,
        ends=np.array([number[word] for word in counts], np.intp),
        words=tuple(counts),
        use=np.array([USE * math.log(count / total) for count in counts.values()], np.float32),
    )


class Search:
    """Finds candidates under one channel, and remembers them."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._known: dict[tuple[str, Setting], tuple[Candidate, ...]] = {}
        self._bundles: dict[tuple[str, Setting, bool, bool], Readings] = {}
        self._columns: dict[str, Scores] = {}

    def __call__(self, observed: str, setting: Setting = "small") -> tuple[Candidate, ...]:
        """The likeliest readings of an observed word, best first; none where nothing comes near.

        ``setting`` tells whether it stands among words in capitals.
        """
        found = self._known.get((observed, setting))
        if found is None:
            found = self._search(observed, setting) if len(observed) <= _LONGEST_WORD else ()
            self._known[observed, setting] = found
        return found

    def readings(self, observed: str, setting: Setting, *, opening: bool, spaced: bool = False) -> Readings:
        """The candidates as arcs. ``opening``: a capital says nothing there; ``spaced``: a blank goes behind."""
        key = observed, setting, opening, spaced
        found = self._bundles.get(key)
        if found is None:
            vocab, candidates = vocabulary(), self(observed, setting)
            ids = [vocab.ids[one.syllable] + (0 if opening else vocab.lift(one.text)) for one in candidates]
            scores = np.array([one.score for one in candidates], np.float32)
            texts = tuple(one.text + " " * spaced for one in candidates)
            found = self._bundles[key] = Readings(np.array(ids, np.uint64), scores, texts)
        return found

    def _search(self, observed: str, setting: Setting) -> tuple[Candidate, ...]:
        tree = _tree()
        best: dict[str, tuple[float, Candidate]] = {}
        for (first, rest), handicap in _shapes(observed, setting):
            scores = self._scores(observed, (first, rest)) + np.float32(handicap)
            ranks = scores + tree.use
            for index in np.argpartition(-ranks, KEPT)[:KEPT].tolist():
                word = tree.words[index]
                text = word.upper() if rest else word[0].upper() + word[1:] if first else word
                if text not in best or best[text][0] < ranks[index]:
                    best[text] = float(ranks[index]), Candidate(text, word, float(scores[index]))
        ranked = sorted(best.values(), reverse=True)[:KEPT]
        return tuple(candidate for rank, candidate in ranked if rank > ranked[0][0] - BEAM and candidate.score > -40)

    def _scores(self, observed: str, shape: tuple[bool, bool]) -> Scores:
        """Log P(observed | word) for every word printed in a shape, by the likeliest alignment."""
        tree = _tree()
        letters, parents = tree.letters[shape], tree.parents
        fronts = np.full((len(observed) + 1, len(parents)), _NEVER, np.float32)
        fronts[0, 0] = 0
        dropped = self._column("")[letters]
        for at, front in enumerate(fronts):
            for _ in range(2):  # letters that left no trace, at most two in a row
                np.maximum(front[1:], front[parents[1:]] + dropped[1:], out=front[1:])
            before = front[parents]
            for k in range(1, min(LONGEST, len(observed) - at) + 1):
                step = self._column(observed[at : at + k])[letters]
                np.maximum(fronts[at + k, 1:], (before + step)[1:], out=fronts[at + k, 1:])
        found: Scores = fronts[-1][tree.ends]
        return found

    def _column(self, piece: str) -> Scores:
        """Log P(piece | letter) for every letter of the alphabet."""
        column = self._columns.get(piece)
        if column is None:
            missing = UNKNOWN.get(len(piece), float(_NEVER))
            logs = [self.channel.row(letter).get(piece, missing) for letter in _tree().alphabet]
            column = self._columns[piece] = np.array(logs, np.float32)
        return column


def _shapes(observed: str, setting: Setting) -> list[tuple[tuple[bool, bool], float]]:
    """The shapes (first letter, rest: capital or not) that a word may have been printed in, and their handicaps."""
    small, capital, capitals = (False, False), (True, False), (True, True)
    if setting == "capitals":
        return [(capitals, 0.0)]
    upper = sum(letter.isupper() for letter in observed)
    lower = sum(letter.islower() for letter in observed)
    shapes = []
    if lower or not observed[0].isupper() or len(observed) <= 3:
        shapes.append((small, CASE if observed[0].isupper() and (lower or len(observed) == 1) else 0.0))
    if not observed[0].islower():
        shapes.append((capital, 0.0))
    if (setting == "mixed" and upper >= lower) or upper > max(lower, 3):
        shapes.append((capitals, 0.0))
    return shapes
