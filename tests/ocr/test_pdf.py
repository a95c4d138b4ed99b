"""Pages of PDF files: pictures, text layers, turned pages, and what people are shown."""

import functools

import numpy as np
import pikepdf
import pytest
from files import A4, drawn_page, image_pdf, text_pdf
from PIL import Image, ImageOps
from told import Told, word

from corpus.errors import UnsupportedError
from corpus.layout import Box
from ocr.files.pdf import PdfPage, open_pdf
from ocr.files.render import page_image
from ocr.limits import DEFAULTS
from ocr.read import read


def picture(path):
    with open_pdf(path, DEFAULTS) as document:
        page = PdfPage(document, 0)
        found = page.picture(DEFAULTS)
        page.close()
        return found


def test_embedded_image_comes_in_its_own_pixels(tmp_path):
    found = picture(image_pdf(tmp_path / "a.pdf", [drawn_page((1101, 1557))]))
    assert found.embedded
    assert found.pixels.shape == (1557, 1101)
    assert found.dpi == pytest.approx(1101 * 72 / 595, abs=0.5)


def test_colours_come_in_the_order_red_green_blue(tmp_path):
    pixels = picture(image_pdf(tmp_path / "a.pdf", [Image.new("RGB", (300, 424), (250, 130, 90))])).pixels
    assert abs(pixels[100, 100].astype(int) - (250, 130, 90)).max() < 6


def test_an_inverted_image_is_shown_as_it_prints(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [ImageOps.invert(drawn_page())])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.XObject.Im0.Decode = pikepdf.Array([1, 0])
        pdf.save(path)
    found = picture(path)
    assert found.pixels.mean() > 150


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path, rotate):
    image = drawn_page()
    image.paste(0, (0, 0, 300, 100))
    path = image_pdf(tmp_path / "a.pdf", [image], rotate=rotate)
    found = picture(path)
    shown = np.asarray(page_image(path, 1, dpi=72).convert("L"))
    assert found.embedded
    own = np.asarray(Image.fromarray(found.pixels).resize((shown.shape[1], shown.shape[0])))
    assert np.corrcoef(own.ravel(), shown.ravel())[0, 1] > 0.9


def test_boxes_of_a_turned_text_page_lie_where_it_is_shown(tmp_path):
    path = text_pdf(tmp_path / "a.pdf", [["Bao cao thang tu"]])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    page = read(path, engine=Told()).pages[0]
    box = functools.reduce(Box.cover, (each.box for line in page.lines for each in line.words))
    shown = np.asarray(page_image(path, 1, dpi=72).convert("L"))
    rows, columns = np.nonzero(shown < 128)
    assert (page.width, page.height) == (A4[1], A4[0])
    assert columns.mean() == pytest.approx((box.x0 + box.x1) / 2, abs=2)
    assert rows.mean() == pytest.approx((box.top + box.bottom) / 2, abs=5)


def test_a_caption_over_a_scan_is_a_region_not_text(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page()], layer=["Digitally signed by Office", "Date: 2026.04.03"])
    page = read(path, engine=Told(word("chữ"))).pages[0]
    assert (page.source, page.text) == ("ocr", "chữ")
    assert [(region.kind, "Office" in (region.text or "")) for region in page.regions] == [("caption", True)]


def test_pages_shown_to_people_are_turned_and_scaled(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page(), drawn_page()])
    assert page_image(path, 2, dpi=72).size == A4
    assert page_image(path, 1, dpi=36, rotation=90).size == (421, 298)
    drawn_page().save(tmp_path / "a.png", dpi=(133, 133))
    assert page_image(tmp_path / "a.png", 1, dpi=72).size == (596, 842)
    with pytest.raises(IndexError):
        page_image(path, 3, dpi=72)
    (tmp_path / "a.txt").write_text("chữ")
    with pytest.raises(UnsupportedError):
        page_image(tmp_path / "a.txt", 1, dpi=72)
