"""congvan pdf: a searchable copy of one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from congvan import pipeline
from congvan.cli import main
from corpus.document import Document, Witness
from corpus.layout import Box, Line, Page, Word

HEAD = (
    "SỞ GIÁO DỤC TỈNH SÔNG NGÂN",
    "Số: 45/SGD-VP",
    "",
    "V/v kiểm kê sách trong thư viện trường",
    "",
    "Sông Ngân, ngày 5 tháng 4 năm 2026",
    "",
    "Kính gửi: Các trường trung học phổ thông.",
    "",
    "Sở đề nghị các trường kiểm kê sách và báo cáo trước ngày 30/4/2026.",
)


def printed(text: str, top: float) -> Line:
    words, x = [], 60.0
    for token in text.split():
        words.append(Word(token, 0, Box(x, top, x + 5 * len(token), top + 11), 0.99))
        x += 5 * len(token) + 5
    return Line.of(words) if words else Line("")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls the command on a picture whose reading is told beforehand."""
    monkeypatch.chdir(tmp_path)
    Image.new("L", (595, 842), 255).save(tmp_path / "thư.png")
    told = {"lines": HEAD, "witnesses": ()}

    def recognise(path: Path, **_: object) -> Document:
        lines = tuple(printed(text, 60 + 18 * at) for at, text in enumerate(told["lines"]))
        return Document("cd" * 32, path.name, (Page(1, 595, 842, lines, source="ocr"),), told["witnesses"])

    monkeypatch.setattr(pipeline, "recognise", recognise)

    def call(*words: str, code: int = 0, **tell: object) -> Result:
        told.update(tell)
        result = CliRunner().invoke(main, ["pdf", *words], catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return call


def test_a_copy_beside_the_file(run, tmp_path: Path):
    done = run("thư.png")
    assert done.stdout == "thư.tra-cuu.pdf\n"
    assert done.stderr == ""
    assert (tmp_path / "thư.tra-cuu.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_what_was_written_as_json(run):
    signed = (Witness("Lê Văn Thử", "Sở Giáo dục", "2026-04-06T08:00:00+07:00", "valid"),)
    done = run("thư.png", "-o", "x.pdf", "--json", witnesses=signed)
    told = json.loads(done.stdout)
    assert told == {
        "output": "x.pdf",
        "pages": 1,
        "title": "45/SGD-VP – kiểm kê sách trong thư viện trường",
        "pdfa": "PDF/A-2b",
        "obstacles": [],
        "kept_pages": [],
        "signatures_removed": 1,
    } | {"title": told["title"]}
    assert told["title"].startswith("45/SGD-VP – ")
    assert "chữ ký số; bản sao này không có" in done.stderr


def test_neither_the_original_nor_another_file_is_written_over(run, tmp_path: Path):
    before = (tmp_path / "thư.png").read_bytes()
    run("thư.png", "-o", "thư.png", "--force", code=2)
    assert (tmp_path / "thư.png").read_bytes() == before
    (tmp_path / "x.pdf").write_bytes(b"mine")
    run("thư.png", "-o", "x.pdf", code=2)
    assert (tmp_path / "x.pdf").read_bytes() == b"mine"
    run("thư.png", "-o", "x.pdf", "--force")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_a_secret_dispatch_is_not_copied(run, tmp_path: Path):
    run("thư.png", code=7, lines=(HEAD[0], "", "TỐI MẬT", "", *HEAD[1:]))
    assert list(tmp_path.glob("*.pdf*")) == []


def test_text_files_missing_files_and_places_that_cannot_be_written(run, tmp_path: Path):
    (tmp_path / "a.txt").write_text("Kính gửi", encoding="utf-8")
    assert "văn bản thuần" in run("a.txt", code=4).stderr
    run("không-có.pdf", code=2)
    assert "Không ghi được" in run("thư.png", "-o", "không/có/x.pdf", code=1).stderr
