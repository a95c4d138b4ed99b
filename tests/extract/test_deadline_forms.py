"""Deadlines as offices write them, each sentence with what a careful clerk enters for it."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.deadlines.grammar import due, essence, every, plain, within
from extract.deadlines.reader import read
from extract.facts import Deadline

DATED = dt.date(2026, 3, 10)
LAST_MONTHS = "FREQ=YEARLY;BYMONTH=3,6,9,12"

IN_TEXT = [
    ("Báo cáo gửi về Sở trước ngày 20/3/2026.", [due("2026-03-20", exclusive=True)]),
    ("Báo cáo gửi về Sở trước 16 giờ 30 phút ngày 20/3/2026.", [due("2026-03-20", exclusive=True, hour="16:30")]),
    ("gửi về Bộ trước 17h00, ngày 20 tháng 3 năm 2026", [due("2026-03-20", exclusive=True, hour="17:00")]),
    ("gửi về Bộ trước 17:00 ngày 20-3-2026", [due("2026-03-20", exclusive=True, hour="17:00")]),
    ("gửi về Bộ chậm nhất là 10 giờ ngày 20/3", [due("2026-03-20", hour="10:00")]),
    ("gửi về Bộ chậm nhất vào cuối ngày 20/3/2026", [due("2026-03-20")]),
    ("Thời hạn gửi báo cáo: Trước ngày 20/3/2026", [due("2026-03-20", exclusive=True)]),
    ("Thời gian hoàn thành: ngày 30/6/2026.", [due("2026-06-30")]),
    ("Thời hạn hoàn thành: Quý II năm 2026", [due("2026-06-30", kind="quarter")]),
    ("Hạn cuối nhận hồ sơ: 17h00 ngày 30/4/2026", [due("2026-04-30", hour="17:00")]),
    ("hoàn thành trong tháng 4/2026", [due("2026-04-30", kind="month")]),
    ("hoàn thành trước 30/6/2026", [due("2026-06-30", exclusive=True)]),
    ("hoàn thành xong trước 30 tháng 6 năm 2026", [due("2026-06-30", exclusive=True)]),
    ("xong trong quý III/2026", [due("2026-09-30", kind="quarter")]),
    ("trong 6 tháng đầu năm 2026", [within("2026-01-01", "2026-06-30")]),
    ("hoàn thành trong năm 2026", [due("2026-12-31", kind="year")]),
    ("Phấn đấu đến hết năm 2026 giải ngân 100%", [due("2026-12-31", kind="year")]),
    ("trước ngày 25 tháng cuối mỗi quý", [every("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", exclusive=True)]),
    ("trước ngày 05 tháng đầu của quý tiếp theo", [every("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", exclusive=True)]),
    ("gửi báo cáo hằng tháng (trước ngày 15)", [every("FREQ=MONTHLY;BYMONTHDAY=15", exclusive=True)]),
    ("báo cáo kết quả trước ngày 05 hằng tháng", [every("FREQ=MONTHLY;BYMONTHDAY=5", exclusive=True)]),
    ("báo cáo định kỳ hằng tháng vào ngày 20", [every("FREQ=MONTHLY;BYMONTHDAY=20")]),
    ("định kỳ ngày 20 hằng tháng báo cáo UBND tỉnh", [every("FREQ=MONTHLY;BYMONTHDAY=20")]),
    ("vào ngày 15 của tháng cuối quý", [every("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15")]),
    (
        "báo cáo quý (trước ngày 20 tháng cuối quý), báo cáo năm (trước ngày 15/12)",
        [
            every("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True),
        ],
    ),
    (
        "báo cáo 6 tháng gửi trước ngày 15/6, báo cáo năm gửi trước ngày 15/12 hằng năm",
        [
            every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True),
        ],
    ),
    (
        "định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12) báo cáo Sở Nội vụ",
        [
            every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True),
        ],
    ),
    (
        "Hằng năm, báo cáo kết quả trước ngày 31 tháng 12",
        [every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", exclusive=True)],
    ),
    (
        "định kỳ hằng năm báo cáo Thủ tướng Chính phủ trước ngày 15 tháng 01",
        [every("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", exclusive=True)],
    ),
    ("trước ngày 15/12 hằng năm gửi báo cáo", [every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", exclusive=True)]),
    ("trước quý II hằng năm, rà soát danh mục", [every("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", exclusive=True)]),
    ("báo cáo trước 15 giờ thứ Năm hằng tuần", [every("FREQ=WEEKLY;BYDAY=TH", exclusive=True, hour="15:00")]),
    ("báo cáo vào thứ Hai hằng tuần", [every("FREQ=WEEKLY;BYDAY=MO")]),
    ("gửi báo cáo tuần trước 14h00 thứ Sáu hàng tuần", [every("FREQ=WEEKLY;BYDAY=FR", exclusive=True, hour="14:00")]),
    ("báo cáo nhanh trước 16 giờ 00 hằng ngày", [every("FREQ=DAILY", exclusive=True, hour="16:00")]),
    ("Báo cáo hằng ngày trước 15h30", [every("FREQ=DAILY", exclusive=True, hour="15:30")]),
    ("trong vòng 05 ngày làm việc kể từ ngày nhận được Công văn này", [plain("relative")]),
    ("trong thời hạn 10 ngày, kể từ ngày Quyết định này có hiệu lực", [plain("relative")]),
    ("chậm nhất 03 ngày làm việc trước ngày tổ chức hội nghị", [plain("relative")]),
    ("chậm nhất sau 15 ngày kể từ ngày ký ban hành", [plain("relative", start="2026-03-10")]),
    ("trong 24 giờ kể từ khi nhận được thông tin", [plain("relative")]),
    ("báo cáo ngay khi phát sinh ca bệnh", [plain("conditional")]),
    ("báo cáo ngay sau khi kết thúc đợt kiểm tra", [plain("conditional")]),
    ("thực hiện từ ngày 15/3/2026 đến hết ngày 30/4/2026", [within("2026-03-15", "2026-04-30")]),
    ("tổ chức từ ngày 15 đến 20/4/2026", [within("2026-04-15", "2026-04-20")]),
    ("từ 8 giờ 00 ngày 01/4/2026 đến 17 giờ 00 ngày 05/4/2026", [within("2026-04-01", "2026-04-05")]),
    ("từ 8h00 ngày 01/4/2026 đến 17h00 ngày 05/4/2026", [within("2026-04-01", "2026-04-05")]),
    ("từ ngày 01 tháng 4 đến ngày 30 tháng 6 năm 2026", [within("2026-04-01", "2026-06-30")]),
    ("từ tháng 4 đến tháng 6 năm 2026", [within("2026-04-01", "2026-06-30")]),
    ("Thời gian thực hiện: từ quý II/2026 đến quý IV/2026", [within("2026-04-01", "2026-12-31")]),
    ("Thời gian thực hiện: Thường xuyên.", [plain("ongoing")]),
    ("Thời gian thực hiện: Hằng năm.", [every("FREQ=YEARLY")]),
    ("bắt đầu từ ngày 01/7/2026", [within("2026-07-01", None)]),
    ("kể từ ngày 01/7/2026 trở đi", [within("2026-07-01", None)]),
    ("hoàn thành vào giữa tháng 5/2026", [due("2026-05-15", kind="month")]),
    ("hoàn thành chậm nhất đầu quý III/2026", [due("2026-07-01", kind="quarter")]),
    ("Hoàn thành trong Quý 2/2026", [due("2026-06-30", kind="quarter")]),
    ("chậm nhất đến ngày 31/12/2026 phải xong", [due("2026-12-31")]),
    ("không muộn hơn ngày 15 tháng 5 năm 2026", [due("2026-05-15")]),
    ("gia hạn thời gian nộp đến ngày 15/5/2026", [due("2026-05-15")]),
    ("gửi trước 20/3", [due("2026-03-20", exclusive=True)]),
    ("gửi trong ngày 12/3/2026", [due("2026-03-12")]),
    ("gửi báo cáo vào ngày 12/3/2026", [due("2026-03-12")]),
    ("định kỳ 03 tháng một lần báo cáo kết quả", [every("FREQ=MONTHLY;INTERVAL=3")]),
    ("báo cáo định kỳ hằng quý, 6 tháng, năm", [every("FREQ=MONTHLY;INTERVAL=3")]),
    (
        "cam kết hoàn thành trước ngày 31/12/2026 và giải ngân trước ngày 31/01/2027",
        [due("2026-12-31", exclusive=True), due("2027-01-31", exclusive=True)],
    ),
    ("Hoàn thành: 31/5/2026", [due("2026-05-31")]),
    ("chậm nhất 31/3/2026", [due("2026-03-31")]),
    ("trước 31/3/2026 (qua Phòng Tổng hợp)", [due("2026-03-31", exclusive=True)]),
    ("Hạn hoàn thành 31/3/2026", [due("2026-03-31")]),
    ("Thời hạn: 31/3/2026", [due("2026-03-31")]),
    (
        "Thời gian báo cáo: trước ngày 15 tháng cuối quý",
        [every("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", exclusive=True)],
    ),
    (
        "báo cáo quý I trước ngày 15/3, quý II trước ngày 15/6 hằng năm",
        [
            every("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
        ],
    ),
    ("Đến năm 2030, đạt 100% số xã", [due("2030-12-31", kind="year")]),
    ("trong quý I hằng năm", [every("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31")]),
    ("vào tháng 6 và tháng 12 hằng năm", [every("FREQ=YEARLY;BYMONTH=6,12")]),
    ("tối đa không quá 30 ngày", [plain("relative")]),
    ("sau 30 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", [plain("relative")]),
    ("hoàn thành dứt điểm trong tháng 3", [due("2026-03-31", kind="month")]),
    ("hoàn thành trong quý II", [due("2026-06-30", kind="quarter")]),
    ("hoàn thành trước Quý III", [due("2026-07-01", exclusive=True, kind="quarter")]),
]

IN_CELLS = [
    ("06/2026", [due("2026-06-30", kind="month")]),
    ("30/6/2026", [due("2026-06-30")]),
    ("Trước 30/6/2026", [due("2026-06-30", exclusive=True)]),
    ("Quý II - Quý IV/2026", [within("2026-04-01", "2026-12-31")]),
    ("2026-2030", [within("2026-01-01", "2030-12-31")]),
    ("2030", [due("2030-12-31", kind="year")]),
    ("Năm 2026", [due("2026-12-31", kind="year")]),
    ("Hằng năm", [every("FREQ=YEARLY")]),
    ("Hàng quý", [every("FREQ=MONTHLY;INTERVAL=3")]),
    ("Thường xuyên", [plain("ongoing")]),
    ("Sau khi Nghị định được ban hành", [plain("conditional")]),
    ("Tháng 3-5/2026", [within("2026-03-01", "2026-05-31")]),
    ("T6/2026", [due("2026-06-30", kind="month")]),
    ("Q4/2026", [due("2026-12-31", kind="quarter")]),
    ("Trong tháng 4", [due("2026-04-30", kind="month")]),
    ("Xong trước 15/4", [due("2026-04-15", exclusive=True)]),
    ("Trước ngày 20 hàng tháng", [every("FREQ=MONTHLY;BYMONTHDAY=20", exclusive=True)]),
    ("Theo kế hoạch", [plain("relative")]),
    ("Cuối năm 2026", [due("2026-12-31", kind="year")]),
    ("Định kỳ", [every(None)]),
    ("Giai đoạn 2026 - 2030", [within("2026-01-01", "2030-12-31")]),
    ("Tháng 12 hằng năm", [every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")]),
    ("07 ngày kể từ ngày ký", [plain("relative", start="2026-03-10")]),
    ("Từ tháng 4/2026", [within("2026-04-01", None)]),
    ("15-20/4/2026", [within("2026-04-15", "2026-04-20")]),
    ("Ngày 15 - 20/4/2026", [within("2026-04-15", "2026-04-20")]),
    ("8h00, ngày 20/4/2026", [due("2026-04-20", hour="08:00")]),
    ("Trong năm 2026", [due("2026-12-31", kind="year")]),
    ("Quý I năm 2027", [due("2027-03-31", kind="quarter")]),
    ("Đến 31/12/2026", [due("2026-12-31")]),
    ("Hết năm 2026", [due("2026-12-31", kind="year")]),
]

NONE = [
    "đến hết nhiệm kỳ 2026 - 2031 phải hoàn thành",
    "áp dụng từ năm học 2026 - 2027",
    "gửi báo cáo ngày 12/3/2026 của Sở Y tế",
    "Chế độ báo cáo định kỳ năm 2026",
    "báo cáo định kỳ quý I/2026 của Sở",
    "Tổng kết công tác năm 2025",
    "đánh giá 6 tháng đầu năm 2026 của tỉnh",
    "Số liệu tính đến ngày 15/3/2026",
    "Tính đến hết tháng 02/2026, toàn tỉnh có 5 xã",
    "theo Kế hoạch số 12/KH-UBND ngày 05/01/2026",
    "Hội nghị khai mạc lúc 8 giờ 00 ngày 20/3/2026",
    "Nghị quyết giai đoạn 2021 - 2026",
    "thời gian chốt số liệu từ ngày 15 tháng trước đến ngày 14 của tháng báo cáo",
    "hoàn thành trước thềm Đại hội",
]


def values(text: str, *, cell: bool = False) -> list[object]:
    return [essence(value) for _, value in read(text, reference=DATED, cell=cell)]


@pytest.mark.parametrize(("text", "expected"), IN_TEXT, ids=[text for text, _ in IN_TEXT])
def test_running_text(text: str, expected: list[Deadline]) -> None:
    assert values(text) == [essence(value) for value in expected]


@pytest.mark.parametrize(("text", "expected"), IN_CELLS, ids=[text for text, _ in IN_CELLS])
def test_time_cells(text: str, expected: list[Deadline]) -> None:
    assert values(text, cell=True) == [essence(value) for value in expected]


@pytest.mark.parametrize("text", NONE)
def test_no_deadline(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("gửi về Sở trước ngày 2O/3/2026", dt.date(2026, 3, 20)),
        ("gửi về Sở chậm nhất ngày l5 tháng 4 năm 2026", dt.date(2026, 4, 15)),
        ("gửi về Sở trước ngày 20/l3/2026", None),
        ("gửi về Sở trước ngày 31 tháng 02 năm 2026", None),
        ("gửi về Sở trước ngày 20/3", dt.date(2026, 3, 20)),
        ("gửi về Sở trước ngày 20/3/2025", dt.date(2025, 3, 20)),
    ],
)
def test_a_day_that_was_not_read_for_certain_says_so(text: str, day: dt.date | None) -> None:
    ((_, value),) = read(text, reference=DATED)
    assert value.due == day
    assert value.anomaly
