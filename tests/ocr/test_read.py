"""The entry: what is read from which file, and what is refused, with which words."""

import pikepdf
import pytest
from files import drawn_page, image_pdf, text_pdf
from PIL import Image
from told import Failing, Told, Turning, word

from corpus.errors import DamagedError, LimitError, LockedError, MissingToolError, UnsupportedError
from corpus.layout import Box
from ocr.cache import Cache
from ocr.engine import ReadWord
from ocr.limits import Limits
from ocr.read import read


def test_text_is_kept_verbatim_with_its_pages(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("  Số:  12/KH-ABC \r\n\r\nHết trang\fTrang hai\n".encode())
    document = read(path)
    assert document.text == "  Số:  12/KH-ABC \n\nHết trang\fTrang hai\n"
    assert [page.source for page in document.pages] == ["file", "file"]
    first = document.pages[0].lines[0]
    assert [(each.text, each.start) for each in first.words] == [("Số:", 2), ("12/KH-ABC", 7)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_text(tmp_path, encoding):
    path = tmp_path / "a.md"
    path.write_bytes(("Kính gửi: Phòng Hành chính. Việc gấp.\n" * 3).encode(encoding))
    assert read(path).text.startswith("Kính gửi: Phòng Hành chính.")


def test_old_single_bytes_stay_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"C\xabng v\xa8n kh\xc8n")
    assert read(path).text == "C«ng v¨n khÈn"


def test_windows_1258_is_known_by_its_marks(tmp_path):
    path = tmp_path / "a.txt"
    marked = "Hop thu\u031b\u0301 hai, nghi\u0323 ba\u0301o, la\u0300 ngu\u031bo\u031b\u0300i, nha\u0300"
    path.write_bytes(marked.replace("u\u031b", "ư").replace("o\u031b", "ơ").encode("cp1258"))
    assert "ngươ\u0300i" in read(path).text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", DamagedError),
        (b"\x00" * 4000, DamagedError),
        (b"%PDF-1.7\n1 0 obj\n<< /Type", DamagedError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", DamagedError),
        (b"PK\x03\x04" + b"\x14" * 60, UnsupportedError),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 60, UnsupportedError),
        (bytes(range(256)) * 8, UnsupportedError),
    ],
)
def test_what_cannot_be_read_is_refused_in_vietnamese(tmp_path, data, error):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(error, match=r"[ệỏồạậ]"):
        read(path, engine=Told())


def test_encrypted_pdf_is_locked(tmp_path):
    image_pdf(tmp_path / "open.pdf", [drawn_page()])
    with pikepdf.open(tmp_path / "open.pdf") as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(LockedError, match="mật khẩu"):
        read(tmp_path / "locked.pdf", engine=Told())


def test_truncated_picture_is_damaged(tmp_path):
    drawn_page().save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[: len(data) // 3])
    with pytest.raises(DamagedError, match="cắt cụt"):
        read(tmp_path / "a.jpg", engine=Told())


def test_content_decides_not_the_name(tmp_path):
    image_pdf(tmp_path / "scan.txt", [drawn_page()])
    drawn_page().save(tmp_path / "picture.pdf", "PNG")
    assert read(tmp_path / "scan.txt", engine=Told(word("chữ"))).text == "chữ"
    assert read(tmp_path / "picture.pdf", engine=Told(word("chữ"))).text == "chữ"


def test_many_pages_come_one_by_one_with_progress(tmp_path):
    path = tmp_path / "a.tif"
    pages = [drawn_page() for _ in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    told = []
    document = read(path, engine=Told(word("chữ")), progress=lambda done, total: told.append((done, total)))
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)


def test_a_page_that_fails_does_not_stop_the_file(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page(bars=5), drawn_page(bars=6), drawn_page(bars=7)])
    document = read(path, engine=Failing(LimitError("quá lâu"), 1))
    assert [page.unread for page in document.pages] == [False, True, False]
    assert "quá lâu" in document.pages[1].reason
    assert document.text.count("\f") == 2


