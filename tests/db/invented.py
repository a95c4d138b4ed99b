"""An invented dispatch, built by hand: words with boxes, a repair, and facts of every kind."""

from __future__ import annotations

import datetime as dt
import hashlib

from corpus.document import Document, Witness
from corpus.layout import Box, Line, Page, Word
from corpus.span import Span
from extract.facts import (
    Citation,
    Deadline,
    Fact,
    Facts,
    FieldEvidence,
    Header,
    Issue,
    Obligation,
    Part,
    Target,
)
from normalize.edits import Edit, Repaired

AT = "2026-11-21T08:30:00+07:00"
LATER = "2026-11-22T09:00:00+07:00"

FIRST = """UBND TỈNH LAM GIANG
SỞ VĂN HÓA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/SVH-VP
V/v kiểm kê hiện vật bảo tàng

Lam Giang, ngày 03 tháng 11 năm 2026

Kính gửi: Bảo tàng tỉnh; Thư viện tỉnh

Thực hiện Kế hoạch số 12/KH-UBND ngày 05/10/2026 của Ủy ban nhân dân tỉnh,
Sở Văn hóa đề nghị Bảo tàng tỉnh chủ trì, phối hợp với Thư viện tỉnh
kiểm kê toàn bộ hiện vat gốm sứ, hoàn thành trước ngày 15/12/2026.
Phấn đấu đạt tối thiểu 95% hiện vật có ảnh chụp.
Hằng tháng, các đơn vị gửi báo cáo trước ngày 25."""

SECOND = """Thư viện tỉnh số hóa sổ đăng ký hiện vật.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Hoài An"""

RAW = f"{FIRST}\f{SECOND}"
TEXT = RAW.replace("hiện vat gốm", "hiện vật gốm")
CHARACTER = 5.6
"""Width of a character on the invented page, in points."""


def digest(name: str) -> str:
    """A document id."""
    return hashlib.sha256(name.encode()).hexdigest()


def page(number: int, text: str) -> Page:
    """An A4 page with one line every 22 points."""
    lines = tuple(_line(line, 70 + 22 * index) for index, line in enumerate(text.split("\n")))
    return Page(number, 595, 842, lines, source="ocr", reason="trang chỉ có ảnh")


def _line(text: str, top: float) -> Line:
    words, at = [], 0
    for token in text.split():
        start = text.index(token, at)
        at = start + len(token)
        words.append(Word(token, start, Box(60 + start * CHARACTER, top, 60 + at * CHARACTER, top + 14), 0.93))
    return Line(text, tuple(words), Box(60, top, 60 + len(text) * CHARACTER, top + 14) if words else None)


def document(name: str = "kiem-ke.pdf", *texts: str) -> Document:
    """The invented letter on two pages; or others, of these pages."""
    pages = tuple(page(number, text) for number, text in enumerate(texts or (FIRST, SECOND), 1))
    witness = Witness("Trần Thị Hoài An", "Sở Văn hóa", "2026-11-03T16:20:00+07:00", "valid")
    return Document(digest(name), name, pages, (witness,))


def repaired() -> Repaired:
    """The letter with one mark restored."""
    at = RAW.index("vat gốm")
    return Repaired.untouched(RAW).then("accents", [Edit(Span(at, at + 3), "vật", "thêm dấu", 0.8)])


