"""Lists of units: «Vụ Pháp chế, Cục Quản lý Khám, chữa bệnh; các đơn vị thuộc, trực thuộc Bộ» is three.

A comma separates units only where a new name begins: a head («Sở», «UBND», «Giám đốc») with a name behind it, or
a general noun («đơn vị», «cơ quan») that does not go on a chain («các sở, ban, ngành» is one).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from normalize.fold import fold

Kind = Literal["name", "title", "general", "bare", "place", "none"]

_PLURAL = r"(?:(?:các|những|một số|từng|mọi|mỗi|toàn thể|tất cả|quý|nhiều)\s+)*"
_HEADS = (
    r"(?:ủy|uỷ) ban(?: nhân dân| mặt trận| kiểm tra| thường vụ| dân tộc)?|ubnd|ubmttq|mttq|hđnd|hội đồng|"
    r"tổng cục|chi cục|cục|vụ(?! (?:án|việc|mùa)\b)|sở|bộ(?! (?:chỉ số|tiêu chí|dữ liệu|công cụ|tài liệu|mã|máy|"
    r"luật|phận)\b)|"
    r"bộ phận|văn phòng(?! phẩm)|phòng(?! (?:chống|trào|ngừa|họp|bệnh|tránh|thi|học)\b)|phòng giao dịch|"
    r"ban(?! (?:hành|đầu|đêm|ngày)\b)|tổ(?= (?:công tác|biên tập|giúp việc|đề án|\d|chuyên|kiểm|khoa học|bảo vệ|"
    r"dân phố))|"
    r"nhóm|khoa(?! học)|trung tâm(?! dữ liệu)|viện(?! (?:phí|trợ))|bệnh viện|phòng khám|trạm|nhà thuốc|bv|ttyt|"
    r"trường(?! hợp)|đại học|học viện|thư viện|bảo tàng|công an|bộ chỉ huy|bộ tư lệnh|quân đội|quân khu|bộ đội|"
    r"thanh tra|(?:tòa|toà) án|viện kiểm sát|hải quan|thuế|kho bạc|"
    r"ngân hàng(?! (?:chuyên gia|câu hỏi|đề|dữ liệu|gen|máu))|bảo hiểm xã hội|bhxh|quỹ(?= (?:bảo|đầu tư|phát))|"
    r"đài(?= (?:phát|truyền|tiếng|khí))|báo(?! (?:cáo|chí))|tạp chí|nhà xuất bản|công ty|tổng công ty|tập đoàn|"
    r"bưu điện|"
    r"viễn thông|điện lực|hợp tác xã|(?:tỉnh|thành|huyện|quận) đoàn|hội(?! (?:nghị|thảo|thi|họp|nhập|viên|chợ|"
    r"đồng))|hiệp hội|liên đoàn|liên minh|"
    r"liên hiệp|đoàn(?= (?:thanh niên|thể|công tác|luật|đại biểu|kiểm tra))|mặt trận|"
    r"(?:đảng|tỉnh|thành|huyện|quận) (?:ủy|uỷ)|đảng bộ|chi bộ|chính phủ|quốc hội|kiểm toán|"
    r"cơ sở(?! (?:dữ liệu|hạ tầng|pháp lý|vật chất|để|đó|báo cáo))|lực lượng|nhà đầu tư|doanh nghiệp"
)
_GENERAL = (
    r"cơ quan(?: ngang bộ| thuộc chính phủ)?|đơn vị|"
    r"địa phương(?! (?:hóa|hoá))|sở,? ban,? ngành|sở ngành|ban,? ngành|ngành(?! nghề)|"
    r"doanh nghiệp|đoàn thể|phòng,? ban|bộ,? ngành|sở|bộ(?! (?:chỉ số|tiêu chí|dữ liệu|công cụ|tài liệu|mã|luật))|"
    r"vụ(?! (?:án|việc))|cục|ban(?! (?:hành|đầu))|phòng(?! (?:chống|bệnh|ngừa))|khoa(?! học)|trường(?! hợp)|"
    r"báo(?! (?:cáo|chí))|tạp chí|(?:tỉnh|thành|huyện|quận) đoàn|hội(?! (?:nghị|thảo|đồng))|cá nhân|"
    r"(?<=các )(?:tổ chức|cấp)|tổ chức(?= (?:chính trị|xã hội|tín dụng|đoàn thể|đảng|và cá nhân|có liên quan|"
    r"liên quan))|"
    r"chuyên gia|nhà (?:khoa học|nghiên cứu|quản lý)|hộ kinh doanh|người dân"
)
_PLACES = r"tỉnh|thành phố|thành|thị xã|thị trấn|thị|quận|huyện|xã|phường|đặc khu|thôn|ấp|tp\.?"
_TITLES = (
    r"thủ trưởng|người đứng đầu|(?:phó |tổng )*giám đốc|(?:cục|vụ|chi cục|viện) trưởng|chánh (?:văn phòng|thanh tra)|"
    r"(?:phó )?chủ (?:tịch|nhiệm)|hiệu trưởng|"
    r"trưởng (?:phòng|ban|khoa|công an|trạm|đoàn|thôn|ấp|các)|bộ trưởng|(?:phó )?thủ tướng|"
    r"tổng (?:biên tập|thanh tra)|kế toán trưởng|lãnh đạo(?= (?:bộ|sở|cục|vụ|ủy|uỷ|ubnd|các|đơn vị|cơ quan))|"
    r"giám thị|"
    r"(?:ông|bà)(?:,? bà)?|đồng chí"
)
_DANGLE = r"\s*(?:(?:trực )?thuộc|liên quan|có liên quan|khác)?\s*"
_SUBS = r"phòng|ban|văn phòng|vụ|cục|chi cục|trung tâm|đơn vị|khoa|tổ|bộ phận|thanh tra"
_REMARKS = (
    r"đối với|qua|gồm|bao gồm|để|đầu mối|theo|nếu|trường hợp|sau đây|gọi|như|trừ|kèm|với|"
    r"cơ quan thường trực|thường trực"
)


class _Grammar(NamedTuple):
    """The patterns, in proper Vietnamese or without marks."""

    title: re.Pattern[str]
    head: re.Pattern[str]
    noun: re.Pattern[str]
    place: re.Pattern[str]
    dangling: re.Pattern[str]
    ends_in_place: re.Pattern[str]
    remark: re.Pattern[str]
    sub: re.Pattern[str]
    many: re.Pattern[str]


def _grammar(marks: Callable[[str], str]) -> _Grammar:
    """Compile the patterns after ``marks`` (keep or fold) was applied to their source."""
    sources = (
        rf"{_PLURAL}(?:{_TITLES})\b",
        rf"{_PLURAL}(?P<head>{_HEADS})(?P<rest>$|\b.*)",
        rf"{_PLURAL}(?P<head>(?:{_GENERAL})(?:\s*[/-]\s*(?:{_GENERAL}))*)(?P<rest>$|\b.*)",
        rf"{_PLURAL}(?:{_PLACES})(?!\w)",
        _DANGLE,
        rf"\b(?:{_PLACES})\s*$",
        rf"\s*(?:{_REMARKS})\b",
        rf"\s*{_PLURAL}(?:{_SUBS})\b",
        r"(?:các|những)\s",
    )
    return _Grammar(*(re.compile(marks(source), re.DOTALL) for source in sources))


_MARKED, _BARE = _grammar(str), _grammar(fold)
MARKS = re.compile(r"[À-ỹĐđ]")
"""A letter of its own to Vietnamese: where a text has none, it lost its marks."""

_LONGEST_NAME, _LONGEST_CELL, _SHORT = 240, 600, 24
_ACRONYM = re.compile(
    r"(?:UBND|HĐND|UBMTTQ(?:VN)?|MTTQ|VNPT|EVN|BHXH(?:VN)?|CDC|BQL|BCĐ|BCH|LĐLĐ|LHPN|TTYT|TTKSBT|BHXHVN|VCCI|PTTH)\b|"
    r"(?!TTHC|CNTT|CSDL|ATTT|PCCC|BHYT|HTTT|VNEID|COVID|DVC|KPI)[A-ZĐ]{3,}[A-Z0-9Đ&]*"
    r"(?=\s*$|\s*,|\s+(?:[A-ZĐ]|tỉnh|thành phố|huyện|xã|các)[a-zà-ỹđ])"
)
_SHARED = re.compile(r"\blien quan (?:cua|thuoc)\b", re.IGNORECASE)
_SCHOOL = re.compile(r"truong\b(?!.*,)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"dai hoc (?:quoc gia|hue|da nang|thai nguyen|vung)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-–+•*]\s*", re.MULTILINE)
_BLANK = " \t\n\f-–+•*"
_EDGE = " \t\n\f.,;:-–_•*|"
_COMPLETE = re.compile(r"chinh phu|quoc hoi|(?:tinh|thanh|huyen|quan) (?:doan|uy)|thanh tra|van phong|cong an|mat tran")
_TWICE = re.compile(r"(?<!\w)(?:các|những) (?=(?:các|những) )", re.IGNORECASE)
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
    for item in _items(text):
        for unit in _units(item, bulleted=bool(_BULLET.match(item))):
            found += _resolve(unit)
    return tuple(dict.fromkeys(unit for unit in found if unit))


def kind_of(piece: str) -> Kind:
    """What a stretch begins with: a named unit, an office holder, a general noun (alone: «bare»), a place, or none."""
    grammar, text = _read(piece)
    if grammar.title.match(text):
        return "title"
    if len(text) < _SHORT and _COMPLETE.fullmatch(fold(text)):
        return "name"
    head, noun = grammar.head.match(text), grammar.noun.match(text)
    if noun and _is_bare(grammar, noun["rest"]):
        return "bare"
    if head and not _is_bare(grammar, head["rest"]):
        return "general" if noun and not _named(piece) else "name"
    if _ACRONYM.match(piece.strip(_BLANK)) and not (piece.isupper() and " " in piece.strip()):
        return "name"
    if noun or head:
        return "general" if noun else "bare"
    return "place" if grammar.place.match(text) else "none"


def likeness(text: str) -> float:
    """How much a cell looks like a list of units, in [0, 1]."""
    line = " ".join(_BULLET.sub("", text[:_LONGEST_CELL]).split())
    kind = kind_of(line)
    words = line.split()
    if not line or kind in {"none", "place"} or len(text) >= _LONGEST_CELL:
        return 0.0
    if kind == "name" and re.search(r"(?<!\w)(?:được|đã|phải|nhằm)(?!\w)", line):
        return 0.2
    return 1.0 if kind in {"name", "title"} or len(words) < 40 else 0.7


def _read(piece: str) -> tuple[_Grammar, str]:
    """The piece in lower case with the grammar that fits it: the one without marks only where it has none."""
    text = piece.strip(_BLANK)[:_LONGEST_NAME].casefold()
    return (_MARKED if MARKS.search(text) else _BARE), text


def _is_bare(grammar: _Grammar, rest: str) -> bool:
    return grammar.dangling.fullmatch(rest) is not None


def _named(piece: str) -> bool:
    """Whether a capital follows the head: «Sở Y tế», not «sở chuyên môn»."""
    return any(word[:1].isupper() for word in piece.strip(_BLANK).split()[1:4])


def _items(text: str) -> list[str]:
    """Stretches between semicolons, bullets and lines that end a name; brackets are kept whole."""
    items: list[str] = []
    current = ""
    for line in text.replace("\f", "\n").split("\n"):
        new = _BULLET.match(line) is not None or _ends_name(current, line)
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
    text = piece.text.strip(_BLANK)
    if kind in {"none", "place"}:
        return False
    if kind in {"name", "title"}:
        if _UNIVERSITY.match(fold(text)) and _SCHOOL.match(fold(unit)):
            return False
        return not (last == "bare" and text[:1].islower() and piece.before in {"và", "va"})
    grammar, lower = _read(text)
    ends_in_place = grammar.ends_in_place.search(unit.casefold()) is not None
    return (last != "bare" or ends_in_place) and (kind == "general" or grammar.many.match(lower) is not None)


def _resolve(unit: str) -> list[str]:
    """A unit with its bracket: rooms inside it become «outer / room», a remark is left out."""
    text = _TWICE.sub("", " ".join(_BULLET.sub("", unit).split()))
    match = re.fullmatch(r"(?P<outer>[^()]+)\((?P<inner>[^()]*)(?:\)[\s.,;:'|_-]*(?:\w{1,2}[\s.,;:]*)?)?", text)
    if match is None:
        return [_room(text.strip(_EDGE))]
    outer, inner = match["outer"].strip(_EDGE), match["inner"]
    grammar, lower = _read(inner)
    if grammar.remark.match(lower) or not grammar.sub.match(lower):
        return [_room(outer)]
    return [f"{outer} / {room}" for room in _rooms(inner)]


def _rooms(inner: str) -> list[str]:
    rooms: list[str] = []
    cut = _NEXT_ROOM.sub(", ", inner)
    for piece in (piece for item in _cut(cut, ";") for piece in _pieces(item)):
        text = piece.text.strip(_EDGE)
        grammar, lower = _read(text)
        if text and rooms and not grammar.sub.match(lower):
            rooms[-1] += piece.joint + text
        elif text:
            rooms.append(text)
    return rooms


def _room(unit: str) -> str:
    """«Phòng A – Sở B» as «Sở B / Phòng A»."""
    return f"{match['outer']} / {match['room']}" if (match := _ROOM.match(unit)) else unit
