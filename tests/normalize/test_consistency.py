"""What a document says with certainty elsewhere decides near toss-ups, and nothing else."""

import pytest

from normalize.consistency import in_agreement
from normalize.lattice import Chosen

SURE = [Chosen(0, 2, "Tổ", 9.0, None, -1.0), Chosen(3, 7, "Khoa", 9.0, None, -1.0)]


def nearly(*, lead=0.5, rival="Tổ", swappable=True):
    return [Chosen(0, 1, "Tự", lead, rival, -3.0, swappable), Chosen(2, 6, "Khoa", 9.0, None, -1.0)]


def test_a_toss_up_is_settled_by_the_rest_and_stays_in_doubt():
    [_, [settled, _]] = in_agreement([SURE, nearly()])
    assert (settled.text, settled.rival, settled.lead) == ("Tổ", "Tự", 0.0)


@pytest.mark.parametrize(
    "path",
    [nearly(lead=4.0), nearly(swappable=False), nearly(rival="Tủ"), nearly(rival=None)],
    ids=["clear", "another stretch", "a rival that nothing speaks for", "no rival"],
)
def test_other_readings_stay(path):
    assert in_agreement([SURE, path])[1] == path


def test_a_reading_that_is_seen_elsewhere_too_stays():
    witness = [Chosen(0, 2, "tự", 9.0, None, -1.0), Chosen(3, 7, "khoa", 9.0, None, -1.0)]
    assert in_agreement([SURE, witness, nearly()])[2] == nearly()
