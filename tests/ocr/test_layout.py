"""Reading order and paragraphs, on invented pages."""

from __future__ import annotations

import random

import pytest

from corpus.layout import Box
from ocr.arrange import arrange
from ocr.engine import ReadWord
from tests.ocr.pages import body, centred, read, row, texts

LEFT, RIGHT = 165.0, 420.0
HEADER_LEFT = ["UBND TỈNH BẮC SƠN", "SỞ THỦY VĂN", "", "Số: 41/STV-KH", "V/v kiểm tra các trạm đo", "mực nước mùa cạn"]
HEADER_RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "",
    "Bắc Sơn, ngày 07 tháng 4 năm 2031",
]


def header() -> list[ReadWord]:
    words: list[ReadWord] = []
    for index, text in enumerate(HEADER_LEFT):
        words += centred(text, LEFT, 60 + index * 15)
    for index, text in enumerate(HEADER_RIGHT):
        words += centred(text, RIGHT, 58 + index * 17)
    return words


PARAGRAPH = [
    "Sở Thủy văn đề nghị các trạm đo mực nước trên sông kiểm tra thước đo,",
    "máy ghi và hồ sơ theo dõi trong quý này rồi báo cáo kết quả bằng văn bản về",
    "Sở để tổng hợp.",
]


def test_header_columns_are_read_one_after_the_other() -> None:
    assert texts(header())[: len(HEADER_LEFT)] == HEADER_LEFT
    assert texts(header())[len(HEADER_LEFT) :] == ["", *HEADER_RIGHT]


def test_order_of_the_words_given_does_not_matter() -> None:
    words = header() + body(PARAGRAPH, 200)
    shuffled = list(words)
    random.Random(7).shuffle(shuffled)
    assert read(shuffled).lines == read(words).lines


def test_long_issuer_that_touches_the_motto_is_still_cut() -> None:
    words = row("BAN QUẢN LÝ CÔNG TRÌNH ĐÊ ĐIỀU SỐ BA", 80, 60) + row(HEADER_RIGHT[0], 281, 61)
    words += centred("ĐỘI KHẢO SÁT", 170, 76) + centred(HEADER_RIGHT[1], 380, 77)
    lines = texts(words)
    assert lines.index("ĐỘI KHẢO SÁT") < lines.index(HEADER_RIGHT[0])


def test_addressees_end_the_header_and_stay_one_block() -> None:
    words = header() + row("Kính gửi:", 139, 160)
    words += row("- Các trạm đo cấp một;", 151, 176) + row("- Các đội cơ động.", 151, 192)
    assert texts(words)[-4:] == ["", "Kính gửi:", "- Các trạm đo cấp một;", "- Các đội cơ động."]


def test_distribution_list_is_read_before_the_signature() -> None:
    words = body(PARAGRAPH, 400)
    for index, text in enumerate(["Nơi nhận:", "- Như trên;", "- Lưu: VT, KH."]):
        words += row(text, 80, 470 + index * 13)
    words += (
        centred("KT. GIÁM ĐỐC", RIGHT, 469) + centred("PHÓ GIÁM ĐỐC", RIGHT, 486) + centred("Lò Thị Mến", RIGHT, 570)
    )
    assert texts(words)[-8:] == [
        "", "Nơi nhận:", "- Như trên;", "- Lưu: VT, KH.", "", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lò Thị Mến",
    ][1:]  # fmt: skip


def test_two_signatures_side_by_side_then_the_distribution_list() -> None:
    words = centred("GIÁM ĐỐC SỞ THỦY VĂN", 165, 100) + centred("CHỦ TỊCH HỘI NGƯ DÂN", RIGHT, 100)
    words += centred("Lò Thị Mến", 165, 180) + centred("Vừ A Páo", RIGHT, 180)
    words += row("Nơi nhận:", 80, 220) + row("- Như Điều 3;", 80, 233)
    assert [text for text in texts(words) if text] == [
        "GIÁM ĐỐC SỞ THỦY VĂN", "Lò Thị Mến", "CHỦ TỊCH HỘI NGƯ DÂN", "Vừ A Páo", "Nơi nhận:", "- Như Điều 3;",
    ]  # fmt: skip


