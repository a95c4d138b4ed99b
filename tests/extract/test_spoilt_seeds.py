"""Real dispatches, spoilt as scanning and copying spoil them: nothing crashes, every span still quotes."""

import random
from collections.abc import Callable

import pytest
from letters import document, facts

from extract.facts import Facts

_LOOK_ALIKE = str.maketrans("01235689lIOSBĐđ", "OlZ3S0B6IlO580D")


def _lines_lost(lines: list[str], chance: random.Random) -> list[str]:
    return [line for line in lines if chance.random() > 0.2]


def _lines_shuffled(lines: list[str], chance: random.Random) -> list[str]:
    return chance.sample(lines, len(lines))


def _letters_misread(lines: list[str], chance: random.Random) -> list[str]:
    return ["".join(c.translate(_LOOK_ALIKE) if chance.random() < 0.2 else c for c in line) for line in lines]


def _blanks_lost(lines: list[str], chance: random.Random) -> list[str]:
    return ["".join(c for c in line if c != " " or chance.random() > 0.3) for line in lines]


def _cut_anywhere(lines: list[str], chance: random.Random) -> list[str]:
    text = "\n".join(lines)
    start = chance.randrange(len(text) // 2)
    return text[start : start + len(text) // 2].split("\n")


def _on_one_line(lines: list[str], chance: random.Random) -> list[str]:
    return [chance.choice((" ", "; ", " - ")).join(lines)]


def _marks_and_signs(lines: list[str], chance: random.Random) -> list[str]:
    return [
        line + chance.choice(("", "|", "\t", "(", "“", "//", "\u0000", "\u202e", "Điều 1.", "./.")) for line in lines
    ]


SPOILERS: list[Callable[[list[str], random.Random], list[str]]] = [
    _lines_lost, _lines_shuffled, _letters_misread, _blanks_lost, _cut_anywhere, _on_one_line, _marks_and_signs,
]  # fmt: skip


def spans_hold(found: Facts, length: int) -> bool:
    """Whether each fact's span lies in the text and holds something."""
    rows = (*found.citations, *found.deadlines, *found.targets, *found.obligations)
    return all(0 <= fact.span.start < fact.span.end <= length for fact in rows)


@pytest.mark.parametrize("spoil", SPOILERS)
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_spoilt_dispatch_is_read_to_its_end(
    number: str, spoil: Callable[[list[str], random.Random], list[str]], seed_text: Callable[[str], str]
) -> None:
    text = "\n".join(spoil(seed_text(number).split("\n")[:300], random.Random(number)))
    assert spans_hold(facts(text), len(document(text).text))
