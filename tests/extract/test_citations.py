"""Citations: forms of numbers, what stands around them, relations, one fact per number and part."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import LETTER, MOTTO, facts

from corpus.document import Document
from corpus.layout import Cell, Line, Page, Table
from corpus.span import Span
from extract.citations.confirm import code_of, confirmed
from extract.citations.named import named, short_numbers
from extract.citations.numbers import numbers
from extract.citations.read import mentions
from extract.citations.relation import relations
from extract.facts import Citation
from extract.reading import read_text
from normalize.fold import fold


def values(text: str) -> list[str | None]:
    return [mention.value for mention in mentions(read_text(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("theo Nghị định số 45/2019/NĐ-CP", ["45/2019/NĐ-CP"]),
        ("Nghị quyết số 31-NQ/TU của Tỉnh ủy", ["31-NQ/TU"]),
        ("Kế hoạch số 12-KH/ĐU ngày 05/3/2026", ["12-KH/ĐU"]),
        ("Luật Trồng cây số 77/2031/QH16", ["77/2031/QH16"]),
        ("Công văn số 815 /SXD-QLN", ["815/SXD-QLN"]),
        ("Quyết định số 28/2018/QĐ-\nTTg", ["28/2018/QĐ-TTg"]),
        ("Quyết định số 28/2018/\nQĐ- UBND", ["28/2018/QĐ-UBND"]),
        ("Nghị quyết số\n\n09/NQ-CP", ["09/NQ-CP"]),
        ("Nghị quyết số 40c/NQ-CP", ["40c/NQ-CP"]),
        ("các Quyết định số: 11/QĐ-BXD, 12/QĐ-BXD ngày 02/2/2026", ["11/QĐ-BXD", "12/QĐ-BXD"]),
        ("theo Thông tư 37/2024/TT-BNV, 38/2024/TT-BNV và 39/2024/TT-BNV", [f"{n}/2024/TT-BNV" for n in (37, 38, 39)]),
        ("văn bản số 25/SKHCN-VP và 7/BKHCN-CNN", ["25/SKHCN-VP", "7/BKHCN-CNN"]),
        ("Quyết định số 66-NQ/TW1", ["66-NQ/TW"]),
        ("QUYẾT ĐỊNH SỐ 19/QĐ-UBND NGÀY 03/4/2026", ["19/QĐ-UBND"]),
    ],
)
def test_numbers_in_all_their_forms(text: str, wanted: list[str]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "mạng 5G/6G và cúm A/H7N9",
        "Mẫu số 02/BC-TH kèm theo",
        "Đề án 06/CP của Chính phủ",
        "giai đoạn 2021-2025/QH",
        "trực ban 24/24 giờ",
        "địa chỉ abc.vn/12/QĐ-XYZ",
        "hệ thống RIS-PACS",
        "tỷ lệ 20/30 hộ",
    ],
)
def test_what_merely_looks_like_a_number(text: str) -> None:
    assert values(text) == []


def test_date_issuer_and_article_in_either_order() -> None:
    text = (
        "khoản 3 Điều 12 của Thông tư số 08/2027/TT-BXD ngày 05 tháng 6 năm 2027 của Bộ trưởng Bộ Xây dựng quy định về "
        "nhà ở; Công điện số 9/CĐ-TTg của Thủ tướng Chính phủ ngày 1/7/2027"
    )
    first, second = mentions(read_text(text))
    assert (first.date, first.issuer, first.article) == (
        dt.date(2027, 6, 5),
        "Bộ trưởng Bộ Xây dựng",
        "khoản 3 Điều 12",
    )
    assert (second.date, second.issuer, second.doc_type) == (dt.date(2027, 7, 1), "Thủ tướng Chính phủ", "công điện")


@pytest.mark.parametrize(
    ("tail", "issuer"),
    [
        ("của Bộ Khoa học và Công nghệ về chuyển giao", "Bộ Khoa học và Công nghệ"),
        ("của Bộ Tư pháp và Quyết định số 2/QĐ-BTP", "Bộ Tư pháp"),
        ("của Bộ Văn hóa, Thể thao và Du lịch ban hành quy chế", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Cục An toàn thông tin (Bộ Công an) hướng dẫn", "Cục An toàn thông tin (Bộ Công an)"),
        ("của Ban Chỉ đạo Trung ương về phòng, chống lãng phí;", "Ban Chỉ đạo Trung ương về phòng, chống lãng phí"),
        ("của UBND tỉnh Cà Mau chính sách mới", "UBND tỉnh Cà Mau"),
        ("CỦA SỞ GIÁO DỤC VÀ ĐÀO TẠO VỀ THI CỬ", "Sở Giáo dục và Đào tạo"),
        ("của Chính phú sửa đổi", "Chính phủ"),
        ("của việc này", None),
    ],
)
def test_where_the_issuer_ends(tail: str, issuer: str | None) -> None:
    [first, *_] = mentions(read_text(f"Quyết định số 7/QĐ-XYZ ngày 02/3/2027 {tail}"))
    assert first.issuer == issuer


@pytest.mark.parametrize(
    ("text", "date", "issuer", "doubtful"),
    [
        (
            "Kế hoạch số 8/KH-BXD của Bộ Xây dựng (BXD) ngày 05 tháng 02 năm 2027 về",
            dt.date(2027, 2, 5),
            "Bộ Xây dựng",
            False,
        ),
        ("Kế hoạch số 8/KH-SXD ngày   /4/2027 của Sở Xây dựng", None, "Sở Xây dựng", False),
        ("Quyết định số 8/QĐ-BXD ngày … tháng 4 năm 2027 của Bộ Xây dựng", None, "Bộ Xây dựng", False),
        ("Nghị định số 8/2027/NĐ-CP ngày | 08 tháng 6 năm 2027 của Chính phủ", dt.date(2027, 6, 8), "Chính phủ", True),
        ("Nghị định số 8/2027/NĐ-CP ngày 14 tháng 5Š năm 2027 của Chính phủ", None, "Chính phủ", True),
        (
            "Thông tư số 8/2027/TT-BXD ngày 23 tháng I1 năm 2027 của Bộ Xây dựng",
            dt.date(2027, 11, 23),
            "Bộ Xây dựng",
            True,
        ),
        ("Công văn số 8/BXD-KT ngày làm việc của Bộ Xây dựng", None, None, False),
    ],
)
def test_issuers_behind_dates_that_are_blank_or_broken(
    text: str, date: dt.date | None, issuer: str | None, doubtful: bool
) -> None:
    [first] = mentions(read_text(text))
    assert (first.date, first.issuer, first.doubtful) == (date, issuer, doubtful)


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (
            "Căn cứ các Thông tư của Bộ trưởng Bộ Xây dựng:\nsố 1/2027/TT-BXD về nhà ở; số 2/2027/TT-BXD về nước",
            ["Bộ trưởng Bộ Xây dựng", "Bộ trưởng Bộ Xây dựng"],
        ),
        (
            "Theo đề nghị của Bộ Xây dựng tại nội dung các Công văn: Số 6/BXD-QLN về việc xin ý kiến; số 8/BXD-KT",
            ["Bộ Xây dựng", "Bộ Xây dựng"],
        ),
    ],
)
def test_the_issuer_over_a_list_goes_on_behind_the_colon(text: str, issuers: list[str]) -> None:
    assert [mention.issuer for mention in mentions(read_text(text))] == issuers


def test_a_list_shares_its_issuer() -> None:
    text = "Kết luận số 18-KL/TW, ngày 29/7/2027 và Kết luận số 21-KL/TW, ngày 24/11/2027 của Bộ Chính trị"
    assert [(one.issuer, one.date) for one in mentions(read_text(text))] == [
        ("Bộ Chính trị", dt.date(2027, 7, 29)),
        ("Bộ Chính trị", dt.date(2027, 11, 24)),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Căn cứ Nghị định số 1/2027/NĐ-CP của Chính phủ;", ["căn cứ"]),
        ("Thực hiện Công văn số 1/BNV-CCVC", ["thực hiện"]),
        ("theo quy định tại Thông tư số 1/2027/TT-BNV", ["theo"]),
        ("thay thế Quyết định số 1/QĐ-SYT và Quyết định số 2/QĐ-SYT", ["thay thế", "thay thế"]),
        ("thay thế Kế hoạch được ban hành tại Quyết định số 1/QĐ-SYT", ["thay thế"]),
        ("Bãi bỏ toàn bộ các Nghị quyết sau:\n1. Nghị quyết số 1/2027/NQ-HĐND", ["bãi bỏ"]),
        ("Sửa đổi, bổ sung một số điều của Thông tư số 1/2027/TT-BNV", ["sửa đổi"]),
        ("(Đính kèm Công văn số 1/BNV-CCVC)", ["đính kèm"]),
        ("Căn cứ Quyết định số 1/QĐ-BNV về triển khai Nghị quyết số 2/NQ-CP;", ["căn cứ", "nhắc đến"]),
        ("Căn cứ Quyết định số 1/QĐ-BNV về thi đua;\nThông tư số 2/2027/TT-BNV về lễ tân;", ["căn cứ", "căn cứ"]),
        ("Sở có nhận Giấy mời số 1/GM-BNV", ["nhắc đến"]),
    ],
)
def test_relations(text: str, wanted: list[str]) -> None:
    reading = read_text(text)
    assert relations(reading, mentions(reading)) == wanted


def test_names_and_bare_numbers() -> None:
    reading = read_text("Luật Dữ liệu, Bộ luật Dân sự và Đề án 06; các Nghị quyết 57, 59")
    assert [one.name for one in named(reading)] == ["Luật Dữ liệu", "Bộ luật Dân sự", "Đề án 06"]
    assert [(kind, number) for _, kind, number in short_numbers(reading)] == [
        ("nghị quyết", "57"),
        ("nghị quyết", "59"),
    ]


def test_numbers_survive_lost_marks_of_the_words_around() -> None:
    text = "Căn cứ Quyết định số 1/QĐ-BNV ngày 02/3/2027 của Bộ Nội vụ"
    [mention] = mentions(read_text(fold(text).replace("QD-", "QĐ-")))
    assert (mention.value, mention.date, mention.doc_type) == ("1/QĐ-BNV", dt.date(2027, 3, 2), "quyết định")


def test_broken_print_is_put_right_only_where_two_prints_agree_and_then_flagged() -> None:
    assert confirmed("7/CT-BTIC", "chỉ thị", "Bộ trưởng Bộ Tài chính") == ("7/CT-BTC", True)
    assert confirmed("7/CT-BTP", "chỉ thị", "Bộ trưởng Bộ Tài chính") == ("7/CT-BTP", False)
    assert confirmed("7/TTY-SCT", "tờ trình", None) == ("7/TTr-SCT", True)
    assert code_of("Sở Lao động") == "SLĐ"
    [mention] = mentions(read_text("Nghị định số 34/2016 NĐ-CP ngày 3l tháng 5 năm 2016"))
    assert (mention.value, mention.date, mention.doubtful) == ("34/2016/NĐ-CP", dt.date(2016, 5, 31), True)


def test_a_stray_digit_makes_the_number_unclear() -> None:
    [number] = numbers(read_text("Nghị định số 1 34/2020/NĐ-CP"))
    assert number.unclear


PAIR = f"""UBND TỈNH CÀ MAU
SỞ XÂY DỰNG

