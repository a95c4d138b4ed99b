"""One test over every registered rule: its examples, its rejects, its docstring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract.deadlines.reader
import extract.targets.counts  # noqa: F401  (each registers its rules)
from corpus.span import Span
from extract.deadlines.grammar import deadlines
from extract.reading import read_text
from extract.rules import Match, Rule, Rules, disjoint, spaced
from extract.targets.grammar import targets
from normalize.fold import fold

SETS: list[Rules[Any]] = [deadlines, targets]
TODAY = dt.date(2024, 9, 1)


def cases() -> Iterator[Any]:
    for rules in SETS:
        for rule in rules:
            for example, value in rule.examples.items():
                yield pytest.param(rules, rule, example, value, id=f"{rule.name}: {example}")


def refusals() -> Iterator[Any]:
    for rules in SETS:
        for rule in rules:
            for text in rule.rejects:
                yield pytest.param(rules, rule, text, id=f"{rule.name}: {text}")


def found(rules: Rules[Any], rule: Rule[Any], text: str) -> list[Match[Any]]:
    reference = rule.reference or TODAY
    return rules.find(read_text(text), reference=reference, cell=rule.place == "cell")


@pytest.mark.parametrize(("rules", "rule", "example", "value"), list(cases()))
def test_example_gives_its_value(rules: Rules[Any], rule: Rule[Any], example: str, value: object) -> None:
    matches = found(rules, rule, example)
    wanted = value if isinstance(value, tuple) else (value,)
    assert [rules.key(match.value) for match in matches] == [rules.key(one) for one in wanted]
    assert rule.name in {match.rule for match in matches}
    assert all(match.exact for match in matches)


@pytest.mark.parametrize(("rules", "rule", "example", "value"), list(cases()))
def test_example_survives_the_loss_of_marks(rules: Rules[Any], rule: Rule[Any], example: str, value: object) -> None:
    with_marks, without = found(rules, rule, example), found(rules, rule, fold(example))
    assert [match.span for match in without] == [match.span for match in with_marks]
    assert [rules.key(match.value) for match in without] == [rules.key(match.value) for match in with_marks]


@pytest.mark.parametrize(("rules", "rule", "text"), list(refusals()))
def test_reject_is_refused(rules: Rules[Any], rule: Rule[Any], text: str) -> None:
    matches = found(rules, rule, text)
    # A guard's rejects must give nothing at all; a rule's must not be read by that rule.
    assert [match.rule for match in matches if rule.read is None or match.rule == rule.name] == []


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.name)
def test_every_rule_explains_itself_and_has_both_kinds_of_examples(rules: Rules[Any]) -> None:
    for rule in rules:
        assert rule.doc, rule.name
        assert rule.rejects, rule.name
        assert rule.examples or rule.read is None, rule.name


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.name)
def test_two_rules_of_one_name_are_refused(rules: Rules[Any]) -> None:
    first = next(iter(rules))
    with pytest.raises(ValueError, match="two rules"):
        rules.guard(first.name.split(".")[1], "x", doc="x", rejects=["x"])


def test_overlaps_longest_then_confidence_then_first() -> None:
    def match(start: int, end: int, confidence: float = 0.9) -> Match[str]:
        return Match(Span(start, end), f"{start}-{end}", "r", confidence, exact=True)

    kept = disjoint([match(0, 4), match(2, 8), match(8, 10, 0.5), match(9, 11, 0.8), match(20, 22), match(21, 23)])
    assert [one.value for one in kept] == ["2-8", "9-11", "20-22"]


def test_a_match_is_worth_less_without_its_marks_and_little_with_others() -> None:
    texts = ("trước ngày 5/12/2024", "trươc ngay 5/12/2024", "truoc ngay 5/12/2024", "trứợc ngáy 5/12/2024")
    exact, partly, folded, other = (deadlines.find(read_text(text), reference=TODAY)[0].confidence for text in texts)
    assert exact > partly == folded > other
    assert deadlines.find(read_text("số hóa mọi quy trình báo cáo"), reference=TODAY) == []


def test_blank_in_a_pattern_stands_for_white_space_inside_of_a_block() -> None:
    assert spaced("a b ?c") == "a ++b *+c"
    [match] = deadlines.find(read_text("gửi trước\n ngày\u00a05/12/2024"), reference=TODAY)
    assert match.span == Span(4, 25)
    assert deadlines.find(read_text("gửi trước\n\nNgày 5/12/2024"), reference=TODAY) == []


WORDS = (
    "trước sau từ đến hết ngày tháng quý năm hằng định kỳ chậm nhất trong vòng kể 05 31 2025 15/10/2024 31/02/2025 IV"
    " % 100% 9999999 đạt tối thiểu trở lên Nghị quyết số 57-NQ/TW 03/NQ-CP của Bộ Y tế ; . , ( ) - – / 0 hai"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\f"])


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.name)
@pytest.mark.parametrize("cell", [False, True])
@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)))
def test_no_input_crashes_a_rule(rules: Rules[Any], cell: bool, text: str) -> None:
    for match in rules.find(read_text(text), reference=TODAY, cell=cell):
        assert 0 <= match.span.start < match.span.end <= len(text)
