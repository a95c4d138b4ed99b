"""The pages of an image file; beside :mod:`ocr.files.stored`, so that PDFs need not load what decodes images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.errors import DamagedError
from corpus.layout import Box
from ocr.image.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ocr.engine import ReadWord
    from ocr.limits import Limits
    from ocr.tables.grid import Grid

_POINTS = 72
_A4_INCHES = (8.27, 11.69)


@dataclass(slots=True)
class StoredImage:
    """A page of an image file."""

    number: int
    total: int
    width: float
    height: float
    frame: Image.Image
    limits: Limits

    def layer(self) -> list[ReadWord]:
        """Images have no text layer."""
        return []

    def image_cover(self) -> float:
        """All of it."""
        return 1.0

    def grids(self) -> list[Grid]:
        """None are drawn."""
        return []

    def overlay(self, layer: list[ReadWord]) -> None:
        """Nothing is told apart in an image."""
        del layer

    def stamped(self, *, images: bool) -> None:
        """All there is is in the picture."""
        del images

    def picture(self, *, with_text: bool = False) -> Picture:
        """The decoded pixels."""
        del with_text
        try:
            upright = ImageOps.exif_transpose(self.frame)
            mode = "L" if upright.mode in {"1", "L"} else "RGB"
            pixels = np.asarray(_on_paper(upright).convert(mode), np.uint8)
        except (OSError, ValueError, SyntaxError) as error:
            raise DamagedError("Ảnh bị cắt cụt hoặc hỏng, không giải mã được.") from error
        return Picture(pixels, Box(0.0, 0.0, self.width, self.height), embedded=True)


def image_pages(path: Path, limits: Limits) -> Iterator[StoredImage]:
    """The pages of an image file in order.

    Raises:
        DamagedError: it cannot be opened.
        LimitError: too many pages or pixels.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit, told in Vietnamese, is asked before decoding
    try:
        image = Image.open(path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedError(f"Ảnh {path.name} hỏng hoặc bị cắt cụt, không mở được.") from error
    with image:
        total = int(getattr(image, "n_frames", 1))
        limits.check_pages(total, path.name)
        for index in range(total):
            try:
                image.seek(index)
            except (EOFError, OSError, ValueError, SyntaxError) as error:
                raise DamagedError(f"Ảnh {path.name} bị cắt cụt ở trang {index + 1}.") from error
            limits.check_pixels(image.width, image.height, path.name)
            width, height = _points(image)
            yield StoredImage(index + 1, total, width, height, image, limits)


def _on_paper(image: Image.Image) -> Image.Image:
    """Transparent pixels as white paper."""
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)


def _points(image: Image.Image) -> tuple[float, float]:
    """Width and height in points as the image is shown.

    The stored resolution is believed where it gives a sheet between A6 and A3; phones and web sites store 72 or 96
    whatever the size, so then the image is taken for a sheet of A4.
    """
    columns, rows = image.size
    if image.getexif().get(0x0112, 1) in {5, 6, 7, 8}:
        columns, rows = rows, columns
    dpi = float(image.info.get("dpi", (0, 0))[0] or 0)
    long, short = max(columns, rows), min(columns, rows)
    if not (dpi and 5.5 <= long / dpi <= 17 and 3.9 <= short / dpi <= 12.5):
        dpi = max(short / _A4_INCHES[0], long / _A4_INCHES[1])
    return columns * _POINTS / dpi, rows * _POINTS / dpi
