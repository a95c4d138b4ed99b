"""What is never changed: numbers, dates, addresses, document numbers, abbreviations."""

from __future__ import annotations

import re

from normalize.fold import fold
from normalize.language_model import vocabulary
from normalize.lexicon import known_abbreviations, syllables
from normalize.tokens import figure_kind

_NUMBER = re.compile(r"^[\d.,:/%()+-]*\d[\d.,:/%()+-]*$")
_ADDRESS = re.compile(r"://|^www\.|@|^[\w-]+(?:\.[\w-]+)+/|\.(?:vn|com|net|org|gov)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_LETTER_LIKE = re.compile(r"^[^\W\d_A-ZĐ]+[016][^\W\d_A-ZĐ016]*[016][^\W\dA-Z_Đ]*$")  # «n01», «g1a1»
_CODE = re.compile(r"^\w+(?:[-/.]\w*)+$")
_ET_CETERA = re.compile(r"^v\.?v$")
_ROMAN = re.compile(r"^[IVX]{1,6}$")


def is_locked(word: str, *, capitals: bool = False, label: str = "") -> bool:
    """Whether a word passes through as it was read.

    ``capitals``: it stands in a line of capitals; ``label``: the sign behind it («)» makes a letter a list label).
    """
    digits = len(_DIGITS.findall(word))
    if _NUMBER.match(word) or _ADDRESS.search(word):
        return True
    if _is_label(word, label) or _ET_CETERA.match(word):
        return True
    if digits >= 2 and not _glued(word, digits) and not _LETTER_LIKE.match(word):
        return True
    if digits and _CODE.match(word):
        return True
    return _is_abbreviation(word, capitals=capitals)


def _is_label(word: str, label: str) -> bool:
    """«a)», «B.», «II.»: what numbers a list."""
    if label == ")" and len(word) == 1:
        return word.isalpha()
    return label in (".", ")") and bool(_ROMAN.match(word) or (len(word) == 1 and word.isupper()))


def lock_kind(word: str) -> int:
    """The language model's id of a locked word."""
    return figure_kind(word) if _DIGITS.search(word) else vocabulary().id_of_locked(word)


def _glued(word: str, digits: int) -> bool:
    """«29thang»: a number and a word that ran together."""
    letters = len(word) - digits
    return letters >= 3 and (word[:digits].isdigit() or word[-digits:].isdigit()) and word.isalnum() and digits <= 4


def _is_abbreviation(word: str, *, capitals: bool) -> bool:
    parts = [part for part in re.split(r"[-/&.]", word) if part]
    if len(parts) > 1:
        return all(part.isupper() and part.isalpha() for part in parts) and any(map(_is_unspoken, parts))
    if len(word) < 2 or not word.isupper() or not word.isalpha():
        return False
    if capitals:
        return word in known_abbreviations() and fold(word.lower()) not in syllables().by_skeleton
    return _is_unspoken(word)


def _is_unspoken(word: str) -> bool:
    """Whether capitals are a known abbreviation, or three letters and more have no vowel to be spoken with."""
    spoken = any(letter in "aeiouy" for letter in fold(word.lower()))
    return word in known_abbreviations() or (len(word) > 2 and not spoken)
