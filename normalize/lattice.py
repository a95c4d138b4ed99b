"""All readings of a garbled paragraph as a lattice, and the best path through it.

Nodes lie between words (and inside of words that may have run together); a bundle of arcs reads a stretch of what
was observed as one syllable, as something that is kept, or as a speck. The path is scored by channel and language
model; a beam of language-model states is kept at each node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.language_model import BITS, Keys, LanguageModel, Logs
from normalize.tokens import END, START

STATES = 8
_STEPS = 32
_SHIFT = np.uint64(BITS)
_FAR = 30.0  # the lead, in nats, of a reading without a rival in the beam
_NEVER = -1e18

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one stretch: ids for the language model, log scores of the channel, and what is written.

    A text of None keeps what was observed. ``silent`` readings are specks that the model does not see.
    """

    words: Keys
    scores: Logs
    texts: tuple[str | None, ...]
    silent: bool = False

    @staticmethod
    def one(word: int, score: float = 0.0, text: str | None = None, *, silent: bool = False) -> Readings:
        """A single reading."""
        return Readings(np.array([word], np.uint64), np.array([score], np.float32), (text,), silent)


class Arcs(NamedTuple):
    """The readings of the observed text from ``start`` to ``end``, between two nodes, each at the same extra cost."""

    source: int
    target: int
    start: int
    end: int
    readings: Readings
    extra: float = 0.0


