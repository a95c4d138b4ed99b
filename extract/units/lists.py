"""Lists of units: «Vụ Pháp chế, Cục Quản lý Khám, chữa bệnh; các đơn vị thuộc, trực thuộc Bộ» is three.

A comma separates units only where a new name begins: a head («Sở», «UBND», «Giám đốc») with a name behind it, or
a general noun («đơn vị», «cơ quan») that does not go on a chain («các sở, ban, ngành» is one).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extract.units.kinds import BLANK, BULLET, Kind, grammar_of, kind_of
from normalize.fold import fold

_SHARED = re.compile(r"\blien quan (?:cua|thuoc)\b", re.IGNORECASE)
_SCHOOL = re.compile(r"truong\b(?!.*,)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"dai hoc (?:quoc gia|hue|da nang|thai nguyen|vung)", re.IGNORECASE)
_EDGE = " \t\n\f.,;:-–_•*|"
_TWICE = re.compile(r"(?<!\w)(?:các|những) (?=(?:các|những) )", re.IGNORECASE)
_RUN = re.compile(r"[ \t]{2,}")
_MISREAD_COMMA = re.compile(r"(?<=[a-zà-ỹ])\.(?= (?:thành phố|thị xã|phường|quận|ban|ngành|đơn vị|tổ chức)(?!\w))")
_ONE_WITH_AND = re.compile(
    r"(?:báo|văn phòng (?:hđnd|hội đồng nhân dân|đoàn (?:đbqh|đại biểu quốc hội)|huyện ủy|đảng ủy|thành ủy|tỉnh ủy))$"
)
"""Beginnings of names that go on after «và»: «Báo và Đài Phát thanh …», «Văn phòng HĐND và UBND»."""
_OTHERS = re.compile(r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|địa phương)(?!\w)")
_PERSON = re.compile(r"(?:(?:Ông|ông|Bà|bà|[Đđ]ồng chí|Đ/c|đ/c)\s+)(?:[A-ZĐÀ-Ỹ][\wà-ỹ]*\s*){2,5}$")
"""A person, whose office may follow: «Bà Trịnh Thị Nga, Phó Hiệu trưởng» is one."""
_INCOMPLETE_OFFICE = re.compile(
    r"(?:(?:các|những) )?(?:(?:phó |tổng )?giám đốc|thủ trưởng|người đứng đầu|(?:phó )?chủ tịch|(?:phó )?bí thư|"
    r"(?:cục|vụ|chi cục|viện) trưởng|(?:phó )?hiệu trưởng)"
)
_PLACES = re.compile(r"(?:các|những) (?:thôn|ấp|bản|buôn|xóm|khu phố|tổ dân phố|khu dân cư)(?!\w)")
_CHAIN = re.compile(r"(?:^|(?<!\w))(?:các|những)\s+(?:[\w/]+,? ){0,6}[\w/]+$")
_NEXT_ROOM = re.compile(
    r"(?<=\w{3})\s+[\"'“]?(?=(?:Phòng|Văn phòng) [A-ZĐÀ-Ỹ])|(?<=[,;])\s*[\"'“]\s*(?=(?:Phòng|Văn phòng) )"
)
_ROOM = re.compile(r"(?P<room>(?:Phòng|Văn phòng) [^,;()]+?)\s+[-–]\s+(?P<outer>(?:Sở|Cục|Vụ|Bộ|UBND) [^,;()]+)$")


class Piece(NamedTuple):
    """A stretch between separators, with the separator before it («», «,», «và», «;»)."""

    text: str
    before: str

    @property
    def joint(self) -> str:
        """The separator as it is printed between two words."""
        return ", " if self.before in {"", ","} else f" {self.before} "


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, ...]:
    """The units named in ``text`` as printed, brackets resolved («Sở Y tế (Phòng A, Phòng B)» is two rooms).

    >>> split("Cục Thuế tỉnh, các sở, ban, ngành và UBND các huyện, thành phố")
    ('Cục Thuế tỉnh', 'các sở, ban, ngành', 'UBND các huyện, thành phố')
    """
    found: list[str] = []
    for item in _items(_RUN.sub(" ", _MISREAD_COMMA.sub(",", text))):
        for unit in _units(item, bulleted=bool(BULLET.match(item))):
            found += _resolve(unit)
    return tuple(dict.fromkeys(unit for unit in found if unit))


def _items(text: str) -> list[str]:
    """Stretches between semicolons, bullets and lines that end a name; brackets are kept whole."""
    items: list[str] = []
    current = ""
    for line in text.replace("\f", "\n").split("\n"):
        new = BULLET.match(line) is not None or _ends_name(current, line)
        if new and current.strip() and _depth(current) == 0:
            items.append(current)
            current = line
        else:
            current = f"{current} {line}" if current else line
    items.append(current)
    return [part for item in items for part in _cut(item, ";")]


def _ends_name(current: str, line: str) -> bool:
    """Whether ``line`` starts a unit of its own after a finished one (two units in a cell, one below the other)."""
    before, after = current.rstrip(), line.strip()
    if not before or not after[:1].isupper() or re.search(r"(?:thuộc|của|và|với|các|những|tại|[-–,/])$", before):
        return False
    return kind_of(after) == "name" and kind_of(before) == "name" and (before.endswith(")") or len(before.split()) > 2)


def _depth(text: str) -> int:
    return max(text.count("(") - text.count(")"), 0)


def _cut(text: str, separator: str) -> list[str]:
    """``text`` cut at a separator that stands outside of brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _pieces(item: str) -> list[Piece]:
    """The stretches between commas and «và» outside of brackets."""
    pieces: list[Piece] = []
    for part in _cut(item, ","):
        before = "," if pieces else ""
        depth, start = 0, 0
        for match in re.finditer(r"[()]|\s(?:và|va)\s", part):
            depth += (match[0] == "(") - (match[0] == ")" and depth > 0)
            if len(match[0]) > 1 and depth == 0:
                pieces.append(Piece(part[start : match.start()], before))
                start, before = match.end(), match[0].strip()
        pieces.append(Piece(part[start:], before))
    return pieces


