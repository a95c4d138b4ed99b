"""Unicode: one code point per letter, Đ for its look-alike, and tone placement for matching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from corpus.span import Span
from corpus.syllable import ONSETS, split_tone, with_tone
from normalize.edits import Edit

_NOT_NFC = re.compile(r"[^\W\d_][\u0300-\u036f]+|[\u0340\u0341\u0374\u1f71-\u1ffb\u2126\u212a\u212b]")
_LOOK_ALIKE_D = re.compile(r"Ð")
_DOUBLE_D = re.compile(r"(?<![^\W\d_])(Q)ĐÐ|(?<![^\W\d_])(Q)ÐĐ|(?<![^\W\d_])(Q)ÐÐ")
_SLASHES = re.compile(r"/?[\u2044\u2215]/?")  # engines print one, or one and its look-alike, for a single stroke
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_WORD = re.compile(r"[^\W\d_]+")
_ONSETS = sorted(ONSETS, key=len, reverse=True)


def nfc_edits(text: str) -> Sequence[Edit]:
    """Letters written with combining marks, composed (NFC)."""
    return [
        Edit(Span(match.start(), match.end()), composed, "ghép dấu rời (NFC)")
        for match in _NOT_NFC.finditer(text)
        if (composed := unicodedata.normalize("NFC", match[0])) != match[0]
    ]


def letter_edits(text: str) -> Sequence[Edit]:
    """«Ð» (U+00D0) is «Đ»; «QĐÐ», a slip of some scanners, is «QĐ»; other strokes than «/» are «/».

    >>> [edit.replacement for edit in letter_edits("QÐ 4/⁄2026")]
    ['Đ', '/']
    """
    edits = [Edit(Span(*match.span()), "QĐ", "QĐÐ → QĐ") for match in _DOUBLE_D.finditer(text)]
    taken = {at for edit in edits for at in range(edit.span.start, edit.span.end)}
    edits += [
        Edit(Span(*match.span()), "Đ", "Ð (U+00D0) → Đ")
        for match in _LOOK_ALIKE_D.finditer(text)
        if match.start() not in taken
    ]
    return edits + [Edit(Span(*match.span()), "/", "nét gạch lạ → /") for match in _SLASHES.finditer(text)]


def space_edits(text: str) -> Sequence[Edit]:
    """Odd spaces become plain ones; characters without width go. Line and page ends stay."""
    edits = [Edit(Span(*match.span()), " ", "dấu cách lạ") for match in _SPACES.finditer(text)]
    return edits + [Edit(Span(*match.span()), "", "ký tự không nhìn thấy") for match in _UNSEEN.finditer(text)]


def match_key(text: str) -> str:
    """``text`` in NFC, lower case, with every tone on the seat of «hòa, ủy, khỏe»: for comparison only.

    >>> match_key("Uỷ ban HOÀ giải, sức khoẻ, quý")
    'ủy ban hòa giải, sức khỏe, quý'
    """
    return _WORD.sub(lambda match: _placed(match[0]), unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=50000)
def _placed(word: str) -> str:
    bare, tone = split_tone(word)
    if tone < 0:
        return word
    onset = next(onset for onset in _ONSETS if bare.startswith(onset))
    rime = bare[len(onset) :]
    if onset == "gi" and not any(letter in "aăâeêioôơuưy" for letter in rime):
        onset, rime = "g", "i" + rime
    if onset == "qu" and not any(letter in "aăâeêioôơuưy" for letter in rime):
        onset, rime = "q", "u" + rime
    return with_tone(onset, rime, tone) if rime and rime[0] in "aăâeêioôơuưy" else word
