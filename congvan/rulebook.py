"""The extractor's rules, as people read them."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_PLACE: Final = {
    "header": "Phần đầu và phần cuối của một văn bản, gộp từ các trường.",
    "number.printed": "Số và ký hiệu in sau «Số:» dưới tên cơ quan.",
    "number.cited": "Số của văn bản này được nhắc lại ở chỗ khác trong tệp.",
    "number.symbol": "Tên loại suy ra từ ký hiệu («…/QĐ-…» là quyết định).",
    "date.place": "Địa danh đứng trước «, ngày … tháng … năm …».",
    "date.printed": "Ngày ban hành in cạnh địa danh.",
    "date.cited": "Ngày của văn bản này được nhắc lại ở chỗ khác trong tệp.",
    "issuer.printed": "Cơ quan ban hành in ở góc trái trên.",
    "issuer.superior": "Cơ quan chủ quản in trên tên cơ quan ban hành.",
    "title.type": "Tên loại in giữa dòng, trên trích yếu.",
    "title.subject": "Trích yếu in dưới tên loại.",
    "subject.v-v": "Trích yếu công văn: «V/v …» dưới số, ký hiệu.",
    "subject.repeated": "Trích yếu được nhắc lại ở phần sau.",
    "type.letter": "Văn bản có «Kính gửi» hoặc «V/v» và không có tên loại là công văn.",
    "addressees": "Nơi nhận chính sau «Kính gửi:».",
    "distribution": "Danh sách sau «Nơi nhận:» ở góc trái dưới.",
    "signature.name": "Tên người ký dưới chữ ký.",
    "signature.office": "Chức vụ người ký.",
    "signature.authority": "Thể thức ký: TM., KT., TL., TUQ., Q.",
    "mark.urgency": "Dấu độ khẩn: KHẨN, THƯỢNG KHẨN, HỎA TỐC.",
    "mark.secrecy": "Dấu độ mật: MẬT, TỐI MẬT, TUYỆT MẬT.",
    "stamp.number": "Số đến trong dấu «ĐẾN».",
    "stamp.date": "Ngày đến trong dấu «ĐẾN».",
    "annex.type": "Phụ lục kèm theo văn bản.",
    "annex.title": "Tên của phụ lục.",
    "annex.issuer": "Phụ lục mang cơ quan ban hành của văn bản nó kèm theo.",
    "slip.title": "Phiếu chuyển, phiếu giải quyết kèm theo.",
    "gazette.title": "Đầu đề trong Công báo.",
    "citations.number": "Văn bản được dẫn bằng số và ký hiệu.",
    "citations.name": "Luật, đề án, chương trình được dẫn bằng tên.",
}
"""What is found by its place and form rather than by a registered pattern: rule name → in words."""


def entries() -> Iterator[dict[str, Any]]:
    """Each rule: its name, what it says about itself, examples and counter-examples."""
    for rule in _registered():
        yield {
            "name": rule.name,
            "about": " ".join(rule.doc.split()),
            "examples": list(rule.examples),
            "rejects": list(getattr(rule, "rejects", ())),
        }
    for name, about in BY_PLACE.items():
        yield {"name": name, "about": about, "examples": [], "rejects": []}


def speaks_of(entry: dict[str, Any], word: str) -> bool:
    """Whether a rule's name, words or examples hold a word; case does not count.

    >>> speaks_of({"name": "deadlines.quarter", "about": "Quý.", "examples": ["Quý I"], "rejects": []}, "quý i")
    True
    """
    said = (entry["name"], entry["about"], *entry["examples"], *entry["rejects"])
    return any(word.casefold() in sentence.casefold() for sentence in said)


def descriptions() -> dict[str, str]:
    """Rule name → what it says about itself, for the pages that show evidence."""
    return {entry["name"]: entry["about"] for entry in entries()}


def _registered() -> Iterator[Any]:
    """Every rule that a module of the extractor registers or lists, in the order of the modules' names, once."""
    import extract
    from extract.obligations.drafts import ObligationRule
    from extract.rules import Rules

    seen: set[str] = set()
    for module in sorted(found.name for found in pkgutil.walk_packages(extract.__path__, "extract.")):
        for value in vars(importlib.import_module(module)).values():
            listed = isinstance(value, tuple) and value and all(isinstance(one, ObligationRule) for one in value)
            for rule in value if listed or isinstance(value, Rules) else ():
                if rule.name not in seen:
                    seen.add(rule.name)
                    yield rule
