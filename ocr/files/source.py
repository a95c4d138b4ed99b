"""Per page: is the text layer to be believed, or must the picture be read, or both?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from normalize.quality import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.quality import Kind
    from ocr.engine import ReadWord

_SCAN_COVER = 0.5
"""Share of the page from which on pictures make it a scan."""

_NO_PICTURE = 0.1
"""Share of the page below which pictures are but a logo: then figures alone are the page's whole text."""

_TRUSTED = 0.9
"""Score above which a text layer's spelling is believed where the engine is unsure."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which source a page is read from, and why, in Vietnamese.

    ``layer`` is what the text layer is; ``trusted`` whether its spelling of a word may be taken.
    """

    source: Literal["text-layer", "ocr", "both"]
    reason: str
    layer: Kind
    trusted: bool = False


def choose(words: Sequence[ReadWord], image_cover: float) -> Choice:
    """The source for a page with these layer words, of which ``image_cover`` in [0, 1] is pictures."""
    quality = judge(layer_text(words))
    scanned = image_cover >= _SCAN_COVER
    kind = quality.kind
    if not words or (kind == "none" and image_cover >= _NO_PICTURE):
        return Choice("ocr", "Trang không có lớp chữ.", "none")
    if kind == "missing-glyphs":
        return Choice("ocr", "Lớp chữ thiếu hẳn các chữ ư, ơ, đ và chữ có hai dấu.", kind)
    if kind in {"legacy", "low-byte"}:
        return Choice("text-layer", _OLD_CODE[kind], kind)
    if kind == "garbled" and not scanned:
        return Choice("ocr", "Lớp chữ không thành tiếng Việt, đọc trang như ảnh.", kind)
    if not scanned:
        return Choice("text-layer", "Trang tạo từ máy tính, đọc thẳng lớp chữ.", kind)
    if kind == "caption":
        return Choice("ocr", "Lớp chữ chỉ là chú thích chữ ký số hoặc dấu sao y; trang là ảnh quét.", kind)
    if kind == "clean" and quality.score >= _TRUSTED:
        return Choice("both", "Ảnh quét có lớp chữ tiếng Việt: đọc ảnh, đối chiếu với lớp chữ.", kind, trusted=True)
    return Choice("both", "Ảnh quét có lớp chữ sai dấu: đọc ảnh, chỉ đối chiếu chữ số với lớp chữ.", kind)


_OLD_CODE = {
    "legacy": "Lớp chữ dùng bảng mã cũ (TCVN3, VNI), giữ nguyên để khôi phục.",
    "low-byte": "Lớp chữ chỉ còn byte thấp của mỗi ký tự, giữ nguyên để khôi phục.",
}


def layer_text(words: Sequence[ReadWord]) -> str:
    """The layer's words, line by line as the layer has them."""
    return "\n".join(" ".join(word.text for word in line) for _, line in groupby(words, key=lambda word: word.line))