def at(words: str, nth: int = 0) -> Span:
    """Where the words stand in the repaired text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def header() -> Fact[Header]:
    """The head of the letter; the number is doubtful."""
    fields = {
        "number": FieldEvidence(at("45/SVH-VP"), "number_line", 0.7, needs_review=True, alternatives=("46/SVH-VP",)),
        "date": FieldEvidence(at("ngày 03 tháng 11 năm 2026"), "place_date", 0.97),
        "issuer": FieldEvidence(at("SỞ VĂN HÓA"), "issuer_cell", 0.95),
        "subject": FieldEvidence(at("kiểm kê hiện vật bảo tàng"), "subject_line", 0.96),
        "signer_name": FieldEvidence(at("Trần Thị Hoài An"), "signature", 0.8),
    }
    value = Header(
        1,
        doc_type="công văn",
        number="45/SVH-VP",
        issuer="Sở Văn hóa tỉnh Lam Giang",
        parent_issuer="UBND tỉnh Lam Giang",
        place="Lam Giang",
        date=dt.date(2026, 11, 3),
        subject="kiểm kê hiện vật bảo tàng",
        signer_name="Trần Thị Hoài An",
        signer_title="Phó Giám đốc",
        signing_authority="KT.",
        addressees=("Bảo tàng tỉnh", "Thư viện tỉnh"),
        fields=fields,
    )
    return Fact(value, Span(0, at("Kính gửi").start), "header", 0.9)


def deadlines() -> tuple[Fact[Deadline], ...]:
    """One day, and one that comes every month."""
    day = Deadline(
        "date",
        "trước ngày 15/12/2026",
        "before",
        due=dt.date(2026, 12, 15),
        exclusive=True,
        what="kiểm kê toàn bộ hiện vật gốm sứ",
        who=("Bảo tàng tỉnh",),
    )
    monthly = Deadline(
        "recurring",
        "Hằng tháng, trước ngày 25",
        "recurring",
        rrule="FREQ=MONTHLY;BYMONTHDAY=25",
        what="gửi báo cáo",
        who=("Bảo tàng tỉnh", "Thư viện tỉnh"),
        occurrences=(dt.date(2026, 11, 25), dt.date(2026, 12, 25)),
    )
    return (
        Fact(day, at("trước ngày 15/12/2026"), "by_date", 0.98),
        Fact(monthly, at("Hằng tháng, các đơn vị gửi báo cáo trước ngày 25"), "every_month", 0.9, needs_review=True),
    )


def obligations() -> tuple[Fact[Obligation], ...]:
    """One with a day, one every month, one for which no time is stated."""
    inventory = Obligation(
        "1",
        "kiểm kê toàn bộ hiện vật gốm sứ",
        ("Bảo tàng tỉnh",),
        ("Thư viện tỉnh",),
        deadline_text="trước ngày 15/12/2026",
        due=dt.date(2026, 12, 15),
        deadlines=(0,),
    )
    report = Obligation("2", "gửi báo cáo", ("Bảo tàng tỉnh", "Thư viện tỉnh"), deadlines=(1,))
    digitise = Obligation(None, "số hóa sổ đăng ký hiện vật", ("Thư viện tỉnh",))
    stretch = Span(at("Sở Văn hóa đề nghị").start, at("trước ngày 15/12/2026").end)
    return (
        Fact(inventory, stretch, "asks_unit", 0.92, more=(at("Bảo tàng tỉnh", 1),)),
        Fact(report, at("các đơn vị gửi báo cáo trước ngày 25"), "asks_unit", 0.85),
        Fact(digitise, at("Thư viện tỉnh số hóa sổ đăng ký hiện vật"), "unit_verb", 0.8),
    )


def facts() -> Facts:
    """Everything that the letter says."""
    cited = Citation(
        "12/KH-UBND",
        "kế hoạch",
        "Ủy ban nhân dân tỉnh",
        dt.date(2026, 10, 5),
        "thực hiện",
        "Kế hoạch số 12/KH-UBND ngày 05/10/2026 của Ủy ban nhân dân tỉnh",
    )
    share = Target("hiện vật có ảnh chụp", ">=", 95.0, "%", None, "đạt tối thiểu 95% hiện vật có ảnh chụp")
    doubt = Issue("number-doubtful", "Số văn bản đọc chưa chắc chắn.", at("45/SVH-VP"), alternatives=("46/SVH-VP",))
    return Facts(
        (Fact(Part("document", Span(0, len(TEXT))), Span(0, len(TEXT)), "parts", 1.0),),
        (header(),),
        (Fact(cited, at("Kế hoạch số 12/KH-UBND ngày 05/10/2026 của Ủy ban nhân dân tỉnh"), "numbered", 0.97),),
        deadlines(),
        (Fact(share, at("đạt tối thiểu 95% hiện vật có ảnh chụp"), "at_least", 0.94),),
        obligations(),
        (doubt,),
    )
