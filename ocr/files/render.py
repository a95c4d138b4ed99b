"""The picture of a page for people: upright, as it was read, its annotations drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from corpus.errors import UnsupportedError
from ocr.files.pdf import PdfPage, open_pdf
from ocr.files.pictures import image_pages
from ocr.files.sniff import sniff
from ocr.limits import DEFAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from ocr.limits import Limits


def page_image(
    path: Path, number: int, *, dpi: float = 110, rotation: int = 0, limits: Limits = DEFAULTS
) -> Image.Image:
    """Page ``number`` (from 1) in colour.

    ``rotation`` is ``Page.rotation``; with it, a box in points times ``dpi`` / 72 is the place in pixels.

    Raises:
        UnsupportedError: a text file, which has no picture.
        IndexError: there is no such page.
        LockedError, DamagedError, LimitError: as in reading.
    """
    kind = sniff(path)
    if kind == "text":
        raise UnsupportedError(f"{path.name} là văn bản thuần, không có ảnh trang.")
    image = _pdf_page(path, number, dpi, limits) if kind == "pdf" else _image_page(path, number, dpi, limits)
    return image.rotate(-rotation, expand=True) if rotation % 360 else image


def _pdf_page(path: Path, number: int, dpi: float, limits: Limits) -> Image.Image:
    with open_pdf(path, limits) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = PdfPage(document, number - 1)
        try:
            return Image.fromarray(page.rendered(dpi, limits, annotations=True).pixels)
        finally:
            page.close()


def _image_page(path: Path, number: int, dpi: float, limits: Limits) -> Image.Image:
    for stored in image_pages(path, limits):
        if stored.number == number:
            size = (max(round(stored.width * dpi / 72), 1), max(round(stored.height * dpi / 72), 1))
            return Image.fromarray(stored.picture().pixels).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    raise IndexError(number)
