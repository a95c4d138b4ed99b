"""Cases as data: what is repaired, what is left alone, and what is known to fail."""

from pathlib import Path

import pytest

from normalize.restore import restorer

CASES = Path(__file__).parent / "cases"


def rows(name):
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [pytest.param(*line.split("\t")[:2], id=line.split("\t")[-1]) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("observed", "expected"), [*rows("in_the_wild"), *rows("synthetic")])
def test_damage_is_repaired(observed, expected):
    assert restorer().repair(observed).text == expected


@pytest.mark.parametrize(("text", "why"), rows("negative"))
def test_what_is_right_stays(text, why):
    assert restorer().repair(text).text == text, why


@pytest.mark.parametrize(
    ("observed", "expected"),
    [pytest.param(*row.values, id=row.id, marks=pytest.mark.xfail(strict=True)) for row in rows("known_failures")],
)
def test_known_failures_still_fail(observed, expected):
    assert restorer().repair(observed).text == expected
