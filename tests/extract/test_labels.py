"""Label blocks: what is the task, whose it is, and where a block ends."""

import pytest

from corpus.document import Document
from corpus.layout import Line, Page
from extract.obligations import labels
from extract.obligations.outline import outline
from extract.source import Findings, Source
from normalize.edits import Repaired
from normalize.fold import fold

PLAN = """III. NHIỆM VỤ

1. Bảo quản tài liệu lưu trữ

Khử trùng kho, kiểm kê hồ sơ giấy và lập mục lục cho từng phông
tài liệu.

Số hóa tài liệu có giá trị vĩnh viễn.
Đơn vị thực hiện: Trung tâm Lưu trữ (Phòng Bảo quản, Phòng
Số hóa).
Đơn vị phối hợp: các phòng chuyên môn; Sở Nội vụ.
Thời gian thực hiện: trong năm 2027

2. Mua sắm giá kệ

Đơn vị thực hiện: Văn phòng.
Thời gian thực hiện: quý I/2027.

3. Đào tạo

3.1. Mở lớp nghiệp vụ cho người làm lưu trữ.

3.2. Cử người đi học tập kinh nghiệm.

Đơn vị chủ trì: Phòng Tổ chức.

Thời hạn hoàn thành: hằng năm.

3.3. Biên soạn tài liệu; đơn vị khác tự chọn nội dung.

- Cơ quan chủ trì: Phòng Nghiệp vụ; cơ quan phối hợp: Văn phòng; thời gian: tháng 9/2027.
"""


def source(text: str) -> Source:
    document = Document("0" * 64, "x.txt", (Page(1, 0, 0, tuple(Line(line) for line in text.split("\n"))),))
    return Source(document, Repaired.untouched(document.text))


def blocks(text: str) -> list[dict[str, object]]:
    made = source(text)
    return [
        {
            "task": [made.quote(node.body) for node in block.task],
            "heading": made.quote(block.heading.body) if block.heading else None,
        }
        | {item.role: made.quote(item.content) for item in block.labels}
        for block in labels.blocks(outline(made, Findings()))
    ]


def test_tasks_headings_and_contents() -> None:
    found = blocks(PLAN)
    assert len(found) == 4
    assert found[0]["heading"] == "Bảo quản tài liệu lưu trữ"
    assert found[0]["task"] == [
        "Khử trùng kho, kiểm kê hồ sơ giấy và lập mục lục cho từng phông tài liệu.",
        "Số hóa tài liệu có giá trị vĩnh viễn.",
    ]
    assert found[0]["lead"] == "Trung tâm Lưu trữ (Phòng Bảo quản, Phòng Số hóa)"
    assert found[0]["support"] == "các phòng chuyên môn; Sở Nội vụ"
    assert found[0]["time"] == "trong năm 2027"


def test_a_heading_right_above_the_labels_is_the_task() -> None:
    assert blocks(PLAN)[1]["task"] == ["Mua sắm giá kệ"]


def test_items_before_the_labels_are_one_task_and_the_next_item_begins_anew() -> None:
    third, fourth = blocks(PLAN)[2:]
    assert third["task"] == ["Mở lớp nghiệp vụ cho người làm lưu trữ.", "Cử người đi học tập kinh nghiệm."]
    assert fourth["task"] == ["Biên soạn tài liệu; đơn vị khác tự chọn nội dung."]
    assert (fourth["lead"], fourth["support"], fourth["time"]) == ("Phòng Nghiệp vụ", "Văn phòng", "tháng 9/2027")


def test_labels_without_marks_and_misread_ones_are_read() -> None:
    assert len(blocks(fold(PLAN))) == 4
    assert len(blocks(PLAN.replace("Đơn vị thực hiện", "Dơn v| thưc hiện"))) == 4


def test_labels_with_numbers_in_front_and_a_task_label() -> None:
    (found,) = blocks(
        "1. Tên nhiệm vụ: Lập đề án chợ nổi.\n2. Cơ quan chủ trì: Sở Công Thương.\n"
        "3. Cơ quan phối hợp: Các sở, ngành.\n4. Kết quả: Đề án.\n5. Thời gian hoàn thành: Quý IV/2027."
    )
    assert found == {
        "heading": None,
        "task": "Lập đề án chợ nổi",
        "lead": "Sở Công Thương",
        "support": "Các sở, ngành",
        "result": "Đề án",
        "time": "Quý IV/2027",
    }


@pytest.mark.parametrize(
    "text",
    ["Thời gian: 14 giờ 00.\nĐịa điểm: Hội trường.", "Đơn vị thực hiện theo kế hoạch.", "Ghi chú: không có."],
    ids=["a meeting", "no label", "a note"],
)
def test_other_labels_make_no_block(text: str) -> None:
    assert blocks(text) == []
