"""Invented letters of many houses, each with all that a careful clerk reads in it: nothing missed, nothing added.

A letter is one file of `practice`: its text, the lines before which a page begins, and the facts. A header field that
a file does not name is not compared; citations, deadlines and targets are complete.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from letters import facts

from extract.facts import Facts

FOLDER = Path(__file__).parent / "practice"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def letter(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def read(name: str) -> Facts:
    lines = letter(name)["text"].strip("\n").split("\n")
    starts = [0, *letter(name).get("pages", ()), len(lines)]
    return facts("\f".join("\n".join(lines[a:b]) for a, b in pairwise(starts)))


def left_over(expected: list[dict[str, Any]], found: list[Any]) -> tuple[list[dict[str, Any]], list[Any]]:
    """What was not found, and what was found besides."""
    missed = []
    for wanted in expected:
        fitting = next((one for one in found if all(getattr(one, key) == value for key, value in wanted.items())), None)
        if fitting is None:
            missed.append(wanted)
        else:
            found.remove(fitting)
    return missed, found


@pytest.mark.parametrize("name", NAMES)
def test_headers(name: str) -> None:
    headers = [fact.value for fact in read(name).headers]
    expected = letter(name)["document"]
    assert len(headers) == len(expected)
    for header, wanted in zip(headers, expected, strict=True):
        plain = {key: tuple(value) if isinstance(value, list) else value or None for key, value in wanted.items()}
        assert {key: getattr(header, key) for key in wanted} == plain


@pytest.mark.parametrize("name", NAMES)
def test_citations(name: str) -> None:
    numbered = [fact.value for fact in read(name).citations if fact.value.number]
    found = {citation.number: citation for citation in numbered}
    assert left_over(letter(name).get("citation", []), list(found.values())) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_deadlines(name: str) -> None:
    assert left_over(letter(name).get("deadline", []), [fact.value for fact in read(name).deadlines]) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_targets(name: str) -> None:
    assert left_over(letter(name).get("target", []), [fact.value for fact in read(name).targets]) == ([], [])
