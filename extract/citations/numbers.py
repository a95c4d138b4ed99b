"""Numbers of documents: «2244/QĐ-TTg», «57-NQ/TW», «193/2025/QH15», broken over lines, with stray blanks, in lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.span import Span
from extract.citations.words import plain, symbol_of_type, type_of_symbol
from extract.reading import Reading
from normalize.fold import fold

_CAPITALS = "A-ZĐÐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_GROUP = rf"[{_CAPITALS}][{_CAPITALS}a-zđ0-9]{{0,14}}"
_JOIN = r"(?:-{1,2} {0,3}| {1,2}-|–|/ {0,3}| {1,2}/|&|\+(?=[A-ZĐ]))"
NUMBER = re.compile(
    rf"(?:(?<![\w/])|(?<=[Ss]ố))(?<!\w[.\-])(?P<digits>\d{{1,5}}[a-zđ]?) {{0,3}}(?:(?P<year>/ {{0,3}}\d{{4}}) {{0,3}})?"
    r"(?:(?P<mark>[/-]) {0,3}|(?=(?:NĐ|NQ|QĐ|TT|QH|UBTVQH)[-\dL]))"
    rf"(?P<symbol>{_GROUP}(?:{_JOIN}{_GROUP}){{0,8}})(?![A-Za-zÀ-ỹ0-9])"
)
"""On case-keeping text; at most three blanks (a line break among them) at a joint."""

SO = r"s[o06e]"
"""The word «số» in folded text, as OCR reads it."""

_LOST_HYPHEN = re.compile(r" (?P<lost>[A-ZĐ]{2,10})(?=,? +ngày)")
_FOOTNOTE = re.compile(r"(?<=TW|CP|NV)\d$|(?<=TTg)\d$|(?<=BCĐ)\d$|(?<=HĐND)\d$|(?<=UBND)\d$")
_REFUSED_BEFORE = re.compile(r"(?:mau|bieu|bieu mau|benh vien|ma|khoa|dien thoai|tai khoan|loai|thung)(?: so)? ?:? *$")
_STRAY_BEHIND = re.compile(r"[^\s,;:.()\[\]/“”\"'»\-–*]")
_STRAY_BEFORE = re.compile(r"\bso *:? +(?:\d{1,2}|[il|!ï]|[^\w\s.,;:()“”\"'/-]) +$")
_YEAR_ALONE = re.compile(r"(?:199|20[0-3])\d/(?:TT|NĐ|ND|NQ|QĐ|QH)[-\d]")
_NICKNAME = re.compile(r"de an(?: so)? *$")


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in the text. ``value`` has no blanks; ``printed`` is what stands there, white space single.

    ``doubtful``: the print is broken (a joint lost, a stray sign behind); ``unclear``: a stray digit in front, so that
    the number itself cannot be told.
    """

    value: str
    printed: str
    span: Span
    symbol: str
    normative: bool
    doubtful: bool = False
    unclear: bool = False

    @property
    def type_hint(self) -> str | None:
        """The type that the symbol alone tells; None for letters that have none, and for «QĐ/TW»."""
        first = re.split(r"[-/]", self.symbol)[0]
        if self.symbol.startswith("QĐ/TW") or re.match(r"QH\d", first):
            return None
        return type_of_symbol().get(first, None if self.normative else "công văn")


def numbers(reading: Reading) -> list[Number]:
    """Every document number in the text, in order; what merely looks like one (forms, scheme nicknames) is left out."""
    found: list[Number] = []
    for match in NUMBER.finditer(reading.flat):
        before = reading.folded[max(match.start() - 30, 0) : match.start()]
        if not _REFUSED_BEFORE.search(before) and _plausible(match, before):
            found.append(_number(match, reading))
    return found


def _plausible(match: re.Match[str], before: str) -> bool:
    symbol = match["symbol"]
    letters = [char for char in symbol if char.isalpha()]
    if sum(char.isupper() for char in letters) * 2 < len(letters):
        return False
    if not match["mark"]:
        return bool(match["year"])
    if match["year"] or re.search(r"[-/]", symbol):
        return True
    # One group only («06/CP», «5/A»): a number only where a word in front says so, and never behind «Đề án».
    return len(letters) >= 2 and not _NICKNAME.search(before) and re.search(rf"\b{SO} *:? *$", before) is not None


def _number(match: re.Match[str], reading: Reading) -> Number:
    symbol = _tight(match["symbol"])
    end = match.end()
    lost = _LOST_HYPHEN.match(reading.flat, end)
    if lost and "-" not in symbol and match["mark"] == "/":
        symbol, end = f"{symbol}-{lost['lost']}", lost.end("lost")
    symbol = _FOOTNOTE.sub("", symbol)
    year = _tight(match["year"] or "")
    printed = " ".join(reading.text[match.start() : end].split())
    doubtful = end > match.end() or not match["mark"] or _STRAY_BEHIND.match(reading.flat, end) is not None
    year_alone = _YEAR_ALONE.match(f"{match['digits']}/{symbol}") is not None and not year
    unclear = year_alone or _STRAY_BEFORE.search(reading.folded, max(match.start() - 12, 0), match.start()) is not None
    value = f"{match['digits']}{year}{match['mark'] or '/'}{symbol}"
    return Number(value, printed, Span(match.start(), end), symbol, bool(match["year"]), doubtful, unclear)


def _tight(text: str) -> str:
    # A bar printed over Ð that has one already (QĐÐ) is a slip of the font.
    text = re.sub("ĐĐ+", "Đ", re.sub(r"\s+", "", text).replace("–", "-").replace("--", "-").replace("Ð", "Đ"))
    # Of marked letters only Đ, Ư and Ơ stand in codes («BCĐ», «TƯ»): «ỦBND» is a misprint of UBND.
    return "".join(char if char in "ĐđƯƠ" else fold(char) for char in text)


def with_type(number: str, kind: str | None) -> str:
    """The number with its type's letters as they should be, where the type is printed beside it.

    OCR drops the bar of Đ; «Quyết định» in front leaves no doubt that «QD» is «QĐ».

    >>> with_type("2244/QD-TTG", "quyết định")
    '2244/QĐ-TTg'
    """
    symbol = symbol_of_type().get(kind or "")
    pieces = re.split(r"([/-])", number)
    for index, piece in enumerate(pieces):
        if symbol and plain(piece) == plain(symbol) and fold(piece).upper() == fold(symbol).upper():
            pieces[index] = symbol
        elif piece in ("TTG", "Ttg", "TTq"):
            pieces[index] = "TTg"
    return "".join(pieces)
