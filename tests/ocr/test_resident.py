"""The resident Tesseract, and children that fail in its place."""

import os
import sys

import numpy as np
import pytesseract
import pytest

from corpus.errors import DamagedError, LimitError, MissingToolError
from ocr.engines import default as engines
from ocr.engines import resident
from ocr.engines.resident import Child, ResidentTesseract
from ocr.engines.tesseract import Tesseract

cv2 = pytest.importorskip("cv2")
PAGE = np.full((60, 80), 255, np.uint8)
READ = "import sys, json; line = sys.stdin.buffer.readline(); sys.stdin.buffer.read(60 * 80); "
TABLE = "level\\tpage\\tblock"


def child(*code):
    """A Python program in the child's place."""
    return Child([sys.executable, "-c", "\n".join(code)])


def read(own, timeout=20.0):
    return ResidentTesseract(child=own).read(PAGE, dpi=200, timeout=timeout)


def printed(text):
    """A page with one line of letters."""
    page = np.full((120, 1000), 255, np.uint8)
    return cv2.putText(page, text, (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 3)


def test_words_of_a_page():
    pytest.importorskip("tesserocr")
    words = ResidentTesseract().read(printed("Cong van 125"), dpi=200, timeout=60)
    assert [word.text for word in words][-1] == "125"
    assert words[0].box.x0 < words[-1].box.x0


def test_settings_of_one_page_do_not_stay_for_the_next():
    pytest.importorskip("tesserocr")
    engine = ResidentTesseract()
    page = printed("Cong van 125")
    before = engine.read(page, dpi=200, timeout=60)
    engine.for_grain().for_lines().read(255 - page, dpi=300, timeout=60)
    assert engine.read(page, dpi=200, timeout=60) == before


def test_one_child_serves_all_settings():
    engine = ResidentTesseract(child=Child([sys.executable]))
    assert engine.for_grain()._child is engine.for_lines()._child is engine._child
    assert len({engine.version, engine.for_grain().version, engine.for_lines().version}) == 3


def test_crash_is_told_as_damage_and_the_next_page_is_read(tmp_path):
    mark = tmp_path / "crashed"
    own = child(
        READ,
        f"import os, pathlib; first = not pathlib.Path({str(mark)!r}).exists(); pathlib.Path({str(mark)!r}).touch()",
        "if first: os.abort()",
        f"print(json.dumps({{'table': '{TABLE}'}}), flush=True)",
    )
    with pytest.raises(DamagedError, match="-6"):
        read(own)
    assert read(own) == []


def test_hanging_child_is_given_up():
    with pytest.raises(LimitError, match="giây"):
        read(child(READ, "import time; time.sleep(60)"), timeout=0.5)


def test_child_that_takes_no_page_is_given_up():
    own = child("import time; time.sleep(60)")
    big = np.full((2000, 2000), 255, np.uint8)
    with pytest.raises(LimitError, match="giây"):
        ResidentTesseract(child=own).read(big, dpi=200, timeout=0.5)


def test_child_that_ends_at_once_is_told_as_damage():
    with pytest.raises(DamagedError, match="mã 3"):
        read(child("raise SystemExit(3)"))


def test_bad_bytes_are_told_as_damage():
    with pytest.raises(DamagedError, match="UTF-8"):
        read(child(READ, "sys.stdout.buffer.write(bytes([255, 254, 10])); sys.stdout.flush()"))


def test_what_the_library_says_is_told():
    with pytest.raises(DamagedError, match="boom"):
        read(child(READ, "print(json.dumps({'damaged': 'boom'}), flush=True)"))


def test_missing_language_says_what_to_install():
    pytest.importorskip("tesserocr")
    with pytest.raises(MissingToolError) as told:
        ResidentTesseract("xyz").read(PAGE, dpi=200, timeout=20)
    assert "tesseract-ocr-xyz" in told.value.remedy


def test_missing_program_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "none"))
    with pytest.raises(MissingToolError) as told:
        ResidentTesseract().read(PAGE, dpi=200, timeout=20)
    assert "apt-get" in told.value.remedy


def test_child_of_a_forked_process_is_its_own():
    own = child("import sys\nfor line in sys.stdin.buffer: print('{}', flush=True)")
    own.ask(b"{}", b"", 20)
    process = own._process
    own._owner = os.getpid() + 1  # as a fork sees it
    own.ask(b"{}", b"", 20)
    assert own._process is not process
    assert process.poll() is None
    resident._end(process, os.getpid())


@pytest.mark.parametrize(
    ("installed", "told", "kind"),
    [(True, '"/data/" (2)', ResidentTesseract), (False, '"/data/" (2)', Tesseract), (True, "(2)", Tesseract)],
)
def test_library_is_taken_where_it_is_installed_and_finds_its_data(tmp_path, monkeypatch, installed, told, kind):
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\necho 'List of languages in {told}:'")
    program.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    monkeypatch.setattr(engines, "find_spec", lambda _name: installed or None)
    engines.default_engine.cache_clear()
    assert type(engines.default_engine()) is kind
    engines.default_engine.cache_clear()
