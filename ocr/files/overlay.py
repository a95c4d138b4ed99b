"""What signing software draws over a finished page: annotations with words or small pictures in them."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pypdfium2 as pdfium

    from corpus.layout import Box
    from ocr.engine import ReadWord
    from ocr.image.picture import Picture

_UNDRAWN = {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}


@dataclass(frozen=True, slots=True)
class Overlay:
    """``words`` that annotations draw, and ``patches``, boxes under which an annotation or a small picture lies.

    Boxes are in points. ``picture`` renders a box of the page as people see it.
    """

    words: tuple[ReadWord, ...]
    patches: tuple[Box, ...]
    picture: Callable[[Box], Picture]


def drawn_rectangles(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top in user space of each annotation that may draw something."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        rectangle = raw.FS_RECTF()
        told = raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle))
        if told and raw.FPDFAnnot_GetSubtype(annotation) not in _UNDRAWN:
            yield rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        raw.FPDFPage_CloseAnnot(annotation)


def flattened(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page with what its annotations draw made part of it; pages loaded before stay as they were."""
    page = document[index]
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[index]


def added(before: Iterable[ReadWord], after: Iterable[ReadWord]) -> list[ReadWord]:
    """The words of ``after`` that ``before`` has not at the same place."""
    known = Counter(map(_place, before))
    found = []
    for word in after:
        if known[_place(word)]:
            known[_place(word)] -= 1
        else:
            found.append(word)
    return found


def _place(word: ReadWord) -> tuple[str, int, int]:
    return word.text, round(word.box.x0), round(word.box.top)
