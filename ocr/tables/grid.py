"""The skeleton of a table, before any text: its cells and their place on the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.layout import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, ``row_span`` × ``column_span`` large, with its first row and column counted from 0. Box in points."""

    row: int
    column: int
    box: Box
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table, row by row. Box in points."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    box: Box
    ruled: bool = True


Wall = "Callable[[float, float, float], bool]"
"""``wall(at, start, end)``: whether a line is drawn at ``at`` between ``start`` and ``end``."""


def grid_of(
    xs: Sequence[float],
    ys: Sequence[float],
    upright: Callable[[float, float, float], bool],
    level: Callable[[float, float, float], bool],
) -> Grid:
    """The cells between lines, joined where the line between two of them is not drawn.

    Args:
        xs: places of the upright lines, ascending; at least two.
        ys: places of the level lines, ascending; at least two.
        upright: whether an upright line is drawn at an x between two ys.
        level: whether a level line is drawn at a y between two xs.
    """
    xs, ys = _used(xs, ys, upright), _used(ys, xs, level)
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}
    for r in range(rows):
        for c in range(columns):
            if c and not upright(xs[c], ys[r], ys[r + 1]):
                _join(owner, (r, c - 1), (r, c))
            if r and not level(ys[r], xs[c], xs[c + 1]):
                _join(owner, (r - 1, c), (r, c))
    cells = tuple(_cells(owner, xs, ys))
    return Grid(cells, rows, columns, Box(xs[0], ys[0], xs[-1], ys[-1]))


def _used(
    places: Sequence[float], across: Sequence[float], drawn: Callable[[float, float, float], bool]
) -> Sequence[float]:
    """The places with those left out at which no wall stands: underlined words make such."""
    walls = list(pairwise(across))
    return [places[0], *(at for at in places[1:-1] if any(drawn(at, *wall) for wall in walls)), places[-1]]


def _join(owner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    keep, drop = sorted((owner[one], owner[other]))
    if keep != drop:
        for place, own in owner.items():
            if own == drop:
                owner[place] = keep


def _cells(owner: dict[tuple[int, int], tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> list[GridCell]:
    """One cell a joined area; an area that is no rectangle (a line too faint to see) is cut into its rows."""
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, own in owner.items():
        areas.setdefault(own, []).append(place)
    cells: list[GridCell] = []
    for places in areas.values():
        cells.extend(_cell(part, xs, ys) for part in _rectangles(places))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _rectangles(places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    rows, columns = {r for r, _ in places}, {c for _, c in places}
    if len(places) == len(rows) * len(columns):
        return [places]
    found: list[list[tuple[int, int]]] = []
    for row in sorted(rows):
        piece: list[tuple[int, int]] = []
        for column in sorted(c for r, c in places if r == row):
            if piece and column != piece[-1][1] + 1:
                found.append(piece)
                piece = []
            piece.append((row, column))
        found.append(piece)
    return found


def _cell(places: list[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> GridCell:
    top, left = min(r for r, _ in places), min(c for _, c in places)
    bottom, right = max(r for r, _ in places), max(c for _, c in places)
    box = Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return GridCell(top, left, box, bottom - top + 1, right - left + 1)
