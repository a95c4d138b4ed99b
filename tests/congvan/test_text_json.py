"""congvan text --json: everything that was read, with its place."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from congvan import pipeline
from congvan.cli import main
from congvan.text_json import text_json
from corpus.document import Document, Witness
from corpus.layout import Box, Cell, Line, Page, Region, Table, Word
from corpus.span import Span
from normalize.edits import Edit, Repaired

LINE = Line.of([Word("Só", 0, Box(1, 2, 3, 4), 0.61234), Word("12", 0, Box(4, 2, 6, 4), 0.5, ("17",))])
TABLE = Table((Cell(0, 1, Span(2, 3), 1, 2, Box(1, 5, 9, 8), continues=True),), 1, 3, Box(1, 5, 9, 8), ruled=False)
PAGES = (
    Page(1, 595, 842, (LINE, Line(""), Line("ô")), (TABLE,), (Region("seal", Box(0, 0, 5.1234, 5)),), "ocr", "Vì thế."),
    Page(2, 842, 595, (), source="ocr", reason="Không đọc được", rotation=90, unread=True),
)
DOCUMENT = Document("ab" * 32, "a.pdf", PAGES, (Witness("Lê Thử", "Sở Ba", "2026-04-06T08:00:00+07:00", "valid"),))
REPAIRED = Repaired.untouched(DOCUMENT.text).then("dấu", [Edit(Span(0, 2), "Số", "thử")])


def test_everything_that_was_read_is_told():
    told = text_json(DOCUMENT, REPAIRED)
    assert told["file"] == {"sha256": "ab" * 32, "name": "a.pdf", "pages": 2}
    assert told["text"] == "Số 12\n\nô\f"
    assert told["signatures"] == [
        {"signer": "Lê Thử", "organisation": "Sở Ba", "signed_at": "2026-04-06T08:00:00+07:00", "digest": "valid"}
    ]
    first, second = told["pages"]
    assert (first["source"], first["reason"], first["unread"]) == ("ocr", "Vì thế.", False)
    assert (second["rotation"], second["unread"], second["lines"]) == (90, True, [])
    assert first["lines"][0] == {
        "text": "Số 12",
        "raw": "Só 12",
        "kind": "text",
        "box": [1, 2, 6, 4],
        "words": [
            {"text": "Só", "start": 0, "box": [1, 2, 3, 4], "confidence": 0.612, "readings": []},
            {"text": "12", "start": 3, "box": [4, 2, 6, 4], "confidence": 0.5, "readings": ["17"]},
        ],
    }
    (table,) = first["tables"]
    assert (table["rows"], table["columns"], table["ruled"], table["continues"]) == (1, 3, False, False)
    assert table["cells"] == [
        {
            "row": 0,
            "column": 1,
            "row_span": 1,
            "column_span": 2,
            "continues": True,
            "lines": [2, 3],
            "box": [1, 5, 9, 8],
        }
    ]
    assert first["regions"] == [{"kind": "seal", "box": [0, 0, 5.12, 5], "text": None}]


def test_as_read(monkeypatch: pytest.MonkeyPatch, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    monkeypatch.setattr(pipeline, "recognise", lambda *_, **__: DOCUMENT)
    monkeypatch.setattr(pipeline, "repaired_text", lambda _: REPAIRED)
    for options, wanted in (((), "Số 12"), (("--raw",), "Só 12")):
        done = CliRunner().invoke(main, ["text", str(tmp_path / "a.pdf"), "--json", *options], catch_exceptions=False)
        line = json.loads(done.stdout)["pages"][0]["lines"][0]
        assert (line["text"], line["raw"]) == (wanted, "Só 12")
