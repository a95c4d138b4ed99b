"""Round seals by their ring, whatever their colour: red, violet, faint, or black on a grey scan.

A ring of a seal's size answers to a ring laid over it and less to rings beside it; text and pictures answer to all of
them alike. So the page, small, is folded with such rings: once by how coloured it is (print is not), and where that
tells nothing by how dark it is. Seals cut by the sheet's edge (giáp lai) answer with the arc that is left.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_DPI = 36.0
_POINTS = 72 / _DPI
_RADII = np.arange(21.0, 29.0, 1.5)
"""Pixels at 36 dpi: seals in use measure 30 to 41 mm across."""

_PAD = 30
"""Pixels beyond the sheet where the middle of a cut seal may lie."""

_LINE, _BESIDE = 1.5, 3.2
"""Pixels: half the width of the line of a ring, and how far off it the paper is asked."""

_SHORT = 0.2
"""Share of a circle on the sheet that is counted at least: less would make a seal of any dirt at the edge."""

_FAINT_COLOUR, _COLOURED = 12.0, 60.0
"""Difference of channels that yellowed paper has, and that of ink beyond it."""

_ENOUGH = 30
"""Pixels of colour from which a page holds coloured ink."""

_RING_COLOURED, _RING_PALE, _RING_DARK = 0.3, 0.12, 0.33
"""Answers of a ring that is surely one; of one that stands alone; of one in black among print.

On 190 real pages the rings of black seals answered with 0.40 to 0.70, QR codes with 0.26, text with up to 0.22.
"""

_ALONE = 1.6
"""How much stronger a pale ring answers than anything else on the page."""

_OUTSIDE = 12.0
"""Pixels that the middle of a black seal may lie outside: the arc left is a third of the circle."""

_EDGE = 14.0, 8.0
"""Points: ink so near the sheet's edge is cut by it, and the least that such a piece measures across."""

_CUT = 45.0, 160.0
"""Points: sides of the piece of a seal along the sheet's edge."""


def find_seals(pixels: NDArray[np.uint8], dpi: float, *, black: bool = True) -> list[Box]:
    """The seals of a page by their rings, boxes in points of the image; what the sheet's edge cuts off is left out.

    Args:
        pixels: rows × columns grey, or rows × columns × 3 in the order red, green, blue.
        dpi: their resolution.
        black: whether there may be a black one.
    """
    step = max(int(dpi / ((3 if pixels.ndim == 2 else 2) * _DPI)), 1)
    scale = _DPI / dpi
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    small = cv2.resize(np.ascontiguousarray(pixels[::step, ::step]), size, interpolation=cv2.INTER_AREA)
    coloured = _colour(small) if small.ndim == 3 else None
    if coloured is not None and np.count_nonzero(coloured > _RING_COLOURED) > _ENOUGH:
        found = list(_rings(coloured, _RING_COLOURED, _PAD)) or list(_pale(coloured))
        if found:
            return found
    return list(_rings(_darkness(small), _RING_DARK, _OUTSIDE)) if black else []


def cut_seals(red: NDArray[np.uint8], boxes: list[Box], points: float) -> list[Box]:
    """Those boxes of red ink that the edge of the sheet cuts, as it cuts a seal over several sheets.

    Args:
        red: the image that they come from, for its size.
        boxes: in points.
        points: makes points of its pixels.
    """
    height, width = red.shape[0] * points, red.shape[1] * points
    return [box for box in boxes if _is_cut(box, width, height)]


def _is_cut(box: Box, width: float, height: float) -> bool:
    across, down = box.x1 - box.x0, box.bottom - box.top
    beside = (box.x0 < _EDGE[0] or box.x1 > width - _EDGE[0]) and _CUT[0] < down < _CUT[1] and across > _EDGE[1]
    below = box.bottom > height - _EDGE[0] and _CUT[0] < across < _CUT[1] and down > _EDGE[1]
    return max(across, down) < _CUT[1] and (beside or below)


