"""Our own pages: start, document, search, and the files that go with them."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from db.search import Hit
from web import data, feed, files, workbook
from web.editing import FIELDS, may_correct
from web.evidence import finds, groups_of, ink, page_views
from web.settings import archive_of, database_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

EXCERPT = 110
"""Characters shown on each side of the first word found."""


async def allowed(datasette: Datasette, request: Request) -> None:
    """Our pages show what the database holds, so they ask for the same permission."""
    name = database_of(datasette).name
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])


async def rendered(datasette: Datasette, request: Request, template: str, context: dict[str, Any]) -> Response:
    """One of our templates with what all of them need."""
    database = database_of(datasette)
    shared = {"database_name": database.name, "today": await data.today(database)}
    return Response.html(await datasette.render_template(template, {**shared, **context}, request=request))


async def start(datasette: Datasette, request: Request) -> Response:
    """What is late, what is due, what needs a look, what came in."""
    await allowed(datasette, request)
    database = database_of(datasette)
    lists = {}
    for name, limit in data.START_LISTS.items():
        query = await datasette.get_canned_query(database.name, name, request.actor)
        lists[name] = await data.counted(database, query["sql"], limit)
    receipts = await data.receipts(database)
    context = {
        "lists": lists,
        "recent": await data.recent(database),
        "busiest": await data.busiest(database),
        "outcomes": await data.labels(database, "outcomes"),
        "receipts": receipts,
        "files": sum(row["count"] for row in receipts),
        "calendar_url": datasette.absolute_url(request, datasette.urls.path("/lich.ics")),
    }
    return await rendered(datasette, request, "congvan_start.html", context)


async def stored(datasette: Datasette, request: Request) -> dict[str, Any]:
    """The document that the address names.

    Raises:
        NotFound: it is not stored here.
    """
    await allowed(datasette, request)
    found = await data.document(database_of(datasette), request.url_vars["id"])
    if found is None:
        raise NotFound("Không có văn bản này trong kho.")
    return found


async def document(datasette: Datasette, request: Request) -> Response:
    """The pages of a document with its facts beside them."""
    found = await stored(datasette, request)
    database = database_of(datasette)
    tables = await data.facts(database, found["id"])
    groups = groups_of(tables)
    pages = await data.pages(database, found["id"])
    typed = (request.args.get("q") or "").strip()
    read, repaired = await data.reading(database, found)
    if typed:
        groups.insert(0, finds(typed, pages, read, repaired))
    groups += [group for group in [ink(read)] if group.facts]
    archive = archive_of(datasette)
    fields = sorted(tables["header_fields"], key=lambda row: row["span_start"])
    context = {
        "document": found,
        "typed": typed,
        "dispatches": sorted(tables["dispatches"], key=lambda row: row["part"]),
        "part_starts": {row["part"]: row["id"] for row in reversed(fields)},
        "corrections": standing(tables["corrections"]),
        "links": await data.links(database, found["id"]),
        "may_correct": may_correct(datasette, request),
        "correctable": FIELDS,
        "witnesses": tables["witnesses"],
        "groups": groups,
        "rules": await data.rules(database),
        "pages": page_views(pages, groups),
        "outcomes": await data.labels(database, "outcomes"),
        "due_statuses": await data.labels(database, "due_statuses"),
        "deadline_kinds": await data.labels(database, "deadline_kinds"),
        "part_kinds": await data.labels(database, "part_kinds"),
        "original": archive is not None and archive.path(found["id"]).is_file(),
    }
    return await rendered(datasette, request, "congvan_document.html", context)


def standing(corrections: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The corrections that count, by fact and field."""
    return {(row["fact_id"], row["field"]): row for row in corrections if row["withdrawn_at"] is None}


async def picture(datasette: Datasette, request: Request) -> Response:
    """The picture of one page of a stored document."""
    found = await stored(datasette, request)
    number = int(request.url_vars["page"])
    page = next((row for row in await data.pages(database_of(datasette), found["id"]) if row["number"] == number), None)
    archive = archive_of(datasette)
    if page is None or archive is None:
        raise NotFound("Không có trang này.")
    return await files.picture(archive.path(found["id"]), number, page["rotation"])


