"""Red marks that lie over a page as pictures, in forms or as annotations."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pikepdf
import pytest
from files import A4, drawn_page, image_pdf, text_pdf
from PIL import Image
from told import Told

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.files.pdf import PdfPage, open_pdf
from ocr.limits import DEFAULTS
from ocr.read import read

PLAIN = ["Cong van ve viec bao cao ket qua thuc hien nhiem vu", "De nghi cac don vi gui bao cao dung han"] * 12


def stamp(colour=(200, 30, 40)):
    """«MAT» in a frame, as a picture of 200 × 80 pixels."""
    image = np.full((80, 200, 3), 255, np.uint8)
    cv2.rectangle(image, (4, 4), (195, 75), colour, 4)
    cv2.putText(image, "MAT", (50, 58), cv2.FONT_HERSHEY_DUPLEX, 1.6, colour, 3)
    return Image.fromarray(image)


def drawing(pdf, image, *, form=False):
    """The image as an object that fills the unit square, wrapped in a form or not."""
    data = io.BytesIO()
    image.save(data, "JPEG", quality=95)
    picture = pdf.make_stream(data.getvalue())
    picture.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": image.width,
            "/Height": image.height,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
        }
    )
    return wrapped(pdf, picture, (1, 1)) if form else picture


def wrapped(pdf, picture, size):
    form = pdf.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q".encode())
    form.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Form,
            "/BBox": [0, 0, *size],
            "/Resources": pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture)),
        }
    )
    return form


def with_picture(path, *, form):
    """A stamp of 60 × 24 points on the first page."""
    pdf = pikepdf.open(path, allow_overwriting_input=True)
    page = pdf.pages[0]
    page.Resources.XObject = page.Resources.get("/XObject", pikepdf.Dictionary())
    page.Resources.XObject.Stamp = drawing(pdf, stamp(), form=form)
    page.contents_add(b"q 60 0 0 24 90 690 cm /Stamp Do Q")
    pdf.save(path)
    return path


def with_annotation(path):
    pdf = pikepdf.open(path, allow_overwriting_input=True)
    look = wrapped(pdf, drawing(pdf, stamp()), (60, 24))
    mark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[90, 690, 150, 714],
        F=4,
        AP=pikepdf.Dictionary(N=look),
    )
    pdf.pages[0].Annots = pdf.make_indirect([pdf.make_indirect(mark)])
    pdf.save(path)
    return path


class Marks(Told):
    """Reads «MẬT» on the small sheets that marks are set on, and text on pages."""

    def read(self, image, *, dpi, timeout):
        self.images.append((image, dpi))
        if image.shape[0] < 300:
            return [ReadWord("MẬT", Box(60, 45, 160, 85), 0.9)]
        return [ReadWord("Kính", Box(200, 900, 280, 930), 0.9)]


def stamped_lines(path):
    document = read(path, engine=Marks())
    return [(line.text, line.kind, line.box) for line in document.pages[0].lines if line.kind == "stamp"]


@pytest.mark.parametrize("form", [False, True])
def test_a_red_mark_in_a_picture_over_printed_text_is_read(tmp_path, form):
    path = with_picture(text_pdf(tmp_path / "a.pdf", [PLAIN]), form=form)
    [(text, _, box)] = stamped_lines(path)
    assert text == "MẬT"
    assert box.x0 == pytest.approx(110, abs=25)
    assert box.top == pytest.approx(842 - 705, abs=12)


def test_a_red_mark_in_an_annotation_over_a_scan_is_read(tmp_path):
    path = with_annotation(image_pdf(tmp_path / "a.pdf", [drawn_page()]))
    assert [text for text, _, _ in stamped_lines(path)] == ["MẬT"]


def test_an_annotation_over_printed_text_too(tmp_path):
    path = with_annotation(text_pdf(tmp_path / "a.pdf", [PLAIN]))
    assert [text for text, _, _ in stamped_lines(path)] == ["MẬT"]


def test_nothing_is_rendered_where_nothing_lies_over_the_page(tmp_path):
    with open_pdf(text_pdf(tmp_path / "a.pdf", [PLAIN]), DEFAULTS) as pdf:
        assert not PdfPage(pdf, 0).is_stamped(images=True)


def test_a_picture_in_a_form_covers_what_it_is_drawn_over(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    pdf = pikepdf.open(path, allow_overwriting_input=True)
    page = pdf.pages[0]
    page.Resources.XObject = pikepdf.Dictionary(Fm=wrapped(pdf, page.Resources.XObject.Im0, (1, 1)))
    page.Contents = pdf.make_stream(f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Fm Do Q".encode())
    pdf.save(path)
    with open_pdf(path, DEFAULTS) as opened:
        assert PdfPage(opened, 0).image_cover() == pytest.approx(1.0)


def test_a_sheet_with_nothing_but_a_red_mark_is_not_blank(tmp_path):
    sheet = Image.new("RGB", (1240, 1754), "white")
    sheet.paste(stamp(), (400, 300))
    sheet.save(tmp_path / "a.png", dpi=(150, 150))
    assert [text for text, _, _ in stamped_lines(tmp_path / "a.png")] == ["MẬT"]


def test_a_mark_that_the_page_picture_shows_too_is_told_once(tmp_path):
    scan = drawn_page().convert("RGB")
    scan.paste(stamp(), (166, 237))
    path = with_annotation(image_pdf(tmp_path / "a.pdf", [scan]))
    assert [text for text, _, _ in stamped_lines(path)] == ["MẬT"]
