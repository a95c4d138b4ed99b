"""A page's picture: pixels, and where on the page they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.layout import Box

_POINTS = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's pixels (grey, or red-green-blue) and the box in points that they fill on the upright page."""

    pixels: NDArray[np.uint8]
    box: Box
    embedded: bool

    @property
    def dpi(self) -> float:
        """Pixels an inch across."""
        return float(self.pixels.shape[1] * _POINTS / (self.box.x1 - self.box.x0))
