"""A second look at header figures that were read with doubt: the same line, cut out, in three sizes.

An engine is unsure of one letter and doubts the whole word for it: «615/QĐ-STV» at 0.58. Print reads alike in every
size; what a pen wrote reads otherwise each time. So the agreement of all three looks heals such doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import cv2
import numpy as np

from corpus.errors import CongvanError
from normalize.fold import fold
from ocr import cache as caching
from ocr.cache import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Box
    from ocr.cache import Cache
    from ocr.engine import GreyImage, OcrEngine, ReadWord

VERSION = "again-1"
"""Part of the cache key: raised when lines are cut otherwise."""

_SIZES = 1.0, 1.5, 2.0
_BESIDE, _ABOVE = 4.0, 3.0
"""Points of paper around the line."""

_LEAST = 8
"""Pixels that the cut-out measures at least."""

_PAPER = 20
"""Pixels of white around it on the sheet."""

_KEPT = re.compile(r"[^a-z0-9/]")


@runtime_checkable
class ForLines(Protocol):
    """An engine that has a setting for a sheet of plain lines."""

    def for_lines(self) -> OcrEngine:
        """The engine so set."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at lines of one page again: its engine, its grey image in ``dpi``, what keeps readings, seconds a look."""

    engine: OcrEngine
    grey: GreyImage
    dpi: float
    cache: Cache | None
    timeout: float

    def agrees(self, line: Box, tail: str) -> bool:
        """Whether the line under a box (in points) ends with ``tail`` in every size; marks and stops do not count."""
        wanted = _bare(tail)
        strip = self._strip(line)
        return (
            bool(wanted)
            and min(strip.shape) >= _LEAST
            and all(_ends(_bare(" ".join(word.text for word in self._read(strip, size))), wanted) for size in _SIZES)
        )

    def _strip(self, line: Box) -> GreyImage:
        scale = self.dpi / 72
        top, bottom = max(int((line.top - _ABOVE) * scale), 0), int((line.bottom + _ABOVE) * scale)
        left, right = max(int((line.x0 - _BESIDE) * scale), 0), int((line.x1 + _BESIDE) * scale)
        return np.ascontiguousarray(self.grey[top:bottom, left:right])

    def _read(self, strip: GreyImage, size: float) -> Sequence[ReadWord]:
        engine = self.engine.for_lines() if isinstance(self.engine, ForLines) else self.engine
        key = caching.key_of(strip, round(self.dpi * size), VERSION, engine.name, engine.version)
        kept = self.cache.get(key) if self.cache is not None else None
        if kept is None:
            sized = cv2.resize(strip, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC) if size != 1 else strip
            sheet = np.pad(np.asarray(sized, np.uint8), _PAPER, constant_values=255)
            try:
                read = engine.read(sheet, dpi=max(round(self.dpi * size), 70), timeout=self.timeout)
            except CongvanError:  # a look that fails says nothing
                return ()
            kept = Reading(tuple(read))
            if self.cache is not None:
                self.cache.put(key, kept)
        return kept.words


def _bare(text: str) -> str:
    """Small letters without marks, figures and strokes; «QĐÐ» is one «QĐ».

    >>> _bare("Số: 27 /QĐÐ-STV.")
    'so27/qdstv'
    """
    return re.sub("d{2,}", "d", _KEPT.sub("", fold(text).lower()))


def _ends(look: str, tail: str) -> bool:
    """Whether a look ends with the tail, and no further figure stands before it."""
    return look.endswith(tail) and not look[: -len(tail)][-1:].isdigit()
