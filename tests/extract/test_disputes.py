"""Figures read in two ways: the facts over them show both and ask for a look."""

from dataclasses import replace

import pytest
from letters import LETTER, document, facts, scanned

from corpus.document import Document
from corpus.layout import Line, Word


def disputed(readings: dict[str, str]) -> Document:
    """The letter as scanned, some words with another reading."""
    read = scanned(LETTER, {})

    def word(each: Word) -> Word:
        other = readings.get(each.text)
        return replace(each, readings=(other,), confidence=0.5) if other else each

    def line(each: Line) -> Line:
        return replace(each, words=tuple(map(word, each.words)))

    return replace(read, pages=tuple(replace(page, lines=tuple(map(line, page.lines))) for page in read.pages))


def test_undisputed_letters_have_no_such_issue():
    assert not [issue for issue in facts(scanned(LETTER, {})).issues if issue.code == "figures-disputed"]
    assert not [issue for issue in facts(document(LETTER)).issues if issue.code == "figures-disputed"]


def test_a_deadline_over_a_disputed_day_shows_both_readings():
    found = facts(disputed({"20/3/2026./.": "26/3/2026./."}))
    (issue,) = [issue for issue in found.issues if issue.code == "figures-disputed"]
    assert issue.alternatives == ("26/3/2026",)
    assert "«20/3/2026» hay «26/3/2026»" in issue.message
    assert [fact.needs_review for fact in found.deadlines] == [True]


@pytest.mark.parametrize(
    ("printed", "other", "field"), [("215/SYT-NVY", "275/SYT-NVY", "number"), ("09", "08", "date")]
)
def test_a_letterhead_offers_the_other_reading(printed: str, other: str, field: str):
    found = facts(disputed({printed: other}))
    evidence = found.headers[0].value.fields[field]
    assert evidence.needs_review
    assert other in evidence.alternatives
    assert found.headers[0].needs_review


def test_other_spellings_without_figures_are_no_dispute():
    found = facts(disputed({"20/3/2026": "ngày"}))
    assert not [issue for issue in found.issues if issue.code == "figures-disputed"]
