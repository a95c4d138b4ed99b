"""Headers of the real letters kept beside the project, against their hand truth."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from letters import document, facts

from extract.report import facts_json
from normalize.edits import Repaired

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "facts"
FIELDS = (
    "number", "date", "doc_type", "issuer", "parent_issuer", "place", "urgency", "signer_name", "signer_title",
    "signing_authority", "addressees", "distribution", "incoming_number", "incoming_date", "relation_to_previous",
)  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_every_field_of_every_part(number: str, seed_text: Callable[[str], str]) -> None:
    read = document(seed_text(number))
    found = facts_json(read, Repaired.untouched(read.text), facts(read))["documents"]
    gold = json.loads((GOLD / f"{number}.json").read_text(encoding="utf-8"))["documents"]
    told = [{name: part[name] for name in FIELDS} for part in found]
    assert told == [{name: part[name] for name in FIELDS} for part in gold]


@pytest.mark.shared
def test_a_number_misread_from_a_slip_is_no_number(seed_text: Callable[[str], str]) -> None:
    headers = [fact.value for fact in facts(seed_text("001")).headers]
    assert [header.number for header in headers][2] is None
