"""Cleaning a page image: ink that is not black, uneven light, faint toner, noise, skew."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.layout import Box
    from ocr.engine import GreyImage

VERSION = "4"
"""Goes into the cache key: a change of the cleaning reads pages anew."""

State = Literal["plain", "faint", "noisy"]
"""``faint``: pale strokes on clean paper. ``noisy``: pale strokes on grainy paper, which another threshold serves."""

cv2.setNumThreads(1)
"""A page is a process's work, here too: more threads gain nothing once each core has a process."""

_BLOCK = 8
_DARK = 128
_PALE = 165
_GRAIN = 2.5
_COARSE = 130.0
"""Resolution below which enlarging helps: letters of less than 15 pixels lose their marks. Above it does not."""

_ENLARGED = 180.0
_FINE = 230.0
_REDUCED = 200.0
"""Resolution to which images finer than ``_FINE`` are brought: engines scale each line to 36 pixels anyway."""

_SOFT = 0.6
"""Pixels by which a reduced image is softened: sharp edges, as scanners' sharpening makes them, cost marks."""

_SKEW_LIMIT = 8.0
_SKEW_WORTH = 0.15


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page image fit for reading. ``angle`` is the turn in degrees, counter-clockwise, that removed the skew.

    ``grey`` is rows × columns, 0 black to 255 white, of ``dpi`` pixels an inch; ``ink`` the share of dark pixels.
    """

    grey: GreyImage
    dpi: float
    angle: float
    ink: float
    state: State


def clean(pixels: NDArray[np.uint8], dpi: float) -> Cleaned:
    """The red channel at a fit size, its background divided out, faint strokes strengthened, set straight.

    Args:
        pixels: rows × columns grey, or rows × columns × 3 in the order red, green, blue.
        dpi: their resolution.
    """
    fine = dpi > _FINE
    grey, dpi = reduced(without_red(pixels), dpi)
    grey = even_light(grey)
    state = state_of(grey)
    if state == "faint":
        grey = strengthened(grey)
    elif state == "noisy":
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.7), np.uint8)
    if fine and state != "noisy":
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), _SOFT), np.uint8)
    if dpi < _COARSE:
        dpi, grey = _ENLARGED, enlarged(grey, _ENLARGED / dpi)
    angle = skew(grey)
    if abs(angle) >= _SKEW_WORTH:
        grey = turn(grey, angle)
    else:
        angle = 0.0
    ink = float(np.count_nonzero(grey[::2, ::2] < _DARK)) / (grey[::2, ::2].size or 1)
    return Cleaned(grey, dpi, angle, ink, state)


def reduced(pixels: NDArray[np.uint8], dpi: float) -> tuple[NDArray[np.uint8], float]:
    """The image, and its resolution, brought down to what reading needs: a third of the time, and fewer marks lost."""
    if dpi <= _FINE:
        return pixels, dpi
    by = _REDUCED / dpi
    return np.asarray(cv2.resize(pixels, None, fx=by, fy=by, interpolation=cv2.INTER_AREA), np.uint8), _REDUCED


def without_red(pixels: NDArray[np.uint8]) -> GreyImage:
    """Grey in which red ink (seals, stamps) is as light as paper: the red channel."""
    return np.ascontiguousarray(pixels if pixels.ndim == 2 else pixels[:, :, 0])


def even_light(grey: GreyImage) -> GreyImage:
    """Grey divided by its background, so that paper is white in shadow too. Two-valued images stay as they are."""
    if is_bilevel(grey):
        return grey
    rows, columns = grey.shape
    small = cv2.resize(grey, (max(columns // _BLOCK, 1), max(rows // _BLOCK, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 6)
    background = cv2.resize(paper, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(background, 1), scale=255), np.uint8)


def is_bilevel(grey: GreyImage) -> bool:
    """Whether an image has black and white alone."""
    sample = grey[::7, ::5]
    return bool(np.all((sample == 0) | (sample == 255)))


def state_of(grey: GreyImage) -> State:
    """How an evenly lit page looks: by the depth of its darkest strokes, and by the grain of its paper."""
    if is_bilevel(grey):
        return "plain"
    noise = grain(grey)
    depths = _depths(grey)
    strokes = depths[depths > max(30.0, 5 * noise)]
    if strokes.size < 0.01 * depths.size or float(np.percentile(strokes, 90)) >= _PALE:
        return "plain"
    return "noisy" if noise >= _GRAIN else "faint"


def grain(grey: GreyImage) -> float:
    """The standard deviation of the paper's noise, from the median difference of neighbours."""
    step = np.abs(np.diff(grey[::3].astype(np.int16), axis=1)[:, ::3])
    return float(np.median(step)) / 0.6745 / math.sqrt(2)


