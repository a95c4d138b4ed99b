"""From capitals to the case in which Vietnamese prints names and titles.

Letterheads and titles are set in capitals; facts are stored in the case of running text. What carries meaning
in its case (document symbols, Roman numerals, abbreviations) is kept.
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import document_types, field_names, known_units, places
from normalize.fold import fold

_WORD = re.compile(r"[^\W_]+(?:[/&.-][^\W_]+)*")
_PLACE_KIND = r"(?<!\w)(tỉnh|[Tt]hành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|khu vực)"
_PLACE_NAME = r" ([^\W\d]+(?: [^\W\d]+){0,2})(?=$|[,;.()]| (?:và|năm|giai đoạn|trong|đến|về|để|số|ngày|-|–))"
_UNIT_PLACE = re.compile(rf"{_PLACE_KIND}(?! (?:hội|và|các|trực|thuộc|khu vực)\b){_PLACE_NAME}")
_TITLE_PLACE = re.compile(
    rf"{_PLACE_KIND}(?! (?:hội|và|các|trực|thuộc|trên|phòng|đoàn|quản|trọng|chủ|công|kinh|nông|miền|phía|để|về|năm|"
    rf"giai|thực|triển|nghiêm|phối|có|theo|được|tham|tổ|xây|tăng|đẩy|khu|ủy)\b){_PLACE_NAME}"
)
_SECOND_FIELD = re.compile(r"(?<= - )[^\W\d_]")
_JOINED_FIELD = re.compile(
    r"^(?:Bộ|Sở|Phòng|Ban|Ủy ban|Vụ) [^\W\d_]+(?: [^\W\d_]+){0,3}(?:, [^,]+)? và (?=[^\W\d_]+ [^\W\d_]+)"
)
"""«Ủy ban Kinh tế và Tài chính»: of two fields joined, both begin with a capital."""
_PARTY = re.compile(r"$| ĐẢNG\b")
"""Only here «TƯ» is short for «Trung ương»; elsewhere it is a syllable («TƯ PHÁP», «ĐẦU TƯ»)."""
_VOWEL = re.compile(r"[aeiouy\d]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+")
_ABBREVIATION = re.compile(r"(?:TP|TW|TƯ|UBND|HĐND|TTHC|CNTT|BHYT|BHXH|TNHH|STEM|HSSV|QPPL|PCCC|CCHC|VNEID|AI|TTg)")
_LOWER_KINDS = ("tỉnh", "xã", "phường", "huyện", "quận", "thị xã", "thị trấn", "đặc khu")
_HEADS = (
    "bộ", "sở", "cục", "tổng cục", "chi cục", "vụ", "phòng", "ban", "viện", "học viện", "trường", "trường đại học",
    "đại học", "bệnh viện", "trung tâm", "công ty", "văn phòng", "hội", "liên đoàn", "tập đoàn", "báo", "kho bạc",
    "ngân hàng", "công an", "đài", "trạm", "khoa", "chi nhánh", "công ty cổ phần", "công ty tnhh", "tổng công ty",
    "ủy ban",
)  # fmt: skip
_HEAD_CASE = {"trường đại học": "Trường Đại học"}
_ORGANS = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Bảo hiểm xã hội Việt Nam", "Bảo hiểm xã hội", "Quốc hội",
    "Bộ Chính trị", "Thành ủy", "Tỉnh ủy", "Nhà nước", "Việt Nam", "Mặt trận Tổ quốc", "Trung ương Đảng", "TP.HCM",
    "Đại học Quốc gia", "Đại học Bách khoa", "Hội đồng", "Viện kiểm sát nhân dân", "Tòa án nhân dân", "miền Trung",
    "miền Bắc", "miền Nam", "Tây Nguyên", "Nam Bộ", "Trung Bộ", "Bắc Bộ", "Liên đoàn Lao động",
    "Tổng Liên đoàn Lao động", "Cửu Long", "Sài Gòn", "Ban Bí thư", "Tổng Bí thư", "Ban Chấp hành",
    "Ban Thường vụ", "Đảng ủy", "Công đoàn", "Đảng bộ Chính phủ", "Chi cục Hải quan", "Phục vụ hành chính công",
    "Chăn nuôi và Thú y", "Khoa học xã hội và Nhân văn", "Khoa học Xã hội và Nhân văn", "Hội đồng Bầu cử quốc gia",
    "Bộ Tư lệnh", "Bộ Chỉ huy quân sự", "Quân khu", "Viện Hàn lâm Khoa học và Công nghệ Việt Nam",
    "Ban Chấp hành Trung ương", "Ban Dân vận Trung ương", "Ban Tổ chức Trung ương", "Văn phòng Trung ương Đảng",
    "Ban Tuyên giáo và Dân vận Trung ương", "Ủy ban Kiểm tra Trung ương", "Ban Nội chính Trung ương",
)  # fmt: skip


def is_capitals(text: str, share: float = 0.7) -> bool:
    """Whether the letters of ``text`` are capitals but for a few (OCR drops the case of some).

    >>> is_capitals("SỞ Y TẾ"), is_capitals("Sở Y tế")
    (True, False)
    """
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= share * len(letters)


def sentence_case(text: str) -> str:
    """A title in capitals as a sentence; text that is not in capitals stays as it is.

    >>> sentence_case("BAN HÀNH KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT SỐ 71/NQ-CP CỦA CHÍNH PHỦ")
    'Ban hành Kế hoạch thực hiện Nghị quyết số 71/NQ-CP của Chính phủ'
    """
    if not is_capitals(text):
        return text
    return _first_up(_places_up(_restore_names(_lowered(text), _title_phrases()), _TITLE_PLACE))


def unit_case(text: str) -> str:
    """A unit's name in capitals as running text prints it.

    >>> unit_case("ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG")
    'Ủy ban nhân dân tỉnh Kiên Giang'
    >>> unit_case("CỤC QUẢN LÝ ĐÊ ĐIỀU")
    'Cục Quản lý đê điều'
    """
    if not is_capitals(text):
        return text
    lowered = _places_up(_restore_names(_lowered(text), _unit_phrases()), _UNIT_PLACE)
    return _both_fields(_first_up(_up_after_head(lowered)))


def person_case(text: str) -> str:
    """A person's name with each word's first letter up.

    >>> person_case("TRẦN VĂN A")
    'Trần Văn A'
    """
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split()) if is_capitals(text) else text


def _lowered(text: str) -> str:
    """Every word in lower case that is neither symbol nor numeral nor abbreviation."""

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        symbol = "/" in word and any(char.isdigit() for char in word)
        keep = symbol or _ABBREVIATION.fullmatch(word) or (_ROMAN.fullmatch(word) and word != "C")
        if word == "TƯ":
            keep = bool(_PARTY.match(match.string, match.end())) and not match.string[: match.start()].endswith("ĐẦU ")
        keep = keep or (len(word) > 1 and _VOWEL.search(fold(word)) is None)  # «CTSV»: no syllable is without a vowel
        return word if keep or _is_symbol(word) else word.lower()

    return _WORD.sub(lower, text)


def _is_symbol(word: str) -> bool:
    """«57-NQ/TW», «QĐ-BYT», «30C/NQ-CP»: groups joined by strokes with a digit or a known type in front."""
    return bool(re.fullmatch(r"(?:\d+[A-Z]?[-/]|(?:NQ|QĐ|KH|CT|TB|NĐ|TT|TTr|CTr)[-/]).+", word))


def _restore_names(text: str, phrases: dict[str, str]) -> str:
    pattern = _pattern(tuple(phrases))
    return pattern.sub(lambda match: phrases[_plain(match.group())], text)


@cache
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    """One alternation over the phrases, longest first. Marks count: «số» is not «sở»."""
    spelt = sorted(keys, key=len, reverse=True)
    text = "|".join(re.escape(key) for key in spelt).replace("ủy", "(?:ủy|uỷ)").replace("hóa", "(?:hóa|hoá)")
    return re.compile(rf"(?<![\w/])(?:{text})(?![\w/])", re.IGNORECASE)


def _plain(text: str) -> str:
    return text.lower().replace("uỷ", "ủy").replace("hoá", "hóa")


@cache
def _proper_phrases() -> dict[str, str]:
    """Names that keep their capitals wherever they stand: places, known units, the organs of the state."""
    phrases = {_plain(unit.name): unit.name for unit in known_units()}
    for place in places().values():
        phrases[_plain(place.name)] = place.name
        phrases[_plain(f"thành phố {place.name}")] = f"Thành phố {place.name}"
    return phrases | {_plain(name): name for name in _ORGANS}


@cache
def _unit_phrases() -> dict[str, str]:
    """Also fields of work, where they follow the head of a unit's name: «sở y tế» → «Sở Y tế»."""
    phrases = {_plain(f"{head} {field}"): f"{_head(head)} {field}" for head in _HEADS for field in field_names()}
    return phrases | _proper_phrases()


