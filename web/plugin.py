"""The hooks that Datasette calls; each hands over to the module that knows."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette import handle_exception, hookimpl
from jinja2 import ChoiceLoader, FileSystemLoader

from db.search import exact_form
from web import cells, desk, pages, words
from web.settings import DEFAULT_DATABASE, packaged_metadata

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@hookimpl
def startup() -> None:
    """Keep Datasette 0.65 from printing every variable of a failed request into the log.

    With rich installed it does so even for a page that is not there, which takes a second, shows text of
    documents, and fails itself where no exception is being handled.
    """
    handle_exception.rich = None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Our own pages."""
    return [*pages.ROUTES, *desk.ROUTES]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Our templates before Datasette's, and Vietnamese for them."""
    assert env.loader is not None
    env.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), env.loader])
    env.filters |= {
        "cv_day": words.day,
        "cv_label": words.label,
        "cv_title": words.title,
        "cv_lookup": words.lookup,
        "cv_problem": words.problem,
        "cv_ordered": words.ordered,
        "cv_facet": cells.facet_said,
    }
    env.globals |= {"cv_until": words.until, "cv_urgency": words.urgency}


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """The packaged metadata, so that a plain ``datasette FILE`` is described and searchable too."""
    metadata = copy.deepcopy(packaged_metadata())
    own = [name for name in datasette.databases if not name.startswith("_")]
    if DEFAULT_DATABASE not in own and len(own) == 1:
        metadata["databases"][own[0]] = metadata["databases"].pop(DEFAULT_DATABASE)
    return metadata


@hookimpl
def render_cell(row: Any, value: Any, column: str, datasette: Datasette) -> Any:  # noqa: ANN401 - SQLite's
    """Evidence as a link, days as days, codes in Vietnamese."""
    return cells.shown(datasette, row, column, value)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Our style sheet on every page."""
    return [datasette.urls.path("/-/congvan/congvan.css")]


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """What is typed into a table's search box is matched as it is indexed, and can never be a syntax error."""

    def wrap(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
            if b"_search" in scope.get("query_string", b""):
                scope = {**scope, "query_string": searchable(scope["query_string"])}
            await app(scope, receive, send)

        return answer

    return wrap


def searchable(query: bytes) -> bytes:
    """A query string whose ``_search`` is in the form of the index; one without a word in it is left out.

    >>> searchable(b"_search=%22&x=1"), searchable(b"_search=U%E1%BB%B7+ban")
    (b'x=1', b'_search=%E1%BB%A7y+ban')
    """
    kept = []
    for key, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if key == "_search" or key.startswith("_search_"):
            typed = exact_form(value if value.count('"') % 2 == 0 else value.replace('"', " ")).strip()
            if typed.replace('"', "").strip():
                kept.append((key, typed))
        else:
            kept.append((key, value))
    return urlencode(kept).encode()