def strengthened(grey: GreyImage) -> GreyImage:
    """Pale strokes made as dark as strong ones, by the darkest ink around each place.

    What lies within the paper's grain is not amplified: the smallest depth taken for ink is five times the noise.
    """
    noise = grain(grey)
    depth = cv2.dilate(_depths(grey), np.ones((9, 9), np.uint8))
    depth = cv2.GaussianBlur(depth.astype(np.float32), (0, 0), 3)
    depth = np.clip(depth, max(40.0, 5 * noise), 215.0)
    rows, columns = grey.shape
    gain = cv2.resize(215.0 / depth, (columns, rows), interpolation=cv2.INTER_LINEAR)
    ink = np.maximum(255.0 - grey.astype(np.float32) - 2 * noise, 0.0) * gain
    return np.asarray(255.0 - np.minimum(ink, 255.0), np.uint8)


def enlarged(grey: GreyImage, by: float) -> GreyImage:
    """The image ``by`` times as large."""
    return np.asarray(cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC), np.uint8)


def _depths(grey: GreyImage) -> NDArray[np.uint8]:
    """For each block of pixels, how dark its darkest spot is (0 paper, 255 black)."""
    dark = 255 - cv2.GaussianBlur(grey, (3, 3), 0)
    if min(grey.shape) < _BLOCK:
        return np.asarray(dark.max(keepdims=True), np.uint8)
    rows, columns = grey.shape[0] // _BLOCK, grey.shape[1] // _BLOCK
    darkest = cv2.dilate(dark, np.ones((_BLOCK, _BLOCK), np.uint8), anchor=(0, 0))
    return np.asarray(darkest[: rows * _BLOCK : _BLOCK, : columns * _BLOCK : _BLOCK], np.uint8)


def skew(grey: GreyImage) -> float:
    """The angle in degrees, counter-clockwise, that sets the lines of text level; 0 where none stands out."""
    step = max(grey.shape[1] // 800, 1)
    size = (max(grey.shape[1] // step, 1), max(grey.shape[0] // step, 1))
    y, x = np.nonzero(cv2.resize(grey, size, interpolation=cv2.INTER_AREA) < 160)
    if len(x) < 200:
        return 0.0
    if len(x) > 60_000:
        keep = np.random.default_rng(0).choice(len(x), 60_000, replace=False)
        y, x = y[keep], x[keep]
    level = _sharpness(x, y, 0.0)
    best = max(np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.1, 0.5), key=lambda angle: _sharpness(x, y, float(angle)))
    for width in (0.25, 0.1, 0.05):
        best = max((best - width, best, best + width), key=lambda angle: _sharpness(x, y, float(angle)))
    return float(best) if _sharpness(x, y, float(best)) > 1.02 * level else 0.0


def _sharpness(x: NDArray[np.int64], y: NDArray[np.int64], angle: float) -> float:
    """How much the row sums differ from row to row once the page is sheared by ``angle``."""
    rows = (y + x * math.tan(math.radians(angle)) + 0.5).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))


def turn(grey: GreyImage, angle: float) -> GreyImage:
    """The image turned about its centre by ``angle`` degrees counter-clockwise, same size, white outside."""
    rows, columns = grey.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), -angle, 1.0)
    return np.asarray(cv2.warpAffine(grey, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)


def straight_part(pixels: NDArray[np.uint8], box: Box, by: float, angle: float) -> NDArray[np.uint8]:
    """What lies under ``box``, in pixels of the image that is ``by`` times as large and turned by ``angle``.

    The part alone is enlarged and turned: colour images of whole pages are large.
    """
    rows, columns = pixels.shape[0] * by, pixels.shape[1] * by
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), -angle, 1.0)
    matrix = matrix @ np.diag([by, by, 1.0])
    matrix[:, 2] -= (box.x0, box.top)
    size = max(round(box.x1 - box.x0), 1), max(round(box.bottom - box.top), 1)
    white = (255, 255, 255)
    return np.asarray(cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderValue=white), np.uint8)