@cache
def _title_phrases() -> dict[str, str]:
    """Names kept up inside titles, and the document types that are cited by number."""
    kinds = ("nghị quyết", "kế hoạch", "quyết định", "nghị định", "thông tư", "chỉ thị", "đề án", "luật")
    phrases = {_plain(kind.name): _first_up(kind.name) for kind in document_types() if kind.name in kinds}
    phrases[_plain("chương trình hành động của")] = "Chương trình hành động của"
    sectors = {
        _plain(f"{head} {field}"): f"{_first_up(head)} {field}" for head in ("bộ", "sở") for field in field_names()
    }
    return phrases | sectors | _proper_phrases()


def _places_up(text: str, places_of_form: re.Pattern[str]) -> str:
    """Names of places that are in no list: the words between «tỉnh», «xã» … and the end of the phrase."""

    def up(match: re.Match[str]) -> str:
        return f"{match.group(1)} {' '.join(_first_up(word) for word in match.group(2).split())}"

    return places_of_form.sub(up, text)


def _up_after_head(text: str) -> str:
    """The name after the head that begins the text gets its first letter up; kinds of places stay low."""
    for head in sorted(_HEADS, key=len, reverse=True):
        if text[:1].islower() and text.startswith(f"{head} "):
            rest = text[len(head) + 1 :]
            low = rest.lower().startswith(_LOWER_KINDS) or rest[:1].isupper()
            return f"{_head(head)} {rest if low else _first_up(rest)}"
    return text


def _both_fields(name: str) -> str:
    """«Phòng Văn hóa - xã hội» → «Phòng Văn hóa - Xã hội», «Sở Du lịch và thể thao» → «Sở Du lịch và Thể thao»."""
    name = _SECOND_FIELD.sub(lambda match: match.group().upper(), name)
    joined = _JOINED_FIELD.match(name)
    if joined is None or " Quản lý " in joined.group():
        return name
    head = re.sub(r"(?<=, )[^\W\d_]", lambda match: match.group().upper(), joined.group())
    return head + _first_up(name[joined.end() :])


def _head(head: str) -> str:
    return _HEAD_CASE.get(head) or _first_up(head)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
