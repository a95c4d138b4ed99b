"""Letters among figures: whatever is made of such a place, a person is told to look."""

from __future__ import annotations

import pytest
from letters import LETTER, facts

BASIS = "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 16 tháng 8 năm 2025 của Chính phủ, để chuẩn bị"
TEXT = LETTER.replace("Để chuẩn bị", BASIS).replace("gửi danh mục", "rà soát 95% danh mục, gửi kết quả")


def unclear(text: str) -> list[tuple[str, ...]]:
    return [issue.alternatives for issue in facts(text).issues if issue.code == "figures-unclear"]


@pytest.mark.parametrize(
    ("printed", "damaged"),
    [
        ("20/3/2026", "2O/3/2026"),
        ("20/3/2026", "20/3/202b"),
        ("118/2025", "11B/2025"),
        ("118/2025", "118/Z025"),
        ("16 tháng 8 năm 2025", "|6 tháng 8 năm 2025"),
        ("16 tháng 8 năm 2025", "16 tháng 8 năm 2O25"),
        ("95", "9S"),
    ],
)
def test_a_letter_among_figures_is_told_with_the_likely_figures(printed: str, damaged: str) -> None:
    assert unclear(TEXT.replace(printed, damaged, 1)) == [(printed,)]


def test_plain_letters_have_none() -> None:
    assert unclear(TEXT) == []
    plain = "rà soát khoa B2, phòng 3B, mục II, Luật số 15/2023/QH15, từ 8h30 - 09h15, gửi"
    assert unclear(LETTER.replace("gửi danh mục", plain)) == []


def test_facts_beside_are_doubted() -> None:
    damaged = TEXT.replace("118/2025", "118/Z025").replace("95%", "9S%")
    found = facts(damaged)
    assert all(fact.needs_review for fact in found.citations if fact.value.number)
    assert all(fact.needs_review for fact in found.targets)


def test_a_letterhead_over_such_figures_is_doubted() -> None:
    (header,) = facts(LETTER.replace("215/SYT-NVY", "21b/SYT-NVY")).headers
    assert header.value.fields["number"].needs_review
