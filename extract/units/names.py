"""Names of people and units as letterheads and signature blocks print them."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicon
from extract.tokens import norm
from extract.units.casing import is_capitals, person_case, unit_case

_TP = re.compile(r"\b(?:TP|Tp|tp|T\.P)(?:\s*\.\s*|\s+)(?=[A-ZĐ])")
_BODIES = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Bảo hiểm xã hội", "Văn phòng", "Bệnh viện", "Trung tâm", "Công an")
_KINDS = re.compile(
    r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|trung ương|việt nam|quốc gia)\b", re.IGNORECASE
)


def is_person(text: str, *, strict: bool = True) -> bool:
    """Whether a line is a person's name, degrees allowed.

    ``strict`` asks for a Vietnamese family name in front.

    >>> is_person("PGS.TS. Nguyễn Thị An"), is_person("Như trên"), is_person("Hà Nội")
    (True, False, False)
    """
    words = strip_degrees(text).split() if len(text) < 80 else []
    if not 2 <= len(words) <= 6 or (len(words) == 2 and norm(" ".join(words)) in lexicon.places()):
        return False
    if not all(word.isalpha() and (word.istitle() or word.isupper()) for word in words):
        return False
    folded = norm(" ".join(words))
    if re.sub(r"^pho ", "", folded).startswith((*lexicon.offices(), *_not_people())):
        return False
    if strict and norm(words[0]) not in lexicon.family_names():
        return False
    return not is_capitals(text) or len(words) >= 3


def person_name(text: str) -> str:
    """The bare name: degrees dropped, capitals lowered.

    >>> person_name("TS. TRẦN VĂN BÌNH")
    'Trần Văn Bình'
    """
    words = person_case(strip_degrees(text)).split()
    return " ".join([_family(words[0]), *words[1:]])


def _family(word: str) -> str:
    """A family name with its marks, where the reading lost them and only one name fits («Trân» → «Trần»)."""
    known = lexicon.family_names()
    return known.get(norm(word), word) if word not in known.values() else word


def strip_degrees(text: str) -> str:
    """``text`` without degrees in front and punctuation around."""
    return _degrees().sub("", text.strip(" .,;:*_-–|'\""))


@cache
def _not_people() -> tuple[str, ...]:
    """Beginnings of units' names that could pass for a person's («Trường Đại học …»)."""
    heads = (*lexicon.open_heads(), *lexicon.unit_heads(), "vien kiem sat", "cong hoa", "doc lap", "noi nhan")
    return tuple(f"{head} " for head in heads if " " in head)


@cache
def _degrees() -> re.Pattern[str]:
    names = "|".join(re.escape(degree) for degree in lexicon.degrees())
    return re.compile(rf"^(?:(?:{names})[.\s]+)+")


def unit_name(printed: str) -> str:
    """A printed unit in full: abbreviations written out, capitals lowered.

    >>> unit_name("UBND TỈNH KIÊN GIANG")
    'Ủy ban nhân dân tỉnh Kiên Giang'
    >>> unit_name("SỞ Y TẾ TP CẦN THƠ")
    'Sở Y tế Thành phố Cần Thơ'
    """
    text = " ".join(printed.split()).strip(" .,;:*-–_|")
    text = re.sub(r"\b(?:TP|Tp)\s?\.?\s?HCM\b", "THÀNH PHỐ HỒ CHÍ MINH", text)
    capitals = is_capitals(text)
    text = _TP.sub("THÀNH PHỐ " if capitals else "Thành phố ", text)
    for short in ("UBND", "HĐND", "UBMTTQ", "MTTQ", "BHXH"):
        full = lexicon.abbreviations()[short]
        text = re.sub(rf"\b{short}\b", full.upper() if capitals else full, text)
    return unit_case(_canonical(text))


def expand_city(name: str, place: str | None) -> str:
    """«TPCT» at the end of a name, written out where the place's initials agree.

    >>> expand_city("Bệnh viện Phụ sản TPCT", "Cần Thơ")
    'Bệnh viện Phụ sản Thành phố Cần Thơ'
    """
    found = re.search(r"\bTP\.?\s?([A-ZĐ]{2,4})$", name, re.IGNORECASE)
    if found and place:
        bare = re.sub(r"^(?:thành phố|tp\.?)\s*", "", place, flags=re.IGNORECASE)
        if "".join(word[0] for word in bare.split()).upper() == found.group(1).upper():
            return f"{name[: found.start()]}Thành phố {bare}"
    return name


def with_place(own: str, parent: str | None) -> str:
    """The full name of a local unit: its superior's place is added where its own name has none.

    >>> with_place("Sở Y tế", "Ủy ban nhân dân tỉnh Kiên Giang")
    'Sở Y tế tỉnh Kiên Giang'
    >>> with_place("Văn phòng", "Ủy ban nhân dân tỉnh Phú Thọ")
    'Văn phòng Ủy ban nhân dân tỉnh Phú Thọ'
    >>> with_place("Cục Thuế", "Bộ Tài chính")
    'Cục Thuế'
    """
    if parent is None:
        return own
    if norm(own) in ("van phong", "thanh tra", "van phong dang uy"):
        return f"{own} {parent}" if norm(own) == "van phong" else own
    place = place_of(parent)
    if place is None or _KINDS.search(own) or any(f" {bare}" in f" {norm(own)}" for bare in (norm(_bare(place)),)):
        return own
    if norm(own).startswith("phong ") and norm(parent).startswith(
        ("cong an ", "bo chi huy ", "vien kiem sat ", "toa an ")
    ):
        return f"{own} {parent}"
    local = norm(own).startswith(("so ", "phong ", "ban quan ly", "thanh tra ", "ban dan toc", "chi cuc "))
    return f"{own} {place}" if local else own


def place_of(unit: str) -> str | None:
    """The place in a unit's name, with its kind: «tỉnh Kiên Giang»."""
    found = re.search(r"(?:tỉnh|[Tt]hành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+[A-ZĐÀ-Ỹ].*$", unit)
    return found.group() if found else None


