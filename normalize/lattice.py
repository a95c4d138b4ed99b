"""All readings of a garbled paragraph as a lattice, and the best path through it.

Nodes lie between words (and inside of words that may have run together); an arc reads a stretch of what was
observed as one syllable, as something that is kept, or as a speck. The path is scored by channel and language
model; a beam of language-model states is kept at each node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from normalize.language_model import BITS, LanguageModel
from normalize.tokens import END, START

STATES = 8
_SHIFT = BITS

State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Arc:
    """A reading of the observed text from ``start`` to ``end``: between two nodes, with the score of the channel.

    ``word`` is the id for the language model, or -1 for a speck that it does not see; ``text`` is what is written
    instead, or None where the observed stays.
    """

    source: int
    target: int
    word: int
    score: float
    start: int
    end: int
    text: str | None = None


@dataclass(slots=True)
class Lattice:
    """Arcs by the node they lead to. Nodes are numbered in reading order; node 0 is the start."""

    size: int = 1
    into: dict[int, list[Arc]] = field(default_factory=dict)

    def node(self) -> int:
        """A new node, after all others."""
        self.size += 1
        return self.size - 1

    def add(self, arc: Arc) -> None:
        """One more reading."""
        self.into.setdefault(arc.target, []).append(arc)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An arc of the best path; ``lead`` in nats over the best path that reads its stretch otherwise."""

    arc: Arc
    lead: float
    rival: str | None


@dataclass(frozen=True, slots=True)
class _Step:
    source: State
    target: State
    arc: Arc
    gain: float


class Decoder:
    """Finds the best path; ``weight`` is the language model's against the channel's."""

    def __init__(self, model: LanguageModel, weight: float = 1.0) -> None:
        self.model, self.weight = model, weight

    def __call__(self, lattice: Lattice) -> list[Chosen]:
        """The arcs of the best path from the first node to the last."""
        ahead: list[dict[State, float]] = [{} for _ in range(lattice.size)]
        back: list[dict[State, _Step]] = [{} for _ in range(lattice.size)]
        steps: list[list[_Step]] = [[] for _ in range(lattice.size)]
        ahead[0] = {(START, START): 0.0}
        for node in range(1, lattice.size):
            steps[node] = self._steps(lattice.into.get(node, ()), ahead)
            _settle(steps[node], ahead, back, node)
        last = self._ends(ahead[-1])
        behind = _behind(lattice, ahead, steps, last)
        return list(_trace(lattice, back, steps, ahead, behind, last))

    def _steps(self, arcs: Sequence[Arc], ahead: Sequence[dict[State, float]]) -> list[_Step]:
        moves = [(arc, state) for arc in arcs for state in ahead[arc.source]]
        if not moves:
            return []
        keys = np.fromiter(
            (((s[0] << _SHIFT | s[1]) << _SHIFT) | max(arc.word, 0) for arc, s in moves), np.uint64, len(moves)
        )
        logs = (self.weight * self.model.triple_logs(keys)).tolist()
        return [
            _Step(state, (state[1], arc.word), arc, arc.score + log)
            if arc.word >= 0
            else _Step(state, state, arc, arc.score)
            for (arc, state), log in zip(moves, logs, strict=True)
        ]

    def _ends(self, front: dict[State, float]) -> dict[State, float]:
        """What the end of the paragraph adds to each last state."""
        keys = np.fromiter((((s[0] << _SHIFT | s[1]) << _SHIFT) | END for s in front), np.uint64, len(front))
        return dict(zip(front, (self.weight * self.model.triple_logs(keys)).tolist(), strict=True))


def _settle(steps: Sequence[_Step], ahead: list[dict[State, float]], back: list[dict[State, _Step]], node: int) -> None:
    """Keep the best few states of a node."""
    front: dict[State, float] = {}
    for step in steps:
        score = ahead[step.arc.source][step.source] + step.gain
        if score > front.get(step.target, -1e18):
            front[step.target] = score
            back[node][step.target] = step
    kept = sorted(front, key=lambda state: -front[state])[:STATES]
    ahead[node] = {state: front[state] for state in kept}


def _behind(
    lattice: Lattice, ahead: Sequence[dict[State, float]], steps: Sequence[Sequence[_Step]], last: dict[State, float]
) -> list[dict[State, float]]:
    behind: list[dict[State, float]] = [{} for _ in range(lattice.size)]
    behind[-1] = dict(last)
    for node in range(lattice.size - 1, 0, -1):
        later = behind[node]
        for step in steps[node]:
            rest = later.get(step.target)
            if rest is not None and step.source in ahead[step.arc.source]:
                front = behind[step.arc.source]
                if step.gain + rest > front.get(step.source, -1e18):
                    front[step.source] = step.gain + rest
    return behind


def _trace(
    lattice: Lattice,
    back: Sequence[dict[State, _Step]],
    steps: Sequence[Sequence[_Step]],
    ahead: Sequence[dict[State, float]],
    behind: Sequence[dict[State, float]],
    last: dict[State, float],
) -> Iterator[Chosen]:
    node = lattice.size - 1
    state = max(last, key=lambda state: ahead[node][state] + last[state])
    total = ahead[node][state] + last[state]
    path: list[Chosen] = []
    while node:
        step = back[node][state]
        rival, height = None, -1e18
        for other in steps[node]:
            rest = behind[node].get(other.target)
            if rest is None or other.arc.text == step.arc.text:
                continue
            score = ahead[other.arc.source][other.source] + other.gain + rest
            if score > height:
                rival, height = other.arc, score
        path.append(Chosen(step.arc, total - height, rival.text if rival else None))
        node, state = step.arc.source, step.source
    return iter(reversed(path))
