"""Searchable copies: what is seen stays, what is found is the corrected text, at its place."""

import datetime as dt
import io
import math

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
from files import A4, drawn_page, image_pdf, text_pdf
from PIL import Image

from corpus.document import Document
from corpus.errors import UnsupportedError
from corpus.layout import Box, Line, Page, Region, Word
from corpus.span import Span
from normalize.edits import Edit, Repaired
from ocr.searchable.archival import About
from ocr.searchable.content import remove_unseen, silence
from ocr.searchable.layer import slope_of
from ocr.searchable.words import PlacedWord, placed_lines
from ocr.searchable.write import write_copy

ABOUT = About("45/KH-X – Kế hoạch", "Bản sao để tra cứu.", dt.datetime(2026, 5, 4, tzinfo=dt.UTC), "ab" * 32)


def line(text, top, *, x=80.0):
    words = []
    for token in text.split():
        words.append(Word(token, 0, Box(x, top, x + 6 * len(token), top + 12), 0.9))
        x += 6 * len(token) + 6
    return Line.of(words)


def document(*texts, source="ocr", size=A4, rotation=0, regions=()):
    """A document of a page for each text, its lines 20 points apart."""
    pages = []
    for number, text in enumerate(texts, 1):
        lines = tuple(line(row, 100 + 20 * at) for at, row in enumerate(text.split("\n")))
        pages.append(Page(number, *map(float, size), lines, regions=regions, source=source, rotation=rotation))
    return Document("ab" * 32, "a.pdf", tuple(pages))


def corrected(doc, *pairs):
    repaired = Repaired.untouched(doc.text)
    for old, new in pairs:
        at = repaired.text.index(old)
        repaired = repaired.then("sửa", [Edit(Span(at, at + len(old)), new, "thử")])
    return repaired


def found(path, number=0):
    """The words of a page as PDFium finds them."""
    with pdfium.PdfDocument(path) as opened:
        return opened[number].get_textpage().get_text_range().split()


def flow(path, number=0):
    """The same by pdfplumber, in the order of the content."""
    with pdfplumber.open(path) as opened:
        return [word["text"] for word in opened.pages[number].extract_words(use_text_flow=True)]


def seen(path, number=0):
    with pdfium.PdfDocument(path) as opened:
        return np.asarray(opened[number].render(scale=1).to_pil().convert("L"), int)


def test_words_share_merge_and_keep_their_places():
    doc = document("Uỷ bannhân dân x ã\nsố 4")
    repaired = corrected(doc, ("bannhân", "ban nhân"), ("x ã", "xã"))
    (rows,) = placed_lines(doc, repaired)
    assert [[word.text for word in row] for row in rows] == [["Uỷ", "ban", "nhân", "dân", "xã"], ["số", "4"]]
    _, ban, nhan, _, xa = (word.box for word in rows[0])
    assert ban.x1 < nhan.x0
    assert (ban.x0, nhan.x1) == (98, 140)
    whole = doc.pages[0].lines[0].words
    assert (xa.x0, xa.x1) == (whole[3].box.x0, whole[4].box.x1)


def test_pages_without_boxes_have_no_words():
    doc = Document("0" * 64, "a.txt", (Page(1, 0, 0, (Line("Kính gửi"),)),))
    assert placed_lines(doc, Repaired.untouched(doc.text)) == [[]]


def test_a_scan_keeps_its_image_and_says_only_the_corrected_text(tmp_path):
    source = image_pdf(tmp_path / "a.pdf", [drawn_page(), drawn_page(bars=3)], layer=["Uy bsn nhSn dAn"])
    doc = document("Uy ban nhân dân - xã\na 7 phụ trách", "trang hai", source="both")
    target = tmp_path / "b.pdf"
    copied = write_copy(source, doc, corrected(doc, ("Uy", "Ủy")), target, ABOUT)
    assert (copied.pages, copied.kept, copied.obstacles) == (2, (), ())
    wanted = ["Ủy", "ban", "nhân", "dân", "-", "xã", "a", "7", "phụ", "trách"]
    assert found(target) == flow(target) == wanted
    assert found(target, 1) == ["trang", "hai"]
    with pikepdf.open(source) as old, pikepdf.open(target) as new:
        assert new.check_pdf_syntax() == []
        for before, after in zip(old.pages, new.pages, strict=True):
            assert after.Resources.XObject["/Im0"].read_raw_bytes() == before.Resources.XObject["/Im0"].read_raw_bytes()
    assert (seen(source) == seen(target)).all()


def test_what_pdf_a_asks_for_is_there(tmp_path):
    source = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(source)
    write_copy(source, document("chữ"), corrected(document("chữ")), tmp_path / "b.pdf", ABOUT)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        with pdf.open_metadata() as xmp:
            assert xmp.pdfa_status == "2B"
            assert (xmp["dc:title"], xmp["dc:source"]) == (ABOUT.title, "urn:sha256:" + "ab" * 32)
            assert xmp["xmp:CreateDate"] == "2026-05-04T00:00:00+00:00"
        assert (pdf.docinfo["/Title"], pdf.Root.Lang, pdf.pdf_version) == (ABOUT.title, "vi", "1.7")
        assert "/OpenAction" not in pdf.Root
        assert not pdf.is_encrypted
        profile = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert profile[36:40] == b"acsp"
        fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
        assert {str(font.BaseFont) for font in fonts} == {"/CongvanUnseen"}
        assert "/FontFile2" in fonts[0].DescendantFonts[0].FontDescriptor


