"""Deadlines at a calendar day: «trước ngày 15/10/2024», «chậm nhất 17 giờ ngày 20/6/2025», «đến hết ngày 30/9»."""

from __future__ import annotations

import re

from extract.deadlines.grammar import AT_HOUR, DAY, FULL_DAY, by, deadlines, due
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


_WROTE = re.compile(
    r"\b(?:co|ban hanh|gui) (?:cac )?(?:cong van|van ban|cong dien|thong bao|ke hoach) (?:so )?\d.* "
    r"(?:de nghi|yeu cau|giao) "
)
RECKONED = r"(?<!ubnd )(?<!hdnd )(?<!nhan dan )(?<!cac )(?<!thuoc )(?<!toan )(?<!cap )\btinh"
"""«tính», folded, where it is not «tỉnh»."""

_STATUS = re.compile(r"^,? ?(?:van |hien |moi )?(?:con|da|chua|chi|moi|co|toan|ca)\b(?! trach nhiem)")


_LABEL = re.compile(r"\b(?:thoi gian|thoi han|tien do)(?: [a-z]+){0,3} ?: ?$")


def is_asked_for(found: Found) -> bool:
    """Whether time is asked for here: a time cell, or right behind a label like «Thời gian thực hiện:»."""
    return found.cell or _LABEL.search(found.before) is not None


def is_narrative(found: Found, value: Deadline) -> bool:
    """Whether the words before tell of something done or of a condition, and ask for nothing."""
    if is_asked_for(found):
        return False
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
    rf"(?:hoàn thành |xong )?trước (?:{AT_HOUR})(?P<day>{DAY})",
    examples={
        "gửi về Bộ trước ngày 15/10/2024": due("2024-10-15", exclusive=True),
        "báo cáo về Sở trước ngày 05 tháng 6 năm 2026 để tổng hợp": due("2026-06-05", exclusive=True),
        "gửi trước 10 giờ 00 ngày 03/02/2022": due("2022-02-03", exclusive=True, hour="10:00"),
        "gửi trước 16h30 ngày 03/02/2022": due("2022-02-03", exclusive=True, hour="16:30"),
        "Hoàn thành trước ngày 20/7/2024.": due("2024-07-20", exclusive=True),
        "nộp hồ sơ trước 20.11.2024": due("2024-11-20", exclusive=True),
    },
    rejects=[
        "Công văn ban hành ngày 15/10/2024",
        "người lao động đã nghỉ việc trước ngày 01/01/2024",
        "trường hợp được cấp giấy phép trước ngày 01/7/2023",
    ],
    cues=["trước"],
    digits=True,
)
def before_day(found: Found) -> Deadline | None:
    """Trước một ngày: «trước ngày 15/10/2024», «trước 10 giờ 00 ngày 03/02/2022» (ngày in ra đã là quá hạn)."""
    value = by(found, found["day"], exclusive=True)
    return None if is_narrative(found, value) else value


@deadlines.rule(
    rf"(?:(?:thời hạn|hạn)[a-zà-ỹ ]{{0,40}}?)?(?:chậm nhất|muộn nhất)(?: là| đến| vào| trong| hết)*"
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
    duty = re.search(r"\b(?:han|hoan thanh|nhan|gop y|thoi gian|gui|nop|gia han|keo dai)\b", found.before[-60:])
    return value if found.cell or strict or duty else None


@deadlines.rule(
    rf"(?:hạn|thời hạn|hạn chót|hạn cuối(?: cùng)?)(?: (?:nộp|gửi|nhận|hoàn thành|báo cáo|trả lời|cuối|góp ý)"
    rf"(?: (?:hồ sơ|báo cáo|ý kiến|kết quả))?)?(?: là| đến| vào| trong)?(?: hết)? ?:? ?(?P<before>trước )?"
    rf"{AT_HOUR}(?P<day>{DAY})",
    examples={
        "Hạn nộp báo cáo: 15/8/2025": due("2025-08-15"),
        "Thời hạn gửi ý kiến là ngày 15 tháng 8 năm 2025": due("2025-08-15"),
        "Thời hạn hoàn thành: trước ngày 30/9/2025": due("2025-09-30", exclusive=True),
    },
    rejects=["Quyết định có thời hạn 5 năm"],
    cues=["hạn"],
    digits=True,
)
def term_day(found: Found) -> Deadline | None:
    """Hạn, thời hạn là một ngày: «Hạn nộp báo cáo: 15/8/2025»."""
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
    rf"^ ?(?:{AT_HOUR})(?P<day>{DAY}|{FULL_DAY}) ?[.;]?$",
    examples={"15/8/2025": due("2025-08-15"), "Ngày 20 tháng 9 năm 2025": due("2025-09-20")},
    rejects=["10.1", "27.12"],
    place="cell",
    digits=True,
)
def bare_day(found: Found) -> Deadline | None:
    """Một ngày đứng riêng trong ô thời gian: «15/8/2025»."""
    return by(found, found["day"])
