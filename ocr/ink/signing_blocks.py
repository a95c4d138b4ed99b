"""Where the signature blocks of a page stand: under an office, or beside «Nơi nhận» where the office was not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.layout import Box
from ocr.layout.columns import DISTRIBUTION, SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.layout.lines import Run

_HALF = 150.0
_BELOW = 190.0
_ABOVE = 6.0
_LEAST = 45.0
"""Points: half a block's width, its depth below the office, what is cut out above, the smallest room for a name."""

_WIDE = 0.5
"""Share of the page's width from which a line is text that follows, no part of a block."""

_KNOWN = 0.6
"""Mean confidence from which a fragment is print and not what an engine makes of a seal."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where a signature block stands, in points; ``titles`` are the lines of its office that were read."""

    box: Box
    titles: tuple[Run, ...] = ()


def find_blocks(fragments: Sequence[Run], width: float, height: float) -> list[Block]:
    """The signature blocks of a page: fragments, width and height in points."""
    clusters: list[list[Run]] = []
    for run in fragments:
        if not _is_title(run):
            continue
        home = next((its for its in clusters if _goes_on(its, run)), None)
        if home is None:
            clusters.append([run])
        else:
            home.append(run)
    blocks = [block for its in clusters if (block := _under(its, fragments, width, height))]
    if blocks:
        return blocks
    copies = next((run for run in fragments if DISTRIBUTION.search(run.key) and run.box.x0 < 0.4 * width), None)
    block = _beside(copies, fragments, width, height) if copies else None
    return [block] if block else []


def _is_title(run: Run) -> bool:
    return run.text.isupper() and len(run.text) < 70 and bool(SIGNATURE.search(run.key))


def _goes_on(cluster: Sequence[Run], run: Run) -> bool:
    last = cluster[-1].box
    level = abs((last.x0 + last.x1) - (run.box.x0 + run.box.x1)) < 140
    return level and -4 < run.box.top - last.bottom < 3 * cluster[-1].height


def _under(titles: Sequence[Run], fragments: Sequence[Run], width: float, height: float) -> Block | None:
    """The block under an office, as far as nothing else is printed; none where there is no room for a name."""
    middle = (titles[-1].box.x0 + titles[-1].box.x1) / 2
    start = titles[-1].box.bottom
    left, right = _sides(fragments, (titles[0].box.top, start + _BELOW), middle, width)
    bottom = _end(fragments, start, min(start + _BELOW, height), (left, right, width))
    if bottom - start < _LEAST:
        return None
    top = max(titles[0].box.top - _ABOVE, 0.0)
    return Block(Box(max(middle - _HALF, left), top, min(middle + _HALF, right), bottom), tuple(titles))


def _beside(copies: Run, fragments: Sequence[Run], width: float, height: float) -> Block | None:
    """The block right of «Nơi nhận» whose office could not be read."""
    top = max(copies.box.top - 2 * copies.height, 0.0)
    left, right = _sides(fragments, (top, top + _BELOW), 0.72 * width, width)
    bottom = _end(fragments, copies.box.bottom, min(top + _BELOW, height), (left, right, width))
    return Block(Box(left, top, right, bottom)) if bottom - top >= _LEAST and right - left > 100 else None


def _sides(fragments: Sequence[Run], between: tuple[float, float], middle: float, width: float) -> tuple[float, float]:
    """How far a block may reach to the left and right of its middle: to what is printed beside it."""
    level = [run for run in fragments if between[0] < run.middle < between[1] and _certain(run) >= _KNOWN]
    left = max((run.box.x1 + 4 for run in level if run.box.x1 < middle - 40), default=0.02 * width)
    right = min((run.box.x0 - 4 for run in level if run.box.x0 > middle + 60), default=0.99 * width)
    return left, right


def _end(fragments: Sequence[Run], start: float, bottom: float, across: tuple[float, float, float]) -> float:
    """Where the room of a block ends: above the next line of running text."""
    left, right, width = across
    tops = [
        run.box.top
        for run in fragments
        if start + 4 < run.middle < bottom and run.box.x1 - run.box.x0 > _WIDE * width and run.box.x0 < right
        if run.box.x1 > left and _certain(run) >= _KNOWN
    ]
    return min(tops, default=bottom)


def _certain(run: Run) -> float:
    return sum(word.confidence for word in run.words) / len(run.words)
