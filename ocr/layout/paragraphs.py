"""Lines of one column into paragraphs: where an empty line belongs."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.layout.lines import Run

_ITEM = re.compile(
    r"^\W{0,2}(?:[-–—+•*]|\d{1,3}[.)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s)|[a-zđ][.)]|[IVX]{1,5}[.)]"
    r"|(?:Điều|Dieu|Chương|Mục|Phần|Phụ lục|PHỤ LỤC) [\dIVX]+)",
)
_LIST_HEAD = re.compile(r"\W*(?:k[i1l]nh g|n[o0][i1l] nh)")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in a column, in points: its edges, and the distance from line to line."""

    left: float
    right: float
    pitch: float

    @staticmethod
    def of(lines: Sequence[Run]) -> Measure:
        """The edges that most lines share, and the usual pitch, of at least one line."""
        steps = [b.middle - a.middle for a, b in pairwise(lines)]
        usual = [step for step in steps if 5 < step < 40]
        return Measure(
            _common([line.box.x0 for line in lines], low=True),
            _common([line.box.x1 for line in lines], low=False),
            _common_pitch(usual),
        )

    def starts_in(self, line: Run) -> bool:
        """Whether the line is indented."""
        return line.box.x0 > self.left + 10

    def ends_short(self, line: Run) -> bool:
        """Whether the line leaves room for another word or two."""
        return line.box.x1 < self.right - max(0.1 * (self.right - self.left), 25)

    def centred(self, line: Run) -> bool:
        """Whether the line leaves about equal room on both sides."""
        before, after = line.box.x0 - self.left, self.right - line.box.x1
        return before > 14 and after > 14 and abs(before - after) < 0.25 * (before + after) + 6


def paragraphs(lines: Sequence[Run], *, loose: bool) -> list[list[Run]]:
    """The lines, from top to bottom, grouped by paragraph.

    Args:
        lines: lines of one column.
        loose: only gaps separate (header cells, distribution lists, signatures: their lines do not fill the column).
    """
    if not lines:
        return []
    measure = Measure.of(lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        apart = _gap(before, line, measure) if loose else _parted(groups[-1], line, measure)
        if apart:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _gap(before: Run, line: Run, measure: Measure) -> bool:
    usual = min(measure.pitch, 2.0 * max(before.height, line.height))
    return line.middle - before.middle > 1.28 * usual + 1 and line.box.top > before.box.bottom


def _parted(group: Sequence[Run], line: Run, measure: Measure) -> bool:
    before = group[-1]
    if _gap(before, line, measure):
        return True
    if _in_address(group, line):
        return False
    if measure.centred(before) and measure.centred(line):
        return False
    if measure.centred(before) != measure.centred(line) and not measure.ends_short(line):
        return measure.centred(before) or measure.starts_in(line)
    if measure.ends_short(before):
        return True
    return measure.starts_in(line) and (not measure.starts_in(before) or bool(_ITEM.match(line.text)))


def _in_address(group: Sequence[Run], line: Run) -> bool:
    """«Kính gửi:» or «Nơi nhận:» and its list stay together."""
    return bool(_LIST_HEAD.match(group[0].key) and (_ITEM.match(line.text) or line.text[:1] == "("))


def _common(values: Sequence[float], *, low: bool) -> float:
    """The edge that the most values lie at, within 6 points; of equals the outermost."""
    best = max(values, key=lambda v: (sum(abs(other - v) <= 6 for other in values), -v if low else v))
    return statistics.median(v for v in values if abs(v - best) <= 6)


def _common_pitch(steps: Sequence[float]) -> float:
    """The most usual step; of equals the smallest."""
    if not steps:
        return 18.0
    best = max(steps, key=lambda v: (sum(abs(other - v) <= 1.5 for other in steps), -v))
    return statistics.median(v for v in steps if abs(v - best) <= 1.5)