def test_a_gap_that_chance_repeats_in_running_text_is_no_gutter() -> None:
    words: list[ReadWord] = []
    for index in range(4):
        words += row("các trạm đo mực nước trên", 80, 100 + index * 16.5) + row(
            "sông chính của tỉnh nhà", 250, 100 + index * 16.5
        )
    assert texts(words) == ["các trạm đo mực nước trên sông chính của tỉnh nhà"] * 4


@pytest.mark.parametrize(
    ("second", "at"),
    [
        (["Trạm nào chậm thì nêu rõ lý do và cách khắc phục trong báo cáo của mình,", "kèm theo ảnh."], 49.5),
        (["- Trạm cấp một: mỗi ngày đo hai lần vào lúc bảy giờ và mười chín giờ đều", "đặn."], 49.5),
        (["Trạm nào chậm thì nêu rõ lý do và cách khắc phục trong báo cáo của mình,", "kèm theo ảnh."], 56.0),
    ],
)
def test_paragraphs_are_parted_by_indent_gap_or_short_line(second: list[str], at: float) -> None:
    lines = texts(body(PARAGRAPH, 100) + body(second, 100 + at))
    assert lines == [*PARAGRAPH, "", *second]


def test_centred_title_of_several_lines_is_one_paragraph() -> None:
    title = ["QUYẾT ĐỊNH", "Về việc ban hành quy trình đo mực nước tại các trạm cấp hai", "và cấp ba"]
    words = [word for index, text in enumerate(title) for word in centred(text, 285, 100 + index * 17)]
    assert texts(words + body(PARAGRAPH, 170)) == [*title, "", *PARAGRAPH]


def test_doubtful_specks_are_dropped_and_dashes_kept() -> None:
    words = [*row("- Như trên;", 80, 100), ReadWord("~:", Box(300, 100, 304, 110), 0.2)]
    assert texts(words) == ["- Như trên;"]


def test_boxes_are_turned_from_pixels_into_points() -> None:
    word = ReadWord("Kính", Box(200, 100, 260, 130), 0.9)
    lines = arrange([word], image=None, dpi=144, width=595, height=842).lines
    assert lines[0].box == Box(100, 50, 130, 65)


def test_an_empty_page_has_no_lines() -> None:
    assert read([]).lines == ()


def test_page_number_and_running_head_are_furniture_at_their_ends() -> None:
    words = row("CÔNG BÁO/Số 12 + 13/Ngày 01-02-2031", 200, 30) + body(PARAGRAPH, 100) + centred("2", 297, 800)
    lines = read(words).lines
    assert [(line.text, line.kind) for line in lines if line.kind != "text"] == [
        ("CÔNG BÁO/Số 12 + 13/Ngày 01-02-2031", "furniture"),
        ("2", "furniture"),
    ]
    assert lines[1].text == lines[-2].text == ""


@pytest.mark.parametrize("text", ["12 người", "2031.", "Điều 2"])
def test_a_last_line_that_is_not_just_a_page_number_stays_text(text: str) -> None:
    words = body(PARAGRAPH, 100) + row(text, 80, 400)
    assert read(words).lines[-1].kind == "text"


def test_a_small_list_of_recipients_is_no_footnote() -> None:
    words = body(PARAGRAPH, 100) + body(PARAGRAPH, 200) + row("- Lưu: VT, KH.", 80, 740, height=7)
    assert read(words).lines[-1].kind == "text"


def test_signing_caption_becomes_a_region() -> None:
    caption = ["Ký bởi: Sở Thủy văn", "Cơ quan: Tỉnh Bắc Sơn", "Thời gian ký: 08.04.2031 09:10:11 +07:00"]
    words = [word for index, text in enumerate(caption) for word in row(text, 330, 10 + index * 9, height=7)]
    page = read(words + header())
    assert [line.text for line in page.lines if line.kind == "caption"] == caption
    assert [(region.kind, region.text) for region in page.regions] == [("caption", "\n".join(caption))]
    assert page.lines[4].text == HEADER_LEFT[0]