def test_a_file_of_which_no_page_can_be_read_fails(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    with pytest.raises(LimitError):
        read(path, engine=Failing(LimitError("quá lâu"), 0))


def test_a_missing_program_stops_at_once(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page(), drawn_page()])
    engine = Failing(MissingToolError("thiếu"), 0, 1)
    with pytest.raises(MissingToolError):
        read(path, engine=engine)
    assert engine.asked == 1


def test_blank_back_is_a_page_without_lines(tmp_path):
    engine = Told(word("rác"))
    page = read(image_pdf(tmp_path / "a.pdf", [Image.new("L", (1100, 1556), 250)]), engine=engine).pages[0]
    assert (page.lines, [region.kind for region in page.regions], page.unread) == ((), ["blank"], False)
    assert not engine.images


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(file_bytes=100), "MB"), (Limits(pages=1), "trang"), (Limits(pixels=10_000), "điểm ảnh")],
)
def test_limits(tmp_path, limits, message):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page(), drawn_page()])
    with pytest.raises(LimitError, match=message):
        read(path, engine=Told(), limits=limits)


def test_decompression_bomb_is_refused_before_it_is_decoded(tmp_path):
    Image.new("1", (3000, 3000)).save(tmp_path / "a.png")
    with pytest.raises(LimitError, match="3000×3000"):
        read(tmp_path / "a.png", engine=Told(), limits=Limits(pixels=8_000_000))


def test_born_digital_page_is_not_given_to_the_engine(tmp_path):
    engine = Told()
    page = read(text_pdf(tmp_path / "a.pdf", [["Report of the month", "Second line"]]), engine=engine).pages[0]
    assert page.source == "text-layer"
    assert page.text.split() == ["Report", "of", "the", "month", "Second", "line"]
    box = page.lines[0].words[0].box
    assert 70 < box.x0 < 76
    assert 70 < box.top < 84
    assert not engine.images


def test_a_sideways_page_is_turned(tmp_path):
    image = drawn_page((1556, 1100))
    image.paste(0, (0, 1060, 40, 1100))
    path = tmp_path / "a.png"
    image.save(path, dpi=(133, 133))
    engine = Turning(90, (1556, 1100))
    page = read(path, engine=engine).pages[0]
    assert (page.text, page.rotation) == ("đúng", 90)
    assert page.width < page.height


def test_lines_that_run_upwards_are_turned_though_they_read_well(tmp_path):
    image = drawn_page((1556, 1100))
    image.paste(0, (0, 1060, 40, 1100))
    image.save(tmp_path / "a.png", dpi=(133, 133))
    engine = Turning(90, (1556, 1100))
    upright = engine.read
    upwards = ReadWord("ngược", Box(100, 100, 120, 200), 0.96)
    engine.read = lambda image, **told: upright(image, **told) if image.shape == (1556, 1100) else (upwards,)
    page = read(tmp_path / "a.png", engine=engine).pages[0]
    assert (page.text, page.rotation) == ("đúng", 90)


def test_a_page_that_reads_well_is_not_asked_which_way_it_lies(tmp_path):
    drawn_page().save(tmp_path / "a.png", dpi=(133, 133))
    engine = Turning(0, (1556, 1100))
    engine.read = lambda image, **_: (word("đúng", confidence=0.9),)
    read(tmp_path / "a.png", engine=engine)
    assert engine.told == 0


def test_second_reading_comes_out_of_the_cache(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    cache, engine = Cache(tmp_path / "cache"), Told(word("lưu"))
    first = read(path, engine=engine, cache=cache)
    assert read(path, engine=engine, cache=cache) == first
    assert len(engine.images) == 1
    other = Told(word("khác"))
    other.version = "2"
    assert read(path, engine=other, cache=cache).text == "khác"


def test_spoilt_cache_is_as_good_as_none(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page()])
    cache = Cache(tmp_path / "cache")
    read(path, engine=Told(word("lưu")), cache=cache)
    for file in (tmp_path / "cache").rglob("*.msgpack"):
        file.write_bytes(b"\xc1 spoilt")
    assert read(path, engine=Told(word("lưu")), cache=cache).text == "lưu"
    assert read(path, engine=Told(word("lưu")), cache=Cache(path / "no-folder")).text == "lưu"
