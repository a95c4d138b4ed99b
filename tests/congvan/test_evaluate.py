from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from congvan.cli import main
from congvan.evaluate import compare, score
from congvan.evaluating import change_lines, error_lines

DOCUMENT = {
    "part": 1, "number": "12/UBND-VP", "date": "2026-05-04", "doc_type": "công văn", "issuer": "Ủy ban nhân dân xã",
    "signer_name": None, "subject": "V/v kiểm đếm giếng khoan", "urgency": None, "addressees": ["Các thôn"],
}  # fmt: skip
GOLD = {
    "documents": [DOCUMENT],
    "citations": [{"part": 1, "number": "30/2020/NĐ-CP", "quote": "Nghị định số 30/2020/NĐ-CP", "line": 5}],
    "deadlines": [
        {"part": 1, "kind": "date", "text": "trước ngày 20/5/2026", "due": "2026-05-20", "rrule": None, "tier": "core"},
        {"part": 1, "kind": "ongoing", "text": "thường xuyên", "due": None, "rrule": None, "tier": "weak"},
    ],
    "targets": [{"part": 1, "text": "đạt 80% số giếng", "value": 80, "comparator": "=", "unit": "%", "tier": "core"}],
    "obligations": [{"part": 1, "ref": "1", "task": "Kiểm đếm giếng khoan trong thôn", "line": 9, "tier": "core"}],
    "ignore": [[40, 50]],
}


def found(**changes) -> dict:
    return {**copy.deepcopy(GOLD), **changes}


def rates(got: dict) -> dict[str, float | None]:
    return {name: rate["f1"] for name, rate in score("thư", GOLD, got).report()["rates"].items()}


def test_the_truth_itself_is_right():
    assert set(rates(found()).values()) == {1.0}


def test_facts_are_paired_by_what_they_say():
    got = found(
        citations=[{"part": 2, "number": "30/2020 / NĐ-CP", "quote": "x"}],
        deadlines=[{**GOLD["deadlines"][0], "text": "trước ngày 20/5"}, {**GOLD["deadlines"][0], "due": "2026-05-21"}],
        obligations=[{**GOLD["obligations"][0], "task": "KIỂM ĐẾM giếng khoan trong thôn, gửi xã"}],
        targets=[{**GOLD["targets"][0], "value": 8}],
    )
    result = score("thư", GOLD, got)
    assert result.rates("citations")[2] == 1.0
    assert result.rates("deadlines")[:2] == (0.5, 1.0)
    assert result.rates("obligations")[2] == 1.0
    assert result.rates("targets") == (0.0, 0.0, 0.0)


def test_other_tiers_count_neither_way():
    without = found(deadlines=GOLD["deadlines"][:1])
    assert score("thư", GOLD, without).rates("deadlines") == (1.0, 1.0, 1.0)


def test_places_without_truth_excuse_false_facts():
    extra = {"part": 1, "ref": "9", "task": "Một việc khác hẳn"}
    for line, false in ((45, 0), (60, 1)):
        got = found(obligations=[*GOLD["obligations"], {**extra, "line": line}])
        assert len(score("thư", GOLD, got).false["obligations"]) == false


@pytest.mark.parametrize(("review", "silent"), [(False, 1), (True, 0)])
def test_a_wrong_number_without_a_mark_is_the_worst(review: bool, silent: int):
    got = found(documents=[{**DOCUMENT, "number": "72/UBND-VP", "needs_review": review}])
    result = score("thư", GOLD, got)
    assert len(result.silent) == silent
    assert result.rates("headers")[2] < 1


def test_gains_and_losses_are_told_by_name():
    old = score("thư", GOLD, found(citations=[], obligations=GOLD["obligations"])).report()
    new = score("thư", GOLD, found(obligations=[])).report()
    change = compare(new, old)
    assert change.gains == ["citations · thư: 1 · 30/2020/ND-CP · Nghi dinh so 30/2020/ND-CP"]
    assert change.losses == ["obligations · thư: 1 · 1 · Kiem dem gieng khoan trong thon"]
    assert (change.new_false, change.gone_false) == ([], [])
    assert "  - obligations · thư: 1 · 1 · Kiem dem gieng khoan trong thon" in list(change_lines(change))


def test_the_command_scores_saved_predictions(tmp_path: Path):
    for folder, facts in (("gold", GOLD), ("pred", found(targets=[]))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "thư.json").write_text(json.dumps(facts), encoding="utf-8")
    call = ["evaluate", str(tmp_path / "gold"), "--predictions", str(tmp_path / "pred"), "--json"]
    first = CliRunner().invoke(main, call, catch_exceptions=False)
    report = json.loads(first.stdout)
    assert report["rates"]["targets"]["recall"] == 0
    (tmp_path / "old.json").write_text(first.stdout, encoding="utf-8")
    shown = CliRunner().invoke(main, [*call[:-1], "--against", str(tmp_path / "old.json")], catch_exceptions=False)
    assert "Mất đi: 0" in shown.stdout
    assert "silent_wrong 0" in shown.stdout


@pytest.mark.parametrize(("secrecy", "missed"), [("mật", 0), (None, 1)])
def test_a_secret_dispatch_that_was_stopped_misses_nothing(tmp_path: Path, secrecy: str | None, missed: int):
    (tmp_path / "gold").mkdir()
    (tmp_path / "pred").mkdir()
    gold = {**GOLD, "documents": [{**DOCUMENT, "secrecy": secrecy}]}
    (tmp_path / "gold" / "thư.json").write_text(json.dumps(gold), encoding="utf-8")
    call = ["evaluate", str(tmp_path / "gold"), "--predictions", str(tmp_path / "pred"), "--json"]
    result = CliRunner().invoke(main, call, catch_exceptions=False)
    assert len(json.loads(result.stdout)["missed"]["citations"]) == missed
    assert "thư.json" in result.stderr


def test_errors_are_told_one_by_one():
    wrong = {**copy.deepcopy(DOCUMENT), "number": "21/UBND-VP", "needs_review": False}
    lines = list(error_lines(score("thư", GOLD, found(documents=[wrong], targets=[]))))
    assert "Sót, targets: 1" in lines
    assert any(line.startswith("  !! sai mà không báo: thư: number") for line in lines)
    assert list(error_lines(score("thư", GOLD, found()))) == []
