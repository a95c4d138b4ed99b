"""Judging and correcting facts on the web: who may, what is kept, what is refused, and how it is taken back."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sites import Site, asked

from db.store import Store

Post = Callable[..., httpx.Response]
OPEN = {"plugins": {"congvan": {"corrections": True}}}


class Desk:
    """A copy of the site that may be written to."""

    def __init__(self, site: Site, folder: Path, runner: asyncio.Runner, **metadata: Any) -> None:
        shutil.copytree(site.database.parent, folder, dirs_exist_ok=True)
        self.site = Site(folder / "congvan.db", site.scan, site.text)
        self.served = self.site.datasette(**metadata)
        self.runner = runner

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self.runner.run(asked(self.served, address, **options))

    def post(self, address: str, **options: Any) -> httpx.Response:
        self.runner.run(self.served.invoke_startup())
        return self.runner.run(self.served.client.post(address, **options))

    def form(self, address: str, **fields: str) -> httpx.Response:
        """What a browser sends that opened the page before."""
        page = self.get(address)
        found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
        token = found[1] if found else ""
        cookies = {"ds_csrftoken": page.cookies.get("ds_csrftoken", "")}
        return self.post(address, data={"csrftoken": token, **fields}, cookies=cookies)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with Store(self.site.database) as store:
            return store.all(sql, *values)

    def duty(self) -> str:
        sql = "SELECT id FROM obligations WHERE document_id = ? AND due IS NOT NULL"
        ((fact,),) = self.rows(sql, self.site.scan)
        return f"/van-ban/{self.site.scan}/sua/obligations/{fact}"


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as held:
        yield held


@pytest.fixture
def desk(site: Site, tmp_path: Path, runner: asyncio.Runner) -> Desk:
    return Desk(site, tmp_path / "desk", runner, **OPEN)


def test_nobody_may_write_unless_told_so(site: Site, tmp_path: Path, runner: asyncio.Runner) -> None:
    closed = Desk(site, tmp_path / "closed", runner)
    address = closed.duty()
    assert closed.get(address).status_code == 403
    assert closed.post(address, json={"verdict": "right", "by": "Lan"}).status_code == 403
    assert "sửa</a>" not in closed.get(f"/van-ban/{site.scan}").text
    assert "<button" not in closed.get("/can-xem").text
    assert closed.rows("SELECT count(*) FROM corrections WHERE document_id = ?", site.scan) == [(0,)]


def test_root_and_those_whom_the_setting_names_may(site: Site, tmp_path: Path, runner: asyncio.Runner) -> None:
    named = Desk(site, tmp_path / "named", runner, plugins={"congvan": {"corrections": {"id": "lan"}}})

    def as_actor(who: str) -> int:
        cookies = {"ds_actor": named.served.sign({"a": {"id": who}}, "actor")}
        return named.get(named.duty(), cookies=cookies).status_code

    assert [as_actor(who) for who in ("lan", "root", "minh")] == [200, 200, 403]


def test_a_corrected_value_is_kept_with_its_author_and_can_be_taken_back(desk: Desk) -> None:
    address = desk.duty()
    page = desk.get(address).text
    assert 'value="15/12/2026"' in page
    answer = desk.form(address, **{"f-due": "20/12/2026", "f-lead": "Bảo tàng tỉnh", "by": "Lan", "note": "bản giấy"})
    assert answer.status_code == 302
    assert answer.headers["location"].endswith("#" + address.rsplit("/", 1)[1])
    fact = address.rsplit("/", 1)[1]
    assert desk.rows("SELECT due, verdict FROM obligations WHERE id = ?", fact) == [("2026-12-20", "right")]
    said = desk.rows("SELECT field, by_whom, note, old_value FROM corrections WHERE fact_id = ? ORDER BY id", fact)
    assert said == [("due", "Lan", "bản giấy", "2026-12-15"), ("verdict", "Lan", "bản giấy", None)]
    assert "Lan" in desk.get(f"/van-ban/{desk.site.scan}").text
    ((number,),) = desk.rows("SELECT id FROM corrections WHERE fact_id = ? AND field = 'due'", fact)
    assert desk.form(address, withdraw=str(number), by="Minh").status_code == 302
    assert desk.rows("SELECT due FROM obligations WHERE id = ?", fact) == [("2026-12-15",)]
    assert "đã bỏ: Minh" in desk.get(address).text


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"f-due": "31/02/2026", "by": "Lan"}, "không phải là ngày"),
        ({"f-due": "sớm", "by": "Lan"}, "không phải là ngày"),
        ({"f-due": "20/12/2026"}, "Ghi tên"),
        ({"by": "Lan"}, "Chưa có gì thay đổi"),
        ({"by": "Lan", "verdict": "perhaps"}, "Không có trường"),
        ({"by": "Lan", "f-boxes": "[]"}, "Không có trường"),
        ({"by": "Lan", "withdraw": "999"}, "Không có lần sửa này"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(desk: Desk, fields: dict[str, str], problem: str) -> None:
    before = desk.rows("SELECT count(*) FROM corrections")
    answer = desk.form(desk.duty(), **fields)
    assert answer.status_code == 400
    assert problem in answer.text
    assert desk.rows("SELECT count(*) FROM corrections") == before


def test_a_vietnamese_name_is_remembered_letter_by_letter(desk: Desk) -> None:
    answer = desk.form(desk.duty(), verdict="right", by="Nguyễn Thị Lan")
    header = answer.headers["set-cookie"].split(";")[0]
    assert header.isascii()
    page = desk.get("/can-xem", headers={"cookie": header}).text
    assert 'value="Nguyễn Thị Lan"' in page


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    address = desk.duty()
    fields = {"verdict": "wrong", "by": "Lan"}
    assert desk.post(address, data=fields).status_code == 403  # no cookie, so no token was checked
    page = desk.get(address)
    cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
    assert desk.post(address, data=fields, cookies=cookies).status_code == 403
    other = {"Origin": "http://elsewhere.example"}
    assert desk.post(address, json=fields, headers=other).status_code == 403
    assert desk.rows("SELECT count(*) FROM corrections WHERE document_id = ?", desk.site.scan) == [(0,)]


def test_programs_say_the_same_in_json(desk: Desk) -> None:
    answer = desk.post(desk.duty(), json={"values": {"due": "2026-12-21", "support": None}, "by": "kho dữ liệu"})
    assert answer.json()["ok"] is True
    assert len(answer.json()["corrections"]) == 3
    sql = "SELECT due, support FROM obligations WHERE document_id = ? AND due IS NOT NULL"
    assert desk.rows(sql, desk.site.scan) == [("2026-12-21", None)]
    bad = desk.post(desk.duty(), content=b"[1]", headers={"Content-Type": "application/json"})
    assert (bad.status_code, bad.json()["ok"]) == (400, False)


def test_a_number_typed_for_an_unread_one_answers_its_issue(desk: Desk) -> None:
    ((issue,),) = desk.rows("SELECT id FROM issues WHERE code = 'number-doubtful' AND document_id = ?", desk.site.scan)
    address = f"/van-ban/{desk.site.scan}/sua/issues/{issue}"
    answer = desk.form(address, **{"f-number": "46/SVH-VP", "by": "Lan", "ve": "can-xem"})
    assert answer.headers["location"] == "/can-xem"
    assert desk.rows("SELECT verdict FROM issues WHERE id = ?", issue) == [("right",)]
    assert desk.rows("SELECT number FROM dispatches WHERE document_id = ?", desk.site.scan) == [("46/SVH-VP",)]
    value = "SELECT value, needs_review FROM header_fields WHERE field = 'number' AND document_id = ?"
    assert desk.rows(value, desk.site.scan) == [("46/SVH-VP", 0)]


def test_the_list_is_ordered_by_harm_and_gets_shorter(desk: Desk) -> None:
    rows = desk.get("/congvan/can_xem.json?_shape=objects").json()["rows"]
    weights = [row["weight"] for row in rows]
    assert weights == sorted(weights, reverse=True)
    assert all(row["next_step"] for row in rows)
    page = desk.get("/can-xem").text
    assert page.count("cv-doubt-row") - 1 <= len(rows)
    for row in rows:
        address = f"/van-ban/{row['document_id']}/sua/{row['fact_table']}/{row['id']}"
        assert desk.form(address, verdict="right", by="Lan", ve="can-xem").status_code == 302
    assert "Không còn chỗ nào phải xem" in desk.get("/can-xem").text
    assert desk.rows("SELECT DISTINCT outcome FROM documents") == [("done",)]


def test_the_printed_lines_are_shown_as_a_strip(desk: Desk) -> None:
    address = desk.duty().replace("/sua/", "/anh/") + ".jpg"
    answer = desk.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert desk.get(address.replace("/obligations/", "/targets/")).status_code == 404


def test_unknown_facts_are_not_found(desk: Desk) -> None:
    assert desk.get(f"/van-ban/{desk.site.scan}/sua/obligations/o0").status_code == 404
    assert desk.get(f"/van-ban/{desk.site.scan}/sua/receipts/1").status_code == 404


def test_an_empty_database_says_how_to_begin(tmp_path: Path, runner: asyncio.Runner) -> None:
    Store(tmp_path / "congvan.db").close()
    empty = Site(tmp_path / "congvan.db", "", "").datasette()
    assert "congvan ingest" in runner.run(asked(empty, "/can-xem")).text
