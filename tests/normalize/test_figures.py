"""What is asked of the restorer, on the truth kept beside the project: limits a little above what is measured."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from normalize.fold import fold
from normalize.restore import restorer
from normalize.unicode import match_key

SHARED = Path(__file__).parents[2].parent / "shared"
EDGES = ".,;:()[]\"“”‘’'!?…-–*"

FIGURE = re.compile(r"(?<!\S)\d[\d./]+(?!\S)")

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the truth is kept beside the project")


def words(text):
    return [word for token in text.split() if (word := token.strip(EDGES))]


def share_wrong(true, got):
    wrong = sum(Levenshtein.distance(words(one), words(other)) for one, other in zip(true, got, strict=True))
    return wrong / sum(len(words(line)) for line in true)


@pytest.mark.parametrize(("seed", "most"), [("001", 0.024), ("004", 0.009)])
def test_stripped_dispatches_come_back(seed, most):
    [path] = (SHARED / "seeds").glob(f"{seed}_*.txt")
    lines = [match_key(line) for line in path.read_text("utf-8").splitlines()][:300]
    restored = restorer().restore_lines(fold(line) for line in lines)
    assert share_wrong(lines, [match_key(line.text) for line in restored]) <= most


def test_a_garbled_plan_is_read_and_no_figure_changes():
    rows = [row.split("\t") for row in (SHARED / "gold" / "restore_dev.tsv").read_text("utf-8").splitlines()[60:140]]
    restored = restorer().restore_lines(observed for _, observed, _ in rows)
    assert share_wrong([true for _, _, true in rows], [line.text for line in restored]) <= 0.03
    for line in restored:
        assert FIGURE.findall(line.text) == FIGURE.findall(line.raw)


@pytest.mark.parametrize("seed", ["000", "001", "002", "004"])
def test_right_text_stays(seed):
    [path] = (SHARED / "seeds").glob(f"{seed}_*.txt")
    text = path.read_text("utf-8")
    assert restorer().repair(text).text.split() == text.split()
