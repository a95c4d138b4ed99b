"""The pages that a file holds, one at a time: a size, perhaps a text layer, and a picture on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ocr.files.pdf import PdfPage, open_pdf
from ocr.tables.digital import grids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ocr.engine import ReadWord
    from ocr.files.overlay import Overlay
    from ocr.image.picture import Picture
    from ocr.limits import Limits
    from ocr.tables.grid import Grid

_POINTS = 72
_STAMP_DPI = 150
"""Resolution at which stamps are looked for: their letters are large."""


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
