"""Invented dispatches in the styles that offices use, and the page-making around them."""

from __future__ import annotations

from functools import cache

from corpus.document import Document
from corpus.layout import Line, Page, Word
from extract.facts import Facts, Header
from extract.pipeline import extract, load
from normalize.edits import Repaired

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT, VP.\n\nGIÁM ĐỐC\n\n\nPhạm Thị Hòa\n"

LETTER = f"""UBND TỈNH CÀ MAU
SỞ Y TẾ

{MOTTO}
Số: 215/SYT-NVY
V/v rà soát danh mục thuốc
tại các trạm y tế

Cà Mau, ngày 09 tháng 3 năm 2026

Kính gửi:

- Các bệnh viện đa khoa tỉnh;
- Trung tâm Y tế các khu vực.

Để chuẩn bị đấu thầu năm sau, Sở Y tế đề nghị các đơn vị gửi danh mục trước ngày 20/3/2026./.

Nơi nhận:
- Như trên;
- Ban Giám đốc Sở (để b/c);
- Lưu: VT, NVY.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC


Lý Văn Khánh
"""

PARTY = """ĐẢNG BỘ TỈNH CÀ MAU
ĐẢNG ỦY SỞ Y TẾ
*
Số 05-NQ/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM

Cà Mau, ngày 02 tháng 6 năm 2026

NGHỊ QUYẾT
về nâng cao chất lượng sinh hoạt chi bộ

Căn cứ chương trình công tác năm, Ban Chấp hành Đảng bộ quyết nghị như sau.

Nơi nhận:
- Các chi bộ trực thuộc,
- Lưu Đảng ủy.

T/M ĐẢNG ỦY
BÍ THƯ

Trần Quốc Tuấn
"""

DECISION = f"""BỘ NỘI VỤ
-------
{MOTTO}---------------
Số: 77/QĐ-BNV
Hà Nội, ngày 05 tháng 01 năm 2026
QUYẾT ĐỊNH
VỀ VIỆC BAN HÀNH KẾ HOẠCH KIỂM TRA CÔNG VỤ NĂM 2026
BỘ TRƯỞNG BỘ NỘI VỤ
Căn cứ Nghị định số 01/2026/NĐ-CP ngày 01 tháng 01 năm 2026 của Chính phủ;
Theo đề nghị của Chánh Thanh tra Bộ.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch kiểm tra công vụ năm 2026.
Nơi nhận:
- Như Điều 2;
- Lưu: VT, TTB.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Nguyễn Văn Lâm
KẾ HOẠCH
KIỂM TRA CÔNG VỤ NĂM 2026
(Kèm theo Quyết định số 77/QĐ-BNV ngày 05 tháng 01 năm 2026 của Bộ trưởng Bộ Nội vụ)
I. MỤC ĐÍCH
Chấn chỉnh kỷ cương hành chính tại các đơn vị.
PHỤ LỤC II
DANH SÁCH ĐƠN VỊ ĐƯỢC KIỂM TRA
(Kèm theo Kế hoạch kiểm tra công vụ năm 2026)
Sở Nội vụ các tỉnh.
"""


@cache
def pipeline() -> object:
    """The pipeline, loaded once for all tests."""
    return load()


def document(text: str) -> Document:
    """A text file as a document: form feeds part its pages."""
    pages = [
        Page(number, 0, 0, tuple(Line(line) for line in page.split("\n")))
        for number, page in enumerate(text.split("\f"), 1)
    ]
    return Document("0" * 64, "letter.txt", tuple(pages))


def scanned(text: str, confidence: dict[str, float]) -> Document:
    """The text as if recognised: words of 0.97 but for those named."""
    lines = []
    for line in text.split("\n"):
        words = [Word(word, 0, None, confidence.get(word, 0.97)) for word in line.split()]
        lines.append(Line.of(words))
    return Document("1" * 64, "scan.pdf", (Page(1, 595, 842, tuple(lines), source="ocr"),))


def facts(source: str | Document) -> Facts:
    """The facts of a text or document."""
    read = document(source) if isinstance(source, str) else source
    return extract(pipeline(), read, Repaired.untouched(read.text))  # type: ignore[arg-type]


def header(source: str | Document, part: int = 1) -> Header:
    """The header of one part."""
    return next(fact.value for fact in facts(source).headers if fact.part == part)


def codes(source: str | Document) -> set[str]:
    """The codes of all issues."""
    return {issue.code for issue in facts(source).issues}
