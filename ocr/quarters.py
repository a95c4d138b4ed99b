"""Roman quarters, «Quý II/2031», checked by counting their strokes on the image.

Engines drop or add a stroke of II and III and are sure of it, and another quarter is another deadline. The strokes are
counted half-way up the letters, apart from any engine; where count and reading differ the word is doubted and both
readings are kept: the engine's where it is a numeral at all («IIIL» is none), else the count's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from normalize.fold import fold
from ocr.lines import box_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage
    from ocr.lines import Placed

_QUARTER = re.compile(r"\W*quy\W*", re.IGNORECASE)
_NUMERAL = re.compile(r"(?P<numeral>[IVlLH1|!]{1,4})(?P<rest>[^IVlLH1|!].*|)$")
_ROMANS = ("I", "II", "III", "IV")
_DARK = 150
_DOUBT = 0.2


def check_quarters(words: Sequence[Placed], image: GreyImage, dpi: float) -> list[Placed]:
    """The words with Roman quarters doubted where the strokes on the image say otherwise.

    Args:
        words: words in reading order, boxes in points.
        image: the page they were read on.
        dpi: its resolution.
    """
    found = list(words[:1])
    for before, word in pairwise(words):
        found.append(_checked(word, image, dpi) if _QUARTER.fullmatch(fold(before.text)) else word)
    return found


def _checked(word: Placed, image: GreyImage, dpi: float) -> Placed:
    match = _NUMERAL.match(word.text)
    if match is None:
        return word
    counted = count_strokes(image, word, dpi)
    if counted is None or match["numeral"].replace("1", "I") == counted:
        return word
    read, other = word.text, counted + match["rest"]
    if match["numeral"].replace("1", "I") not in _ROMANS:
        read, other = other, read
    return replace(word, text=read, confidence=min(word.confidence, _DOUBT), readings=(*word.readings, other))


def count_strokes(image: GreyImage, word: Placed, dpi: float) -> str | None:
    """The Roman numeral that a word begins with, by its upright strokes; None where that cannot be told."""
    scale, box = dpi / 72, box_of(word)
    area = image[int(box.top * scale) : int(box.bottom * scale) + 1, int(box.x0 * scale) : int(box.x1 * scale) + 1]
    dark = area < _DARK
    rows = np.nonzero(dark.any(axis=1))[0]
    if len(rows) < 8:
        return None
    dark = dark[rows[0] : rows[-1] + 1]
    upper, middle, lower = (_runs(_band(dark, at)) for at in (0.3, 0.5, 0.7))
    reach = max(0.06 * len(dark), 1.0)
    strokes = 0
    for run in middle:
        if not (_near(run, upper, reach) and _near(run, lower, reach)):
            break
        strokes += 1
    leaning = middle[strokes : strokes + 2]
    if strokes == 1 and len(leaning) == 2 and _narrows(leaning, upper, lower, len(dark)):
        return "IV"
    return _ROMANS[strokes - 1] if 1 <= strokes <= 3 else None


def _band(dark: NDArray[np.bool_], at: float) -> NDArray[np.bool_]:
    """Columns that are dark in most rows of a thin band at a share of the height."""
    half = max(len(dark) // 14, 1)
    middle = int(at * len(dark))
    return np.asarray(dark[middle - half : middle + half + 1].mean(axis=0) > 0.5, np.bool_)


def _runs(columns: NDArray[np.bool_]) -> list[float]:
    """The middles of the runs of dark columns, from left to right."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    return [(float(start) + float(end) - 1) / 2 for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _near(run: float, others: Sequence[float], reach: float) -> bool:
    return any(abs(run - other) <= reach for other in others)


def _narrows(pair: Sequence[float], upper: Sequence[float], lower: Sequence[float], height: int) -> bool:
    """Whether two strokes come together downwards, as those of V do."""
    above = [run for run in upper if pair[0] - 0.4 * height < run < pair[1] + 0.4 * height]
    below = [run for run in lower if pair[0] - 0.1 * height < run < pair[1] + 0.1 * height]
    if len(above) != 2 or not below:
        return False
    # A slash and the figure after it come together too, but lean to one side.
    upright = abs((above[0] + above[-1]) / 2 - (below[0] + below[-1]) / 2) < 0.08 * height
    return upright and above[-1] - above[0] > pair[1] - pair[0] > below[-1] - below[0]
