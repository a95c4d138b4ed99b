"""Deadlines at a calendar day: «trước ngày 15/10/2024», «chậm nhất 17 giờ ngày 20/6/2025», «đến hết ngày 30/9»."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.deadlines.grammar import (
    AT_HOUR,
    DAY,
    DAY_MISREAD,
    FULL_DAY,
    MISREAD_DAY,
    SHORT_DAY,
    by,
    deadlines,
    due,
    every,
    mended,
    read_day,
)
from extract.facts import Deadline
from extract.rules import Found

_NARRATIVE = re.compile(
    r"\b(?:da|duoc cap|duoc ban hanh|ban hanh|duoc ky|ky ket|phat sinh|sinh|thanh lap|duoc phe duyet|nop ho so|"
    r"tuyen dung|du an|truong hop|co hieu luc|hoat dong|tiep nhan|dang ky)(?: [a-z]+){0,3} $"
)
"""What stands before «trước ngày …» in a description of things past, where it is no deadline."""

_TASK = re.compile(
    r"\b(?:gui|bao cao|hoan thanh|nop|trinh|xong|tong hop|phan hoi|cung cap|thuc hien|de nghi|yeu cau)\b"
)


_EACH_YEAR = re.compile(
    r"[^.;\n]{0,90}?\b(?:hang|moi) nam\b(?! \d)|,? (?:doi voi|cho) bao cao (?:dinh ky )?(?:(?:0?6|sau) thang|nam\b)"
)
"""«… hằng năm» further on in the sentence: a day without its year comes back each year."""

LONG_AGO = 15
"""Years; a day so far back is history, no deadline with a misprinted year."""

_WROTE = re.compile(
    r"\b(?:co|ban hanh|gui) (?:cac )?(?:cong van|van ban|cong dien|thong bao|ke hoach) (?:so )?\d.* "
    r"(?:de nghi|yeu cau|giao) "
)
RECKONED = (
    r"(?:\btinh(?= (?:chung|ca|tu|toan|theo|trong|rieng|binh quan)\b)"
    r"|(?<!ubnd )(?<!hdnd )(?<!nhan dan )(?<!cac )(?<!thuoc )(?<!toan )(?<!cap )(?<!bao cao )(?<!trinh )\btinh(?= *$))"
)
"""«tính chung», «tính từ», «tính» right in front, folded; not «tỉnh» and «tỉnh ủy»."""

_STATUS = re.compile(r"^,? ?(?:van |hien |moi )?(?:con|da|chua|chi|moi|co|toan|ca)\b(?! trach nhiem)")


_LABEL = re.compile(r"\b(?:thoi gian|thoi han|tien do)(?: [a-z]+){0,3} ?: ?$")


def is_asked_for(found: Found) -> bool:
    """Whether time is asked for here: a time cell, or right behind a label like «Thời gian thực hiện:»."""
    return found.cell or _LABEL.search(found.before) is not None


def is_narrative(found: Found, value: Deadline) -> bool:
    """Whether the words before tell of something done or of a condition, and ask for nothing."""
    if is_asked_for(found):
        return False
    if found.reference and value.due and found.reference.year - value.due.year > LONG_AGO:
        return True
    clause = re.split(r"[.;:\n]", found.before)[-1]
    if re.search(r"\bda [a-z]+(?: [a-z]+)? $", clause):
        return True
    if found.reference and value.due and value.due < found.reference and _WROTE.search(clause):
        return True
    if _TASK.search(clause[-70:]) or re.match(r"(?:hoàn|hoan|xong)", found.text.lower()):
        return False
    if found.reference is None or value.due is None:
        return _NARRATIVE.search(clause) is not None
    return value.due < found.reference


@deadlines.rule(
    rf"(?:hoàn thành |xong )?trước (?:{AT_HOUR})(?P<day>{DAY}|{SHORT_DAY})",
    examples={
        "gửi về Bộ trước ngày 15/10/2024": due("2024-10-15", exclusive=True),
        "báo cáo về Sở trước ngày 05 tháng 6 năm 2026 để tổng hợp": due("2026-06-05", exclusive=True),
        "gửi trước 10 giờ 00 ngày 03/02/2022": due("2022-02-03", exclusive=True, hour="10:00"),
        "gửi trước 16h30 ngày 03/02/2022": due("2022-02-03", exclusive=True, hour="16:30"),
        "Hoàn thành trước ngày 20/7/2024.": due("2024-07-20", exclusive=True),
        "nộp hồ sơ trước 20.11.2024": due("2024-11-20", exclusive=True),
        "báo cáo quý I trước ngày 15/3, quý II trước ngày 15/6 hằng năm": (
            every("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", exclusive=True),
            every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
        ),
    },
    rejects=[
        "Công văn ban hành ngày 15/10/2024",
        "người lao động đã nghỉ việc trước ngày 01/01/2024",
        "trường hợp được cấp giấy phép trước ngày 01/7/2023",
        "giảm trước 1/3 số hộ",
    ],
    cues=["trước"],
    digits=True,
)
def before_day(found: Found) -> Deadline | None:
    """Trước một ngày: «trước ngày 15/10/2024», «trước 10 giờ 00 ngày 03/02/2022» (ngày in ra đã là quá hạn)."""
    bare = re.fullmatch(r"\d{1,2} ?/ ?\d{1,2}", found["day"])
    if bare and not (found.cell or found["hour"] or _TASK.search(found.before[-70:])):
        return None
    if _EACH_YEAR.match(found.after) and not re.search(r"\d{4}|/ ?\d\d$", found["day"]) and (yearly := _yearly(found)):
        return yearly
    value = by(found, found["day"], exclusive=True)
    return None if is_narrative(found, value) else value


def _yearly(found: Found) -> Deadline | None:
    numbers = re.findall(r"\d+", found["day"])
    if len(numbers) != 2 or read_day(f"{found['day']}/2024", None) is None:
        return None
    rrule = f"FREQ=YEARLY;BYMONTH={int(numbers[1])};BYMONTHDAY={int(numbers[0])}"
    return Deadline("recurring", found.text, "recurring", exclusive=True, rrule=rrule)


@deadlines.rule(
    rf"(?:(?:thời hạn|hạn)[a-zà-ỹ ]{{0,40}}?)?(?:chậm nhất|muộn nhất)(?: là| đến| vào| trong| hết| cuối)*"
    rf"(?P<before> trước)? {AT_HOUR}(?P<day>{DAY})",
    examples={
        "gửi báo cáo chậm nhất ngày 20/6/2025": due("2025-06-20"),
        "chậm nhất là ngày 20 tháng 6 năm 2025": due("2025-06-20"),
        "chậm nhất vào 17 giờ 00 ngày 20/6/2025": due("2025-06-20", hour="17:00"),
        "muộn nhất trước ngày 20/6/2025": due("2025-06-20", exclusive=True),
    },
    rejects=["chậm nhất trong các đơn vị là Sở A"],
    cues=["chậm nhất", "muộn nhất"],
    digits=True,
)
def latest_day(found: Found) -> Deadline | None:
    """Chậm nhất một ngày: «chậm nhất là ngày 20/6/2025» (tính cả ngày đó)."""
    return by(found, found["day"], exclusive=bool(found["before"]))


@deadlines.rule(
    rf"(?:đến|cho đến|không quá|không muộn hơn)(?: hết)? {AT_HOUR}(?P<day>{DAY})",
    examples={
        "thời gian nhận hồ sơ đến hết ngày 30/9/2025": due("2025-09-30"),
        "giải ngân hết kế hoạch vốn đầu tư đến hết ngày 31/01/2026": due("2026-01-31"),
        "hoàn thành không quá ngày 15 tháng 8 năm 2025": due("2025-08-15"),
        "góp ý đến 17 giờ ngày 30/9/2025": due("2025-09-30", hour="17:00"),
        "phấn đấu đến ngày 30/9/2025 giải ngân đạt tối thiểu 70%": due("2025-09-30"),
    },
    reference="2025-06-15",
    rejects=[
        "đến hết ngày 14/6/2025 còn 07 cơ quan chưa gửi",
        "số liệu tính đến ngày 30/6/2025",
        "tính từ 15/12/2024 đến ngày 14/6/2025",
        "Đến ngày: 31/3/2025",
    ],
    cues=["đến", "không quá", "không muộn"],
    digits=True,
)
def until_day(found: Found) -> Deadline | None:
    """Đến hết một ngày: «đến hết ngày 30/9/2025»; «tính đến ngày …» là mốc số liệu, không phải thời hạn."""
    if re.search(
        rf"(?:{RECKONED}|so lieu|\bke(?! hoach| khai)|(?<!dau )(?<!vat )(?<!thong )\btu|"
        r"thong ke|du no|luy ke)(?: [a-z/0-9,]+){0,6} $",
        found.before,
    ):
        return None
    value = by(found, found["day"])
    if found.reference and value.due and value.due <= found.reference and _STATUS.match(found.after):
        return None
    strict = re.search(r"hết|het|không|khong", found.text.lower()) is not None
    aimed = re.search(r"\bphan dau(?: [a-z]+){0,3} $", found.before) and re.match(
        r",? (?:dat|giai ngan|hoan thanh|co |giam|tang|thu )", found.after
    )
    duty = aimed or re.search(
        r"\b(?:han|hoan thanh|nhan|gop y|thoi gian|gui|nop|gia han|keo dai)\b", found.before[-60:]
    )
    return value if found.cell or strict or duty else None


@deadlines.rule(
    rf"(?:(?:hạn|thời hạn|hạn chót|hạn cuối(?: cùng)?)(?: (?:nộp|gửi|nhận|hoàn thành|báo cáo|trả lời|cuối|góp ý)"
    rf"(?: (?:hồ sơ|báo cáo|ý kiến|kết quả))?)?(?: là| đến| vào| trong)?(?: hết)? ?:?"
    rf"|(?:thời gian|tiến độ) (?:thực hiện|hoàn thành|báo cáo|gửi báo cáo|nộp|nộp hồ sơ) ?:|hoàn thành ?:)"
    rf" ?(?P<before>trước )?{AT_HOUR}(?P<day>{DAY})",
    examples={
        "Hạn nộp báo cáo: 15/8/2025": due("2025-08-15"),
        "Thời hạn gửi ý kiến là ngày 15 tháng 8 năm 2025": due("2025-08-15"),
        "Thời hạn hoàn thành: trước ngày 30/9/2025": due("2025-09-30", exclusive=True),
        "Thời gian hoàn thành: ngày 30/9/2025": due("2025-09-30"),
    },
    rejects=["Quyết định có thời hạn 5 năm"],
    cues=["hạn"],
    digits=True,
)
def term_day(found: Found) -> Deadline | None:
    """Hạn, thời hạn là một ngày: «Hạn nộp báo cáo: 15/8/2025»."""
    if found["before"] and _EACH_YEAR.match(found.after) and (yearly := _yearly(found)):
        return yearly
    return by(found, found["day"], exclusive=bool(found["before"]))


@deadlines.rule(
    rf"(?:hoàn thành|xong|gửi|báo cáo|trình|nộp|thực hiện)(?: [^,.;:()\n]{{1,60}}?)? (?:trong|vào) {AT_HOUR}"
    rf"ngày (?P<day>{FULL_DAY})",
    examples={
        "phải hoàn thành trong ngày 20/6/2025": due("2025-06-20"),
        "trình Ủy ban nhân dân tỉnh vào ngày 12 tháng 5 năm 2025": due("2025-05-12"),
    },
    rejects=["theo báo cáo ngày 20/6/2025 của Sở Y tế", "Sở đã gửi ngày 20/6/2025"],
    cues=["ngày"],
    reference="2025-01-02",
    digits=True,
)
def done_on_day(found: Found) -> Deadline | None:
    """Hoàn thành, gửi, trình trong một ngày sau ngày văn bản: «hoàn thành trong ngày 20/6/2025»."""
    value = by(found, found["day"])
    if re.search(r"\bda (?:[a-z]+ )?$", found.before):
        return None
    early = found.reference is not None and value.due is not None and value.due < found.reference
    return None if early and not found.cell else value


@deadlines.rule(
    rf"(?:^|(?<=[;,]) ?) ?(?:{AT_HOUR})(?P<day>{DAY}|{FULL_DAY}) ?(?=[.;,]|$)",
    examples={
        "15/8/2025": due("2025-08-15"),
        "Ngày 20 tháng 9 năm 2025": due("2025-09-20"),
        "20/3/2026; 20/9/2026": (due("2026-03-20"), due("2026-09-20")),
    },
    rejects=["10.1", "27.12"],
    place="cell",
    digits=True,
)
def bare_day(found: Found) -> Deadline | None:
    """Một ngày đứng riêng trong ô thời gian: «15/8/2025»."""
    return by(found, found["day"])


@deadlines.rule(
    rf"(?:,|và) (?:trước )?(?P<day>{DAY}|{SHORT_DAY})(?! (?:của|về|giữa))",
    examples={
        "báo cáo trước ngày 10/4/2026 và ngày 10/10/2026": (
            due("2026-04-10", exclusive=True),
            due("2026-10-10", exclusive=True),
        ),
    },
    rejects=["theo Công văn ngày 10/4/2026 và ngày 10/10/2026", "trước 1/3 và 1/4 số hộ"],
    cues=["và", ","],
    digits=True,
)
def one_more_day(found: Found) -> Deadline | None:
    """Ngày tiếp theo của cùng một hạn: «trước ngày 10/4/2026 và ngày 10/10/2026»."""
    first = _FIRST.search(found.before)
    if first is None:
        return None
    return by(found, found["day"], exclusive=first["sign"] == "truoc")


_FIRST = re.compile(
    r"\b(?P<sign>truoc|cham nhat|muon nhat)(?: (?:la|vao))? (?:ngay (?:\d{1,2}/\d{1,2}(?:/\d{4})?|"
    r"\d{1,2} thang \d{1,2}(?: nam \d{4})?)|\d{1,2}/\d{1,2}/\d{4})(?:, ?(?:ngay )?\d{1,2}/\d{1,2}(?:/\d{4})?)* ?$"
)
"""The first of several days, right in front."""


@deadlines.rule(
    rf"(?P<sign>trước|chậm nhất|muộn nhất|đến hết|hạn cuối|thời hạn)(?: là| đến| vào| hết)* ?:? ?"
    rf"{AT_HOUR}(?:ngày )?(?P<day>{MISREAD_DAY})",
    examples={"gửi về Sở trước ngày 2O/3/2026": due("2026-03-20", exclusive=True)},
    rejects=["gửi trước ngày soi/chụp", "gửi về Sở A"],
    cues=["trước", "nhất", "hết", "hạn"],
    confidence=0.5,
)
def misread_day(found: Found) -> Deadline | None:
    """Ngày có chữ cái lẫn vào chữ số («2O/3/2026»): đọc được, nhưng phải xem lại bản giấy."""
    printed = found["day"]
    digits = mended(printed)
    if digits == printed.lower() or sum(map(str.isdecimal, printed)) < 4:
        return None
    value = by(found, digits, exclusive=found["sign"].lower() in ("trước", "truoc"))
    return replace(value, anomaly=DAY_MISREAD.format(printed))
