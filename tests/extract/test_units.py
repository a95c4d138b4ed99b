"""The registry of units, and their mentions in texts."""

import datetime as dt

from letters import LETTER, document, pipeline

from extract.pipeline import make_doc
from extract.units.registry import UnitRegistry
from normalize.edits import Repaired


def mentions(text: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    read = document(text)
    nlp = pipeline()
    doc = nlp(make_doc(nlp, read, Repaired.untouched(read.text), known))  # type: ignore[arg-type, operator]
    return [(span.text, span.kb_id_) for span in doc.spans["units"]]


def test_short_forms_and_superiors() -> None:
    found = UnitRegistry().resolve("Cục KHCN&ĐT")
    assert (found.name, found.path) == (
        "Cục Khoa học công nghệ và Đào tạo",
        ("Bộ Y tế", "Cục Khoa học công nghệ và Đào tạo"),
    )


def test_units_that_no_longer_exist() -> None:
    registry = UnitRegistry()
    assert registry.resolve("Bộ Thông tin và Truyền thông", dt.date(2026, 1, 1)).expired
    assert not registry.resolve("Bộ Thông tin và Truyền thông", dt.date(2024, 1, 1)).expired


def test_merged_provinces_and_districts_expire() -> None:
    registry = UnitRegistry()
    assert registry.resolve("Sở Y tế tỉnh Kiên Giang", dt.date(2026, 1, 1)).expired
    assert not registry.resolve("Sở Y tế tỉnh Kiên Giang", dt.date(2025, 6, 30)).expired
    assert not registry.resolve("Sở Y tế tỉnh Cà Mau", dt.date(2026, 1, 1)).expired
    assert registry.resolve("Ủy ban nhân dân huyện Năm Căn", dt.date(2026, 1, 1)).expired


def test_a_misprint_is_resolved_and_told() -> None:
    found = UnitRegistry().resolve("Sở Nông nghiệp và Phát triên nông thon")
    assert found.name == "Sở Nông nghiệp và Phát triển nông thôn"
    near = UnitRegistry().resolve("Trung tâm Thông tin y tế Quốc tế")
    assert (near.known, near.doubtful, near.alternatives) == (False, True, ("Trung tâm Thông tin y tế Quốc gia",))


def test_two_departments_are_never_mixed_up() -> None:
    assert UnitRegistry().resolve("Sở Tư pháp").name == "Sở Tư pháp"
    assert UnitRegistry().resolve("Sở Nội vụ").name == "Sở Nội vụ"


def test_a_collective_is_one_unit() -> None:
    assert UnitRegistry().resolve("Các đơn vị thuộc, trực thuộc Bộ").path == ("Các đơn vị thuộc, trực thuộc Bộ",)


def test_mentions_are_found_folded_and_longest() -> None:
    text = LETTER.replace("Để chuẩn bị", "Theo so noi vu và Vụ Kế hoạch, Tài chính, để chuẩn bị")
    found = mentions(text)
    assert ("so noi vu", "Sở Nội vụ") in found
    assert ("Vụ Kế hoạch, Tài chính", "Vụ Kế hoạch - Tài chính") in found


def test_units_of_a_letterhead_are_known_in_its_text() -> None:
    assert ("Sở Y tế tỉnh Cà Mau", "Sở Y tế tỉnh Cà Mau") in mentions(
        LETTER.replace("Sở Y tế đề", "Sở Y tế tỉnh Cà Mau đề")
    )


def test_a_name_in_capitals_is_registered_all_the_same() -> None:
    assert "SỞ Y TẾ" in UnitRegistry()
    assert "Trạm Quan trắc cảnh báo lũ Suối Bạc" not in UnitRegistry()


def test_units_that_earlier_documents_named_are_marked_only_where_they_are_handed_over() -> None:
    name = "Trạm Quan trắc cảnh báo lũ Suối Bạc"
    text = LETTER.replace("Sở Y tế đề", "Tram quan trac canh bao lu Suoi Bac và Sở Y tế đề")
    assert ("Tram quan trac canh bao lu Suoi Bac", name) in mentions(text, (name, "Sở Y tế"))
    assert name not in dict(mentions(text)).values()
