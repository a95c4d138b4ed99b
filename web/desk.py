"""The desk: what needs a look, dearest first, and the page on which a fact is judged and corrected."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from datasette.utils.asgi import Forbidden, NotFound, Response

from db.corrections import VERDICTS
from db.errors import StoreError
from web import data, editing, files
from web.editing import Said, UnfitError
from web.evidence import tip
from web.pages import allowed, rendered, stored
from web.settings import archive_of, database_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from web.evidence import Row

PAGE = 60
"""Doubts on one page of the list."""

NAME_COOKIE = "cv_ten"
_YEAR = 365 * 24 * 3600


async def to_look_at(datasette: Datasette, request: Request) -> Response:
    """Everything that asks for a look, by the harm of leaving it, with what to do next."""
    await allowed(datasette, request)
    database = database_of(datasette)
    query = await datasette.get_canned_query(database.name, "can_xem", request.actor)
    total, rows = await data.counted(database, query["sql"], PAGE)
    context = {
        "total": total,
        "doubts": rows,
        "name": _name(request),
        "may_correct": editing.may_correct(datasette, request),
        "pictured": await data.pictured(database),
        "stored_documents": await data.count(database, "documents"),
    }
    return await rendered(datasette, request, "congvan_desk.html", context)


async def correct(datasette: Datasette, request: Request) -> Response:
    """The page of one fact to be judged (GET), and what a person says of it (POST, form or JSON)."""
    found = await stored(datasette, request)
    if not editing.may_correct(datasette, request):
        raise Forbidden("Trang này chỉ để xem. Mở bằng «congvan serve --corrections» để sửa được.")
    table = request.url_vars["table"]
    database = database_of(datasette)
    row = await data.fact(database, table, request.url_vars["fact"], found["id"])
    if row is None:
        raise NotFound("Không có dữ kiện này.")
    held = editing.entries(table, row, await data.dispatch_of(database, row))
    if request.method != "POST":
        return await _page(datasette, request, (found, table, row, held))
    if not editing.from_our_pages(request):
        raise Forbidden("Yêu cầu không đến từ trang này.")
    return await _kept(datasette, request, (found, table, row, held))


async def _page(
    datasette: Datasette, request: Request, about: tuple[Row, str, Row, list[editing.Entry]], problem: str = ""
) -> Response:
    found, table, row, held = about
    database = database_of(datasette)
    context = {
        "document": found,
        "table": table,
        "row": row,
        "said": tip(row),
        "entries": held,
        "problem": problem,
        "history": await data.history(database, [row["id"], *(entry.fact_id for entry in held)], row),
        "name": _name(request),
        "back": request.args.get("ve") or "",
        "rules": await data.rules(database),
        "pictured": await data.pictured(database),
    }
    answer = await rendered(datasette, request, "congvan_correct.html", context)
    answer.status = 400 if problem else 200
    return answer


async def _kept(datasette: Datasette, request: Request, about: tuple[Row, str, Row, list[editing.Entry]]) -> Response:
    found, table, row, held = about
    as_json = request.headers.get("content-type", "").startswith("application/json")
    try:
        typed = _typed(await request.post_body()) if as_json else await request.post_vars()
        said = _said(request, held, typed)
        path = database_of(datasette).path
        made = await asyncio.to_thread(editing.keep, path, table, row, said)
    except (UnfitError, StoreError) as error:
        if as_json:
            return Response.json({"ok": False, "error": str(error)}, status=400)
        return await _page(datasette, request, about, str(error))
    if as_json:
        return Response.json({"ok": True, "corrections": made})
    answer = Response.redirect(_back(datasette, found, row, typed))
    # A header holds plain letters only: a Vietnamese name would come back garbled.
    answer.set_cookie(NAME_COOKIE, quote(said.by_whom), max_age=_YEAR, httponly=True, samesite="lax")
    return answer


def _typed(body: bytes) -> dict[str, str]:
    """The fields of a JSON request, in the form in which a form sends them.

    Raises:
        UnfitError: it is not the JSON that is asked for.
    """
    try:
        asked = json.loads(body)
        values = {f"f-{name}": "" if value is None else str(value) for name, value in asked.get("values", {}).items()}
        rest = {name: str(asked[name]) for name in ("by", "note", "verdict", "withdraw") if asked.get(name) is not None}
    except (ValueError, AttributeError):
        raise UnfitError("Cần một đối tượng JSON, xem docs/api.md.") from None
    return values | rest


def _said(request: Request, held: list[editing.Entry], typed: dict[str, str]) -> Said:
    """What a person says, checked.

    Raises:
        UnfitError: no name, an unknown verdict or field, a value that cannot be taken, or nothing at all.
    """
    name = (request.actor or {}).get("id") or " ".join(typed.get("by", "").split())[:80]
    if not name:
        raise UnfitError("Ghi tên người sửa.")
    if typed.get("withdraw", "").isdigit():
        return Said(name, None, withdraw=int(typed["withdraw"]))
    asked = {key[2:]: value for key, value in typed.items() if key.startswith("f-")}
    unknown = sorted(set(asked) - {entry.column for entry in held})
    verdict = typed.get("verdict") or None
    if unknown or (verdict and verdict not in VERDICTS):
        raise UnfitError(f"Không có trường hoặc lời đánh giá «{unknown[0] if unknown else verdict}».")
    values = tuple(editing.changes(held, asked)) if verdict in (None, "right") else ()
    if values and verdict is None:
        verdict = "right"
    if not verdict:
        raise UnfitError("Chưa có gì thay đổi.")
    return Said(name, " ".join(typed.get("note", "").split())[:500] or None, values, verdict)


def _back(datasette: Datasette, found: Row, row: Row, typed: dict[str, str]) -> str:
    """Where the person came from: the list, or the fact on its page."""
    if typed.get("ve") == "can-xem":
        return str(datasette.urls.path("/can-xem"))
    return f"{datasette.urls.path('/van-ban/' + found['id'])}#{row['id']}"


def _name(request: Request) -> str:
    return str((request.actor or {}).get("id") or unquote(request.cookies.get(NAME_COOKIE, "")))


async def strip(datasette: Datasette, request: Request) -> Response:
    """The printed lines on which a fact stands."""
    found = await stored(datasette, request)
    database = database_of(datasette)
    row = await data.fact(database, request.url_vars["table"], request.url_vars["fact"], found["id"])
    boxes = json.loads(row["boxes"]) if row else []
    archive = archive_of(datasette)
    if not boxes or archive is None:
        raise NotFound("Không có ảnh.")
    page = next(each for each in await data.pages(database, found["id"]) if each["number"] == boxes[0][0])
    here = [box[1:] for box in boxes if box[0] == boxes[0][0]]
    box = (min(b[0] for b in here), min(b[1] for b in here), max(b[2] for b in here), max(b[3] for b in here))
    return await files.strip(archive.path(found["id"]), page["number"], page["rotation"], box)


TABLES = "|".join(editing.FIELDS)
ROUTES: tuple[tuple[str, Any], ...] = (
    (r"^/can-xem$", to_look_at),
    (rf"^/van-ban/(?P<id>[0-9a-f]{{12,64}})/sua/(?P<table>{TABLES})/(?P<fact>[a-z0-9]{{1,40}})$", correct),
    (rf"^/van-ban/(?P<id>[0-9a-f]{{12,64}})/anh/(?P<table>{TABLES})/(?P<fact>[a-z0-9]{{1,40}})\.jpg$", strip),
)
"""Addresses and what answers them."""
