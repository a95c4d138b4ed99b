"""Figures to be reached: how they are printed, and by which words around them they are no mere statistics."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from extract.citations.words import any_of, plain
from extract.facts import Comparator, Target
from extract.rules import Found, Rules

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?|\d{1,7}(?:[.,]\d{1,3})?)"
PERCENT = r"(?:%|phần trăm|o/o)"
REACH = (
    r"(?:(?:đạt|đạt được|phấn đấu|phấn đấu đạt|đạt tỷ lệ|tỷ lệ|ở mức|là|có|bảo đảm|đảm bảo|còn|lên|xuống|"
    r"xuống còn) )?"
)

_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
NUMBER_WORD = "(?:" + "|".join(_WORDS) + ")"
_CLAUSE = re.compile(r"[.;\n](?= |$)|;")


_PAID = re.compile(
    r"\b(?:ho tro|bang|muc|chi tra|thanh toan|huong|trich)(?: (?:toi da|toi thieu|den|tu|bang|khong qua))* $"
)
"""Right in front of a share of money: «hỗ trợ 100% kinh phí», «bằng 90% tổng số tiền», «Mức 40% áp dụng»."""


_AT_LEAST = re.compile(r"(?:dat )?(?:toi thieu|it nhat|khong thap hon|khong duoi)\b")
_DUTY = re.compile(r"\b(?:bo tri|phan bo|bao dam|dam bao|danh|thuc hien|hoan thanh|dat|giai ngan|nang|giam|phan dau)\b")
"""What asks for the least share that stands in brackets behind: «bố trí vốn đối ứng (tối thiểu 10%)»."""


def essence(value: Target) -> tuple[object, ...]:
    """What an example of a target rule compares."""
    return (value.comparator, value.value, value.value_max, value.unit)


targets: Rules[Target] = Rules("targets", essence)
"""Every target rule; see docs/adding-a-rule.md."""


def aim(comparator: Comparator, value: float, unit: str = "%", *, top: float | None = None) -> Target:
    """An expected target for an example."""
    return Target("", comparator, value, unit, None, "", value_max=top)


def read_number(text: str) -> float | None:
    """A number as Vietnamese prints it: a point between thousands, a decimal comma; or in words up to ten.

    >>> read_number("1.500"), read_number("12,5"), read_number("hai"), read_number("99.5")
    (1500.0, 12.5, 2.0, 99.5)
    """
    text = text.strip().lower()
    if text in _WORDS:
        return float(_WORDS[text])
    for word, number in _WORDS.items():
        if plain(word) == text:
            return float(number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def percent(found: Found, comparator: Comparator) -> Target | None:
    """The percentage of a match as a target; None where the words around it speak of something else."""
    if not is_asked(found):
        return None
    value, top = read_number(found["value"]), read_number(found["top"]) if found["top"] else None
    if value is None or value > 1000:
        return None
    return Target("", comparator, value, "%", None, found.text, value_max=top)


def is_asked(found: Found) -> bool:
    """Whether the clause asks for the figure and does not report, price or allot it."""
    before = _CLAUSE.split(found.before)[-1]
    after = _CLAUSE.split(found.after)[0]
    bracketed = re.search(r"\((?:[a-z]+ ){0,2}$", before) and re.match(r"[^()]{0,30}\)", found.after)
    if bracketed and _AT_LEAST.match(plain(found.text)):
        return _DUTY.search(before) is not None and _PAID.search(before) is None
    if _rates().search(f"{before[-70:]} | {after[:70]}") or _PAID.search(before):
        return False
    words = plain(found.text)
    asked = _asked().search(before) or _asked().search(words) or words.startswith("la ")
    told = _told().search(before[-90:]) or re.match(r" *\)", found.after) or re.search(r"\([^()]{0,25}$", before)
    if told and not re.search(r"phan dau|muc tieu|chi tieu|ke hoach giao", before):
        return False
    if asked or found.cell:
        return True
    # «100% hồ sơ được xử lý», «tái sử dụng 100% dữ liệu»: what follows is what the share is of.
    return re.match(r" +(?:cac |so |cac co|tong )?[a-z]{2,}", after) is not None and not re.match(
        r" +(?:so voi|do|va |trong khi)", after
    )


@cache
def measures() -> dict[str, Any]:
    """``corpus/lexicon/measures.toml``."""
    path = resources.files("corpus").joinpath("lexicon/measures.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _rates() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(measures()['rates'])}\b")


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(measures()['told'])}\b")


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(measures()['asked'])}\b")
