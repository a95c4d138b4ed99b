"""The spaCy frame: tokens, saving, and the JSON of facts."""

import json
from pathlib import Path

import jsonschema
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letters import DECISION, LETTER, document, facts, pipeline

from corpus.span import Span
from extract.pipeline import COMPONENTS, extract
from extract.report import facts_json
from normalize.edits import Edit, Repaired

SCHEMA = Path(__file__).parents[2].parent / "shared" / "eval" / "facts.schema.json"


@pytest.mark.parametrize(
    "whole",
    [
        "2121/QĐ-BYT",
        "57-NQ/TW",
        "30/2020/NĐ-CP",
        "26/6/2025",
        "06/2025",
        "11.5",
        "1.234,5",
        "95%",
        "15h30",
        "2021-2030",
    ],
)
def test_numbers_dates_and_symbols_stay_whole(whole: str) -> None:
    doc = pipeline().make_doc(f"(theo {whole}), sau đó.")  # type: ignore[attr-defined]
    assert whole in [token.text for token in doc]


def test_punctuation_is_cut_off() -> None:
    doc = pipeline().make_doc("Sở Y tế, “UBND tỉnh”; KT.GIÁM ĐỐC.")  # type: ignore[attr-defined]
    assert [token.text for token in doc] == [
        "Sở", "Y", "tế", ",", "“", "UBND", "tỉnh", "”", ";", "KT", ".", "GIÁM", "ĐỐC", ".",
    ]  # fmt: skip


def test_norm_is_the_folded_form() -> None:
    assert [token.norm_ for token in pipeline().make_doc("UỶ Đề")] == ["uy", "de"]  # type: ignore[attr-defined]


def test_the_pipeline_is_saved_and_loaded_as_spacy_does(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "model")  # type: ignore[attr-defined]
    back = spacy.load(tmp_path / "model")
    assert back.pipe_names == list(COMPONENTS)
    read = document(DECISION)
    assert extract(back, read, Repaired.untouched(read.text)) == facts(DECISION)


def test_json_follows_the_schema() -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema is kept beside the project")
    for text in (LETTER, DECISION, ""):
        read = document(text)
        result = facts_json(read, Repaired.untouched(read.text), facts(text))
        jsonschema.validate(json.loads(json.dumps(result)), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_json_points_to_page_line_and_quote() -> None:
    read = document("Trang bìa\f" + LETTER)
    first = facts_json(read, Repaired.untouched(read.text), facts(read))["documents"][0]
    number = first["fields"]["number"]
    assert (number["page"], number["line"], number["quote"]) == (2, 7, "Số: 215/SYT-NVY")


def test_spans_of_repaired_text_lead_back_to_boxes_of_the_raw() -> None:
    read = document(LETTER.replace("SỞ Y TẾ", "S0 Y TẾ"))
    at = read.text.index("S0 Y")
    repaired = Repaired.untouched(read.text).then("test", [Edit(Span(at, at + 2), "SỞ", "0 → Ở")])
    found = extract(pipeline(), read, repaired)  # type: ignore[arg-type]
    assert found.headers[0].value.issuer == "Sở Y tế tỉnh Cà Mau"


@given(st.text(alphabet="SốQĐ/-:.,; \n\fNƠInhậKTUBDGỐC0123456789ngàythámă", max_size=300))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_a_component_fail(text: str) -> None:
    found = facts(text)
    assert all(0 <= fact.span.start <= fact.span.end <= len(text) for fact in (*found.parts, *found.headers))
    assert len(found.headers) == sum(fact.value.kind == "document" for fact in found.parts)
