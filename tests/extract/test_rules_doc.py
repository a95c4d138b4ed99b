"""The pages about rules hold true: every rule is listed, and the recipe for a new one works in ten lines."""

import re
from pathlib import Path

from extract.deadlines import dates as deadlines_dates
from extract.deadlines import reader as deadlines
from extract.deadlines.grammar import deadlines as deadline_rules
from extract.deadlines.grammar import essence
from extract.facts import Deadline
from extract.reading import read_text
from extract.rules import Rules
from extract.targets import counts as targets_rules
from extract.targets.grammar import targets as target_rules

DOCS = Path(__file__).parents[2] / "docs"


def test_every_rule_is_listed_with_what_it_says() -> None:
    assert deadlines
    assert targets_rules
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    for rule in (*deadline_rules, *target_rules):
        assert f"### `{rule.name}`" in page, "run scripts/rules_doc.py"
        assert " ".join(rule.doc.split()) in page, "run scripts/rules_doc.py"


def test_the_recipe_adds_a_rule_in_ten_lines() -> None:
    [code] = re.findall(r"```python\n(.*?)```", (DOCS / "adding-a-rule.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(code.splitlines()) <= 10
    own: Rules[Deadline] = Rules("deadlines", essence)
    exec(code, {**vars(deadlines_dates), "deadlines": own})
    [rule] = own
    for example, value in rule.examples.items():
        assert [essence(match.value) for match in own.find(read_text(example))] == [essence(value)]
    for text in rule.rejects:
        assert own.find(read_text(text)) == []
