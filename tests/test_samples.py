"""The sample scans all the way: from page images to facts, held against what a careful reader finds in them."""

import json
from pathlib import Path

import pytest

from congvan.evaluate import score
from congvan.pipeline import facts_json, read_file
from corpus.errors import SecretError

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
OPEN = sorted(path.stem for path in (SAMPLES / "scans").glob("0[1-8]*.pdf"))
TIERS = frozenset({"core", "organisation"})


def truth(name):
    return json.loads((SAMPLES / "truth" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    cache = tmp_path_factory.mktemp("ocr")
    return {name: facts_json(read_file(SAMPLES / "scans" / f"{name}.pdf", ocr_cache=cache)) for name in OPEN}


def test_every_sample_has_its_truth():
    assert len(OPEN) == 8
    assert {path.stem for path in (SAMPLES / "truth").glob("*.json")} == {*OPEN, "09-van-ban-mat"}


@pytest.mark.parametrize("name", OPEN)
def test_no_wrong_number_or_date_goes_unflagged(found, name):
    for wanted, got in zip(truth(name)["documents"], found[name]["documents"], strict=True):
        for field in ("number", "date"):
            assert got[field] == wanted[field] or got["needs_review"], field


def test_duties_deadlines_and_citations_of_all_samples(found):
    wanted, hit, false = {}, {}, {}
    for name in OPEN:
        result = score(name, truth(name), found[name], TIERS)
        for section in ("citations", "deadlines", "targets", "obligations"):
            wanted[section] = wanted.get(section, 0) + len(result.found[section]) + len(result.missed[section])
            hit[section] = hit.get(section, 0) + len(result.found[section])
            false[section] = false.get(section, 0) + len(result.false[section])
    assert hit["citations"] == wanted["citations"]
    assert hit["obligations"] >= 0.95 * wanted["obligations"]
    assert hit["deadlines"] >= 0.95 * wanted["deadlines"]
    assert hit["targets"] >= 0.85 * wanted["targets"]
    assert sum(false.values()) <= 0.12 * sum(wanted.values()), false


def test_every_fact_shows_where_it_stands(found):
    for facts in found.values():
        for section in ("citations", "deadlines", "targets", "obligations"):
            for fact in facts[section]:
                assert fact["boxes"], fact
                assert all(box[0] >= 1 and box[1] < box[3] and box[2] < box[4] for box in fact["boxes"])
                assert fact["rule"]


def test_secret_dispatch_is_stopped():
    with pytest.raises(SecretError, match="MẬT"):
        read_file(SAMPLES / "scans" / "09-van-ban-mat.pdf")
