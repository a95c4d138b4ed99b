"""Recognised words in, facts with quotes and boxes out: any change of a fact shows as a difference of a file.

``words.json`` is what the OCR stage gave for a sample, ``expected.json`` the facts made of it. No OCR runs here.
``pytest tests/golden --update-golden`` reads the samples anew and rewrites both; CI never does.
"""

import json
from pathlib import Path

import msgspec
import pytest

from congvan.pipeline import facts_json, read_file, understand
from corpus.document import Document
from corpus.layout import Page

HERE = Path(__file__).parent
SCANS = HERE.parents[1] / "corpus" / "samples" / "scans"
CASES = {
    "0001-two-letters-in-one-file": "01-khan-kem-van-ban",
    "0002-label-blocks": "02-ke-hoach-khoi-nhan",
    "0003-task-table-over-pages": "03-quyet-dinh-bang-nhiem-vu",
    "0004-recurring-reports": "04-thong-bao-bao-cao-dinh-ky",
    "0005-handwritten-number": "05-cong-van-den-so-viet-tay",
    "0006-born-digital": "06-ban-dien-tu",
    "0007-caption-only-layer": "07-lop-chu-ky-so",
    "0008-garbled-layer": "08-lop-chu-hong",
}


class Words(msgspec.Struct):
    """What is kept of a recognised document."""

    id: str
    name: str
    pages: tuple[Page, ...]


def write(folder, document, facts):
    folder.mkdir(exist_ok=True)
    words = msgspec.json.encode(Words(document.id, document.name, document.pages))
    (folder / "words.json").write_bytes(words + b"\n")
    (folder / "expected.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


@pytest.mark.parametrize("case", CASES)
def test_facts_of_recognised_words_stay(case, update_golden):
    folder = HERE / case
    if update_golden:
        reading = read_file(SCANS / f"{CASES[case]}.pdf")
        write(folder, reading.document, facts_json(reading))
    words = msgspec.json.decode((folder / "words.json").read_bytes(), type=Words)
    reading = understand(Document(words.id, words.name, words.pages))
    got = json.loads(json.dumps(facts_json(reading), ensure_ascii=False))
    assert got == json.loads((folder / "expected.json").read_text("utf-8"))