def proper_fields(text: str) -> str:
    """Names of fields of work that lost marks, three words or more so that nothing else folds alike.

    >>> proper_fields("TRƯỜNG ĐẠI HỌC CÔNG NGHẸ THÔNG TIN")
    'TRƯỜNG ĐẠI HỌC CÔNG NGHỆ THÔNG TIN'
    """
    folded = norm(text)
    for found in _fields().finditer(folded):
        name = _field_names()[found.group()]
        printed = text[found.start() : found.end()]
        fitting = name.lower() if printed[0].islower() else _as(name, printed)
        text = text[: found.start()] + fitting + text[found.end() :]
    return text


@cache
def _field_names() -> dict[str, str]:
    units = [unit.name for unit in lexicon.known_units()]
    return {norm(name): name for name in (*lexicon.field_names(), *units) if len(name.split()) >= 3}


@cache
def _fields() -> re.Pattern[str]:
    names = sorted(_field_names(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b")


def proper_province(text: str) -> str:
    """«tính Ninh Bình» → «tỉnh Ninh Bình»: the kind and the marks of a province's name.

    >>> proper_province("Thuế tính Ninh Bình")
    'Thuế tỉnh Ninh Bình'
    """
    folded = norm(text)
    found = next(iter(_provinces().finditer(folded)), None)
    if found is None:
        return text
    name = lexicon.places()[found.group(2)].name
    kind = "tỉnh" if found.group(1) == "tinh" else "thành phố"
    start, middle, end = found.start(1), found.start(2), found.end(2)
    printed = text[start : found.end(1)]
    lead = kind.upper() if printed.isupper() else printed[:1] + kind[1:]
    return f"{text[:start]}{lead}{text[found.end(1) : middle]}{_as(name, text[middle:end])}{text[end:]}"


def _as(name: str, printed: str) -> str:
    """``name`` in the case of what is printed."""
    return name.upper() if is_capitals(printed) else name


@cache
def _provinces() -> re.Pattern[str]:
    names = "|".join(re.escape(key) for key in sorted(lexicon.places(), key=len, reverse=True))
    return re.compile(rf"\b(tinh|thanh pho) ({names})\b")


def _bare(place: str) -> str:
    return re.sub(r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+", "", place, flags=re.IGNORECASE)


def _canonical(text: str) -> str:
    """Units are named with one spelling: «Ủy», «Hòa»; the printed form stays in the evidence.

    The state's own bodies and the word «tỉnh» before a province are put right where a mark was misread.
    """
    for name in _BODIES:
        found = re.search(rf"\b{norm(name).replace(' ', chr(92) + 's?')}\b", norm(text))
        if found:
            start, end = found.span()
            text = text[:start] + _as(name, text[start:end]) + text[end:]
    text = proper_province(proper_fields(text))
    pairs = (("UỶ", "ỦY"), ("Uỷ", "Ủy"), ("uỷ", "ủy"), ("HOÀ", "HÒA"), ("Hoà", "Hòa"), ("TOÀ", "TÒA"), ("Toà", "Tòa"))
    for old, new in pairs:
        text = text.replace(old, new)
    return text
