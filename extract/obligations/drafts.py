"""A duty on its way to become an obligation: what a rule found, before its deadlines are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.span import Span

Tier = Literal["core", "organisation", "general"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule found. ``times`` are the cells or contents that hold nothing but its time; ``window`` is the text
    in which running-text deadlines belong to it; ``above`` are the headings, nearest first, whose time holds where it
    has none. ``more`` are the places of its units, result and time.
    """

    rule: str
    span: Span
    task: str
    part: int
    ref: str | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    result: str | None = None
    times: tuple[Span, ...] = ()
    window: Span | None = None
    more: tuple[Span, ...] = ()
    recipient: str | None = None
    above: tuple[Span, ...] = ()
    inherited: tuple[str, ...] = ()
    tier: Tier = "core"
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class ObligationRule:
    """A way in which duties are written, as `congvan rules` lists it. ``examples`` are invented sentences."""

    name: str
    doc: str
    examples: tuple[str, ...]


RULES: tuple[ObligationRule, ...] = (
    ObligationRule(
        "table-row",
        "Một dòng của bảng nhiệm vụ: nội dung, đơn vị chủ trì, phối hợp, kết quả, thời gian theo tiêu đề cột.",
        ("3 | Số hóa hồ sơ lưu trữ | Văn phòng Sở | Các phòng | Kho dữ liệu | Quý II/2027",),
    ),
    ObligationRule(
        "flat-table-row",
        "Bảng nhiệm vụ đã bị tách thành từng dòng: mỗi ô một dòng, nhận lại cột theo nội dung.",
        ("3. ⏎ Số hóa hồ sơ lưu trữ ⏎ Văn phòng Sở ⏎ Quý II/2027",),
    ),
    ObligationRule(
        "label-block",
        "Khối nhãn: nội dung, rồi «Đơn vị thực hiện: …», «Đơn vị phối hợp: …», «Thời gian thực hiện: …».",
        ("Lắp đặt hệ thống camera. ⏎ Đơn vị thực hiện: Phòng Hậu cần. ⏎ Thời gian thực hiện: tháng 3/2027.",),
    ),
    ObligationRule(
        "assign-sentence",
        "Câu giao việc: giao / đề nghị / yêu cầu + đơn vị + việc phải làm.",
        ("Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng đề án.",),
    ),
    ObligationRule(
        "unit-sentence",
        "Câu mở đầu bằng đơn vị rồi đến việc phải làm: «Phòng A có trách nhiệm …», «Đối với các trường: …».",
        ("2. Phòng Hành chính bố trí hội trường trước ngày 05/9/2027.",),
    ),
    ObligationRule(
        "unit-heading",
        "Việc đứng dưới tiêu đề là tên đơn vị («2. Sở Công Thương», rồi a, b, c).",
        ("2. Sở Công Thương ⏎ a) Theo dõi giá cả hàng hóa.",),
    ),
    ObligationRule(
        "request-item",
        "Một mục trong danh sách sau lời đề nghị, yêu cầu («đề nghị các đơn vị thực hiện như sau:»).",
        ("Sở đề nghị các trường thực hiện như sau: ⏎ 1. Lập danh sách học sinh.",),
    ),
    ObligationRule(
        "send-by",
        "Báo cáo, hồ sơ phải gửi trước một thời hạn, không nêu đơn vị: lấy nơi nhận văn bản.",
        ("Báo cáo gửi về Sở trước ngày 20/11/2027.",),
    ),
    ObligationRule(
        "enforcement",
        "Điều khoản thi hành: «… chịu trách nhiệm thi hành Quyết định này» (mức chung).",
        ("Chánh Văn phòng, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này.",),
    ),
)
"""Every rule of this kind. They are no single patterns: they need blocks, table rows and clauses."""
