"""What a stretch of words begins with: a named unit, an office holder, a general noun, a place, or none of these."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from normalize.fold import fold

Kind = Literal["name", "title", "general", "bare", "place", "none"]

_PLURAL = r"(?:(?:các|những|một số|từng|mọi|mỗi|toàn thể|tất cả|quý|nhiều|toàn bộ)\s+)*"
_STATE = (
    r"(?:ủy|uỷ) ban(?: nhân dân| mặt trận| kiểm tra| thường vụ| dân tộc)?|ubnd|ubmttq|mttq|hđnd|hội đồng|"
    r"thường trực(?= (?:hội|hđnd|tỉnh|thành|đảng|ban|ủy|uỷ|ubnd))|đại biểu(?= (?:hội đồng|quốc hội|hđnd))|"
    r"tổng cục|chi cục|cục|vụ(?! (?:án|việc|mùa)\b)|sở|bộ(?! (?:chỉ số|tiêu chí|dữ liệu|công cụ|tài liệu|mã|máy|"
    r"luật|phận)\b)|bộ phận|văn phòng(?! phẩm)|phòng(?! (?:chống|trào|ngừa|họp|bệnh|tránh|thi|học)\b)|"
    r"phòng giao dịch|ban(?! (?:hành|đầu|đêm|ngày)\b)|tiểu ban|hạt(?= kiểm)|đội(?= (?:quản|kiểm|cảnh|thanh|trật|cơ))|"
    r"tổ(?= (?:công tác|biên tập|giúp việc|đề án|\d|chuyên|kiểm|khoa học|bảo vệ|dân phố|công nghệ|hành chính|văn phòng|"
    r"toán|tiếng|ngữ|phản ứng|tự quản|liên gia|hậu cần|truyền thông|thư ký))|nhóm|"
    r"thanh tra(?!,? (?:kiểm tra|giám sát|việc|đột xuất|chuyên đề|công tác|xử lý)\b)|"
    r"(?:tòa|toà)(?= (?:án|chuyên|hình|dân|gia|kinh|hành))|viện kiểm sát|"
    r"hải quan|thuế|kho bạc|kiểm toán|công an|bộ chỉ huy|bộ tư lệnh|quân đội|quân khu|bộ đội|đồn(?= (?:biên|công an))|"
    r"cảng vụ|chính phủ|quốc hội"
)
_BODIES = (
    r"khoa(?! học)|trung tâm(?! dữ liệu)|viện(?! (?:phí|trợ))|phân viện|phân hiệu|bệnh viện|phòng khám|trạm|nhà thuốc|"
    r"bv|ttyt|nhà trường|trường(?! (?:hợp|học)\b)|đại học|học viện|thư viện|bảo tàng|nhà văn hóa|"
    r"ngân hàng(?! (?:chuyên gia|câu hỏi|đề|dữ liệu|gen|máu))|bảo hiểm xã hội|bhxh|quỹ(?= (?:bảo|đầu tư|phát|hỗ trợ))|"
    r"đài(?= (?:phát|truyền|tiếng|khí))|báo(?! (?:cáo|chí))|tạp chí|nhà xuất bản|công ty|tổng công ty|tập đoàn|"
    r"xí nghiệp|nhà máy|lâm trường|nông trường|chi nhánh|bưu điện|viễn thông|điện lực|hợp tác xã|"
    r"vườn quốc gia|khu bảo tồn|khu di tích|nhà hát|trại (?:giam|tạm giam|giống)|"
    r"khu(?= quản lý)|(?:lữ|trung|sư|tiểu|binh) đoàn|hải đội|kiểm lâm|"
    r"cơ sở(?! (?:dữ liệu|hạ tầng|pháp lý|vật chất|để|đó|báo cáo))|lực lượng|nhà đầu tư|doanh nghiệp"
)
_POLITICAL = (
    r"(?:tỉnh|thành|huyện|quận|xã|phường) đoàn|hội(?! (?:nghị|thảo|thi|họp|nhập|viên|chợ|đồng|thao|diễn|trại|xuân)\b)|"
    r"hiệp hội|liên đoàn|"
    r"liên minh|liên hiệp|đoàn(?= (?:thanh niên|thể|công tác|luật|đại biểu|kiểm tra|tncs|xã|phường|cơ sở|trực thuộc|"
    r"trường|thanh tra))|công đoàn|nghiệp đoàn|chi đoàn|chi hội|mặt trận|(?:đảng|tỉnh|thành|huyện|quận) (?:ủy|uỷ)|"
    r"đảng bộ|đảng đoàn|ban cán sự|chi bộ|chi (?:ủy|uỷ)|cấp (?:ủy|uỷ)"
)
_HEADS = f"{_STATE}|{_BODIES}|{_POLITICAL}"
_GENERAL = (
    r"cơ quan(?: ngang bộ| thuộc chính phủ| chủ trì| chủ quản| chuyên môn)?|đơn vị|"
    r"địa phương(?! (?:hóa|hoá))|sở,? ban,? ngành|sở ngành|ban,? ngành|ngành(?! nghề)|"
    r"doanh nghiệp|đoàn thể|phòng,? ban|bộ,? ngành|sở|bộ(?! (?:chỉ số|tiêu chí|dữ liệu|công cụ|tài liệu|mã|luật))|"
    r"vụ(?! (?:án|việc))|cục|ban(?! (?:hành|đầu))|phòng(?! (?:chống|bệnh|ngừa))|khoa(?! học)|trường học|trường(?! hợp)|"
    r"báo(?! (?:cáo|chí))|tạp chí|(?:tỉnh|thành|huyện|quận) đoàn|hội(?! (?:nghị|thảo|đồng|chợ|thi|thao|diễn|trại))|"
    r"cá nhân|"
    r"(?<=các )(?:tổ chức|cấp)|tổ chức(?= (?:chính trị|xã hội|tín dụng|đoàn thể|đảng|thành viên|và cá nhân|"
    r"có liên quan|liên quan)|\s*$)|chủ (?:rừng|đầu tư|dự án|hồ chứa|hộ|cơ sở|tàu|phương tiện|nguồn thải)|nhà thầu|"
    r"(?<=các )(?:thôn|ấp|buôn|xóm|khu phố)|"
    r"chính quyền|tổ dân phố|hộ (?:kinh doanh|gia đình|dân)|chuyên gia|nhà (?:khoa học|nghiên cứu|quản lý)|người dân"
)
_PLACES = r"tỉnh|thành phố|thành|thị xã|thị trấn|thị|quận|huyện|xã|phường|đặc khu|thôn|ấp|tp\.?"
_TITLES = (
    r"thủ trưởng|người đứng đầu|(?:phó |tổng )*giám đốc|(?:cục|vụ|chi cục|viện|trạm) trưởng|"
    r"chánh (?:văn phòng|thanh tra)|"
    r"(?:phó )?chủ (?:tịch|nhiệm)|(?:phó )?hiệu trưởng|(?:phó )?bí thư|ủy viên(?= (?:ban|ủy|thường))|"
    r"(?:phó )?trưởng (?:phòng|ban|khoa|công an|trạm|đoàn|thôn|ấp|bản|buôn|khu phố|tiểu ban|các|điểm thi|bộ môn)|"
    r"bộ trưởng|chánh án|thống đốc|(?:thầy|cô)(?= [a-zà-ỹđ]+ [a-zà-ỹđ]+)|"
    r"(?:phó )?thủ tướng|tổng (?:biên tập|thanh tra)|kế toán trưởng|"
    r"lãnh đạo(?= (?:bộ|sở|cục|vụ|ủy|uỷ|ubnd|các|đơn vị|cơ quan))|giám thị|(?:ông|bà)(?:,? bà)?|đồng chí|"
    r"đ/c(?= [a-zà-ỹđ])|tổng phụ trách(?= đội|\s*$)"
)
_PEOPLE = (
    r"(?:tổ|đội|nhóm) (?:trưởng|phó)|thành viên|giáo viên|giảng viên|nhân viên|cán bộ|công chức|viên chức|sinh viên|"
    r"học sinh|học viên|thí sinh|cố vấn|phụ huynh|đảng viên|đoàn viên|hội viên|cộng tác viên|bác sĩ|điều dưỡng|thư ký|"
    r"người lao động|thủ quỹ|kế toán|đại biểu(?! (?:hội đồng|quốc hội|hđnd))|bảo vệ(?=\s*(?:$|:))|tạp vụ"
)
_DANGLE = r"\s*(?:(?:trực )?thuộc|(?:khác )?(?:có )?liên quan(?: khác)?|khác)?\s*"
_SUBS = r"phòng|ban|văn phòng|vụ|cục|chi cục|trung tâm|đơn vị|khoa|tổ|bộ phận|thanh tra"
_REMARKS = (
    r"đối với|qua|gồm|bao gồm|để|đầu mối|theo|nếu|trường hợp|sau đây|gọi|như|trừ|kèm|với|"
    r"cơ quan thường trực|thường trực"
)


class Grammar(NamedTuple):
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


def _grammar(marks: Callable[[str], str]) -> Grammar:
    """Compile the patterns after ``marks`` (keep or fold) was applied to their source."""
    sources = (
        rf"{_PLURAL}(?:(?:{_TITLES})\b|(?P<people>{_PEOPLE})\b)",
        rf"{_PLURAL}(?P<head>{_HEADS})(?P<rest>$|\b.*)",
        rf"{_PLURAL}(?P<head>(?:{_GENERAL})(?:\s*[/-]\s*(?:{_GENERAL}))*)(?P<rest>$|\b.*)",
        rf"{_PLURAL}(?:{_PLACES})(?!\w)",
        _DANGLE,
        rf"\b(?:{_PLACES})\s*$",
        rf"\s*(?:{_REMARKS})\b",
        rf"\s*{_PLURAL}(?:{_SUBS})\b",
        r"(?:các|những)\s",
    )
    return Grammar(*(re.compile(marks(source), re.DOTALL) for source in sources))


_MARKED, _BARE = _grammar(str), _grammar(fold)
MARKS = re.compile(r"[À-ỹĐđ]")
"""A letter of its own to Vietnamese: where a text has none, it lost its marks."""

BULLET = re.compile(r"^\s*[-–+•*]\s*", re.MULTILINE)
BLANK = " \t\n\f-–+•*"
_COMPLETE = re.compile(
    r"chinh phu|quoc hoi|(?:tinh|thanh|huyen|quan) (?:doan|uy)|thanh tra|van phong|cong an|mat tran|nha truong"
)
_LONGEST_NAME, _LONGEST_CELL, _SHORT = 240, 600, 24
_ACRONYM = re.compile(
    r"(?:UBND|HĐND|UBMTTQ(?:VN)?|MTTQ|VNPT|EVN|BHXH(?:VN)?|CDC|BQL|BCĐ|BCH|LĐLĐ|LHPN|TTYT|TTKSBT|BHXHVN|VCCI|PTTH)\b|"
    r"(?!TTHC|THCS|THPT|CNTT|CSDL|ATTT|PCCC|BHYT|HTTT|VNEID|COVID|DVC|KPI)[A-ZĐ]{3,}[A-Z0-9Đ&]*"
    r"(?=\s*$|\s*,|\s+(?:[A-ZĐ]|tỉnh|thành phố|huyện|xã|các)[a-zà-ỹđ])"
)


def kind_of(piece: str) -> Kind:
    """What a stretch begins with: a named unit, an office holder, a general noun (alone: «bare»), a place, or none."""
    grammar, text = grammar_of(piece)
    if grammar.title.match(text):
        return "title"
    if len(text) < _SHORT and _COMPLETE.fullmatch(fold(text)):
        return "name"
    head, noun = grammar.head.match(text), grammar.noun.match(text)
    if noun and _is_bare(grammar, noun["rest"]):
        return "bare"
    if head and not _is_bare(grammar, head["rest"]):
        return "general" if noun and not _named(piece) else "name"
    if _ACRONYM.match(piece.strip(BLANK)) and not (piece.isupper() and " " in piece.strip()):
        return "name"
    if noun or head:
        return "general" if noun else "bare"
    return "place" if grammar.place.match(text) else "none"


def is_people(piece: str) -> bool:
    """Whether it names people by what they are, not by an office: «giáo viên chủ nhiệm», «các thành viên».

    >>> is_people("Sinh viên khóa 70"), is_people("Hiệu trưởng các trường")
    (True, False)
    """
    grammar, text = grammar_of(piece)
    match = grammar.title.match(text)
    return match is not None and match["people"] is not None


def likeness(text: str) -> float:
    """How much a cell looks like a list of units, in [0, 1]."""
    line = " ".join(BULLET.sub("", text[:_LONGEST_CELL]).split())
    kind = kind_of(line)
    words = line.split()
    if not line or kind in {"none", "place"} or len(text) >= _LONGEST_CELL:
        return 0.0
    if kind == "name" and re.search(r"(?<!\w)(?:được|đã|phải|nhằm)(?!\w)", line):
        return 0.2
    return 1.0 if kind in {"name", "title"} or len(words) < 40 else 0.7


def grammar_of(piece: str) -> tuple[Grammar, str]:
    """The piece in lower case with the grammar that fits it: the one without marks only where it has none."""
    text = piece.strip(BLANK)[:_LONGEST_NAME].casefold()
    return (_MARKED if MARKS.search(text) else _BARE), text


def _is_bare(grammar: Grammar, rest: str) -> bool:
    return grammar.dangling.fullmatch(rest) is not None


def _named(piece: str) -> bool:
    """Whether a capital follows the head: «Sở Y tế», not «sở chuyên môn»."""
    return any(word[:1].isupper() for word in piece.strip(BLANK).split()[1:4])
