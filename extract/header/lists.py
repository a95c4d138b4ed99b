"""Whom a dispatch is sent to: addressees (Kính gửi) and copies (Nơi nhận)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.span import Span
from extract.tokens import norm
from extract.units.names import proper_fields, proper_province

_BULLET = re.compile(r"^\s*(?:[-–—+•*~»>_.]|\d{1,2}[.)])\s*")
_MARKUP = re.compile(r"\*\*|~~")
_LABEL = re.compile(r"^\W*(?:k.nh\s*(?:g[uiơo].{0,2}|chuyen|trinh)|n?.i\s+nh.n)\s*[:;.]?\s*")
_ALIAS = re.compile(r"^\W*\(?\s*(?:sau day|duoi day|goi)\b.{0,60}\bgoi\b|^\W*\((?:sau day|goi (?:tat|chung))")
_INLINE_ALIAS = re.compile(r"\s*\((?:[Ss]au đây|[Gg]ọi)[^()]*\)?\s*$")
_COPIES = re.compile(r"^l.u\s*[:.]?\s*(?=v[tf]|\w)", re.IGNORECASE)
_INK = re.compile(r"[{}<>|\\^~`¬⁄_]+|\s[^\w\s(/&]{1,3}$")


_WIRED = re.compile(
    r"^[^\na-z]{8,}\s+(?:điện|ĐIỆN|dien)\s*:\s*(?P<list>(?:[-–+•*] ?[^\n]+\n+)*[-–+•*] ?[^\n]+\.)",
    re.MULTILINE,
)


def addressees(text: str) -> tuple[str, ...]:
    r"""The addressees in a «Kính gửi» block, each as printed; who is only a short name for them is left out.

    >>> addressees("Kính gửi: Thuế tỉnh Ninh Bình.")
    ('Thuế tỉnh Ninh Bình',)
    >>> addressees("Kính gửi:\n- Các sở, ban, ngành;\n- UBND các xã.\n(Sau đây gọi là các đơn vị)")
    ('Các sở, ban, ngành', 'UBND các xã')
    """
    found: list[str] = []
    for item in _items(text):
        for piece in re.split(r"\s*;\s*", _INLINE_ALIAS.sub("", item)):
            bare = _clean(piece)
            if bare and not _ALIAS.match(norm(piece)) and any(char.isalpha() for char in bare):
                found.append(bare)
    return tuple(found)


def wired_to(text: str) -> Span | None:
    r"""Where a telegram names those it goes to: the list behind «GIÁM ĐỐC SỞ Y TẾ điện:».

    >>> wired_to("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n\n- Các sở;\n- UBND các xã.\n\nHồi 13 giờ")
    Span(start=37, end=61)
    >>> wired_to("Công ty Điện lực cắt điện: khu vực ven sông.")
    """
    match = _WIRED.search(text)
    return Span(*match.span("list")) if match else None


def distribution(text: str) -> tuple[str, ...]:
    r"""The items of a «Nơi nhận» block, bullets and end marks dropped.

    >>> distribution("Nơi nhận:\n- Như trên;\n- Lưu: VT, VP.")
    ('Như trên', 'Lưu: VT, VP')
    """
    found = []
    for item in _items(text):
        bare = _clean(item)
        if sum(char.isalpha() for char in bare) > 2:
            found.append(re.sub(r"^[Ll][ưu]u\s*[:.]?\s*", "Lưu: ", bare) if _COPIES.match(norm(bare)) else bare)
    return tuple(found)


def _items(text: str) -> Iterator[str]:
    """Lines of a list put together: an item goes on until its end mark or the next bullet."""
    current = ""
    for line in _lines(text):
        bullet = _BULLET.match(line)
        if current and (bullet or _ended(current) or _ALIAS.match(norm(line))):
            yield current
            current = ""
        words = _BULLET.sub("", line, count=1) if bullet else line
        current = f"{current} {words.strip()}".strip()
    if current:
        yield current


def _lines(text: str) -> Sequence[str]:
    lines = [_MARKUP.sub("", line).strip() for line in text.splitlines()]
    kept = [line for line in lines if line]
    if kept:
        label = _LABEL.match(norm(kept[0]))
        if label:
            kept[0] = kept[0][label.end() :].strip()
    return [line for line in kept if line]


def _ended(item: str) -> bool:
    return item.rstrip().endswith((";", ".", "./.")) and not re.search(r"\b(?:TP|Tp|TT|PGS|TS)\.$", item)


def _clean(item: str) -> str:
    return proper_province(proper_fields(" ".join(_INK.sub(" ", item).split()).strip(" .;,:-–—*")))
