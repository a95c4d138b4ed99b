"""Sentences that give somebody something to do, and sentences that only tell of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.span import Span
from extract.facts import Fact, Header
from extract.obligations.clauses import clauses, demanding, heading
from extract.obligations.inherit import People
from extract.obligations.phrases import is_thin, recipient_in, support_in
from extract.source import Findings

ORDERS = {
    "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng đề án.": ("Sở Nội vụ",),
    "UBND tỉnh yêu cầu các sở, ban, ngành và UBND các huyện nghiêm túc thực hiện.": (
        "các sở, ban, ngành",
        "UBND các huyện",
    ),
    "Để kịp tiến độ, Sở Y tế đề nghị các bệnh viện gửi danh sách.": ("các bệnh viện",),
    "Phòng Hành chính bố trí hội trường.": ("Phòng Hành chính",),
    "Giao Ban Dân tộc theo dõi, đôn đốc.": ("Ban Dân tộc",),
    "Giám đốc các Sở: Nội vụ, Tài chính; Chủ tịch UBND các xã tổ chức thực hiện.": (
        "Giám đốc các Sở: Nội vụ, Tài chính",
        "Chủ tịch UBND các xã",
    ),
    "Giám đốc, Thủ trưởng các sở tập trung chỉ đạo.": ("Giám đốc, Thủ trưởng các sở",),
    "Bộ trưởng, Thủ trưởng cơ quan ngang bộ tập trung chỉ đạo.": ("Bộ trưởng", "Thủ trưởng cơ quan ngang bộ"),
    "Cơ quan truyền thông của tỉnh tăng thời lượng phát sóng.": ("Cơ quan truyền thông của tỉnh",),
    "Phòng Giám sát, kiểm tra và xử lý đơn theo dõi việc thực hiện.": ("Phòng Giám sát, kiểm tra và xử lý đơn",),
    "Các đơn vị sử dụng ngân sách, UBND các xã khẩn trương lập dự toán.": (
        "Các đơn vị sử dụng ngân sách",
        "UBND các xã",
    ),
    "Các đơn vị thực hiện chế độ trực, báo cáo Sở Y tế, Sở Công an.": ("Các đơn vị",),
    "Đối với 05 hồ sơ còn vướng, UBND các xã giải quyết dứt điểm.": ("UBND các xã",),
    "Đề nghị Công an xã, các thôn lập danh sách.": ("Công an xã", "các thôn"),
    "Đối với các trường trung học: tổ chức khám sức khỏe.": ("các trường trung học",),
    "Trên cơ sở báo cáo của các huyện, Sở Xây dựng tổng hợp số liệu.": ("Sở Xây dựng",),
    "Về kinh phí: Sở Tài chính bố trí nguồn vốn.": ("Sở Tài chính",),
    "Các địa phương được chọn khảo sát, kiểm tra chủ động chuẩn bị hồ sơ.": (
        "Các địa phương được chọn khảo sát, kiểm tra",
    ),
    "Viện Dinh dưỡng cung cấp tài liệu.": ("Viện Dinh dưỡng",),
    "Cục Thuế trả lời để Thuế tỉnh A được biết và hướng dẫn doanh nghiệp.": ("Thuế tỉnh A",),
    "Hằng năm Sở Nội vụ xây dựng kế hoạch biên chế.": ("Sở Nội vụ",),
}


@pytest.mark.parametrize("text", ORDERS)
def test_the_unit_of_a_sentence(text: str) -> None:
    assert clauses(text)[0].lead == ORDERS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện theo đề nghị của Sở Nội vụ.",
        "UBND tỉnh đã ban hành Công văn số 12/UBND-VX giao Sở Nội vụ chủ trì xây dựng dự thảo.",
        "Sở Y tế nhận được Công văn số 5/BYT-KH ngày 02/3/2027 của Bộ Y tế về việc tổng hợp số liệu.",
        "Bộ tiêu chí gồm năm nhóm.",
        "Tổ chức tập huấn cho cán bộ.",
    ],
    ids=["at the request of", "past", "received", "a product", "a task without unit"],
)
def test_no_unit_is_given_a_duty(text: str) -> None:
    assert clauses(text) == []


def test_a_person_with_a_task_on_the_same_line_is_no_heading() -> None:
    assert heading("Đ/c Lý Văn Minh - Phó Hiệu trưởng: Duyệt giáo án, xếp lịch dạy bù.") is None
    listed = heading("Giám đốc các Sở: Xây dựng, Y tế:")
    assert listed is not None
    assert "Xây dựng" in " ".join(listed.lead)


def test_only_polite_words_stand_for_the_addressees() -> None:
    people = People("", Findings(headers=[Fact(Header(1, addressees=("UBND xã A",)), Span(0, 1), "test", 1.0)]))
    polite = {unit: people.resolve((unit,), 1)[1] for unit in ("Quý cấp", "Đồng chí Chủ tịch", "các đồng chí")}
    assert all(polite.values()), polite
    for named in ("Quỹ Phòng chống thiên tai", "Quỹ Bảo trì đường bộ", "Đồng chí Chủ tịch UBND xã B"):
        assert people.resolve((named,), 1) == ((named,), False)


def test_sentences_with_units_of_their_own_are_told_apart() -> None:
    found = clauses("Sở A chủ trì lập kế hoạch. Các sở, ngành phối hợp cung cấp số liệu.")
    assert [clause.lead for clause in found] == [("Sở A",), ("Các sở, ngành",)]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Sở Công Thương", ("Sở Công Thương",)),
        ("Sở Công Thương chủ trì, phối hợp thực hiện:", ("Sở Công Thương",)),
        ("Sở A chủ trì, phối hợp với các sở, ngành và địa phương:", ("Sở A",)),
        ("Vụ Kế hoạch, Tài chính", ("Vụ Kế hoạch, Tài chính",)),
    ],
)
def test_unit_headings(text: str, lead: tuple[str, ...]) -> None:
    found = heading(text)
    assert found is not None
    assert found.lead == lead


@pytest.mark.parametrize(
    "text", ["Công tác chỉ đạo, điều hành", "Tổ chức thực hiện", "Bộ tiêu chí", "Sở A lập kế hoạch"]
)
def test_other_titles_are_no_unit_headings(text: str) -> None:
    assert heading(text) is None


def test_a_tail_with_a_verb_behind_the_partner_is_not_thin() -> None:
    assert is_thin("chủ trì, phối hợp với các đơn vị liên quan:")
    assert not is_thin("chủ trì, phối hợp với các đơn vị liên quan xây dựng quy trình")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("phối hợp với Sở Tài chính, Sở Nội vụ tham mưu", ("Sở Tài chính", "Sở Nội vụ")),
        ("chủ động phối hợp Công an tỉnh để xử lý", ("Công an tỉnh",)),
        ("Phối hợp chặt chẽ với ngành giao thông vận tải có phương án phân luồng", ("ngành giao thông vận tải",)),
        ("Phối hợp tổ chức hội chợ", ()),
    ],
)
def test_partners(text: str, units: tuple[str, ...]) -> None:
    assert support_in(text) == units


def test_recipients() -> None:
    text = "gửi báo cáo về UBND tỉnh (qua Văn phòng UBND tỉnh) trước ngày 05/9/2027"
    assert recipient_in(text) == "UBND tỉnh (qua Văn phòng UBND tỉnh)"
    assert recipient_in("nâng cao chất lượng") is None


@given(st.text(alphabet="Giao Sở Y tế chủ trì, phối hợp với đề nghị:.;()\n0123/", max_size=200))
def test_any_text_gives_clauses_within_it(text: str) -> None:
    for clause in clauses(text):
        assert 0 <= clause.start <= clause.tail <= clause.end <= len(text)
        assert clause.lead


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Ban Quản lý dự án yêu cầu nhà thầu tăng ca.", ("Ban Quản lý dự án",)),
        ("Sở Y tế yêu cầu các bệnh viện gửi báo cáo.", None),
        ("Hiệu trưởng yêu cầu phụ huynh ký cam kết.", None),
    ],
)
def test_demands_on_outsiders_are_duties_of_whoever_makes_them(text: str, lead: tuple[str, ...] | None) -> None:
    found = demanding(text, clauses(text)[0])
    assert (found.lead if found else None) == lead


def test_two_duties_on_both_sides_of_a_semicolon_stay_two() -> None:
    found = clauses("Sở Y tế rà soát thuốc; Sở Tài chính bố trí kinh phí.")
    assert [item.lead for item in found] == [("Sở Y tế",), ("Sở Tài chính",)]


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("chủ trì, cùng Sở Tài chính thẩm định dự án", ("Sở Tài chính",)),
        ("phối hợp, hỗ trợ Sở Xây dựng trong công tác phân luồng", ("Sở Xây dựng",)),
        ("cùng nhau giữ gìn vệ sinh", ()),
    ],
)
def test_partners_behind_other_words(text: str, support: tuple[str, ...]) -> None:
    assert support_in(text) == support
