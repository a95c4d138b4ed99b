"""Lists of units: where a comma separates and where it belongs to a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.units.kinds import kind_of, likeness
from extract.units.lists import split
from normalize.fold import fold

ONE = [
    "Các đơn vị thuộc, trực thuộc Bộ",
    "Cục Quản lý Khám, chữa bệnh",
    "Các Vụ, Cục, đơn vị của Bộ Nội vụ",
    "các sở, ban, ngành, đoàn thể có liên quan",
    "Ủy ban nhân dân xã, phường, đặc khu",
    "Tổ Khoa học công nghệ, đổi mới sáng tạo",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Vụ Kế hoạch, Tài chính",
    "các chi cục và đơn vị trực thuộc",
    "Trường Đại học Luật, Đại học Quốc gia Hà Nội",
    "các cơ quan thông tấn, báo chí",
    "Ban quản lý Khu kinh tế Vũng Áng và các khu công nghiệp Hà Tĩnh",
]

SEVERAL = {
    "Vụ Pháp chế, Văn phòng Bộ": ("Vụ Pháp chế", "Văn phòng Bộ"),
    "các sở, ban, ngành, UBND các huyện, thành phố": ("các sở, ban, ngành", "UBND các huyện, thành phố"),
    "Cục Thuế và cơ quan bảo hiểm xã hội": ("Cục Thuế", "cơ quan bảo hiểm xã hội"),
    "Hội Nông dân tỉnh, Tỉnh đoàn, Văn phòng": ("Hội Nông dân tỉnh", "Tỉnh đoàn", "Văn phòng"),
    "Sở Tài chính; Sở Nội vụ": ("Sở Tài chính", "Sở Nội vụ"),
    "Sở Tư pháp (Phòng Hộ tịch, Phòng Công chứng)": ("Sở Tư pháp / Phòng Hộ tịch", "Sở Tư pháp / Phòng Công chứng"),
    "Bộ Tài chính (đối với nội dung thuế), Bộ Công an": ("Bộ Tài chính", "Bộ Công an"),
    "- Cục Điện ảnh;\n- Cục Báo chí": ("Cục Điện ảnh", "Cục Báo chí"),
    "Bộ Tư pháp (phần một)\nBộ Nội vụ (phần hai)": ("Bộ Tư pháp", "Bộ Nội vụ"),
    "Giám đốc Sở Y tế và các tổ chức, cá nhân có liên quan": (
        "Giám đốc Sở Y tế",
        "các tổ chức, cá nhân có liên quan",
    ),
    "các phòng chuyên môn, đơn vị trực thuộc Sở Y tế": ("các phòng chuyên môn", "đơn vị trực thuộc Sở Y tế"),
}


@pytest.mark.parametrize("text", ONE)
def test_commas_inside_a_name_do_not_separate(text: str) -> None:
    assert split(text) == (text,)


@pytest.mark.parametrize("text", SEVERAL)
def test_several_units_are_told_apart(text: str) -> None:
    assert split(text) == SEVERAL[text]


@pytest.mark.parametrize("text", ONE)
def test_names_without_marks_are_read_too(text: str) -> None:
    assert split(fold(text).lower()) == (fold(text).lower(),)


@pytest.mark.parametrize(
    "text",
    ["Báo cáo kết quả", "Bộ tiêu chí đánh giá", "Cơ sở dữ liệu dân cư", "Ban hành quyết định", "Hội nghị sơ kết", ""],
)
def test_results_are_no_units(text: str) -> None:
    assert likeness(text) == 0.0


def test_a_product_that_is_made_is_less_like_a_unit_than_a_unit() -> None:
    assert likeness("Các trung tâm được thành lập") < 0.5 < likeness("Các trung tâm văn hóa")


def test_kinds() -> None:
    kinds = [
        kind_of(text) for text in ("Sở Y tế", "các sở", "Giám đốc Sở", "các đơn vị thuộc Sở", "huyện A", "rà soát")
    ]
    assert kinds == ["name", "bare", "title", "general", "place", "none"]


@given(st.text(alphabet="Sở YtếcáđơnvịPhòg,;()và \n-./BộUBND", max_size=120))
def test_any_text_is_split_without_a_crash(text: str) -> None:
    units = split(text)
    assert len(units) == len(set(units))
    assert all(unit == unit.strip() for unit in units)
