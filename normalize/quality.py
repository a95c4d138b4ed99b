"""How Vietnamese is a text, and what is wrong with it where it is not?

``ocr`` asks for each page, to choose between a text layer and reading the image; ``restore`` asks for each
block, to choose what to do about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalize.fold import fold
from normalize.legacy import repaired_share
from normalize.lexicon import Syllables, syllables
from normalize.unicode import match_key

Kind = Literal[
    "clean", "stripped", "garbled", "legacy", "low-byte", "missing-glyphs", "caption", "foreign", "none"
]  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
_CAPTION = re.compile(
    r"^[^\S\n]*(?:(?:ký|ky) bởi|người ký|email|cơ quan|thời gian ký|sao y|digitally signed by|signature not verified"
    r"|date|signing time|reason|location|dn|đã ký|ký số bởi|tên người ký|chữ ký số)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_ENGLISH_WORDS = (
    "of and is for with that this be by or are which shall from was were not has have will it its their any such"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
# A digit or a sign where a letter should be: «s6», «x4y», «vi~c».
_MIXED = re.compile(r"[a-z]\d|\d[a-z]{2}|[A-Za-z][~^$¢€|\\{}&]|[~^$¢€|\\{}&][a-z]")


@dataclass(frozen=True, slots=True)
class Quality:
    """A judgement: the kind of text, and in [0, 1] how far it reads as properly written Vietnamese.

    kinds: «clean»; «stripped» (all marks lost); «garbled» (read by an engine without Vietnamese); «legacy»
    (TCVN3, VNI …); «low-byte» (only the low byte of each code point kept); «missing-glyphs» (ư ơ đ and the
    letters with two marks dropped); «caption» (nothing but a signing caption); «foreign»; «none» (no words).
    """

    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Census:
    """Counts over the words of a text.

    ``known``: written syllables; ``marked``: words with marks; ``sound``: whose skeleton a syllable has;
    ``letters``: letters with marks; ``far``: those of them that Latin-1 lacks (ư ơ đ, ế …).
    """

    words: int
    known: int
    marked: int
    sound: int
    english: int
    letters: int
    far: int

    def share(self, count: int) -> float:
        """``count`` as a share of the words."""
        return count / self.words if self.words else 0.0


def judge(text: str) -> Quality:
    """The quality of a page or a block.

    >>> judge("Căn cứ Luật Tổ chức chính quyền địa phương").kind
    'clean'
    >>> judge("Can cu Luat To chuc chinh quyen dia phuong").kind
    'stripped'
    """
    rest = _CAPTION.sub("", text)
    if rest != text and census(rest).words < 12:
        return Quality("caption", _score(census(text)))
    counts = census(text)
    if not counts.words:
        return Quality("none", 0.0)
    return Quality(_kind(text, counts), _score(counts))


def census(text: str) -> Census:
    """Count the words of ``text``; capital abbreviations and lone consonants are not words."""
    words = _WORD.findall(text)
    traits = [trait for word in words if (trait := _traits(word)) is not None]
    accents = [letter for letter in text if ord(letter) > 0x7F and letter.isalpha()] if not text.isascii() else []
    return Census(
        words=len(traits),
        known=sum(known for known, _, _ in traits),
        marked=sum(marked for _, marked, _ in traits),
        sound=sum(sound for _, _, sound in traits),
        english=sum(word.lower() in _ENGLISH for word in words),
        letters=len(accents),
        far=sum(ord(letter) > 0xFF for letter in accents),
    )


@lru_cache(maxsize=50000)
def _traits(word: str) -> tuple[bool, bool, bool] | None:
    """Whether a word is known, marked and sound, as ``Census`` says; None where it does not count as a word."""
    known = syllables()
    if not _counts(word, known):
        return None
    key = match_key(word)
    plain = fold(key)
    return key in known.counts, key != plain, plain in known.by_skeleton


def _counts(word: str, known: Syllables) -> bool:
    lower = word.lower()
    if len(word) == 1:
        return lower in known.counts
    return not word.isupper() or lower in known.counts or fold(lower) in known.by_skeleton


def _score(counts: Census) -> float:
    if not counts.words:
        return 0.0
    known = (counts.known + 0.5) / (counts.words + 1)
    marked = min(1.0, counts.share(counts.marked) / 0.6)
    far = min(1.0, counts.far / counts.letters / 0.4) if counts.letters >= 10 else 1.0
    return round(known * marked * (0.2 + 0.8 * far), 4)


def _kind(text: str, counts: Census) -> Kind:
    known, marked = counts.share(counts.known), counts.share(counts.marked)
    if known >= 0.75 and marked >= 0.3 and counts.letters >= 20 and counts.far < 0.05 * counts.letters:
        return "missing-glyphs"
    if known >= 0.9 and marked >= 0.35:
        return "clean"
    for kind in ("legacy", "low-byte"):
        share = repaired_share(text, kind)
        if share is not None and share > max(0.7, known + 0.15):
            return kind
    return _unmarked_kind(text, counts, known, marked)


def _unmarked_kind(text: str, counts: Census, known: float, marked: float) -> Kind:
    sound = counts.share(counts.sound)
    if counts.english > 1 and counts.share(counts.english) >= 0.06:  # one alone may be «bộ» read as «by»
        return "foreign"
    if marked <= 0.05 and sound >= 0.93 and len(_MIXED.findall(text)) < 0.02 * counts.words:
        return "stripped"
    if known >= 0.8 and marked >= 0.35:
        return "clean"
    if marked <= 0.02 and sound < 0.25:
        return "foreign"
    return "garbled"
