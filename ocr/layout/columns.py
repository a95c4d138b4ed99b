"""Reading order: which runs stand in columns side by side, and which column is read first.

A gutter is trusted only where Vietnamese dispatches have one: the two header columns, «Nơi nhận» beside the
signature block, two signatures side by side, and pages set in newspaper columns. Everywhere else a gap in
consecutive lines is chance, or a table, and lines are read across.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from corpus.layout import Word
from ocr.layout.lines import GAP, Run, box_of, key_of, letter_height, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOTTO = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "dang cong san viet nam",
)
_ADDRESSEES = re.compile(r"k[i1l]nh (?:gu[i1l]|trinh)\b")
DISTRIBUTION = re.compile(r"^\W*n[o0][i1l] nh[aâ]n\b")
SIGNATURE = re.compile(
    r"^\W*(?:tm|kt|tl|tuq|q)\s*[.,]|^\W*[tk]/[mlt]\b"
    r"|^\W*(?:pho |quyen |q\. ?)?(?:tong )?"
    r"(?:giam doc|chu tich|bo truong|thu truong|thu tuong|hieu truong|cuc truong|vu truong|chi cuc truong"
    r"|chanh van phong|chanh thanh tra|truong (?:phong|ban|khoa)|vien truong|bi thu"
    r"|chu nhiem|tong bien tap|thong doc|dai dien|thu ky|chu tri|nguoi lap|ke toan)\b"
    r"|^\W*ky\b.{0,12}\bho ten\b"
)
_COPY_ITEM = re.compile(r"^\s*[-–—+•.]|\bluu\s*[:;.]?\s*v")
_LONG_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one column in one stretch of the page.

    ``loose``: its lines need not fill the column (header cells, distribution lists, signatures), so that only
    a gap separates paragraphs.
    """

    words: tuple[Word, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Zone:
    """A stretch of the page with a gutter at ``at``: runs on both sides of it, none across."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    at: float

    @property
    def pairs(self) -> int:
        """Runs of the shorter side that have a neighbour on the other."""
        return min(_beside(self.left, self.right), _beside(self.right, self.left))


def blocks(words: Sequence[Word]) -> list[Block]:
    """The words in reading order: block after block, left columns before right ones."""
    if not words:
        return []
    fragments = _cut_at_motto(runs(words, GAP * letter_height(words) + 1))
    zone = _best_zone(fragments)
    if zone is None:
        return [Block(tuple(words))]
    inside = {id(word) for run in zone.left + zone.right for word in run.words}
    top = min(run.middle for run in zone.left + zone.right)
    outside = [run for run in fragments if id(run.words[0]) not in inside]
    above = _words([run for run in outside if run.middle < top])
    below = _words([run for run in outside if run.middle >= top])
    return [*blocks(above), *_columns(zone), *blocks(below)]


def _columns(zone: _Zone) -> list[Block]:
    if zone.pairs >= _LONG_COLUMNS and not _is_header(zone):
        return [*blocks(_words(zone.left)), *blocks(_words(zone.right))]
    left, late = _late_distribution(zone)
    sides = [_words(left), _words(zone.right), _words(late)]
    return [Block(tuple(side), loose=True) for side in sides if side]


def _late_distribution(zone: _Zone) -> tuple[list[Run], list[Run]]:
    """«Nơi nhận» that begins below both of two signatures is read after them."""
    start = next((run.middle for run in zone.left if DISTRIBUTION.search(run.key)), None)
    last = max(run.box.bottom for run in zone.right)
    if start is None or start < last or not any(run.middle < start for run in zone.left):
        return list(zone.left), []
    return [r for r in zone.left if r.middle < start], [r for r in zone.left if r.middle >= start]


def _words(them: Sequence[Run]) -> list[Word]:
    return [word for run in them for word in run.words]


def _cut_at_motto(fragments: Sequence[Run]) -> list[Run]:
    """Fragments, cut before the country's name or the motto: an issuer's long name may come near to it."""
    found: list[Run] = []
    for run in fragments:
        at = _motto_start(run)
        found.extend([Run.of(run.words[:at]), Run.of(run.words[at:])] if at else [run])
    return sorted(found, key=lambda run: (run.middle, run.box.x0))


def _motto_start(run: Run) -> int:
    keys = [key_of(word.text) for word in run.words]
    for phrase in _MOTTO:
        size = len(phrase.split())
        for at in range(1, len(keys) - size + 1):
            if keys[at][:1] == phrase[:1] and fuzz.ratio(" ".join(keys[at : at + size]), phrase) > 80:
                return at
    return 0


def _best_zone(fragments: Sequence[Run]) -> _Zone | None:
    """The trusted zone with the most neighbours; of several gutters in it the one with most room."""
    left, right = min(r.box.x0 for r in fragments), max(r.box.x1 for r in fragments)
    candidates = sorted(
        {
            round(run.box.x0) - 2
            for run in fragments
            if left + 0.2 * (right - left) < run.box.x0 < right - 0.12 * (right - left)
        }
    )
    zones = [zone for at in candidates for zone in _zones(fragments, at) if _trusted(zone, fragments)]
    return max(zones, key=lambda zone: (zone.pairs, len(zone.left) + len(zone.right), _room(zone)), default=None)


def _zones(fragments: Sequence[Run], at: float) -> list[_Zone]:
    """The stretches between runs that cross ``at``, cut where a header or a signature block must end."""
    found: list[_Zone] = []
    stretch: list[Run] = []
    for run in [*fragments, None]:
        if run is None or _crosses(run, at) or _ADDRESSEES.search(run.key):
            found.extend(_zone(stretch, at))
            stretch = []
        else:
            stretch.append(run)
    return found


def _crosses(run: Run, at: float) -> bool:
    """Whether the run has words on both sides. Dirt widens single boxes, so words count by their middles."""
    if not run.box.x0 < at < run.box.x1:
        return False
    middles = [(box_of(word).x0 + box_of(word).x1) / 2 for word in run.words]
    return min(middles) < at < max(middles)


def _zone(stretch: list[Run], at: float) -> list[_Zone]:
    left = [run for run in stretch if box_of(run.words[0]).x0 + box_of(run.words[0]).x1 <= 2 * at]
    right = [run for run in stretch if box_of(run.words[0]).x0 + box_of(run.words[0]).x1 > 2 * at]
    if not left or not right:
        return []
    first, last = right[0].box.top, right[-1].box.bottom
    kept = [run for index, run in enumerate(left) if _belongs(left, index, first, last)]
    return [_Zone(tuple(kept), tuple(right), at)] if kept else []


def _belongs(left: list[Run], index: int, first: float, last: float) -> bool:
    """Not a short last line of the paragraph above, nor what follows a gap below the right column.

    A distribution list belongs whole: of the signature beside it the name alone may have been read.
    """
    run = left[index]
    if any(DISTRIBUTION.search(r.key) for r in left[: index + 1]):
        return True
    if run.box.bottom <= first:
        return _is_header_text(run) and index + 1 < len(left)
    if run.box.top < last:
        return True
    gaps = [b.middle - a.middle for a, b in pairwise(left[: index + 1]) if b.box.top >= last]
    return max(gaps, default=0.0) < 2.2 * run.height + 6


def _is_header_text(run: Run) -> bool:
    return run.text.isupper()


def _beside(these: Sequence[Run], those: Sequence[Run]) -> int:
    return sum(
        any(a.box.top < b.middle < a.box.bottom or b.box.top < a.middle < b.box.bottom for b in those) for a in these
    )


def _room(zone: _Zone) -> float:
    return min(run.box.x0 for run in zone.right) - max(run.box.x1 for run in zone.left)


def _is_header(zone: _Zone) -> bool:
    return any(fuzz.partial_ratio(phrase, run.key) > 80 for run in zone.right for phrase in _MOTTO if len(run.key) > 15)


def _trusted(zone: _Zone, fragments: Sequence[Run]) -> bool:
    if _signed_beside_list(zone):
        return True
    if not zone.pairs:
        return False
    if _is_header(zone):
        return True
    if any(DISTRIBUTION.search(run.key) for run in zone.left):
        return True
    left, right = (any(SIGNATURE.search(run.key) for run in side) for side in (zone.left, zone.right))
    if right and (left or sum(bool(_COPY_ITEM.search(run.key)) for run in zone.left) >= 2):
        return True
    return _newspaper(zone) or _heads_page(zone, fragments)


def _signed_beside_list(zone: _Zone) -> bool:
    """A distribution list beside a signature, though no line of one may stand at the height of one of the other's."""
    overlap = zone.right[0].box.top < zone.left[-1].box.bottom and zone.left[0].box.top < zone.right[-1].box.bottom
    listed = any(DISTRIBUTION.search(run.key) for run in zone.left)
    return overlap and listed and any(SIGNATURE.search(run.key) for run in zone.right)


def _newspaper(zone: _Zone) -> bool:
    """Long columns whose lines mostly fill them, on both sides."""
    return zone.pairs >= _LONG_COLUMNS and _filled(zone.left) and _filled(zone.right)


def _filled(side: Sequence[Run]) -> bool:
    width = max(r.box.x1 for r in side) - min(r.box.x0 for r in side)
    full = sum(r.box.x1 - r.box.x0 > 0.75 * width for r in side)
    return width > 120 and full > 0.5 * len(side)


def _heads_page(zone: _Zone, fragments: Sequence[Run]) -> bool:
    """A header whose motto could not be read: the page's first lines, in capitals, on both sides."""
    top = min(run.middle for run in fragments)
    firsts = (zone.left[0], zone.right[0])
    return zone.pairs >= 2 and all(r.middle < top + 2 * r.height and r.text.isupper() for r in firsts)
