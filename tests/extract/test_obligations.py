"""The component as a whole: obligations with their deadlines, contexts, tables of the page, and odd input."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.layout import Cell, Line, Page, Table
from corpus.span import Span
from extract.facts import Facts, Obligation
from extract.obligations.drafts import RULES
from extract.pipeline import extract, load
from normalize.edits import Repaired

LETTER = """UBND TỈNH SÔNG THƯƠNG
SỞ Y TẾ
Số: 31/SYT-KHTC
V/v kiểm kê tài sản

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Thương, ngày 04 tháng 01 năm 2027

Kính gửi:
- Các bệnh viện trực thuộc;
- Trung tâm Kiểm nghiệm.

"""
FOOT = """
Nơi nhận:
- Như trên;
- Lưu: VT, KHTC.

GIÁM ĐỐC

Trần Văn Bình"""


@pytest.fixture(scope="module")
def nlp() -> object:
    return load()


@pytest.fixture
def read(nlp: object) -> Callable[..., Facts]:
    def facts(text: str, tables: tuple[Table, ...] = ()) -> Facts:
        document = Document("0" * 64, "x.txt", (Page(1, 0, 0, tuple(map(Line, text.split("\n"))), tables),))
        return extract(nlp, document, Repaired.untouched(document.text))  # type: ignore[arg-type]

    return facts


def values(facts: Facts) -> list[Obligation]:
    return [fact.value for fact in facts.obligations]


def test_a_requested_list_is_for_the_addressees(read: Callable[..., Facts]) -> None:
    facts = read(
        f"{LETTER}Sở Y tế đề nghị các đơn vị thực hiện một số nội dung sau:\n\n"
        "1. Kiểm kê toàn bộ máy móc, gửi biên bản về Sở Y tế trước ngày 20/01/2027.\n\n"
        "2. Giao Trung tâm Kiểm nghiệm chủ trì, phối hợp với các bệnh viện kiểm tra thiết bị đo.\n"
        f"{FOOT}"
    )
    first, second = values(facts)
    assert first.lead == ("Các bệnh viện trực thuộc", "Trung tâm Kiểm nghiệm")
    assert first.inherited == ("lead",)
    assert first.due == dt.date(2027, 1, 20)
    assert facts.deadlines[first.deadlines[0]].value.due == first.due
    assert first.ref == "1"
    assert (second.lead, second.support) == (("Trung tâm Kiểm nghiệm",), ("các bệnh viện",))
    assert not facts.obligations[0].needs_review
    assert {fact.rule for fact in facts.obligations} == {"request-item", "assign-sentence"}


def test_two_dates_in_a_sentence_are_two_duties(read: Callable[..., Facts]) -> None:
    facts = read(
        f"{LETTER}Giao Trung tâm Kiểm nghiệm hoàn thành việc lấy mẫu trước ngày 10/02/2027 và gửi báo cáo kết quả "
        f"trước ngày 20/02/2027.\n{FOOT}"
    )
    assert [value.due for value in values(facts)] == [dt.date(2027, 2, 10), dt.date(2027, 2, 20)]


def test_items_below_unit_headings(read: Callable[..., Facts]) -> None:
    facts = read(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Phòng Nghiệp vụ\n\n- Theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch.\n\n"
        "- Phối hợp với Văn phòng tổng hợp kết quả hằng quý.\n\n2. Các trạm y tế\n\nBố trí nhân lực trực dịch."
    )
    found = values(facts)
    assert [value.lead for value in found] == [("Phòng Nghiệp vụ",), ("Phòng Nghiệp vụ",), ("Các trạm y tế",)]
    assert found[1].support == ("Văn phòng",)
    assert {value.tier for value in found} == {"organisation"}
    assert found[1].ref == "III.1.-2"


def test_an_enforcement_clause_is_general(read: Callable[..., Facts]) -> None:
    facts = read("Điều 3. Chánh Văn phòng Sở, Giám đốc Bệnh viện Nhi chịu trách nhiệm thi hành Quyết định này./.")
    assert [(fact.rule, fact.value.tier) for fact in facts.obligations] == [("enforcement", "general")]


def test_label_time_becomes_a_deadline_once(read: Callable[..., Facts]) -> None:
    facts = read(
        "1. Sửa chữa trụ sở\n\nĐơn vị thực hiện: Văn phòng Sở.\n\nThời gian thực hiện: trước ngày 30/6/2027.\n"
    )
    (found,) = values(facts)
    assert (found.task, found.lead, found.due) == ("Sửa chữa trụ sở", ("Văn phòng Sở",), dt.date(2027, 6, 30))
    assert len(facts.deadlines) == 1
    assert facts.deadlines[0].value.who == ("Văn phòng Sở",)
    assert facts.deadlines[0].value.what == "Sửa chữa trụ sở"


def test_rows_of_a_table_on_the_page(read: Callable[..., Facts]) -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Sản phẩm", "Thời hạn"],
        ["1", "Lập bản đồ ngập", "Sở Xây dựng", "Bản đồ", "Tháng 4/2027"],
        ["", "", "", "Báo cáo tổng kết", "Tháng 9/2027"],
        ["2", "Nạo vét kênh", "Các huyện, thị xã", "", "Hằng năm"],
    ]
    lines = [text for row in rows for text in row]
    cells = tuple(Cell(i // 5, i % 5, Span(i, i + 1)) for i in range(len(lines)))
    facts = read("\n".join(lines), (Table(cells, 4, 5),))
    found = values(facts)
    assert [value.task for value in found] == ["Lập bản đồ ngập", "Lập bản đồ ngập", "Nạo vét kênh"]
    assert [value.due for value in found] == [dt.date(2027, 4, 30), dt.date(2027, 9, 30), None]
    assert found[1].lead == ("Sở Xây dựng",)
    assert found[1].inherited == ("task", "lead")
    assert found[0].result == "Bản đồ"
    assert [fact.value.kind for fact in facts.deadlines] == ["month", "month", "recurring"]


def test_a_list_of_procedures_is_no_task_table(read: Callable[..., Facts]) -> None:
    lines = [
        "TT",
        "Tên thủ tục hành chính",
        "Cơ quan thực hiện",
        "Thời hạn",
        "1",
        "Cấp giấy phép",
        "Sở Y tế",
        "15 ngày",
    ]
    cells = tuple(Cell(i // 4, i % 4, Span(i, i + 1)) for i in range(len(lines)))
    assert values(read("\n".join(lines), (Table(cells, 2, 4),))) == []


def test_a_letter_has_no_articles_of_its_own(read: Callable[..., Facts]) -> None:
    quoted = "Điều 5. Trách nhiệm\n\n1. Doanh nghiệp có trách nhiệm lưu trữ hồ sơ trong 05 năm.\n"
    assert values(read(f"{LETTER}Sở Y tế trích quy định của Luật như sau:\n\n{quoted}{FOOT}")) == []


def test_misread_units_are_mended_and_flagged(read: Callable[..., Facts]) -> None:
    block = "{}. Việc thứ {} của kế hoạch\n\nĐơn vị thực hiện: {}.\n\nThời gian thực hiện: quý II/2027.\n\n"
    names = ["Sở Tư pháp", "Sở Tư pháp", "Sở Tư pháp", "S0 Tư ph4p"]
    facts = read("".join(block.format(n, n, name) for n, name in enumerate(names, 1)))
    assert [value.lead for value in values(facts)] == [("Sở Tư pháp",)] * 4
    assert [fact.needs_review for fact in facts.obligations] == [False, False, False, True]


def test_every_rule_is_listed_with_an_example() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.doc and rule.examples for rule in RULES)


def test_the_given_letters(read: Callable[..., Facts], seed_text: Callable[[str], str]) -> None:
    facts = read(seed_text("001"))
    names = {rule.name for rule in RULES}
    assert len(facts.obligations) == 13
    assert all(fact.rule in names and 0 <= fact.confidence <= 1 for fact in facts.obligations)


PIECES = [
    *LETTER.split("\n"),
    *FOOT.split("\n"),
    "TT",
    "Nhiệm vụ",
    "Đơn vị chủ trì",
    "Thời gian",
    "1.",
    "1.1",
    "2027",
    "a) Rà soát;",
    "- Sở A:",
    "Đơn vị thực hiện:",
    "Thời gian thực hiện: 2027",
    "Điều 4. Giao Sở B",
    "thực hiện như sau:",
    "\f",
    "(((",
    "I.",
    "trước ngày 01/02/2027 và gửi trước ngày 03/02/2027",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50))
def test_no_input_crashes_and_indexes_stay_valid(nlp: object, lines: list[str]) -> None:
    pages = tuple(
        Page(n, 0, 0, tuple(map(Line, page.split("\n")))) for n, page in enumerate("\n".join(lines).split("\f"), 1)
    )
    document = Document("0" * 64, "x.txt", pages)
    facts = extract(nlp, document, Repaired.untouched(document.text))  # type: ignore[arg-type]
    for fact in facts.obligations:
        assert all(0 <= index < len(facts.deadlines) for index in fact.value.deadlines)
        assert fact.span.end <= len(document.text)
        assert fact.value.task
