"""Names of units that earlier documents taught: which are worth it, and what they change in a duty."""

import pytest
from letters import document, pipeline

from extract.facts import Fact, Obligation
from extract.pipeline import extract
from extract.units.learnt import common
from normalize.edits import Repaired

STATION = "Trạm Quan trắc cảnh báo lũ Suối Bạc"
LETTER = """ỦY BAN NHÂN DÂN
XÃ SUỐI BẠC
Số: 15/UBND-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Suối Bạc, ngày 04 tháng 5 năm 2026

Kính gửi: Các thôn trong xã.

Ủy ban nhân dân xã yêu cầu:

1. {unit} báo cáo kết quả đo trước ngày 20/5/2026.

2. Văn phòng lập danh sách giếng khoan trước ngày 20/6/2026.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def duty(unit: str, *known: str) -> Fact[Obligation]:
    """The first duty of a letter that gives it to ``unit``."""
    read = document(LETTER.format(unit=unit))
    return extract(pipeline(), read, Repaired.untouched(read.text), known).obligations[0]  # type: ignore[arg-type]


def test_a_name_is_ended_where_a_learnt_one_ends() -> None:
    alone, taught = duty(STATION), duty(STATION, STATION)
    assert alone.value.lead == ("Trạm Quan trắc",)
    assert taught.value.lead == (STATION,)
    assert taught.value.task == "báo cáo kết quả đo trước ngày 20/5/2026."
    assert not taught.needs_review
    assert taught.value.due == alone.value.due


def test_a_shorter_name_that_is_known_too_stays_as_it_is() -> None:
    assert duty(STATION, STATION, "Trạm Quan trắc").value.lead == ("Trạm Quan trắc",)


def test_a_learnt_name_never_swallows_the_task() -> None:
    assert duty("Trạm Quan trắc", STATION).value.lead == ("Trạm Quan trắc",)


@pytest.mark.parametrize("printed", ["Trạm Thong tin nghề cá", "Trạm Thông t1n nghề cá"])
def test_lost_marks_and_misread_letters_are_mended_and_flagged(printed: str) -> None:
    found = duty(printed, "Trạm Thông tin nghề cá")
    assert (found.value.lead, found.needs_review) == (("Trạm Thông tin nghề cá",), True)
    assert duty(printed).value.lead == (printed,)


def test_a_name_with_other_marks_is_another_unit() -> None:
    assert duty("Trạm Thông tin xã Tân Phú", "Trạm Thông tin xã Tân Phù").value.lead == ("Trạm Thông tin xã Tân Phú",)


def test_of_two_names_that_differ_in_marks_neither_counts() -> None:
    both = ("Trạm Thông tin xã Tân Phú", "Trạm Thông tin xã Tân Phù")
    assert duty("Trạm Thông tin xã Tân Phu", *both).value.lead == ("Trạm Thông tin xã Tân Phu",)


def test_a_registered_name_is_never_spelt_anew() -> None:
    found = duty("Sở Y te", "Sở Y tê")
    assert found.value.lead == duty("Sở Y te").value.lead


def test_an_issuer_counts_at_once_others_when_two_documents_name_them() -> None:
    seen = [
        ("a", "issuer", "Trạm Thủy nông Suối Bạc"),
        ("a", "distribution", f"Như trên; {STATION}; Lưu: VT, NVY"),
        ("b", "addressees", f"{STATION}; Đội Thu gom rác thải"),
    ]
    assert common(seen) == (STATION, "Trạm Thủy nông Suối Bạc")
    assert common(seen[:2]) == ("Trạm Thủy nông Suối Bạc",)


@pytest.mark.parametrize(
    "printed",
    [
        "Như trên",
        "Lưu: VT, NVY",
        "Giám đốc Sở Y tế",
        "Nguyễn Văn Bình",
        "Bà Trần Thị Hoa, Phó Giám đốc",
        "Các phòng chuyên môn",
        "Sở Y tế",
        "Ban Giám đốc Sở",
        "Trạm y tế trên địa bàn xã",
        "Trạm Kiểm dịch, Trạm Thú y",
        "Trạm Thông t1n nghề cá",
    ],
)
def test_what_is_no_single_well_read_unit_is_not_learnt(printed: str) -> None:
    assert common([(document_id, "distribution", printed) for document_id in "abc"]) == ()


def test_the_list_is_capped_and_its_order_does_not_depend_on_that_of_the_rows() -> None:
    seen = [("a", "issuer", f"Trạm Thủy nông Suối {place}") for place in ("Bạc", "Giàng", "Mơ", "Tre")]
    assert common(seen, 3) == common(seen[::-1], 3)
    assert [name.split()[-1] for name in common([*seen, ("b", *seen[3][1:])], 3)] == ["Tre", "Bạc", "Giàng"]