{MOTTO}
Số: 41/QĐ-SXD
Cà Mau, ngày 02 tháng 3 năm 2027

QUYẾT ĐỊNH
Ban hành Kế hoạch nhà ở

Căn cứ Nghị định số 9/2026/NĐ-CP ngày 05/5/2026 của Chính phủ về nhà ở;

Điều 1. Ban hành Kế hoạch theo Nghị định số 9/2026/NĐ-CP.

GIÁM ĐỐC


Phạm Thị Hòa

KẾ HOẠCH
Phát triển nhà ở
(Kèm theo Quyết định số 41/QĐ-SXD ngày 02/3/2027 của Sở Xây dựng)

1. Nghị định số 9/2026/NĐ-CP được phổ biến trong tháng 4/2027.
"""


def test_one_fact_a_number_and_part() -> None:
    found = facts(PAIR).citations
    assert [(fact.part, fact.value.number, fact.value.relation, len(fact.more)) for fact in found] == [
        (1, "9/2026/NĐ-CP", "căn cứ", 1),
        (2, "41/QĐ-SXD", "tự dẫn", 0),
        (2, "9/2026/NĐ-CP", "nhắc đến", 0),
    ]
    value: Citation = found[0].value
    assert (value.doc_type, value.issuer, value.date) == ("nghị định", "Chính phủ", dt.date(2026, 5, 5))


def test_dates_that_differ_are_an_issue() -> None:
    text = PAIR.replace("theo Nghị định số 9/2026/NĐ-CP", "theo Nghị định số 9/2026/NĐ-CP ngày 06/5/2026")
    [issue] = [one for one in facts(text).issues if one.code == "citation-dates-differ"]
    assert issue.alternatives == ("2026-05-05", "2026-05-06")


def test_a_column_of_legal_bases_says_the_relation() -> None:
    rows = [["TT", "Nhiệm vụ", "Căn cứ"], ["1", "Số hóa hồ sơ theo Kế hoạch số 3/KH-SXD", "Nghị quyết số 5/NQ-CP"]]
    lines = tuple(Line(cell) for row in rows for cell in row)
    cells = tuple(
        Cell(row, column, Span(3 * row + column, 3 * row + column + 1)) for row in (0, 1) for column in range(3)
    )
    page = Page(1, 0, 0, lines, (Table(cells, 2, 3),))
    found = facts(Document("0" * 64, "t.pdf", (page,))).citations
    assert [(fact.value.number, fact.value.relation) for fact in found] == [("3/KH-SXD", "theo"), ("5/NQ-CP", "căn cứ")]


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("được sửa đổi bởi Luật Giáo dục 123/2025/QH15 và văn bản hướng dẫn", "123/2025/QH15", "luật"),
        ("theo Điều 8 Thông tư số21/2010/TT-BTTTT ngày 08 tháng 9 năm 2010", "21/2010/TT-BTTTT", "thông tư"),
    ],
)
def test_numbers_without_their_word_or_their_blank(text: str, number: str, kind: str) -> None:
    (mention,) = [fact.value for fact in facts(LETTER.replace("Để chuẩn bị", text)).citations if fact.value.number]
    assert (mention.number, mention.doc_type) == (number, kind)


def test_a_stray_stroke_in_front_of_a_number_may_be_a_figure_of_it() -> None:
    text = LETTER.replace("Để chuẩn bị", "Căn cứ Nghị định số Ï 34/2020/NĐ-CP ngày 31 tháng 12 năm 2020, để chuẩn bị")
    found = facts(text)
    assert [fact.value.number for fact in found.citations] == []
    assert "citation-unclear" in {issue.code for issue in found.issues}


def test_numbered_items_take_over_what_is_done_with_the_first() -> None:
    first, second = "1. Nghị quyết số 39/2011/NQ-HĐND về nước;", "2.Nghị quyết số 27/2017/NQ-HĐND về chợ."
    lines = f"Bãi bỏ các Nghị quyết sau:\n{first}\n{second}"
    found = facts(LETTER.replace("Để chuẩn bị", f"{lines}\n\nĐể chuẩn bị"))
    assert [fact.value.relation for fact in found.citations if fact.value.number] == ["bãi bỏ", "bãi bỏ"]
