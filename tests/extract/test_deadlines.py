"""Deadlines: what `read` gives for cells and sentences, and what the component makes of a whole file."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import FOOT, MOTTO, facts

from corpus.span import Span
from extract.deadlines.find import reference_of, take
from extract.deadlines.reader import read
from extract.facts import Deadline, Fact, Header
from extract.source import Findings

REFERENCE = dt.date(2027, 3, 10)


def one(text: str, *, cell: bool = False) -> Deadline:
    [(span, value)] = read(text, reference=REFERENCE, cell=cell)
    assert " ".join(span.of(text).split()) == value.text
    return value


def test_a_deadline_before_its_document_is_kept_and_the_likely_year_offered() -> None:
    value = one("gửi báo cáo trước ngày 20/3/2026")
    assert (value.due, value.probable) == (dt.date(2026, 3, 20), dt.date(2027, 3, 20))
    assert value.anomaly is not None
    assert one("02/2027", cell=True).probable is None


def test_a_day_that_does_not_exist_is_said_not_dropped() -> None:
    value = one("nộp trước ngày 31/4/2027")
    assert value.due is None
    assert "31/4/2027" in (value.anomaly or "")


def test_a_missing_year_counts_from_the_document_and_is_said() -> None:
    value = one("nộp trước ngày 05/01")
    assert value.due == dt.date(2028, 1, 5)
    assert value.anomaly is not None


def test_the_adjusted_day_stands_beside_the_printed_one() -> None:
    value = one("nộp chậm nhất ngày 01/5/2027")
    assert (value.due, value.adjusted) == (dt.date(2027, 5, 1), dt.date(2027, 5, 4))
    assert "Bộ luật Dân sự" in (value.reckoning or "")


def test_a_recurrence_has_its_next_twelve_days() -> None:
    value = one("Định kỳ hằng quý, trước ngày 25 tháng cuối quý, các phòng báo cáo")
    assert value.rrule == "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"
    assert value.occurrences[:2] == (dt.date(2027, 3, 25), dt.date(2027, 6, 25))
    assert len(value.occurrences) == 12


def test_working_days_from_the_day_of_signing_are_counted_out() -> None:
    value = one("hoàn thành trong vòng 10 ngày làm việc kể từ ngày ký")
    assert (value.due, value.adjusted) == (None, dt.date(2027, 3, 24))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Danh mục: theo tiến độ của Bộ\nBộ chỉ số: từ 2028", ["relative", "range"]),
        ("Thường xuyên. Phấn đấu hoàn thiện trong quý II/2028", ["ongoing", "quarter"]),
        ("Tháng 5/2027 và tháng 11/2027", ["month", "month"]),
        ("2028; hằng năm", ["year", "recurring"]),
        ("Không quy định", []),
    ],
)
def test_cells_hold_any_number_of_deadlines(text: str, wanted: list[str]) -> None:
    assert [value.kind for _, value in read(text, reference=REFERENCE, cell=True)] == wanted


def test_what_counts_in_a_cell_does_not_count_in_a_sentence() -> None:
    for text in ("06/2027", "2028", "Thường xuyên", "Hội nghị ngày 15/4/2027", "kế hoạch năm 2028"):
        assert read(text, reference=REFERENCE) == []


LETTER = f"""UBND TỈNH CÀ MAU
SỞ XÂY DỰNG

{MOTTO}
Số: 512/SXD-VP
V/v báo cáo nhà ở đến năm 2030

Cà Mau, ngày 10 tháng 3 năm 2027

Kính gửi: Các phòng chuyên môn

Thực hiện Quyết định số 9/QĐ-TTg ngày 05/5/2027 của Thủ tướng Chính phủ phê duyệt Chiến lược nhà ở trong năm
2027, đến năm 2030, Sở đề nghị các phòng gửi báo cáo trước ngày 20/4/2027. Năm 2026, Sở đã tiếp 300 lượt khách
từ ngày 01/01/2026 đến ngày 31/12/2026.

{FOOT}"""


def test_dates_of_cited_acts_titles_and_the_past_are_no_deadlines() -> None:
    [fact] = facts(LETTER).deadlines
    assert (fact.value.due, fact.part, fact.rule) == (dt.date(2027, 4, 20), 1, "deadlines.before_day")
    assert "gửi báo cáo" in (fact.value.what or "")


def fact(start: int, end: int, text: str) -> Fact[Deadline]:
    return Fact(Deadline("year", text), Span(start, end), "r", 1.0)


def test_a_deadline_taken_again_replaces_the_one_in_its_place() -> None:
    findings = Findings(deadlines=[fact(0, 10, "a"), fact(20, 30, "b")])
    assert take(findings, fact(25, 40, "c")) == 1
    assert take(findings, fact(50, 60, "d")) == 2
    assert [one.value.text for one in findings.deadlines] == ["a", "c", "d"]


def test_what_deadlines_count_from() -> None:
    def findings(*headers: Header) -> Findings:
        return Findings(headers=[Fact(header, Span(0, 1), "h", 1.0, header.part) for header in headers])

    dated, undated = Header(1, date=REFERENCE), Header(2)
    assert reference_of(findings(dated, undated), 2) == REFERENCE
    assert reference_of(findings(Header(1, date_printed="ngày … tháng … năm 2027")), 1) == dt.date(2027, 1, 1)
    assert reference_of(findings(Header(1)), 1) is None
