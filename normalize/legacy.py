"""Legacy encodings (TCVN3, VNI) and code points cut to their low byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from corpus.span import Span
from normalize.edits import Edit
from normalize.lexicon import syllables
from normalize.unicode import match_key

ENCODINGS = ("tcvn3", "vni", "vps", "viscii")

_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
# PDF writers put look-alike signs for some TCVN3 codes: for ư (0xAD, a soft hyphen) and for ã (0xB7).
_PDF_ODDITIES = str.maketrans({"\u2212": "\u00ad", "\u2010": "\u00ad", "\u2219": "\u00b7", "\u2022": "\u00b7"})
_LATIN_1 = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
_FAR = "ăĂđĐĩĨũŨơƠưƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
_LOW_BYTE_SIGNS = re.compile(r"[°¡£¥§©«±³·¹»½¿×ßÇÏÑÛåçëñ÷Þ\x10\x11\x02\x03]")
_SAMPLE = 300
_PUT_BACK = -2.0


def legacy_encoding(text: str) -> str | None:
    """The legacy encoding that turns most of the text's words into written syllables, or None."""
    chunks = [chunk for chunk in _CHUNK.findall(text)[:_SAMPLE] if not chunk.isascii()]
    if len(chunks) < 2:
        return None
    best = max(ENCODINGS, key=lambda name: _share(decode_chunk(chunk, name) for chunk in chunks))
    share = _share(decode_chunk(chunk, best) for chunk in chunks)
    return best if share >= 0.7 and share > _share(chunks) + 0.15 else None


@lru_cache(maxsize=20000)
def decode_chunk(chunk: str, encoding: str) -> str:
    """A run without spaces, decoded; what is plain ASCII stays as it is."""
    import viparse

    if chunk.isascii():
        return chunk
    return str(viparse.fix(chunk.translate(_PDF_ODDITIES), encoding=encoding))


def legacy_edits(text: str, encoding: str) -> Sequence[Edit]:
    """Every run of ``text`` that ``encoding`` reads otherwise."""
    return [
        Edit(Span(*match.span()), decoded, f"giải mã {encoding.upper()}")
        for match in _CHUNK.finditer(text)
        if (decoded := decode_chunk(match[0], encoding)) != match[0]
    ]


def _low_bytes() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter in _FAR:
        low = chr(ord(letter) & 0xFF)
        table[low] = table.get(low, low if low in _LATIN_1 or low.isascii() else "") + letter
    return table


_READINGS = _low_bytes()


@lru_cache(maxsize=20000)
def low_byte_readings(word: str) -> tuple[tuple[str, float], ...]:
    """The written syllables whose code points, cut to the low byte, give ``word``, each with a log score.

    The low bytes of đ and ă are control characters, which most programs drop: a reading that puts one back is
    scored lower. Nothing for a word that can be read as it stands.

    >>> low_byte_readings("ng°Ýi")
    (('người', 0.0),)
    """
    found = dict.fromkeys(_low_byte_spellings(word), 0.0)
    for at in range(len(word) + 1):
        for letter in "đăĐĂ":
            for reading in _low_byte_spellings(word[:at] + letter + word[at:]):
                found.setdefault(reading, _PUT_BACK if letter.islower() else 2 * _PUT_BACK)
    return tuple(found.items())


def _low_byte_spellings(word: str) -> list[str]:
    known = syllables().counts
    if len(word) > 8:
        return []
    spellings = map("".join, product(*(_READINGS.get(letter, letter) for letter in word)))
    return [spelling for spelling in spellings if match_key(spelling) in known and _one_case(spelling)]


def _one_case(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())


def repaired_share(text: str, kind: str) -> float | None:
    """Share of the words that are written once ``text`` is decoded as ``kind``; None where nothing hints at it."""
    if kind == "legacy":
        encoding = legacy_encoding(text)
        if encoding is None:
            return None
        return _share(decode_chunk(chunk, encoding) for chunk in _CHUNK.findall(text))
    if len(_LOW_BYTE_SIGNS.findall(text)) < 2:
        return None
    return _share(_likeliest(chunk.strip(".,;:()[]\"'“”/-")) for chunk in _CHUNK.findall(text))


def _likeliest(word: str) -> str:
    readings = low_byte_readings(word)
    return max(readings, key=lambda reading: reading[1])[0] if readings else word


def _share(chunks: Iterable[str]) -> float:
    known = syllables().counts
    words = [word for chunk in chunks for word in _WORD.findall(chunk) if len(word) > 1]
    return sum(match_key(word) in known for word in words) / len(words) if words else 0.0
