"""Where names end, who helps, and who receives a report."""

import pytest

from extract.obligations.clauses import clauses
from extract.obligations.phrases import recipient_in, support_in
from extract.units.lists import split


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Phòng Kế hoạch tổng hợp chủ trì rà soát hồ sơ.", "Phòng Kế hoạch tổng hợp"),
        ("Công an cấp xã tăng cường tuần tra.", "Công an cấp xã"),
        ("Bộ Ngoại giao chuẩn bị nội dung đàm phán.", "Bộ Ngoại giao"),
        ("Sở Giao thông vận tải kiểm tra các bến xe.", "Sở Giao thông vận tải"),
        ("Các trường đại học ngoài công lập căn cứ tình hình để quyết định.", "Các trường đại học ngoài công lập"),
        ("Công an xã cắm biển cảnh báo tại ngầm tràn.", "Công an xã"),
        ("Cục Phát hành và Kho quỹ đáp ứng đủ nhu cầu tiền mặt.", "Cục Phát hành và Kho quỹ"),
    ],
)
def test_a_name_ends_where_its_duty_begins(text: str, lead: str) -> None:
    assert clauses(text)[0].lead == (lead,)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("phối hợp với Sở A (cơ quan thường trực), Sở B cung cấp số liệu", ("Sở A", "Sở B")),
        ("phối hợp với các địa phương, đơn vị liên quan cung cấp số liệu", ("các địa phương, đơn vị liên quan",)),
        ("phối hợp với chúng tôi", ()),
    ],
)
def test_who_helps(text: str, units: tuple[str, ...]) -> None:
    assert support_in(text) == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("gửi báo cáo về Sở Giáo dục và Đào tạo trước ngày 05/6/2026", "Sở Giáo dục và Đào tạo"),
        ("báo cáo UBND tỉnh (qua Sở Tài chính) trước ngày 05/6/2026", "UBND tỉnh (qua Sở Tài chính)"),
        ("tham mưu UBND tỉnh chỉ đạo giải quyết", "UBND tỉnh"),
        ("tuyên truyền về Phòng, chống thiên tai", None),
    ],
)
def test_who_receives_a_report(text: str, unit: str | None) -> None:
    assert recipient_in(text) == unit


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Bộ Y tế, cơ quan, đơn vị liên quan", ("Bộ Y tế", "cơ quan, đơn vị liên quan")),
        ("Các cơ quan, tổ chức, đơn vị khác có liên quan", ("Các cơ quan, tổ chức, đơn vị khác có liên quan",)),
        ("Văn phòng HĐND và UBND phường", ("Văn phòng HĐND và UBND phường",)),
        ("UBND các huyện. thành phố, Sở A", ("UBND các huyện, thành phố", "Sở A")),
        ("Bà Trịnh Thị Nga, Phó Hiệu trưởng", ("Bà Trịnh Thị Nga, Phó Hiệu trưởng",)),
        ("Thủ trưởng các đơn vị, trường học", ("Thủ trưởng các đơn vị, trường học",)),
    ],
)
def test_what_is_one_unit(text: str, units: tuple[str, ...]) -> None:
    assert split(text) == units
