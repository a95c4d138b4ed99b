"""Targets of a file: the figure, what it measures, by when; statistics and rates stay out."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import FOOT, MOTTO, facts

from extract.facts import Target

HEAD = f"""UBND TỈNH CÀ MAU
SỞ XÂY DỰNG

{MOTTO}
Số: 512/SXD-VP
Cà Mau, ngày 10 tháng 3 năm 2027

Kính gửi: Các phòng chuyên môn

"""


def aims(body: str) -> list[Target]:
    return [fact.value for fact in facts(f"{HEAD}{body}\n\n{FOOT}").targets]


def test_several_in_one_sentence_each_with_its_own_day() -> None:
    first, second, third = aims(
        "Phấn đấu đến hết năm 2027, 100% hồ sơ được số hóa, tỷ lệ trả đúng hạn đạt từ 95% trở lên; đến hết tháng 6 năm "
        "2028, trên 50% giao dịch được thanh toán trực tuyến."
    )
    assert (first.comparator, first.value, first.by) == ("=", 100, dt.date(2027, 12, 31))
    assert first.metric == "hồ sơ được số hóa"
    assert (second.comparator, second.value, second.by) == (">=", 95, dt.date(2027, 12, 31))
    assert second.metric == "tỷ lệ trả đúng hạn"
    assert (third.comparator, third.value, third.by) == (">", 50, dt.date(2028, 6, 30))


def test_a_year_that_stands_over_a_list() -> None:
    body = "II. CHỈ TIÊU\n\nNăm 2027\n\n- 80% hồ sơ được số hóa;\n\nĐến năm 2030\n\n- Đạt 90% tỷ lệ hồ sơ được số hóa."
    assert [(one.value, one.by) for one in aims(body)] == [(80, dt.date(2027, 12, 31)), (90, dt.date(2030, 12, 31))]


@pytest.mark.parametrize(
    "body",
    [
        "Trong năm qua Sở đã xử lý 96% hồ sơ.",
        "Đã tiếp nhận 520 hồ sơ (đạt 96%).",
        "Doanh nghiệp áp dụng thuế suất 10% trong 15 năm.",
        "Mô hình chính quyền 3 cấp được duy trì, trực 24/24 giờ.",
        "Sở cử 06 đơn vị tham gia.",
    ],
)
def test_what_is_no_target(body: str) -> None:
    assert aims(body) == []


def test_a_report_sets_targets_only_where_it_says_so() -> None:
    head = HEAD.replace("Kính gửi: Các phòng chuyên môn", "BÁO CÁO\nTình hình nhà ở")
    text = f"{head}100% hồ sơ được giải quyết.\n\nPhấn đấu 100% hồ sơ được số hóa.\n\n{FOOT}"
    assert [fact.value.metric for fact in facts(text).targets] == ["hồ sơ được số hóa"]


def test_a_misread_hundred_is_flagged() -> None:
    [fact] = facts(f"{HEAD}Tỷ lệ số hóa là IOO%.\n\n{FOOT}").targets
    assert (fact.value.value, fact.needs_review) == (100, True)


def test_a_target_inside_of_a_task_takes_its_time() -> None:
    body = "Giao Phòng Quản lý nhà số hóa 100% hồ sơ lưu trữ, hoàn thành trước ngày 30/9/2027."
    found = facts(f"{HEAD}{body}\n\n{FOOT}")
    [target] = found.targets
    assert target.value.by == dt.date(2027, 9, 30)
