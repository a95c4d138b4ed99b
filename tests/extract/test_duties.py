"""Invented documents of many offices (``duties/*.txt``), each with the duties that a careful clerk reads in it.

Below «=== việc phải làm» stands one duty a line: words of the task | chủ trì: A; B | phối hợp: C | hạn: 2026-05-25 |
kết quả: … | thừa kế (something is taken from above). «?» before it: may be told, «~»: must not be.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from letters import facts

from extract.facts import Obligation
from normalize.fold import fold

FOLDER = Path(__file__).parent / "duties"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
MARK = "=== việc phải làm\n"


@dataclass(frozen=True)
class Wanted:
    words: str
    mark: str
    fields: dict[str, str]

    @property
    def lead(self) -> list[str]:
        return bare(self.fields.get("chủ trì", "").split(";"))

    @property
    def support(self) -> list[str]:
        return sorted(bare(self.fields.get("phối hợp", "").split(";")))


def bare(units: object) -> list[str]:
    """Units without case and a leading «các»."""
    assert isinstance(units, (list, tuple))
    return [re.sub(r"^các ", "", unit.strip().casefold()) for unit in units if unit.strip()]


@cache
def written(name: str) -> tuple[str, tuple[Wanted, ...]]:
    text, _, rows = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition(MARK)
    return text, tuple(wanted(row) for row in rows.splitlines())


def wanted(row: str) -> Wanted:
    mark, row = (row[0], row[2:]) if row[:2] in {"? ", "~ "} else ("", row)
    words, *fields = (field.strip() for field in row.split("|"))
    pairs = [field.partition(":") for field in fields]
    return Wanted(words, mark, {key.strip(): value.strip() for key, _, value in pairs})


def wrapped(text: str) -> str:
    """The text in lines of 88 characters, as a page has them; rows of a table stay whole."""
    return "\n".join(
        textwrap.fill(line, 88, break_on_hyphens=False) if len(line) > 88 and not line.startswith("|") else line
        for line in text.split("\n")
    )


def told(duty: Obligation) -> tuple[object, ...]:
    due = str(duty.due) if duty.due else None
    return bare(duty.lead), sorted(bare(duty.support)), due, bool(duty.inherited)


@pytest.mark.parametrize("shape", [str, wrapped], ids=["long", "wrapped"])
@pytest.mark.parametrize("name", NAMES)
def test_every_duty_with_its_units_and_time(name: str, shape: type[str]) -> None:
    text, rows = written(name)
    duties = [fact.value for fact in facts(shape(text)).obligations if fact.value.tier != "general"]
    for row in rows:
        found = [duty for duty in duties if fold(row.words) in fold(duty.task)]
        if row.mark == "~":
            assert not found, row.words
        if not row.mark:
            assert found, row.words
            expected = (row.lead, row.support, row.fields.get("hạn"), "thừa kế" in row.fields)
            assert told(found[0]) == expected, row.words
            assert row.fields.get("kết quả") in {None, found[0].result}
        duties = [duty for duty in duties if duty not in found[:1]]
    assert [duty.task for duty in duties] == []