def _colour(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How coloured each pixel is beyond the paper, from 0 to 1."""
    red, green, blue = cv2.split(small)
    strongest, weakest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    spread = cv2.subtract(strongest, weakest).astype(np.float32)
    return np.asarray(np.clip((spread - np.median(spread) - _FAINT_COLOUR) / _COLOURED, 0, 1), np.float32)


def _darkness(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How dark each pixel is, from 0 to 1; the grain of the paper counts as white."""
    weakest = small if small.ndim == 2 else cv2.min(cv2.min(small[..., 0], small[..., 1]), small[..., 2])
    grey = weakest.astype(np.float32)
    paper = max(float(np.median(grey)), 1.0)
    dark = np.clip((paper - grey) / (0.6 * paper), 0, 1)
    return np.where(dark < 0.12, np.float32(0), dark)


def _pale(coloured: NDArray[np.float32]) -> Iterator[Box]:
    """The one ring of pale colour that answers, if nothing else on the page answers nearly as much."""
    answers, radii = _answers(coloured)
    strength, at = _strongest(answers)
    box = _box(at, radii, coloured.shape)
    _blank(answers, at)
    if strength > _RING_PALE and strength > _ALONE * _strongest(answers)[0] and _on_sheet(at, coloured.shape, _OUTSIDE):
        yield box


def _rings(strength: NDArray[np.float32], least: float, outside: float) -> Iterator[Box]:
    """Boxes in points of the rings that answer, strongest first."""
    answers, radii = _answers(strength)
    for _ in range(4):
        most, at = _strongest(answers)
        if most < least:
            return
        if _on_sheet(at, strength.shape, outside):
            yield _box(at, radii, strength.shape)
        _blank(answers, at)


def _answers(strength: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """For each middle, `_PAD` pixels beyond the sheet too, the best answer of all radii and the radius it came from."""
    rows, columns = strength.shape[0] + 2 * _PAD, strength.shape[1] + 2 * _PAD
    sheet = np.zeros((cv2.getOptimalDFTSize(rows), cv2.getOptimalDFTSize(columns)), np.float32)
    sheet[_PAD : rows - _PAD, _PAD : columns - _PAD] = strength
    spectrum = cv2.dft(sheet)
    best = np.full(sheet.shape, -1, np.float32)
    radii = np.zeros(sheet.shape, np.uint8)
    for index, ring in enumerate(_ring_spectra(*sheet.shape)):
        answer = cv2.idft(cv2.mulSpectrums(spectrum, ring, 0), flags=cv2.DFT_SCALE)
        better = answer > best
        np.copyto(best, answer, where=better)
        radii[better] = index
    whole = _on_sheet_share(strength.shape[0])[:, None] * _on_sheet_share(strength.shape[1])[None]
    return best[:rows, :columns] / np.maximum(whole, _SHORT) ** 0.75, radii


@lru_cache(maxsize=2)
def _ring_spectra(rows: int, columns: int) -> list[NDArray[np.float32]]:
    """The spectra of a ring less the rings beside it, for each radius, on sheets of one size."""
    down = np.minimum(np.arange(rows), rows - np.arange(rows))[:, None]
    across = np.minimum(np.arange(columns), columns - np.arange(columns))[None]
    away = np.hypot(down, across)

    def ring(radius: float) -> NDArray[np.float64]:
        line = np.clip(1 - np.abs(away - radius) / _LINE, 0, 1)
        return np.asarray(line / line.sum(), np.float64)

    return [
        np.asarray(
            cv2.dft((ring(r) - 0.5 * ring(r - _BESIDE) - 0.5 * ring(r + _BESIDE)).astype(np.float32)), np.float32
        )
        for r in _RADII.tolist()
    ]


@lru_cache(maxsize=8)
def _on_sheet_share(length: int) -> NDArray[np.float32]:
    """The share of a circle that lies on the sheet, for middles from `_PAD` before it to `_PAD` behind it."""
    at = np.arange(length + 2 * _PAD) - _PAD
    radius = float(_RADII.mean())

    def inside(depth: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.asarray(1 - np.arccos(np.clip(depth / radius, -1, 1)) / np.pi, np.float64)

    return (inside(at) * inside(length - 1 - at)).astype(np.float32)


def _strongest(answers: NDArray[np.float32]) -> tuple[float, tuple[int, int]]:
    _, most, _, (x, y) = cv2.minMaxLoc(answers)
    return float(most), (int(x), int(y))


def _blank(answers: NDArray[np.float32], at: tuple[int, int]) -> None:
    """Strike out the answers near a middle."""
    reach = int(_RADII[0])
    answers[max(at[1] - reach, 0) : at[1] + reach, max(at[0] - reach, 0) : at[0] + reach] = 0


def _on_sheet(at: tuple[int, int], shape: tuple[int, ...], outside: float) -> bool:
    """Whether the middle of a circle lies on the sheet, or beside or below it: seals are set over side edges."""
    x, y = at[0] - _PAD, at[1] - _PAD
    return -outside <= x < shape[1] + outside and 0 <= y < shape[0] + outside


def _box(at: tuple[int, int], radii: NDArray[np.uint8], shape: tuple[int, ...]) -> Box:
    radius = float(_RADII[radii[at[1], at[0]]]) + 1
    x, y = at[0] - _PAD, at[1] - _PAD
    left, top = max(x - radius, 0.0), max(y - radius, 0.0)
    right, bottom = min(x + radius, float(shape[1])), min(y + radius, float(shape[0]))
    return Box(*(side * _POINTS for side in (left, top, right, bottom)))
