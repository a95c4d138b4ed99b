"""Black ink told apart from what was stamped or written over it, for places that are read a second time.

A whole page is read from its red channel, in which red seals fade but blue and dark red ink do not. Where a name or a
number lies under a seal and a signature, the inks are separated here with more care.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocr.engine import GreyImage

_COLOURED = 50
"""Difference between a pixel's strongest and weakest channel from which it is coloured ink, not black or paper."""

_ENOUGH = 100
"""Pixels from which coloured ink counts; fewer are what JPEG and cameras make of edges."""

_LEVEL = 60
"""Percentile of the strongest channel of coloured ink that is taken for the ink itself: most of it holds no black."""

_SEAL = 38.0, 62.0
"""Points: the smallest and largest radius of a seal."""

_HOUGH_DPI = 108.0
_RING = 0.4
"""Share of a circle that is dark where a seal's ring runs."""

_INK = 140


def without_colour(pixels: NDArray[np.uint8]) -> GreyImage:
    """The strongest channel of each pixel, coloured ink made as light as paper: black stays, under a seal too.

    Args:
        pixels: rows × columns grey, or rows × columns × 3 in the order red, green, blue.
    """
    if pixels.ndim == 2:
        return pixels
    strongest = np.asarray(pixels.max(axis=2), np.uint8)
    coloured = _coloured(pixels)
    if np.count_nonzero(coloured) < _ENOUGH:
        return strongest
    level = max(float(np.percentile(strongest[coloured], _LEVEL)), 1.0)
    lighter = np.minimum(strongest.astype(np.float32) * (255.0 / level), 255.0)
    return np.asarray(np.where(coloured, lighter, strongest), np.uint8)


def grown_over(pixels: NDArray[np.uint8]) -> GreyImage:
    """As `without_colour`, coloured strokes filled from their surroundings: for seals that hide what is below."""
    grey = without_colour(pixels)
    if pixels.ndim == 2:
        return grey
    mask = cv2.dilate(_coloured(pixels).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.inpaint(grey, mask, 3, cv2.INPAINT_TELEA), np.uint8)


def without_rings(grey: GreyImage, dpi: float) -> GreyImage:
    """The image without the rings of a round black seal, letters under them closed again; as it is where none is."""
    found = seal_circle(grey, dpi)
    if found is None:
        return grey
    x, y, radius = found
    rows, columns = np.nonzero(grey < _INK)
    about = np.hypot(columns - x, rows - y)
    near = np.abs(about - radius) < 6 * dpi / 72
    counts = np.bincount(about[near].astype(np.intp))
    rings = np.nonzero(counts > _RING * 2 * np.pi * np.maximum(np.arange(len(counts)), 1))[0]
    mask = np.zeros_like(grey)
    on_ring = np.isin(about.astype(np.intp), np.unique(np.concatenate([rings - 1, rings, rings + 1])))
    mask[rows[on_ring], columns[on_ring]] = 1
    return np.asarray(cv2.inpaint(grey, mask, 3, cv2.INPAINT_TELEA), np.uint8)


def seal_circle(grey: GreyImage, dpi: float) -> tuple[float, float, float] | None:
    """Centre and radius in pixels of the outer ring of a round seal; none where no circle is mostly dark."""
    scale = _HOUGH_DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    least, most = (round(points * _HOUGH_DPI / 72) for points in _SEAL)
    circles = cv2.HoughCircles(small, cv2.HOUGH_GRADIENT, 1, 60, param1=120, param2=30, minRadius=least, maxRadius=most)
    if circles is None:
        return None
    x, y, radius = (float(value) / scale for value in circles[0][0])
    rows, columns = np.nonzero(grey < _INK)
    near = np.abs(np.hypot(columns - x, rows - y) - radius) < 10 * dpi / 72
    return _centred(rows[near], columns[near], (x, y, radius), dpi)


def _centred(
    rows: NDArray[np.intp], columns: NDArray[np.intp], circle: tuple[float, float, float], dpi: float
) -> tuple[float, float, float] | None:
    """The circle moved to where its ring is darkest."""
    best = (0.0, circle)
    reach = np.arange(-1.5, 1.6, 0.5) * dpi / 72
    for dx in reach:
        for dy in reach:
            x, y = circle[0] + float(dx), circle[1] + float(dy)
            counts = np.bincount(np.hypot(columns - x, rows - y).astype(np.intp))
            shares = counts / (2 * np.pi * np.maximum(np.arange(len(counts)), 1))
            at = int(shares.argmax()) if len(shares) else 0
            best = max(best, (float(shares[at]) if len(shares) else 0.0, (x, y, float(at))))
    return best[1] if best[0] > 1.5 * _RING else None


def _coloured(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    spread = cv2.subtract(pixels.max(axis=2), pixels.min(axis=2))
    return np.asarray(spread > _COLOURED, np.bool_)
