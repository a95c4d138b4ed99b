#!/usr/bin/env python3
"""Write docs/rules.md from the registries: every rule with its examples and counter-examples.

usage: .venv/bin/python scripts/rules_doc.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = {"text": "văn bản thường", "cell": "ô thời gian, nội dung sau nhãn", "both": "mọi nơi"}
INTRO = """# Quy tắc trích xuất

Tệp này do `scripts/rules_doc.py` sinh ra từ chính các quy tắc; đừng sửa bằng tay.
Cách thêm một quy tắc: [adding-a-rule.md](adding-a-rule.md).
"""


def main() -> int:
    """Write the file; 0."""
    (ROOT / "docs" / "rules.md").write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRO, *_registries(), *_drafts(), *_others()]) + "\n"


def _registries() -> Iterator[str]:
    from extract.deadlines import reader as deadlines
    from extract.deadlines.grammar import deadlines as deadline_rules
    from extract.targets import counts as targets_rules
    from extract.targets.grammar import targets as target_rules

    assert deadlines  # importing the modules registers their rules
    assert targets_rules
    for title, rules in (("Thời hạn", deadline_rules), ("Chỉ tiêu", target_rules)):
        yield f"## {title}\n"
        for rule in rules:
            kind = "" if rule.read else " (loại trừ)"
            yield f"### `{rule.name}`{kind}\n"
            yield f"{' '.join(rule.doc.split())}\n\nĐọc ở: {PLACES[rule.place]}.\n"
            yield from (f"- «{_flat(example)}»" for example in rule.examples)
            yield from (f"- không phải: «{_flat(text)}»" for text in rule.rejects)
            yield ""


def _drafts() -> Iterator[str]:
    from extract.obligations.drafts import RULES

    yield "## Nhiệm vụ\n"
    for rule in RULES:
        yield f"### `{rule.name}`\n\n{rule.doc}\n"
        yield from (f"- «{_flat(example)}»" for example in rule.examples)
        yield ""


def _others() -> Iterator[str]:
    yield "## Viện dẫn\n"
    yield "### `citations.number`\n"
    yield (
        "Số và ký hiệu của văn bản khác, có từ chỉ loại đứng trước hoặc nằm trong một danh sách; ngày, nơi ban hành,"
        " trích yếu, điều khoản và quan hệ lấy từ mọi chỗ nhắc đến trong cùng phần. Từ ngữ:"
        " `corpus/lexicon/citations.toml`.\n"
    )
    yield "### `citations.name`\n"
    yield "Luật, bộ luật, pháp lệnh, đề án, văn kiện được dẫn bằng tên. Tên: `corpus/lexicon/acts.txt`.\n"


def _flat(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
