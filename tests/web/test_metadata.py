"""Every table and column is described, and every promise of the metadata is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import Get, Site

from db.store import Store
from extract.harm import ISSUES
from extract.header.issues import MESSAGES
from web.cells import CODES
from web.pages import ROUTES
from web.settings import packaged_metadata
from web.words import day, label, until

DESCRIBED = packaged_metadata()["databases"]["congvan"]
TABLES = DESCRIBED["tables"]
FACTS = ("obligations", "deadlines", "targets", "dispatches", "header_fields", "citations", "blocks")


def columns(site: Site) -> dict[str, list[str]]:
    with Store(site.database) as store:
        names = store.all("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB '*_fts*'")
        return {
            name: [row[0] for row in store.all(f"SELECT name FROM pragma_table_info('{name}')")]
            for (name,) in names
            if not name.startswith("sqlite_")
        }


def test_every_table_and_column_is_described_and_nothing_else(site: Site) -> None:
    assert {name: set(held) for name, held in columns(site).items()} == {
        name: set(table["columns"]) for name, table in TABLES.items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_descriptions_have_a_title_and_an_explanation(name: str) -> None:
    table = TABLES[name]
    assert table["title"]
    assert table["description"].endswith((".", ")"))
    for column, said in table["columns"].items():
        short, _, long = said.partition(": ")
        assert 1 < len(short) <= 24, column
        assert long, column


@pytest.mark.parametrize("name", TABLES)
def test_facets_and_order_name_columns(site: Site, name: str) -> None:
    held = columns(site)[name]
    wanted = [*TABLES[name].get("facets", []), *filter(None, (TABLES[name].get("sort"), TABLES[name].get("sort_desc")))]
    assert set(wanted) <= set(held)


def test_tables_of_facts_have_all_columns_of_evidence(site: Site) -> None:
    evidence = set(packaged_metadata()["evidence"])
    assert all(evidence <= set(columns(site)[name]) for name in FACTS)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.get("hidden")])
def test_every_table_answers_as_page_and_as_json(get: Get, name: str) -> None:
    page = get(f"/congvan/{name}")
    assert page.status_code == 200
    assert TABLES[name]["title"] in page.text
    rows = get(f"/congvan/{name}.json?_shape=objects").json()["rows"]
    assert all(isinstance(row, dict) for row in rows)


@pytest.mark.parametrize("name", DESCRIBED["queries"])
def test_every_query_runs_and_leads_to_the_paper(get: Get, name: str) -> None:
    answer = get(f"/congvan/{name}.json?_shape=objects&so_ngay=36500&don_vi=thu+vien")
    assert answer.status_code == 200
    rows = answer.json()["rows"]
    assert all({"document_id", "id", "quote", "page"} <= set(row) for row in rows)
    assert get(f"/congvan/{name}").status_code == 200


def test_queries_find_what_they_are_for(get: Get, site: Site) -> None:
    def rows(query: str) -> list[dict[str, str]]:
        return get(f"/congvan/{query}").json()["rows"]

    assert [(row["due"], row["task"]) for row in rows("qua_han.json?_shape=objects")][-1] == (
        "2020-01-31",
        "kiểm kê toàn bộ hiện vật gốm sứ",
    )
    assert {row["rrule"] for row in rows("dinh_ky.json?_shape=objects")} == {"FREQ=MONTHLY;BYMONTHDAY=25"}
    assert [row["number"] for row in rows("chua_nhan.json?_shape=objects")] == ["12/KH-UBND"]
    assert {row["unit"] for row in rows("theo_don_vi.json?_shape=objects&don_vi=bao")} == {"Bảo tàng tỉnh"}
    assert {row["unit"] for row in rows("theo_don_vi.json?_shape=objects&don_vi=Thư+viện")} == {"Thư viện tỉnh"}
    assert "Số văn bản đọc chưa chắc chắn." in {row["reason"] for row in rows("can_xem.json?_shape=objects")}
    assert rows("trung_so.json?_shape=objects") == []


def test_facets_show_labels(get: Get) -> None:
    found = get("/congvan/obligations.json?_shape=objects&_facet=due_status").json()["facet_results"]["due_status"]
    assert {result["label"] for result in found["results"]} == {"có ngày", "định kỳ", "không nêu thời hạn"}


@pytest.mark.parametrize(
    ("table", "typed", "count"),
    [
        ("obligations", "gốm sứ", 2),
        ("obligations", "gom su", 2),
        ("obligations", "khong co trong kho", 0),
        ("pages", "uỷ ban", 2),
        ("pages", "45/SVH-VP", 2),
        ("pages", "khong co trong kho", 0),
        ("dispatches", "kiem ke", 1),
        ("dispatches", "khong co trong kho", 0),
    ],
)
def test_a_table_search_never_gives_every_row(get: Get, table: str, typed: str, count: int) -> None:
    rows = get(f"/congvan/{table}.json", params={"_search": typed, "_shape": "objects"}).json()["rows"]
    assert len(rows) == count


@pytest.mark.parametrize("typed", ['"', '""', "45/UBND-VP", "AND", "*", '"a', "(", "'"])
def test_no_table_search_is_an_error(get: Get, typed: str) -> None:
    assert get("/congvan/obligations.json", params={"_search": typed, "_shape": "objects"}).status_code == 200


def test_titles_come_from_the_descriptions() -> None:
    assert (label("due", "obligations"), label("unit", "targets"), label("unit"), label("x")) == (
        "Hạn",
        "Đơn vị tính",
        "Đơn vị",
        "x",
    )


def test_days_are_written_as_people_do() -> None:
    assert day("khong phai ngay") == "khong phai ngay"
    assert until("2026-12-01", "2026-12-01") == "hôm nay"


ROOT = Path(__file__).parents[2]
CALLS = re.findall(r"curl 'http://127\.0\.0\.1:8001([^']+)'", (ROOT / "docs" / "api.md").read_text("utf-8"))


@pytest.mark.parametrize("address", CALLS)
def test_the_calls_of_the_api_page_work(get: Get, address: str) -> None:
    answer = get(address)
    assert answer.status_code == 200
    assert all(isinstance(row, dict) for row in answer.json()["rows"])


def test_the_schema_page_names_every_table(site: Site) -> None:
    page = (ROOT / "docs" / "schema.md").read_text("utf-8")
    assert [name for name in columns(site) if name not in page and name != "_sqlite_migrations"] == []


def test_the_addresses_of_the_api_page_exist() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    for pattern, _ in ROUTES:
        said = re.sub(r"\(\?P<(\w+)>[^)]*\)", "<>", pattern.strip("^$").replace("\\", ""))
        plain = re.sub(r"<[^>]+>", "<>", page)
        assert said == "/" or said.startswith("/-/") or f"`{said}" in plain, said


def test_every_code_of_an_issue_has_a_label() -> None:
    assert {*ISSUES, *MESSAGES} <= set(CODES["code"])


def test_facets_of_views_show_labels_and_not_codes(get: Get) -> None:
    page = get("/congvan/unit_tasks").text
    assert ">không nêu thời hạn</a>" in page
    assert ">none</a>" not in page
