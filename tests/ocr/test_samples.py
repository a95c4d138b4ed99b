"""Our own samples through the real engine: one page each."""

import shutil
from pathlib import Path

import pytest

from ocr.read import read

SCANS = Path(__file__).parents[2] / "corpus" / "samples" / "scans"

pytestmark = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


@pytest.mark.parametrize(
    ("name", "source", "number"),
    [("07-lop-chu-ky-so", "ocr", "1377/UBND-KGVX"), ("08-lop-chu-hong", "both", "703/SNV-CCHC")],
)
def test_scans_are_read_whatever_their_layer_says(name, source, number):
    page = read(SCANS / f"{name}.pdf").pages[0]
    assert page.source == source
    assert number in page.text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page.text
    assert "Ký bởi" not in page.text
    assert all(word.box is not None for line in page.lines for word in line.words)
