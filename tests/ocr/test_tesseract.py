"""Tesseract behind the door, and programs that fail in its place."""

import os
import stat

import numpy as np
import pytesseract
import pytest

from corpus.errors import DamagedError, LimitError, MissingToolError
from ocr.engines.tesseract import Tesseract, words_of, write_pgm

PAGE = np.full((60, 80), 255, np.uint8)

TSV = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "4\t1\t1\t1\t1\t0\t10\t20\t200\t30\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t10\t20\t50\t30\t96.5\tKính\n"
    "5\t1\t1\t1\t1\t2\t70\t20\t40\t30\t42.0\tgửi\t\n"
    "5\t1\t2\t1\t1\t1\t10\t90\t0\t0\t90\t“\n"
    "5\t1\t2\t1\t1\t2\t10\t90\t5\t5\t90\t \n"
)


def program(folder, monkeypatch, *lines):
    """A shell script in Tesseract's place; $2 is the output's name without its ending."""
    path = folder / "tesseract"
    path.write_text("\n".join(["#!/bin/sh", *lines]))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(path))


def read(timeout=20.0):
    return Tesseract().read(PAGE, dpi=200, timeout=timeout)


def test_words_keep_quotes_boxes_and_the_engines_lines():
    words = list(words_of(TSV))
    assert [word.text for word in words] == ["Kính", "gửi", "“"]
    assert (words[0].box.x0, words[0].box.bottom, words[0].confidence) == (10, 50, 0.965)
    assert [(word.block, word.line) for word in words] == [(0, 0), (0, 0), (1, 1)]
    assert words[2].box.x1 > words[2].box.x0


def test_crash_is_told_as_damage(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "echo boom >&2", "exit 1")
    with pytest.raises(DamagedError, match="boom"):
        read()


def test_death_by_signal_is_told_as_damage(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "kill -SEGV $$")
    with pytest.raises(DamagedError):
        read()


def test_no_output_is_told_as_damage(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(DamagedError, match="không ghi"):
        read()


def test_hanging_program_is_given_up(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(LimitError, match="giây"):
        read(timeout=0.3)


def test_missing_language_says_what_to_install(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "echo \"Failed loading language 'vie'\" >&2", "exit 1")
    with pytest.raises(MissingToolError) as told:
        read()
    assert "tesseract-ocr-vie" in told.value.remedy


def test_bad_bytes_are_told_as_damage(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, 'printf "level\\377\\376" > "$2.tsv"')
    with pytest.raises(DamagedError, match="UTF-8"):
        read()


def test_missing_program_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "none"))
    with pytest.raises(MissingToolError) as told:
        read()
    assert "apt-get" in told.value.remedy


def test_orientation_that_cannot_be_told_is_upright(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "echo 'Too few characters' >&2", "exit 1")
    assert Tesseract().orientation(PAGE, dpi=200, timeout=20) == (0, 0.0)


def test_settings_are_part_of_the_version():
    assert len({Tesseract().version, Tesseract().for_grain().version, Tesseract(page_segmentation=6).version}) == 3


def test_one_thread_a_process():
    assert os.environ["OMP_THREAD_LIMIT"]


def test_pgm_holds_the_pixels(tmp_path):
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)[:, ::2]
    write_pgm(image, tmp_path / "a.pgm")
    assert (tmp_path / "a.pgm").read_bytes() == b"P5\n2 3\n255\n" + bytes([0, 2, 4, 6, 8, 10])
