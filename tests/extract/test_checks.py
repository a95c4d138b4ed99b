"""Cross-checks: each disagreement in a file becomes an issue."""

import datetime as dt
from dataclasses import replace

from letters import LETTER, codes, document, facts, header, scanned

from corpus.document import Document, Witness

ANNEX = "\nPHỤ LỤC\nDANH SÁCH TRẠM Y TẾ\n(Kèm theo Công văn số 215/SYT-NVY ngày 09/3/2026 của Sở Y tế)\n"


def signed(stamp: str) -> Document:
    return replace(document(LETTER), witnesses=(Witness("Sở Y tế", None, stamp),))


def test_a_plain_letter_has_no_issue() -> None:
    assert codes(LETTER) == set()


def test_deadline_before_the_date_of_the_letter() -> None:
    text = LETTER.replace("trước ngày 20/3/2026", "trước ngày 20/3/2025")
    assert "deadline-odd" in codes(text)


def test_the_same_document_cited_with_two_dates() -> None:
    text = LETTER.replace(
        "Để chuẩn bị",
        "Căn cứ Nghị định số 24/2026/NĐ-CP ngày 02/02/2026 và Nghị định số 24/2026/NĐ-CP ngày 12/02/2026,",
    )
    issue = next(issue for issue in facts(text).issues if issue.code == "citation-dates-differ")
    assert issue.alternatives == ("2026-02-02", "2026-02-12")


def test_own_date_cited_otherwise_in_an_annex() -> None:
    assert "date-disagrees" in codes(LETTER + ANNEX.replace("09/3/2026", "19/3/2026"))
    assert "date-disagrees" not in codes(LETTER + ANNEX)


def test_an_unread_number_is_taken_from_its_annex_and_flagged() -> None:
    page = LETTER.replace("Số: 215/SYT-NVY", "Số: 2S5 /SYT-NVY").replace("ngày 09", "ngày q9") + ANNEX
    found = header(scanned(page, {}))
    assert (found.number, found.date) == ("215/SYT-NVY", dt.date(2026, 3, 9))
    assert found.fields["number"].rule == "number.cited"
    assert found.fields["number"].needs_review


def test_a_contradicted_citation_fills_nothing() -> None:
    page = LETTER.replace("Số: 215/SYT-NVY", "Số: 2S5 /SYT-NVY") + ANNEX.replace("09/3/2026", "09/4/2025")
    assert header(scanned(page, {})).number is None


def test_a_missing_month_offers_the_cited_day_only_as_alternative() -> None:
    text = LETTER.replace("ngày 09 tháng 3 năm", "ngày 09 tháng năm") + ANNEX
    assert header(text).date is None
    issue = next(issue for issue in facts(text).issues if issue.code == "date-no-month")
    assert issue.alternatives == ("2026-03-09",)


def test_signing_before_the_date_of_the_letter() -> None:
    assert "date-witness" in codes(signed("2026-03-01T08:00:00+07:00"))
    assert "date-witness" not in codes(signed("2026-03-10T08:00:00+07:00"))


def test_weekday_that_does_not_fit() -> None:
    assert "weekday-differs" in codes(LETTER.replace("trước ngày 20/3/2026", "trước thứ Hai, ngày 20/3/2026"))
    assert "weekday-differs" not in codes(LETTER.replace("trước ngày 20/3/2026", "trước thứ Sáu, ngày 20/3/2026"))
    assert "weekday-differs" in codes(LETTER.replace("trước ngày 20/3/2026", "trước ngày 20/3/2026 (thứ Ba)"))


def test_a_deadline_whose_weekday_does_not_fit_asks_for_a_look() -> None:
    (deadline,) = facts(LETTER.replace("trước ngày 20/3/2026", "trước ngày 20/3/2026 (thứ Ba)")).deadlines
    assert deadline.needs_review


def test_numbers_of_one_office_grow_with_the_year() -> None:
    def with_basis(number: str, day: str) -> set[str]:
        basis = f"Tiếp theo Công văn số {number}/SYT-NVY ngày {day} của Sở Y tế, để chuẩn bị"
        return codes(LETTER.replace("Để chuẩn bị", basis))

    assert "sequence-differs" in with_basis("315", "02/3/2026")
    assert "sequence-differs" not in with_basis("115", "02/3/2026")
    assert "sequence-differs" not in with_basis("315", "02/3/2025")


def test_two_numbers_of_one_day_that_differ_in_a_figure_easily_misread() -> None:
    def with_two(other: str) -> list[str]:
        first = "Thực hiện Kế hoạch số 138/KH-BYT ngày 05/01/2026 của Bộ Y tế"
        text = LETTER.replace(
            "Để chuẩn bị", f"{first} và mục 2 Kế hoạch số {other}/KH-BYT ngày 05/01/2026, để chuẩn bị"
        )
        return [fact.value.number or "" for fact in facts(text).citations if fact.needs_review]

    assert with_two("133") == ["138/KH-BYT", "133/KH-BYT"]
    assert with_two("139") == []


def test_a_day_not_read_is_offered_the_day_of_signing() -> None:
    caption = "Ký bởi: Sở Y tế\nThời gian ký: 10/3/2026 08:15:00\n\n"
    text = caption + LETTER.replace("ngày 09 tháng 3 năm", "ngày     tháng 3 năm")
    issue = next(issue for issue in facts(text).issues if issue.code == "date-no-day")
    assert issue.alternatives == ("2026-03-10",)
    assert "date-witness" in codes(caption.replace("10/3/2026", "01/3/2026") + LETTER)