def test_the_same_reading_gives_the_same_bytes(tmp_path):
    source = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    doc = document("chữ")
    for name in ("b.pdf", "c.pdf"):
        write_copy(source, doc, corrected(doc), tmp_path / name, ABOUT)
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()


def test_a_right_text_layer_stays_as_it_is(tmp_path):
    source = text_pdf(tmp_path / "a.pdf", [["Gui bao cao", "ngay 5"]])
    doc = document("Gui bao cao\nngay 5", source="text-layer")
    copied = write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert copied.kept == (1,)
    with pikepdf.open(source) as old, pikepdf.open(tmp_path / "b.pdf") as new:
        assert new.pages[0].Contents.read_bytes() == old.pages[0].Contents.read_bytes()


def test_fonts_that_are_not_embedded_are_told_and_no_claim_is_made(tmp_path):
    source = text_pdf(tmp_path / "a.pdf", [["Gui bao cao"]])
    doc = document("Gui bao cao", source="text-layer")
    copied = write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert copied.obstacles == ("Trang 1 dùng phông chữ không nhúng trong tệp (Helvetica).",)
    with pikepdf.open(tmp_path / "b.pdf") as pdf, pdf.open_metadata() as xmp:
        assert xmp.pdfa_status == ""
    copied = write_copy(source, doc, corrected(doc), tmp_path / "c.pdf", ABOUT, as_images=True)
    assert (copied.obstacles, copied.kept) == ((), ())
    assert found(tmp_path / "c.pdf") == ["Gui", "bao", "cao"]
    with pikepdf.open(tmp_path / "c.pdf") as pdf, pdf.open_metadata() as xmp:
        assert xmp.pdfa_status == "2B"
        assert pdf.pages[0].Resources.XObject["/Scan"].ColorSpace == "/DeviceGray"
    assert abs(seen(source) - seen(tmp_path / "c.pdf")).mean() < 1


def test_text_that_is_seen_and_says_the_wrong_letters_falls_silent(tmp_path):
    source = text_pdf(tmp_path / "a.pdf", [["SA(1 LIEU", "ngay 5"]])
    doc = document("Số liệu\nngày 5", source="text-layer")
    write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert found(tmp_path / "b.pdf") == flow(tmp_path / "b.pdf") == ["Số", "liệu", "ngày", "5"]
    assert (seen(source) == seen(tmp_path / "b.pdf")).all()


def formed(path, content, *, inner=b""):
    """A PDF page that draws the form /A, which draws the form /B; the page shows a word of its own."""
    text_pdf(path, [["trang"]])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        fonts = pikepdf.Dictionary(F0=page.Resources.Font.F0)
        forms = {}
        for name, drawn in (("A", content), ("B", inner)):
            form = pdf.make_stream(drawn)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = pikepdf.Array([0, 0, *A4])
            forms[name] = form
        forms["A"].Resources = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary(**forms))
        forms["B"].Resources = pikepdf.Dictionary(Font=fonts)
        page.Resources.XObject = pikepdf.Dictionary(A=forms["A"])
        page.contents_add(pdf.make_stream(b" /A Do"))
        pdf.save(path)
    return path


def test_unseen_text_in_forms_within_forms_goes_and_seen_text_stays(tmp_path):
    source = formed(
        tmp_path / "a.pdf",
        b"BT /F0 9 Tf 60 300 Td (thay) Tj ET /B Do",
        inner=b"BT /F0 9 Tf 3 Tr 14 TL 60 200 Td (khuat) Tj T* (sau) ' 0 Tr T* (ro) Tj ET",
    )
    with pikepdf.open(source) as pdf:
        assert remove_unseen(pdf, pdf.pages[0])
        pdf.save(tmp_path / "b.pdf")
    assert found(source) == ["trang", "thay", "khuat", "sau", "ro"]
    assert found(tmp_path / "b.pdf") == ["trang", "thay", "ro"]
    assert (seen(source) == seen(tmp_path / "b.pdf")).all()
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert not remove_unseen(pdf, pdf.pages[0])


def test_forms_within_forms_fall_silent(tmp_path):
    source = formed(
        tmp_path / "a.pdf", b"BT /F0 9 Tf 60 300 Td (thay) Tj ET /B Do /A Do", inner=b"BT /F0 9 Tf (ro) Tj ET"
    )
    with pikepdf.open(source) as pdf:
        silence(pdf, pdf.pages[0])
        pdf.save(tmp_path / "b.pdf")
    assert found(tmp_path / "b.pdf") == []
    assert (seen(source) == seen(tmp_path / "b.pdf")).all()


