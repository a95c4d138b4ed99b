"""Our own pages, without a browser."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from sites import Get, Site, fetch, invented

from corpus.document import Document
from corpus.layout import Box, Region
from web.evidence import Group, groups_of, ink, page_views


def test_the_start_page_says_who_must_do_what(get: Get, site: Site) -> None:
    page = get("/").text
    assert "Ai phải làm gì, trước ngày nào" in page
    late = get("/congvan/qua_han.json?_shape=objects").json()["rows"]
    assert late
    assert re.search(rf"cv-late[^>]*><b>{len(late)}</b><span>quá hạn", page)
    assert re.search(r"<b>3</b> tệp đã thả\s*=\s*<a [^>]*>2 cần xem</a> \+ <a [^>]*>1 văn bản mật</a>", page)
    assert f"/van-ban/{site.scan}" in page
    units = re.findall(r'don_vi=[^"]*"><span>([^<]+)</span><small>[^<]*</small><b>(\d+)</b>', page)
    assert units == [("Bảo tàng tỉnh", "4"), ("Thư viện tỉnh", "4")]


def test_an_empty_database_says_what_to_do(tmp_path, site: Site) -> None:
    from db.store import Store

    Store(tmp_path / "congvan.db").close()
    page = fetch(Site(tmp_path / "congvan.db", "", "").datasette(), "/").text
    assert "Chưa có văn bản nào" in page
    assert "congvan ingest" in page


def test_a_document_shows_each_fact_beside_its_box(get: Get, site: Site) -> None:
    page = get(f"/van-ban/{site.scan}").text
    ids = re.findall(r'<li class="cv-fact" id="k-(\w+)"', page)
    assert len(ids) == 3 + 2 + 1 + 1 + 5 + 1
    for fact in ids:
        assert f'href="#k-{fact}"' in page, "a box or a mark leads to the card"
        assert f'href="#{fact}" data-go="{fact}"' in page, "the card leads back"
        assert len(re.findall(rf'id="{fact}"', page)) == 1
    assert "Cũng có thể đọc là: 46/SVH-VP" in page
    assert "không nêu thời hạn" in page


def test_boxes_stand_where_the_words_are(get: Get, site: Site) -> None:
    page = get(f"/van-ban/{site.scan}").text
    place = re.search(
        r'k-due"[^>]*title="trước ngày 15/12/2026"[^>]*style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%', page
    )
    line = next(line for line in invented.FIRST.split("\n") if "15/12/2026" in line)
    left = 60 + line.index("trước ngày") * invented.CHARACTER
    top = 70 + 22 * invented.FIRST.split("\n").index(line)
    assert place is not None
    assert float(place[1]) == pytest.approx(100 * left / 595, abs=0.02)
    assert float(place[2]) == pytest.approx(100 * top / 842, abs=0.02)


def test_a_text_file_shows_its_text_with_marks(get: Get, site: Site) -> None:
    page = get(f"/van-ban/{site.text}").text
    assert "<img" not in page
    assert re.search(r'<a class="cv-mark k-due"[^>]*>(<span[^>]*></span>)*trước ngày 15/12/2026</a>', page)
    assert "đã sửa" in page


def test_marks_cut_the_text_without_losing_a_letter() -> None:
    page = {"number": 1, "text": "abcdefghij", "span_start": 5, "span_end": 15, "width": 0, "height": 0}
    rows = [
        {"id": "x", "part": 1, "span_start": 6, "span_end": 12, "boxes": "[]", "task": "x"},
        {"id": "y", "part": 1, "span_start": 10, "span_end": 30, "boxes": "[]", "task": "y"},
    ]
    (view,) = page_views([page], groups_of({"obligations": rows}))
    assert "".join(run.text for run in view.runs) == page["text"]
    assert [(run.text, run.facts, run.anchors) for run in view.runs] == [
        ("a", (), ()),
        ("bcde", ("x",), ("x",)),
        ("fg", ("x", "y"), ("y",)),
        ("hij", ("y",), ()),
    ]


def test_the_picture_of_a_page(get: Get, site: Site) -> None:
    answer = get(f"/van-ban/{site.scan}/trang/2.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.height > picture.width > 800


def test_the_original_is_given_under_its_name(get: Get, site: Site) -> None:
    answer = get(f"/van-ban/{site.scan}/goc")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "ki%E1%BB%83m%20k%C3%AA.pdf" in answer.headers["content-disposition"]
    assert get(f"/van-ban/{site.text}/goc").headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "address",
    [
        "/van-ban/" + "0" * 64,
        "/van-ban/" + "0" * 64 + "/goc",
        "/van-ban/" + "e" * 64 + "/trang/1.jpg",
        "/van-ban/../../etc/passwd",
        "/van-ban/abc",
        "/-/congvan/khong.css",
        "/khong-co",
    ],
)
def test_nothing_but_stored_documents_is_served(get: Get, address: str) -> None:
    assert get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/khong-co", "Địa chỉ này không dẫn tới trang nào."),
        ("/congvan/khong-co", "Không có bảng này."),
        ("/congvan/obligations/khong-co", "Không có dòng này"),
        ("/congvan?sql=drop+table+documents", "Chỉ chạy được câu SELECT"),
        ("/van-ban/" + "0" * 64, "Không có văn bản này"),
    ],
)
def test_an_error_is_told_in_vietnamese_on_a_page_that_looks_like_ours(get: Get, address: str, said: str) -> None:
    page = get(address).text
    assert said in page
    assert "congvan.css" in page
    assert "not found" not in page


@pytest.mark.parametrize("address", ["/van-ban/..%2F..%2Fcongvan.db/goc", "/-/congvan/..%2Fplugin.py", "/congvan.db"])
def test_no_path_leads_out(get: Get, address: str) -> None:
    answer = get(address, follow_redirects=True)
    assert answer.status_code in {403, 404}


def test_a_file_in_the_archive_that_is_not_stored_is_not_served(site: Site) -> None:
    stray = "ab" + "c" * 62
    place = site.database.parent / "archive" / "ab"
    place.mkdir(exist_ok=True)
    (place / stray).write_bytes(b"%PDF-1.4 secret")
    assert fetch(site.datasette(), f"/van-ban/{stray}/goc").status_code == 404


def test_pages_beyond_the_last_and_of_text_files_are_not_there(get: Get, site: Site) -> None:
    assert get(f"/van-ban/{site.scan}/trang/3.jpg").status_code == 404
    assert get(f"/van-ban/{site.text}/trang/1.jpg").status_code == 404


def test_a_short_id_leads_to_the_document(get: Get, site: Site) -> None:
    assert get(f"/van-ban/{site.scan[:12]}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/", "/tim?q=a", "/lich.ics", "/cong-van.xlsx", "/van-ban/{}", "/van-ban/{}/goc", "/van-ban/{}/trang/1.jpg"],
)
def test_who_may_not_see_the_database_sees_none_of_it(site: Site, address: str) -> None:
    closed = site.datasette(databases={"congvan": {"allow": {"id": "van-thu"}}})
    assert fetch(closed, address.format(site.scan)).status_code == 403


def test_search_shows_where_the_words_are(get: Get, site: Site) -> None:
    page = get("/tim", params={"q": "hien vat gom su"}).text
    assert "<mark>hiện vật gốm sứ</mark>" in page
    assert f"/van-ban/{site.scan}?q=hien+vat+gom+su#q1x1" in page
    marked = get(f"/van-ban/{site.scan}?q=hiện+vật+gốm+sứ").text
    assert len(re.findall(r'k-find[^>]*id="q1x1"', marked)) == 1
    assert "Không tìm thấy" in get("/tim", params={"q": "xyzxyz"}).text
    assert get("/tim", params={"q": '"'}).status_code == 200


def test_what_a_document_says_is_never_markup(get: Get) -> None:
    page = get("/tim", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_tables_link_each_row_to_its_evidence(get: Get, site: Site) -> None:
    page = get("/congvan/obligations").text
    links = re.findall(rf"<a class='cv-evidence cv-short' href='/van-ban/{site.scan}#(o\w+)'", page)
    assert len(set(links)) == 3
    assert '<th class="col-lead"' in page
    assert (
        page.index('data-column="lead"')
        < page.index('data-column="task"')
        < page.index('data-column="due"')
        < page.index('data-column="quote"')
    )
    assert "15/12/2026" in page


def test_a_plain_datasette_without_metadata_is_described_too(get: Get) -> None:
    held = get("/-/metadata.json").json()
    assert held["databases"]["congvan"]["tables"]["obligations"]["title"] == "Nhiệm vụ"


def test_another_file_name_is_described_as_well(tmp_path, site: Site) -> None:
    import shutil

    other = shutil.copy(site.database, tmp_path / "nam-2026.db")
    datasette = Site(other, "", "").datasette()
    assert "Nhiệm vụ" in fetch(datasette, "/nam-2026/obligations").text
    assert fetch(datasette, "/").status_code == 200


def test_seals_and_notes_are_shown_as_pieces_of_the_page(get: Get, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seal, note = Region("seal", Box(297.5, 421, 416.5, 540)), Region("handwriting", Box(30, 20, 60, 35), "1#")

    def with_ink(document: Document) -> Group:
        pages = [replace(page, regions=(seal, note, Region("caption", seal.box))) for page in document.pages[:1]]
        return ink(replace(document, pages=(*pages, *document.pages[1:])))

    monkeypatch.setattr("web.pages.ink", with_ink)
    page = get(f"/van-ban/{site.scan}").text
    assert "con dấu</p>" in page
    assert "máy đọc là «1#»" in page
    assert re.findall(r'id="k-(v1x\d)"', page) == ["v1x1", "v1x2"]
    assert len(re.findall(r'class="cv-box k-ink"[^>]*data-fact="v1x\d"', page)) == 2
    [shown, _] = re.findall(r'cv-crop"[^>]*style="([^"]*)"', page)
    assert "aspect-ratio:1.0;background-size:500.0% auto" in shown
    assert f"/van-ban/{site.scan}/trang/1.jpg" in shown


def test_pages_without_ink_have_no_group_of_it(get: Get, site: Site) -> None:
    assert "Dấu, chữ ký" not in get(f"/van-ban/{site.scan}").text
