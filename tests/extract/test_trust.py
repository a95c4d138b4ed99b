"""Counts become probabilities: few cases lean on the many, and a worse reading is never trusted more."""

from __future__ import annotations

import pytest

from extract import trust
from extract.harm import COSTS, ISSUES, LOOK

COUNTED = {
    "deadlines.due": {
        "good": {"clear": (190, 0), "poor": (0, 8)},
        "bad": {"clear": (2, 8)},
        "odd": {"mended": (40, 0), "clear": (0, 0)},
    }
}


def right(rule: str, reading: str = "clear") -> float:
    return trust.right("deadlines.due", rule, reading, COUNTED)


def test_a_rule_that_was_often_wrong_is_trusted_less_and_an_unknown_one_like_the_average() -> None:
    assert right("bad") < right("never counted") < right("good")
    assert 0.5 < right("bad") < 0.8


def test_a_worse_reading_is_never_trusted_more() -> None:
    sure = [right("good", reading) for reading in trust.READINGS]
    assert sure == sorted(sure, reverse=True)
    assert sure[3] < sure[0] - 0.1


def test_nothing_counted_is_the_usual_share() -> None:
    assert trust.right("targets.value", "any", "poor", {}) == pytest.approx(trust.USUAL)


@pytest.mark.parametrize("kind", trust.counted())
def test_what_was_counted_has_a_price_and_known_readings(kind: str) -> None:
    assert kind in COSTS
    for readings in trust.counted()[kind].values():
        assert set(readings) <= set(trust.READINGS)
        assert all(good >= 0 and bad >= 0 and good + bad for good, bad in readings.values())


def test_a_missed_day_or_number_costs_most_and_a_supporting_unit_never_a_look_alone() -> None:
    dearest = {kind for kind, cost in COSTS.items() if cost == max(COSTS.values())}
    assert dearest == {"documents.number", "documents.date", "deadlines.due", "obligations.due"}
    assert COSTS["obligations.support"] <= LOOK
    assert ISSUES["number-unreadable"] > LOOK > ISSUES["draft"]