@dataclass(slots=True)
class Lattice:
    """Arcs by the node they lead to. Nodes are numbered in reading order; node 0 is the start."""

    size: int = 1
    into: dict[int, list[Arcs]] = field(default_factory=dict)

    def node(self) -> int:
        """A new node, after all others."""
        self.size += 1
        return self.size - 1

    def add(self, arcs: Arcs) -> None:
        """More readings."""
        self.into.setdefault(arcs.target, []).append(arcs)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A reading of the best path.

    ``lead`` in nats over the best path that reads to the same place otherwise; ``score`` is the channel's.
    ``swappable``: the rival reads the same stretch, so it could stand in.
    """

    start: int
    end: int
    text: str | None
    lead: float
    rival: str | None
    score: float
    swappable: bool = False


class _Step(NamedTuple):
    arcs: Arcs
    reading: int
    source: int  # state at the arcs' source node
    target: int  # state at this node
    gain: float


@dataclass(slots=True)
class _Node:
    """The states kept at a node: the last two words, the best score ahead of each, and the steps that lead to them."""

    first: Keys
    second: Keys
    ahead: Floats
    steps: list[_Step]
    behind: list[float]


class Decoder:
    """Finds the best path; ``weight`` is the language model's against the channel's."""

    def __init__(self, model: LanguageModel, weight: float = 1.0) -> None:
        self.model, self.weight = model, weight

    def __call__(self, lattice: Lattice) -> list[Chosen]:
        """The readings of the best path from the first node to the last."""
        begin = np.array([START], np.uint64)
        nodes = [_Node(begin, begin, np.zeros(1), [], [])]
        for number in range(1, lattice.size):
            nodes.append(self._node(lattice.into.get(number, ()), nodes))
        last = nodes[-1]
        keys = (last.first << _SHIFT | last.second) << _SHIFT | np.uint64(END)
        last.behind = (self.weight * self.model.triple_logs(keys)).tolist()
        _look_back(nodes)
        return _trace(nodes)

    def _node(self, arriving: Sequence[Arcs], nodes: Sequence[_Node]) -> _Node:
        """The best states that the arcs lead to."""
        arriving = [arcs for arcs in arriving if len(nodes[arcs.source].ahead)]
        if not arriving:
            return _Node(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0), [], [])
        gains = self._gains(arriving, nodes)
        totals = [nodes[arcs.source].ahead[:, None] + gain for arcs, gain in zip(arriving, gains, strict=True)]
        flat = np.concatenate([total.ravel() for total in totals])
        best = np.argpartition(-flat, _STEPS)[:_STEPS] if len(flat) > _STEPS else np.arange(len(flat))
        best = best[np.argsort(-flat[best], kind="stable")]
        starts = np.cumsum([0, *(total.size for total in totals)])
        moves = []
        for place, group in zip(best.tolist(), (np.searchsorted(starts, best, "right") - 1).tolist(), strict=True):
            state, reading = divmod(place - int(starts[group]), gains[group].shape[1])
            moves.append((float(flat[place]), arriving[group], state, reading, float(gains[group][state, reading])))
        return _keep(moves, nodes)

    def _gains(self, arriving: Sequence[Arcs], nodes: Sequence[_Node]) -> list[Floats]:
        """For each bundle, [state, reading]: what a step adds. All keys are looked up at once."""
        keys = []
        for arcs in arriving:
            node = nodes[arcs.source]
            context = (node.first << _SHIFT | node.second) << _SHIFT
            keys.append((context[:, None] | arcs.readings.words).ravel())
        logs = self.weight * self.model.triple_logs(np.concatenate(keys))
        gains, at = [], 0
        for arcs, these in zip(arriving, keys, strict=True):
            shape = len(nodes[arcs.source].ahead), len(arcs.readings.texts)
            model = np.zeros(shape) if arcs.readings.silent else logs[at : at + len(these)].reshape(shape)
            gains.append(model + (arcs.readings.scores + np.float32(arcs.extra)))
            at += len(these)
        return gains


def _keep(moves: Sequence[tuple[float, Arcs, int, int, float]], nodes: Sequence[_Node]) -> _Node:
    """Keep the best few states; ``moves`` come best first."""
    states: dict[tuple[int, int], int] = {}
    heights: list[float] = []
    steps: list[_Step] = []
    for total, arcs, state, reading, gain in moves:
        node = nodes[arcs.source]
        second = int(node.second[state])
        silent = arcs.readings.silent
        key = (int(node.first[state]), second) if silent else (second, int(arcs.readings.words[reading]))
        if key not in states:
            if len(states) == STATES:
                continue
            states[key] = len(states)
            heights.append(total)
        steps.append(_Step(arcs, reading, state, states[key], gain))
    pairs = np.array(list(states), np.uint64).reshape(-1, 2)
    return _Node(pairs[:, 0], pairs[:, 1], np.array(heights), steps, [])


def _look_back(nodes: Sequence[_Node]) -> None:
    """Fill in what the best rest of the way adds to every state."""
    for node in nodes[:-1]:
        node.behind = [_NEVER] * len(node.ahead)
    for node in reversed(nodes):
        for step in node.steps:
            rest = step.gain + node.behind[step.target]
            behind = nodes[step.arcs.source].behind
            behind[step.source] = max(behind[step.source], rest)


def _trace(nodes: Sequence[_Node]) -> list[Chosen]:
    number = len(nodes) - 1
    last = nodes[number]
    state = max(range(len(last.ahead)), key=lambda index: last.ahead[index] + last.behind[index])
    best = last.ahead[state] + last.behind[state]
    path: list[Chosen] = []
    while number:
        node = nodes[number]
        step = next(step for step in node.steps if step.target == state)
        text = step.arcs.readings.texts[step.reading]
        heights = (
            (nodes[other.arcs.source].ahead[other.source] + other.gain + node.behind[other.target], other)
            for other in node.steps
            if other.arcs.readings.texts[other.reading] != text
        )
        height, rival = max(heights, key=lambda pair: pair[0], default=(best - _FAR, None))
        score = float(step.arcs.readings.scores[step.reading]) + step.arcs.extra
        second = rival.arcs.readings.texts[rival.reading] if rival else None
        same = rival is not None and rival.arcs[:4] == step.arcs[:4]
        path.append(Chosen(step.arcs.start, step.arcs.end, text, float(best - height), second, score, same))
        number, state = step.arcs.source, step.source
    return path[::-1]
