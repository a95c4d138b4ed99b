"""Numbers put right where the print contradicts itself: the type and the issuer beside a number say what its code is.

Nothing is put right between two codes that both exist, and whatever is put right asks for a person's look.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from extract.citations.words import plain, symbol_of_type, type_of_symbol, words
from extract.lexicon import known_units, offices
from normalize.fold import fold

_SMALL = frozenset({"và", "của", "tỉnh", "thành", "phố", "trực", "thuộc"})
_SPLIT = re.compile(r"([/-])")


def confirmed(number: str, kind: str | None, issuer: str | None) -> tuple[str, bool]:
    """The number as its type and issuer bear it out, and whether that changed it.

    >>> confirmed("02/CT-BTIC", "chỉ thị", "Bộ trưởng Bộ Tài chính")
    ('02/CT-BTC', True)
    >>> confirmed("02/CT-BTP", "chỉ thị", "Bộ trưởng Bộ Tài chính")
    ('02/CT-BTP', False)
    """
    pieces = _SPLIT.split(number)
    symbol = symbol_of_type().get(kind or "")
    changed = False
    _decree(pieces)
    for index in range(2, len(pieces), 2):
        right = _right(pieces[index], symbol, code_of(issuer), first=_is_first(pieces, index))
        changed |= right != pieces[index]
        pieces[index] = right
    return "".join(pieces), changed


@lru_cache(maxsize=512)
def code_of(issuer: str | None) -> str | None:
    """The code that an organ has in numbers: the first letters of its name.

    >>> code_of("Giám đốc Sở Giáo dục và Đào tạo"), code_of("Bộ trưởng Bộ Y tế")
    ('SGDĐT', 'BYT')
    >>> code_of("Ban Tổ chức Trung ương")
    'BTCTW'
    """
    if not issuer:
        return None
    name = re.sub(r"Trung ương\b", "TW", " ".join(issuer.split()))
    bare = plain(name)
    office = next((office for office in offices() if bare.startswith(office + " ")), None)
    if office:
        name = name[len(office) + 1 :]
    words = [word for word in name.split() if word.lower() not in _SMALL and word[0].isalpha()]
    letters = ["TW" if word == "TW" else "Đ" if word[0] in "Đđ" else fold(word[0].upper()) for word in words]
    return "".join(letters) if 3 <= len(letters) <= 8 else None


def _decree(pieces: list[str]) -> None:
    """«ND-CP» is «NĐ-CP»: the Government issues nothing else that is written so."""
    for index in range(len(pieces) - 2):
        if pieces[index] == "ND" and pieces[index + 2] == "CP":
            pieces[index] = "NĐ"


def _right(group: str, symbol: str | None, code: str | None, *, first: bool) -> str:
    if not group or not group[0].isalpha() or _known(group):
        return group
    barred = _barred().get(group)
    if barred:
        return barred
    if first and symbol and len(symbol) >= 2 and _close(group, symbol):
        return symbol
    return code if code and not first and len(code) >= 3 and _close(group, code) else group


def _close(group: str, wanted: str) -> bool:
    """One letter wrong, or one too many; letters only, for digits may well belong there."""
    if any(char.isdecimal() for char in group) or abs(len(group) - len(wanted)) > 1 or len(group) < len(wanted):
        return False
    return Levenshtein.distance(group.upper(), wanted.upper()) == 1


def _is_first(pieces: list[str], index: int) -> bool:
    """Whether this is the group that tells the type: the first behind the digits and the year."""
    return all(not piece[:1].isalpha() for piece in pieces[2:index:2])


def _known(group: str) -> bool:
    return group in type_of_symbol() or group in _codes()


@cache
def _codes() -> frozenset[str]:
    """The codes of the organs that the registry knows."""
    return frozenset(code for unit in known_units() if (code := code_of(unit.name)))


@cache
def _barred() -> dict[str, str]:
    """Codes with Đ by their form without the bar."""
    codes: list[str] = words()["codes"]["barred"]
    return {code.replace("Đ", "D"): code for code in codes if "Đ" in code}
