"""Per page: is the text layer to be believed, or must the picture be read, or both?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import ReadWord

LayerKind = Literal["none", "caption", "vietnamese", "missing-glyphs", "garbled", "legacy", "other"]

_SCAN_COVER = 0.5
_MARKED = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_ONLY_VIETNAMESE = frozenset(letter for letter in _MARKED if ord(letter) > 0xFF)
_TCVN3 = frozenset("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ−∙")
_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_CAPTION = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|ngay ky|co quan:|sao y|digitally signed|signed by|email:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which source a page is read from, and why, in Vietnamese."""

    source: Literal["text-layer", "ocr", "both"]
    reason: str


def choose(words: Sequence[ReadWord], image_cover: float) -> Choice:
    """The source for a page with these layer words, of which ``image_cover`` in [0, 1] is pictures."""
    kind = judge_layer(words)
    scanned = image_cover >= _SCAN_COVER
    if kind == "none":
        return Choice("ocr", "Trang không có lớp chữ.")
    if kind == "legacy":
        return Choice("text-layer", "Lớp chữ dùng bảng mã cũ (TCVN3/VNI), giữ nguyên để khôi phục.")
    if kind == "missing-glyphs":
        return Choice("ocr", "Lớp chữ thiếu hẳn các chữ ư, ơ, đ và chữ có dấu kép.")
    if not scanned:
        return Choice("text-layer", "Trang tạo từ máy tính, lớp chữ đầy đủ.")
    if kind == "caption":
        return Choice("ocr", "Lớp chữ chỉ là chú thích chữ ký số hoặc dấu sao y, trang là ảnh quét.")
    if kind == "vietnamese":
        return Choice("both", "Ảnh quét có lớp chữ tiếng Việt, đối chiếu lớp chữ với ảnh.")
    return Choice("ocr", "Lớp chữ của ảnh quét không phải tiếng Việt đọc được.")


def judge_layer(words: Sequence[ReadWord]) -> LayerKind:
    """What a text layer is, by its words alone."""
    text = unicodedata.normalize("NFC", " ".join(word.text for word in words)).lower()
    letters = [character for character in text if character.isalpha() or character in _TCVN3]
    if len(letters) < 3:
        return "none"
    if len(words) < 60 and _CAPTION.search(_bare(text)):
        return "caption"
    marked = sum(letter in _MARKED for letter in letters) / len(letters)
    proper = sum(letter in _ONLY_VIETNAMESE for letter in letters) / len(letters)
    legacy = sum(letter in _TCVN3 and letter not in _MARKED for letter in text) / len(letters)
    if legacy > 0.06 and proper < 0.02:
        return "legacy"
    if len(letters) >= 100 and marked > 0.04 and proper < 0.01:
        return "missing-glyphs"
    if proper > 0.08 and _syllables(text) > 0.7:
        return "vietnamese"
    return "garbled" if _syllables(text) < 0.9 or marked > 0.01 else "other"


def _bare(text: str) -> str:
    split = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(character for character in split if not unicodedata.combining(character))


def _syllables(text: str) -> float:
    """The share of alphabetic tokens that are built like a Vietnamese syllable."""
    tokens = re.findall(r"[^\W\d_]+", _bare(text))
    return sum(bool(_SYLLABLE.fullmatch(token)) for token in tokens) / len(tokens) if tokens else 0.0