def test_incoming_stamp_over_the_text_is_lifted_off() -> None:
    words = row("CÔNG VĂN ĐẾN", 20, 170) + row("Số: ..512.. nước trên sông", 22, 202)
    words += row("Ngày: 9/4/2031", 22, 218) + row("Chuyển: .....", 22, 234)
    page = read(header() + words)
    assert [line.text for line in page.lines if line.kind == "stamp"] == [
        "CÔNG VĂN ĐẾN", "Số: ..512..", "Ngày: 9/4/2031", "Chuyển: .....",
    ]  # fmt: skip
    assert page.lines[-1].text == "nước trên sông"
    assert [region.kind for region in page.regions] == ["stamp"]


def test_the_letters_own_number_is_not_taken_for_a_stamp() -> None:
    words = header() + body(["Văn bản ĐẾN phải được vào sổ. Số: ghi theo năm."], 200)
    assert not [line for line in read(words).lines if line.kind == "stamp"]


def test_two_signers_of_minutes_are_not_interleaved() -> None:
    words = centred("THƯ KÝ", 165, 500) + centred("CHỦ TRÌ", RIGHT, 500)
    words += centred("(Ký và ghi rõ họ tên)", 165, 516) + centred("(Ký và ghi rõ họ tên)", RIGHT, 516)
    assert texts(words) == ["THƯ KÝ", "(Ký và ghi rõ họ tên)", "", "CHỦ TRÌ", "(Ký và ghi rõ họ tên)"]


@pytest.mark.parametrize("mark", ["1", "!", "?"])
def test_small_numbered_lines_at_the_foot_are_footnotes(mark: str) -> None:
    notes = row(f"{mark} Kế hoạch số 12/KH-STV về việc đo mực nước,", 80, 740, height=7) + row(
        "ban hành năm 2030.", 80, 750, height=7
    )
    lines = read(body(PARAGRAPH, 100) + body(PARAGRAPH, 200) + notes + centred("2", 297, 800)).lines
    assert [line.text for line in lines if line.kind == "footnote"] == [
        f"{mark} Kế hoạch số 12/KH-STV về việc đo mực nước,",
        "ban hành năm 2030.",
    ]
    assert lines[-1].kind == "furniture"


@pytest.mark.parametrize(("top", "height"), [(740, 10), (300, 7)])
def test_numbered_lines_of_usual_size_or_higher_up_are_text(top: float, height: float) -> None:
    words = body(PARAGRAPH, 100) + body(PARAGRAPH, 200) + row("1 trạm đo nước", 80, top, height=height)
    assert read(words).lines[-1].kind == "text"


def test_a_dash_within_an_item_of_the_list_opens_no_column() -> None:
    words = row("Nơi nhận:", 80, 500) + row("TM. BAN QUẢN LÝ", 360, 500)
    words += row("- Như trên;", 80, 516) + row("TRƯỞNG BAN", 375, 516)
    words += row("- Đội đo lũ", 80, 532) + row("-", 142, 532) + row("Trạm Sa Khao;", 148, 532)
    words += row("- Lưu: VT.", 80, 548) + row("Lò Thị Mến", 375, 590)
    found = [line for line in texts(words) if line]
    assert found[2] == "- Đội đo lũ - Trạm Sa Khao;"
    assert found.index("TM. BAN QUẢN LÝ") > found.index("- Lưu: VT.")


def test_a_signature_whose_lines_stand_between_those_of_the_list_is_read_after_it() -> None:
    words = row("TRƯỞNG BAN", 375, 500)
    words += row("Nơi nhận:", 80, 514) + row("- Như trên;", 80, 530) + row("- Lưu: VT.", 80, 546)
    words += row("Lò Thị Mến", 375, 560)
    found = [line for line in texts(words) if line]
    assert found == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TRƯỞNG BAN", "Lò Thị Mến"]


def test_a_list_below_the_signature_stays_below_it() -> None:
    words = row("TRƯỞNG BAN", 375, 500) + row("Lò Thị Mến", 375, 560)
    words += row("Nơi nhận:", 80, 600) + row("- Lưu: VT.", 80, 616)
    found = [line for line in texts(words) if line]
    assert found == ["TRƯỞNG BAN", "Lò Thị Mến", "Nơi nhận:", "- Lưu: VT."]
