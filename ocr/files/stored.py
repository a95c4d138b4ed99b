"""The pages that a file holds, one at a time: a size, perhaps a text layer, and a picture on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.errors import DamagedError
from corpus.layout import Box
from ocr.files.pdf import PdfPage, open_pdf
from ocr.image.picture import Picture
from ocr.tables.digital import grids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ocr.engine import ReadWord
    from ocr.files.overlay import Overlay
    from ocr.limits import Limits
    from ocr.tables.grid import Grid

_POINTS = 72
_STAMP_DPI = 150
"""Resolution at which stamps are looked for: their letters are large."""

_A4_INCHES = (8.27, 11.69)


class Stored(Protocol):
    """A page as a file holds it; valid until the next one is asked for. Sizes in points."""

    number: int
    total: int
    width: float
    height: float

    def layer(self) -> list[ReadWord]:
        """The text layer's words, boxes in points; none for pictures."""

    def image_cover(self) -> float:
        """The share of the page that pictures cover, in [0, 1]."""

    def grids(self) -> list[Grid]:
        """The tables that a born-digital page draws."""

    def overlay(self, layer: list[ReadWord]) -> Overlay | None:
        """What is drawn over a finished page of a PDF, if anything is."""

    def stamped(self, *, images: bool) -> Picture | None:
        """The page with its annotations where these (``images``: or its pictures) may hold a stamp; else none."""

    def picture(self, *, with_text: bool = False) -> Picture:
        """The page's pixels, ``with_text`` those of text drawn over it too; may raise LimitError or DamagedError."""


@dataclass(slots=True)
class StoredPdfPage:
    """A page of a PDF."""

    number: int
    total: int
    width: float
    height: float
    page: PdfPage
    path: Path
    limits: Limits

    def layer(self) -> list[ReadWord]:
        """The text layer's words."""
        return self.page.layer()

    def image_cover(self) -> float:
        """The share of the page that pictures cover."""
        return self.page.image_cover()

    def overlay(self, layer: list[ReadWord]) -> Overlay | None:
        """What annotations and small pictures lay over the page."""
        return self.page.overlay(layer, self.limits)

    def stamped(self, *, images: bool) -> Picture | None:
        """The page rendered with its annotations."""
        if not self.page.is_stamped(images=images):
            return None
        return self.page.rendered(_STAMP_DPI, self.limits, annotations=True)

    def picture(self, *, with_text: bool = False) -> Picture:
        """The embedded image, or the page rendered."""
        return self.page.picture(self.limits, drawn=with_text and self.page.has_visible_text())

    def grids(self) -> list[Grid]:
        """The tables that the page draws."""
        return grids(self.path, self.number)


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


def pdf_pages(path: Path, limits: Limits) -> Iterator[Stored]:
    """The pages of a PDF in order; see :func:`ocr.files.pdf.open_pdf` for what is raised."""
    with open_pdf(path, limits) as document:
        total = len(document)
        for index in range(total):
            page = PdfPage(document, index)
            try:
                yield StoredPdfPage(index + 1, total, page.width, page.height, page, path, limits)
            finally:
                page.close()


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
