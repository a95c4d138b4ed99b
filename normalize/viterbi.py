"""The best readings of many sequences at once, where each token has a few readings of its own.

A pass with pairs drops all but the best readings of each place; a pass with triples chooses among them.
All sequences of a batch advance together, so the work is done by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.language_model import BITS, Keys, LanguageModel, Logs
from normalize.tokens import END, START

WIDTH = 5
_NEVER = np.float32(-1e9)
_SHIFT = np.uint64(BITS)
_BATCH = 128
_BEHIND = 9.0  # nats behind the best path of pairs from which a reading is dropped (the second best is kept)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Slot:
    """One token's readings: ids of the vocabulary, and how well each explains what was seen (log scale)."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]


class Choice(NamedTuple):
    """The chosen reading of a slot (place among its ids), the runner-up (or -1), and how far it is behind (nats)."""

    first: int
    second: int
    lead: float


def best_paths(sequences: Sequence[Sequence[Slot]], model: LanguageModel) -> list[list[Choice]]:
    """The best reading of every slot of every sequence."""
    order = sorted(range(len(sequences)), key=lambda index: len(sequences[index]))
    found: list[list[Choice]] = [[] for _ in sequences]
    for at in range(0, len(order), _BATCH):
        batch = [index for index in order[at : at + _BATCH] if sequences[index]]
        if batch:
            for index, choices in zip(batch, _batch([sequences[i] for i in batch], model), strict=True):
                found[index] = choices
    return found


def _batch(sequences: Sequence[Sequence[Slot]], model: LanguageModel) -> list[list[Choice]]:
    ids, scores, valid = _tables(sequences)
    heights = _through_pairs(ids, scores, valid, model)
    keep = np.argsort(-heights, axis=2, kind="stable")[:, :, :WIDTH]
    heights = np.take_along_axis(heights, keep, 2)
    ids, scores = np.take_along_axis(ids, keep, 2), np.take_along_axis(scores, keep, 2)
    valid = heights > np.maximum(heights[:, :, :1] - _BEHIND, _NEVER / 2)
    valid[:, :, 1] |= heights[:, :, 1] > _NEVER / 2
    width = max(int(np.flatnonzero(valid.any((0, 1)))[-1]) + 1, 2)
    ids, scores, valid = ids[:, :, :width], scores[:, :, :width], valid[:, :, :width]
    through = _through_triples(ids, scores, valid, model)
    ranked = np.argsort(-through, axis=2, kind="stable")[:, :, :2]
    heights = np.take_along_axis(through, ranked, 2)
    chosen = np.take_along_axis(keep, ranked, 2)
    return [_choices(chosen[row], heights[row], len(sequence)) for row, sequence in enumerate(sequences)]


def _choices(chosen: Ints, heights: Logs, length: int) -> list[Choice]:
    inside = slice(1, length + 1)
    rivals = heights[inside, 1] > _NEVER / 2
    seconds = np.where(rivals, chosen[inside, 1], -1)
    leads = np.where(rivals, heights[inside, 0] - heights[inside, 1], np.inf)
    return list(map(Choice, chosen[inside, 0].tolist(), seconds.tolist(), leads.tolist()))