async def original(datasette: Datasette, request: Request) -> Response:
    """The original of a stored document."""
    found = await stored(datasette, request)
    archive = archive_of(datasette)
    if archive is None:
        raise NotFound("Không có kho lưu tệp gốc.")
    return files.original(archive.path(found["id"]), found["name"])


async def search(datasette: Datasette, request: Request) -> Response:
    """Pages that match what was typed."""
    await allowed(datasette, request)
    typed = request.args.get("q") or ""
    hits = await data.hits(database_of(datasette), typed)
    context = {"typed": typed, "hits": [(hit, excerpt(hit)) for hit in hits]}
    return await rendered(datasette, request, "congvan_search.html", context)


def excerpt(hit: Hit) -> list[tuple[str, bool]]:
    """A stretch of the page around the longest find: ``(text, found)`` pieces."""
    first = max(hit.ranges, key=lambda found: found[1] - found[0])[0] if hit.ranges else 0
    start, end = max(first - EXCERPT, 0), min(first + 2 * EXCERPT, len(hit.text))
    pieces, at = [("…", False)] if start else [], start
    for left, right in hit.ranges:
        if left >= at and right <= end:
            pieces += [(hit.text[at:left], False), (hit.text[left:right], True)]
            at = right
    pieces.append((hit.text[at:end] + ("…" if end < len(hit.text) else ""), False))
    return [(re.sub(r"\s+", " ", text), found) for text, found in pieces if text]


async def ics(datasette: Datasette, request: Request) -> Response:
    """What is due as a calendar: of one unit (``?don_vi=``), from a day on (``?tu=``, else the last 60 days)."""
    await allowed(datasette, request)
    database = database_of(datasette)
    since = request.args.get("tu") or await data.today(database, f"-{feed.PAST_DAYS} days")
    typed = request.args.get("don_vi") or ""
    entries = await data.rows(database, feed.ENTRIES)
    wanted = [row for row in entries if feed.is_for(row, typed) and (row["rrule"] or row["due"] >= since)]
    body = await asyncio.to_thread(feed.calendar, wanted, _site(datasette, request))
    headers = {
        "Content-Disposition": 'attachment; filename="han-cong-viec.ics"',
        "Cache-Control": "private, max-age=300",
    }
    return Response(body, content_type="text/calendar; charset=utf-8", headers=headers)


async def xlsx(datasette: Datasette, request: Request) -> Response:
    """Everything as an Excel workbook."""
    await allowed(datasette, request)
    database = database_of(datasette)
    tables = {table: await data.rows(database, f"SELECT * FROM {table} ORDER BY rowid") for table in workbook.SHEETS}  # noqa: S608
    body = await asyncio.to_thread(workbook.workbook, tables, _site(datasette, request))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(body, content_type=kind, headers={"Content-Disposition": 'attachment; filename="cong-van.xlsx"'})


async def static(request: Request) -> Response:
    """Our own style sheets and scripts."""
    return files.static(request.url_vars["name"])


def _site(datasette: Datasette, request: Request) -> str:
    address: str = datasette.absolute_url(request, datasette.urls.path("/"))
    return address.rstrip("/")


ROUTES = (
    (r"^/$", start),
    (r"^/tim$", search),
    (r"^/lich\.ics$", ics),
    (r"^/cong-van\.xlsx$", xlsx),
    (r"^/van-ban/(?P<id>[0-9a-f]{12,64})$", document),
    (r"^/van-ban/(?P<id>[0-9a-f]{12,64})/trang/(?P<page>[0-9]{1,5})\.jpg$", picture),
    (r"^/van-ban/(?P<id>[0-9a-f]{12,64})/goc$", original),
    (r"^/-/congvan/(?P<name>[a-z]+\.[a-z]+)$", static),
)
"""Addresses and what answers them."""
