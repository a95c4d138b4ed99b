"""Reading order and tables of made scans kept beside the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from corpus.document import Document
from ocr.read import read
from ocr.tables.joining import text_of

SCANS = Path(__file__).parents[2].parent / "shared" / "scans-made"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SCANS.exists(), reason="the made scans are not here")]


@pytest.fixture(scope="module")
def letter() -> Document:
    return read(SCANS / "office" / "H06.pdf")


def place(document: Document, wanted: str) -> int:
    lines = [line.text for line in document.pages[0].lines]
    best = max(range(len(lines)), key=lambda at: fuzz.ratio(wanted, lines[at]))
    assert fuzz.ratio(wanted, lines[best]) > 75
    return best


def test_columns_of_a_real_layout_are_not_interleaved(letter: Document) -> None:
    (page,) = (p for p in json.loads((SCANS / "index.json").read_text()) if p["pdf"] == "office/H06.pdf")
    head = [line for line in page["lines"] if line[4] < 165]
    left = [place(letter, line[0]) for line in head if line[3] < 275]
    right = [place(letter, line[0]) for line in head if line[1] > 270]
    assert left == sorted(left)
    assert max(left) < min(right)


def test_a_printed_number_is_not_taken_for_ink(letter: Document) -> None:
    assert not [region for region in letter.pages[0].regions if region.kind == "handwriting"]


def test_ink_is_found_on_a_letter_with_a_handwritten_number() -> None:
    document = read(SCANS / "office" / "H07.pdf")
    assert [region for region in document.pages[0].regions if region.kind == "handwriting"]


def test_cells_of_a_scanned_table_over_two_pages() -> None:
    truth = json.loads((SCANS / "docs.json").read_text())["E"]["table"]
    pages = read(SCANS / "bad" / "E_app.pdf").pages
    wanted = [row for row, page in zip(truth["rows"], truth["page"], strict=True) if page in (9, 10)]
    found = [
        [text_of(page, cell) for cell in page.tables[0].cells if cell.row == at]
        for page, first in zip(pages, (1, 0), strict=True)
        for at in range(first, page.tables[0].rows)
    ]
    assert pages[1].tables[0].continues
    assert [len(row) for row in found] == [len(row) for row in wanted]
    body = [
        (a, b) for these, those in zip(found, wanted, strict=True) for a, b in zip(these[1:], those[1:], strict=True)
    ]
    assert sum(fuzz.ratio(a, b) > 80 for a, b in body) >= 0.95 * len(body)