def test_a_caption_that_is_seen_can_still_be_found(tmp_path):
    source = text_pdf(tmp_path / "a.pdf", [["Ky boi: Van thu"]])
    caption = Region("caption", Box(0, 0, 9, 9), "Ky boi: Van thu")
    doc = document("Kính gửi", regions=(caption,))
    write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert found(tmp_path / "b.pdf") == ["Kính", "gửi", "Ky", "boi:", "Van", "thu"]


def box_on_the_page(path, letter):
    """Where a letter stands on the shown page: left, top, right, bottom in points."""
    with pdfplumber.open(path) as opened:
        page = opened.pages[0]
        return next((c["x0"], c["top"], c["x1"], c["bottom"]) for c in page.chars if c["text"] == letter), page.width


@pytest.mark.parametrize(("rotate", "turn"), [(0, 0), (90, 0), (0, 90), (0, 180), (270, 180), (0, 270)])
def test_turned_pages_come_upright_with_words_at_their_places(tmp_path, rotate, turn):
    source = image_pdf(tmp_path / "a.pdf", [drawn_page()], rotate=rotate)
    size = A4[::-1] if (rotate + turn) % 180 else A4
    doc = document("ồ", size=size, rotation=turn)
    write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    box, width = box_on_the_page(tmp_path / "b.pdf", "ồ")
    assert width == size[0]
    assert box == pytest.approx((80, 100, 86, 112), abs=0.1)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_need_not_begin_at_the_origin(tmp_path, rotate):
    source = image_pdf(tmp_path / "a.pdf", [drawn_page()], rotate=rotate)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = pikepdf.Array([-30, 40, 400, 700])
        pdf.pages[0].CropBox = pikepdf.Array([10, 50, 500, 600])
        pdf.save(source, encryption=pikepdf.Encryption(owner="chủ", user=""))
    doc = document("ồ", size=(550, 390) if rotate % 180 else (390, 550))
    write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    with pdfium.PdfDocument(tmp_path / "b.pdf") as opened:
        page = opened[0]
        left, bottom, right, top = page.get_textpage().get_charbox(0)
    seen_at = {
        0: (left - 10, 600 - top),
        90: (bottom - 50, left - 10),
        180: (400 - right, bottom - 50),
        270: (600 - top, 400 - right),
    }[rotate]
    assert seen_at == pytest.approx((80, 100), abs=0.3)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert not pdf.is_encrypted


def test_lines_that_slope_carry_words_that_slope(tmp_path):
    angle = math.radians(3)
    words = [
        Box(80 + 50 * at, 100 + 50 * at * math.tan(angle), 110 + 50 * at, 112 + 50 * at * math.tan(angle))
        for at in range(8)
    ]
    assert slope_of([tuple(PlacedWord("chữ", box) for box in words)]) == pytest.approx(angle, abs=1e-3)
    doc = Document("ab" * 32, "a", (Page(1, *A4, (Line.of([Word("chữ", 0, box) for box in words]),), source="ocr"),))
    write_copy(image_pdf(tmp_path / "a.pdf", [drawn_page()]), doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    with pdfplumber.open(tmp_path / "b.pdf") as opened:
        matrix = opened.pages[0].chars[0]["matrix"]
    assert math.atan2(-matrix[1], matrix[0]) == pytest.approx(angle, abs=1e-3)
    assert slope_of([tuple(PlacedWord("chữ", Box(x, 9, x + 9, 19)) for x in (0, 200))]) == 0


def test_a_jpeg_goes_in_as_it_is_and_is_shown_as_its_camera_held_it(tmp_path):
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn_page((600, 400)).save(data, "JPEG", exif=exif)
    source = tmp_path / "a.jpg"
    source.write_bytes(data.getvalue())
    doc = document("ồ")
    write_copy(source, doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert pdf.pages[0].Resources.XObject["/Scan"].read_raw_bytes() == data.getvalue()
        assert pdf.pages[0].Rotate == 90
    box, width = box_on_the_page(tmp_path / "b.pdf", "ồ")
    assert width == 400
    assert box == pytest.approx((80, 100, 86, 112), abs=0.1)


def test_every_page_of_a_tiff_without_loss(tmp_path):
    bits = drawn_page((400, 566)).convert("1")
    bits.save(tmp_path / "a.tif", save_all=True, append_images=[drawn_page((400, 566), bars=2).convert("RGB")])
    doc = document("một", "hai")
    copied = write_copy(tmp_path / "a.tif", doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert copied.pages == 2
    assert (found(tmp_path / "b.pdf"), found(tmp_path / "b.pdf", 1)) == (["một"], ["hai"])
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        first = pikepdf.PdfImage(pdf.pages[0].Resources.XObject["/Scan"])
        assert (first.mode, first.size) == ("1", bits.size)
        assert np.array_equal(np.asarray(first.as_pil_image()), np.asarray(bits))


def test_a_text_file_has_no_pages_to_copy(tmp_path):
    (tmp_path / "a.txt").write_text("Kính gửi", encoding="utf-8")
    doc = document("Kính gửi")
    with pytest.raises(UnsupportedError, match="văn bản thuần"):
        write_copy(tmp_path / "a.txt", doc, corrected(doc), tmp_path / "b.pdf", ABOUT)
    assert not (tmp_path / "b.pdf").exists()