def _units(item: str, *, bulleted: bool) -> list[str]:
    """The units of one item; pieces that do not begin a unit go on with the one before."""
    units: list[str] = []
    last: Kind = "none"
    shared = bulleted and _SHARED.search(fold(item)) is not None
    for piece in _pieces(item):
        kind = kind_of(piece.text)
        if units and (shared or not _begins(kind, last, piece, units[-1])):
            units[-1] += piece.joint + piece.text.strip()
            last = kind if kind in {"bare", "general"} and last == "bare" else last
            last = "general" if kind == "none" and last == "bare" else last
        else:
            units.append(piece.text.strip())
            last = kind
    return units


def _begins(kind: Kind, last: Kind, piece: Piece, unit: str) -> bool:
    """Whether ``piece`` begins a unit of its own after ``unit``, whose last stretch is of kind ``last``."""
    text = piece.text.strip(BLANK)
    if kind == "place" and _PLACES.match(text.casefold()):
        return "các" not in unit.casefold()
    if kind in {"none", "place"} or (piece.before == "và" and _ONE_WITH_AND.match(unit.casefold())):
        return False
    if kind == "title" and piece.before == "," and (_PERSON.match(unit) or _shares_office(unit, text)):
        return False
    if kind in {"name", "title"}:
        if _UNIVERSITY.match(fold(text)) and _SCHOOL.match(fold(unit)):
            return False
        return not (last == "bare" and text[:1].islower() and piece.before in {"và", "va"})
    grammar, lower = grammar_of(text)
    ends_in_place = grammar.ends_in_place.search(unit.casefold()) is not None
    if kind == "bare" and ends_in_place and (text[:1].isupper() or _OTHERS.match(lower)):
        return True
    if kind == "bare" and last == "name" and _OTHERS.match(lower):
        return not _CHAIN.search(unit.casefold())
    many = grammar.many.match(lower) is not None
    repeated = many and kind == "general" and grammar.many.match(unit.casefold()) is not None
    return (last != "bare" or ends_in_place or repeated) and (kind == "general" or many)


def _shares_office(unit: str, text: str) -> bool:
    """Whether two office holders share what follows: «Giám đốc, Thủ trưởng các sở» is one."""
    (_, before), (grammar, after) = grammar_of(unit), grammar_of(text)
    return _INCOMPLETE_OFFICE.fullmatch(before) is not None and grammar.title.fullmatch(after) is None


def _resolve(unit: str) -> list[str]:
    """A unit with its bracket: rooms inside it become «outer / room», a remark is left out."""
    text = _TWICE.sub("", " ".join(BULLET.sub("", unit).split()))
    match = re.fullmatch(r"(?P<outer>[^()]+)\((?P<inner>[^()]*)(?:\)[\s.,;:'|_-]*(?:\w{1,2}[\s.,;:]*)?)?", text)
    if match is None:
        return [_room(text.strip(_EDGE))]
    outer, inner = match["outer"].strip(_EDGE), match["inner"]
    grammar, lower = grammar_of(inner)
    if grammar.remark.match(lower) or not grammar.sub.match(lower):
        return [_room(outer)]
    return [f"{outer} / {room}" for room in _rooms(inner)]


def _rooms(inner: str) -> list[str]:
    rooms: list[str] = []
    cut = _NEXT_ROOM.sub(", ", inner)
    for piece in (piece for item in _cut(cut, ";") for piece in _pieces(item)):
        text = piece.text.strip(_EDGE)
        grammar, lower = grammar_of(text)
        if text and rooms and not grammar.sub.match(lower):
            rooms[-1] += piece.joint + text
        elif text:
            rooms.append(text)
    return rooms


def _room(unit: str) -> str:
    """«Phòng A – Sở B» as «Sở B / Phòng A»."""
    return f"{match['outer']} / {match['room']}" if (match := _ROOM.match(unit)) else unit
