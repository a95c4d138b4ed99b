"""Which way up a page lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import cv2
import numpy as np

if TYPE_CHECKING:
    from ocr.engine import GreyImage

_SIZE = 1500
_SURE = 1.0


@runtime_checkable
class Orienter(Protocol):
    """An engine that can tell which way up an image lies."""

    def orientation(self, image: GreyImage, *, dpi: int, timeout: float) -> tuple[int, float]:
        """``(clockwise degrees that set the page upright, confidence)``."""


def upright_turn(orienter: Orienter, grey: GreyImage, *, dpi: int, timeout: float) -> int:
    """Clockwise degrees (0, 90, 180, 270) that set the page upright, 0 where that is uncertain.

    The detection is as right at 1500 pixels as at full size, and costs a third.
    """
    scale = min(_SIZE / max(grey.shape), 1.0)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    degrees, confidence = orienter.orientation(
        np.asarray(small, np.uint8), dpi=max(round(dpi * scale), 70), timeout=timeout
    )
    return degrees % 360 if confidence >= _SURE else 0


def rotate(grey: GreyImage, degrees: int) -> GreyImage:
    """The image turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))