def _tables(sequences: Sequence[Sequence[Slot]]) -> tuple[Keys, Logs, NDArray[np.bool_]]:
    """Ids, scores and validity, [sequence, place, reading]; place 0 is the start, and ends pad the rest."""
    counts = [len(slot.ids) for sequence in sequences for slot in sequence]
    lengths = list(map(len, sequences))
    shape = len(sequences), max(lengths) + 2, max(*counts, 2)
    ids, scores, valid = np.zeros(shape, np.uint64), np.zeros(shape, np.float32), np.zeros(shape, bool)
    ids[:, 1:, 0], ids[:, 0, 0] = END, START
    valid[:, :, 0] = True
    starts = np.repeat(np.arange(len(lengths)) * shape[1] + 1, lengths)
    places = starts + np.arange(len(counts)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    ends = np.cumsum(counts)
    readings = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
    at = np.repeat(places, counts) * shape[2] + readings
    slots = [slot for sequence in sequences for slot in sequence]
    ids.reshape(-1)[at] = np.fromiter(chain.from_iterable(slot.ids for slot in slots), np.uint64, len(at))
    scores.reshape(-1)[at] = np.fromiter(chain.from_iterable(slot.scores for slot in slots), np.float32, len(at))
    valid.reshape(-1)[at] = True
    return ids, scores, valid


def _through_pairs(ids: Keys, scores: Logs, valid: NDArray[np.bool_], model: LanguageModel) -> Logs:
    """The height of the best path of pairs through each reading."""
    steps = _pair_steps(ids, valid, model)
    _rest_is_free(steps, ids)
    ahead = np.full(ids.shape, _NEVER, np.float32)
    ahead[:, 0, 0] = 0
    for place in range(1, ids.shape[1]):
        ahead[:, place] = (ahead[:, place - 1, :, None] + steps[:, place - 1]).max(1) + scores[:, place]
    behind = np.zeros(ids.shape, np.float32)
    for place in range(ids.shape[1] - 2, -1, -1):
        later = behind[:, place + 1] + scores[:, place + 1]
        behind[:, place] = (later[:, None, :] + steps[:, place]).max(2)
    return np.where(valid, ahead + behind, _NEVER)


def _pair_steps(ids: Keys, valid: NDArray[np.bool_], model: LanguageModel) -> Logs:
    """Log P(second | first), [sequence, place, first, second]; only pairs that exist are looked up."""
    rows, places, width = ids.shape
    counts = np.where(ids[:, :, 0] == END, 0, valid.sum(2))[:, :-1]  # readings are listed from 0 on
    row, place, second = np.nonzero(valid[:, 1:])
    times = counts[row, place]
    ends = np.cumsum(times)
    first = np.arange(ends[-1]) - np.repeat(ends - times, times)
    row, place, second = np.repeat(row, times), np.repeat(place, times), np.repeat(second, times)
    steps = np.full((rows, places - 1, width, width), _NEVER, np.float32)
    steps[row, place, first, second] = model.pair_logs(ids[row, place, first] << _SHIFT | ids[row, place + 1, second])
    return steps


def _rest_is_free(steps: Logs, ids: Keys) -> None:
    """From an end to the next costs nothing."""
    ended = ids[:, :-1, 0] == END
    steps[ended, 0, 0] = 0


def _through_triples(ids: Keys, scores: Logs, valid: NDArray[np.bool_], model: LanguageModel) -> Logs:
    """The height of the best path of triples through each reading."""
    steps = _triple_steps(ids, valid, model)
    first = model.triple_logs(ids[:, 1].ravel()).reshape(ids[:, 1].shape)  # after START, START, which are 0
    rows, places, width = ids.shape
    ahead = np.full((places, rows, width, width), _NEVER, np.float32)
    ahead[1, :, 0] = np.where(valid[:, 1], first + scores[:, 1], _NEVER)
    for place in range(2, places):
        ahead[place] = (ahead[place - 1][..., None] + steps[:, place - 2]).max(1) + scores[:, place, None, :]
    behind = np.zeros((rows, width, width), np.float32)
    through = np.full(ids.shape, _NEVER, np.float32)
    for place in range(places - 1, 0, -1):
        through[:, place] = (ahead[place] + behind).max(1)
        if place > 1:
            behind = (behind[:, None] + steps[:, place - 2] + scores[:, place, None, None, :]).max(3)
    return np.where(valid, through, _NEVER)


def _triple_steps(ids: Keys, valid: NDArray[np.bool_], model: LanguageModel) -> Logs:
    keys = ids[:, :-2, :, None, None] << _SHIFT | ids[:, 1:-1, None, :, None]
    keys = keys << _SHIFT | ids[:, 2:, None, None, :]
    allowed = valid[:, :-2, :, None, None] & valid[:, 1:-1, None, :, None] & valid[:, 2:, None, None, :]
    ended = ids[:, 1:-1, 0] == END
    allowed &= ~ended[:, :, None, None, None]
    steps = np.full(keys.shape, _NEVER, np.float32)
    steps[allowed] = model.triple_logs(keys[allowed])
    steps[ended, :, 0, 0] = 0
    return steps
