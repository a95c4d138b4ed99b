"""What holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.span import Span
from normalize.edits import by_line
from normalize.fold import fold
from normalize.quality import judge
from normalize.restore import restorer
from normalize.unicode import match_key

WORDS = ["Ke hoach", "trién khai", "Sở Y tế", "12/2025/NĐ-CP", "ngay 05/3/2026", "h6 so", "S&", "|", "QĐÐ", "a)",
         "-", "TTHC", "www.example.vn", "ng°Ýi", "®Þnh", "O\u0301", "\u00ad", "quý 11/2026", "(", "1a",
         "\u2028"]  # fmt: skip
DAMAGED = st.lists(st.sampled_from([*WORDS, "\n", "\n\n", "\f"]), max_size=24).map(" ".join)
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


@settings(max_examples=60, deadline=None)
@given(st.one_of(DAMAGED, ANY))
def test_repair_keeps_lines_and_pages_and_maps_back(text):
    repaired = restorer().repair(text)
    assert repaired.raw == text
    assert [line.count("\f") for line in repaired.text.split("\n")] == [line.count("\f") for line in text.split("\n")]
    for start in range(0, len(repaired.text), 7):
        span = repaired.to_raw(Span(start, min(start + 5, len(repaired.text))))
        assert 0 <= span.start <= span.end <= len(text)


@settings(max_examples=40, deadline=None)
@given(st.one_of(DAMAGED, ANY))
def test_lines_are_those_of_the_whole(text):
    rows = text.split("\n")
    whole = restorer().repair(text)
    parts = restorer().restore_lines(rows)
    assert [part.raw for part in parts] == rows
    assert "\n".join(part.text for part in parts) == whole.text
    assert [part.text for part in by_line(whole)] == whole.text.split("\n")


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_no_text_breaks_the_judge_or_the_key(text):
    assert 0 <= judge(text).score <= 1
    assert match_key(match_key(text)) == match_key(text)


@pytest.mark.parametrize("locked", ["12/2025/NĐ-CP", "05/3/2026", "https://example.vn/a?b=1", "1.250.000", "TTHC"])
@pytest.mark.parametrize(
    "around", ["Ke hoach {} thuc hien trong nam", "Ké hoach {} thuc hién trong ndm nay va trién khai"]
)
def test_locked_tokens_pass_through(locked, around):
    assert locked in restorer().repair(around.format(locked)).text


@pytest.mark.parametrize(
    "text",
    [
        "De nghi cac don vi bao cao ket qua thuc hien ve So Y te truoc ngay 20/11/2026",
        "Thanh phd giao S& Y té chu tri, phéi hop véi cac don vi lién quan trién khai",
        "QuyÕt ®Þnh cña Thñ t−íng ChÝnh phñ vÒ viÖc thµnh lËp Ban ChØ ®¹o",
    ],
)
def test_repair_is_idempotent(text):
    once = restorer().repair(text).text
    assert once != text
    assert restorer().repair(once).text == once


@given(st.text(max_size=60))
def test_fold_keeps_length(text):
    assert len(fold(text)) == len(text)
