"""Numbers and days that software draws over a finished page."""

import pikepdf
import pytest
from files import text_pdf
from pages import row
from told import Told

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.files.overlay import Overlay
from ocr.files.stored import pdf_pages
from ocr.ink.filled import blanks, fill
from ocr.limits import DEFAULTS
from ocr.read import read

HEAD = [*row("Số:", 80, 100), *row("/KH-UBND", 160, 100), *row("Sông Ngân, ngày", 300, 100)]
HEAD += [*row("tháng", 420, 100), *row("năm 2025", 490, 100)]


def unseen(_box):
    raise AssertionError("nothing had to be read")


def filled(words, *stamped, patches=(), look=unseen):
    overlay = Overlay(tuple(stamped), patches, unseen)
    return " ".join(word.text for word in fill(words, blanks(words, 842), overlay, look))


def stamp(text, x, top=100.0):
    return ReadWord(text, Box(x, top, x + 6 * len(text), top + 9), 1.0)


def test_digits_fill_the_blanks_that_they_stand_in():
    told = filled(HEAD, stamp("47", 110), stamp("05", 398), stamp("11", 460))
    assert told == "Số: 47 /KH-UBND Sông Ngân, ngày 05 tháng 11 năm 2025"


def test_specks_in_a_filled_blank_go():
    assert filled([*HEAD, *row("ˆ", 112, 100)], stamp("47", 110)).startswith("Số: 47 /KH-UBND")
    assert "ˆ" not in filled([*HEAD, *row("ˆ", 112, 100)], stamp("47", 110))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(stamp("47", 110, top=130), id="on another line"),
        pytest.param(stamp("Ký", 110), id="a caption"),
        pytest.param(stamp("47", 250), id="beside the blank"),
        pytest.param(stamp("0123456789", 100), id="no number of a dispatch"),
    ],
)
def test_what_is_no_number_in_the_blank_stays_out(other):
    assert filled(HEAD, other) == "Số: /KH-UBND Sông Ngân, ngày tháng năm 2025"


def test_a_number_that_is_printed_is_left_alone():
    assert blanks([*row("Số: 12/KH-UBND", 80, 100), *row("ngày 05 tháng 11 năm 2025", 300, 100)], 842) == []
    assert blanks([*row("ghi ngày tháng năm sinh", 80, 100)], 842) == []
    assert blanks([*row("ngày", 80, 700), *row("tháng", 140, 700)], 842) == []


def test_a_picture_in_the_blank_is_read_with_its_line_and_stays_in_doubt():
    looked = []

    def look(box):
        looked.append(box)
        return row("Số: 47/KH-UBND", 80, 100, confidence=0.97)

    words = fill(HEAD, blanks(HEAD, 842), Overlay((), (Box(100, 96, 130, 112),), unseen), look)
    assert words[1].text == "47"
    assert words[1].confidence == 0.85
    assert len(looked) == 1
    assert looked[0].x0 < 80
    assert looked[0].x1 > 160


def test_a_picture_of_which_the_line_is_not_read_gives_nothing():
    patches = (Box(100, 96, 130, 112),)
    assert filled(HEAD, patches=patches, look=lambda _: row("4T", 110, 100)).startswith("Số: /KH-UBND")


def field_pdf(path, content, resources):
    """A page with a blank number, over which a signed field of 40 × 14 points draws ``content``."""
    text_pdf(path, [["So:              /KH-UBND"]])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].Resources.Font.F0
        shown = pdf.make_stream(content.encode())
        shown.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 40, 14]})
        shown.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font)) if resources else pikepdf.Dictionary()
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String("Number"),
            F=4,
            Rect=[96, 757, 136, 771],
        )
        field.AP = pikepdf.Dictionary(N=shown)
        fields = pikepdf.Array([pdf.make_indirect(field)])
        pdf.pages[0].Annots = fields
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
        pdf.save(path)
    return path


def test_words_of_a_field_are_taken_as_they_stand(tmp_path):
    path = field_pdf(tmp_path / "a.pdf", "BT /F0 12 Tf 2 3 Td (181) Tj ET", resources=True)
    engine = Told()
    page = read(path, engine=engine).pages[0]
    assert page.lines[0].text == "So: 181 /KH-UBND"
    assert page.source == "text-layer"
    assert not engine.images


def test_a_picture_of_a_field_is_read_by_the_engine(tmp_path):
    path = field_pdf(tmp_path / "a.pdf", "4 2 3 10 re 12 2 3 10 re f", resources=False)
    engine = Told(*row("So: 11/KH-UBND", 20, 20))
    page = read(path, engine=engine).pages[0]
    assert page.lines[0].text == "So: 11 /KH-UBND"
    assert page.source == "both"
    assert "bằng ảnh" in page.reason
    image, _ = engine.images[0]
    assert image.min() == 0
    assert image.shape[1] > 3 * image.shape[0]


def test_a_field_is_found_after_its_page_was_drawn_with_annotations(tmp_path):
    path = field_pdf(tmp_path / "a.pdf", "BT /F0 12 Tf 2 3 Td (181) Tj ET", resources=True)
    for page in pdf_pages(path, DEFAULTS):
        page.stamped(images=False)
        overlay = page.overlay(page.layer())
        assert overlay is not None
        assert [word.text for word in overlay.words] == ["181"]
