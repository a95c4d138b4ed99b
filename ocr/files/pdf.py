"""PDF files: opening, the text layer's words, and the picture of a page."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import DamagedError, LockedError
from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.files.overlay import Overlay, added, drawn_rectangles, flattened
from ocr.image.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ocr.limits import Limits

    Bounds = tuple[float, float, float, float]

_POINTS = 72
_RENDER_DPI = 300
_PASSWORD = 4
_COVERS = 0.5
_SMALL = 0.02
"""Share of the page that a picture of a few digits takes at most."""

_UNSEEN = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}


@contextmanager
def open_pdf(path: Path, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """An open PDF, closed at the end.

    Raises:
        LockedError: it asks for a password.
        DamagedError: it cannot be opened or has no pages.
        LimitError: it has too many pages.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise LockedError(f"Tệp {path.name} có mật khẩu.") from error
        raise DamagedError(
            f"Tệp PDF {path.name} hỏng hoặc bị cắt cụt, không mở được.", remedy="Xuất hoặc quét lại rồi thả lại."
        ) from error
    try:
        if not len(document):
            raise DamagedError(f"Tệp PDF {path.name} không có trang nào.")
        limits.check_pages(len(document), path.name)
        yield document
    finally:
        document.close()


class PdfPage:
    """One page of an open PDF; sizes and boxes are in points of the page as it is shown."""

    def __init__(self, document: pdfium.PdfDocument, index: int) -> None:
        try:
            self._page = document[index]
        except pdfium.PdfiumError as error:
            raise DamagedError(f"Trang {index + 1} của tệp PDF hỏng.") from error
        self._document, self._index = document, index
        self._flat: pdfium.PdfPage | None = None
        self._drawn = tuple(drawn_rectangles(self._page))  # asked now: `_shown` makes them part of the page
        self._rotation = int(self._page.get_rotation())
        self._bounds = tuple(map(float, self._page.get_bbox()))
        self.width, self.height = map(float, self._page.get_size())

    def close(self) -> None:
        """Frees what the page holds."""
        if self._flat is not None:
            self._flat.close()
        self._page.close()

    def layer(self) -> list[ReadWord]:
        """The words of the text layer in its own order, boxes in points."""
        return self._words_of(self._page)

    def overlay(self, layer: list[ReadWord], limits: Limits) -> Overlay | None:
        """What annotations and small pictures lay over the page whose ``layer`` is given; none where nothing is."""
        small = (bounds for bounds in self._image_bounds() if _area(bounds) < _SMALL * self.width * self.height)
        patches = tuple(self._place(*bounds) for bounds in (*self._drawn, *small))
        if not patches:
            return None
        words = added(layer, self._words_of(self._shown())) if self._drawn else []
        return Overlay(
            tuple(words), patches, lambda box: _cut(self.rendered(_RENDER_DPI, limits, annotations=True), box)
        )

    def has_visible_text(self) -> bool:
        """Whether text is drawn and not only laid unseen behind a picture."""
        texts = self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
        return any(raw.FPDFTextObj_GetTextRenderMode(text) not in _UNSEEN for text in texts)

    def is_stamped(self, *, images: bool) -> bool:
        """Whether annotations may draw a stamp on the page, or, where ``images`` is asked too, a picture is one."""
        drawn = (right - left > 20 and top - bottom > 9 for left, bottom, right, top in self._drawn)
        return any(drawn) or (images and any(self._images()))

    def image_cover(self) -> float:
        """The share of the page that pictures cover, at most 1."""
        area = sum((right - left) * (top - bottom) for left, bottom, right, top in self._image_bounds())
        return min(area / max(self.width * self.height, 1.0), 1.0)

    def picture(self, limits: Limits, *, drawn: bool = False) -> Picture:
        """The embedded image where one fills the page, else the page rendered without its annotations.

        ``drawn`` asks for what is drawn over the image too.

        Raises:
            LimitError: an image has more pixels than allowed.
            DamagedError: the page cannot be rendered.
        """
        images = list(self._images())
        for image in images:
            meta = image.get_metadata()
            limits.check_pixels(meta.width, meta.height, "tệp PDF")
        if not drawn and len(images) == 1:
            embedded = self._embedded(images[0])
            if embedded is not None:
                return embedded
        return self.rendered(self._native_dpi(images), limits)

    def rendered(self, dpi: float, limits: Limits, *, annotations: bool = False) -> Picture:
        """The page rendered in colour at about ``dpi``, less where it would have too many pixels."""
        pixels = self.width * self.height * (dpi / _POINTS) ** 2
        if pixels > limits.pixels / 4:
            dpi *= (limits.pixels / 4 / pixels) ** 0.5
        page = self._shown() if annotations else self._page
        try:
            bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True, draw_annots=False, may_draw_forms=False)
        except (pdfium.PdfiumError, MemoryError) as error:
            raise DamagedError("Không vẽ được trang PDF.") from error
        try:
            shown = _three(bitmap.to_numpy())
        finally:
            bitmap.close()
        return Picture(shown, Box(0.0, 0.0, self.width, self.height), embedded=False)

    def _shown(self) -> pdfium.PdfPage:
        """The page with what its annotations draw; PDFium draws signed fields in no other way."""
        if self._flat is None:
            self._flat = flattened(self._document, self._index)
        return self._flat

    def _words_of(self, page: pdfium.PdfPage) -> list[ReadWord]:
        textpage = page.get_textpage()
        try:
            return list(_layer_words(textpage, self._place))
        finally:
            textpage.close()

    def _images(self) -> Iterator[pdfium.PdfImage]:
        yield from self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)

    def _image_bounds(self) -> list[Bounds]:
        return [_bounds_on_page(image) for image in self._images()]

    def _native_dpi(self, images: list[pdfium.PdfImage]) -> float:
        """The resolution of the largest image, within reason; 300 where letters are drawn, not scanned."""
        largest = max(images, key=lambda image: _area(_bounds_on_page(image)), default=None)
        if largest is None:
            return _RENDER_DPI
        left, _, right, _ = bounds = _bounds_on_page(largest)
        if _area(bounds) < 0.3 * self.width * self.height or right <= left:
            return _RENDER_DPI
        return float(min(max(largest.get_metadata().width * _POINTS / (right - left), 150), _RENDER_DPI))

    def _embedded(self, image: pdfium.PdfImage) -> Picture | None:
        """The one image of a scanned page in its own pixels, if it lies straight on the page and is plain."""
        a, b, c, d, _, _ = image.get_matrix().get()
        if image.level or a <= 0 or d <= 0 or abs(b) + abs(c) > 0.01 * (a + d):
            return None
        box = self._place(*image.get_bounds())
        if _area((box.x0, box.top, box.x1, box.bottom)) < _COVERS * self.width * self.height:
            return None
        try:
            pixels = _plain(image.get_bitmap())
        except pdfium.PdfiumError:
            return None
        if pixels is None:
            return None
        return Picture(np.ascontiguousarray(np.rot90(pixels, -self._rotation // 90)), box, embedded=True)

    def _place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of PDF user space as a box in points of the page as shown."""
        x0, y0, x1, y1 = self._bounds
        if self._rotation == 90:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        if self._rotation == 180:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        if self._rotation == 270:
            return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)
        return Box(left - x0, y1 - top, right - x0, y1 - bottom)


def _bounds_on_page(image: pdfium.PdfObject) -> Bounds:
    """Left, bottom, right, top in user space; what lies in forms is told in the forms' own space."""
    bounds: Bounds = image.get_bounds()
    form = image.container
    while form is not None:
        bounds = form.get_matrix().on_rect(*bounds)
        form = form.container
    return bounds


def _three(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A copy as red-green-blue."""
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB) if pixels.shape[2] == 4 else pixels.copy(), np.uint8)


def _cut(picture: Picture, box: Box) -> Picture:
    """A box in points out of the picture of a whole page."""
    scale = picture.dpi / _POINTS
    rows, columns = picture.pixels.shape[:2]
    left, top = max(int(box.x0 * scale), 0), max(int(box.top * scale), 0)
    right, bottom = min(int(box.x1 * scale), columns), min(int(box.bottom * scale), rows)
    cut = np.ascontiguousarray(picture.pixels[top:bottom, left:right])
    return Picture(cut, Box(left / scale, top / scale, right / scale, bottom / scale), embedded=False)


def _area(bounds: Bounds) -> float:
    return max(bounds[2] - bounds[0], 0.0) * max(bounds[3] - bounds[1], 0.0)


def _plain(bitmap: pdfium.PdfBitmap) -> NDArray[np.uint8] | None:
    """Pixels as grey or red-green-blue; none for what is mostly dark, where an inversion or mask was not applied."""
    pixels = bitmap.to_numpy()
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    if float(pixels[::16, ::16].mean()) < 100:
        return None
    if pixels.ndim == 2:
        return np.array(pixels)
    code = cv2.COLOR_BGRA2RGB if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return np.asarray(cv2.cvtColor(pixels, code), np.uint8)


def _layer_words(
    textpage: pdfium.PdfTextPage, place: Callable[[float, float, float, float], Box]
) -> Iterator[ReadWord]:
    """Words between white space; ``line`` counts the layer's own line ends."""
    line = 0
    letters: list[str] = []
    box: Box | None = None
    for character, bounds in _characters(textpage):
        if character.isspace() or character == "\x00":
            if box is not None:
                yield ReadWord("".join(letters), box, 1.0, line=line)
                letters, box = [], None
            line += character == "\n"
            continue
        here = place(*bounds)
        if box is not None and not _level(box, here):
            yield ReadWord("".join(letters), box, 1.0, line=line)
            letters, box, line = [], None, line + 1
        letters.append(character)
        box = here if box is None else box.cover(here)
    if box is not None:
        yield ReadWord("".join(letters), box, 1.0, line=line)


def _level(word: Box, letter: Box) -> bool:
    """Whether a letter stands on the word's line; PDFium joins what a hyphen breaks over two."""
    return letter.top < word.bottom and word.top < letter.bottom


def _characters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        # PDFium marks a hyphen that it takes for the end of a broken word by the code 2.
        character = "-" if code == 2 else chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"
        yield character, (left.value, bottom.value, right.value, top.value)
