"""Datasette with our metadata and plugin, on a database and its archive."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

SETTINGS: Final = {"default_page_size": 50, "sql_time_limit_ms": 5000, "num_sql_threads": 3}


def site(db: Path, archive: Path) -> Datasette:
    """The web application; our plugin brings the packaged metadata by itself.

    What only this call knows, the place of the originals and the database's name, goes in as the plugin's
    configuration.
    """
    from datasette.app import Datasette

    plugin = {"archive": str(archive.absolute()), "database": db.stem}
    return Datasette([str(db)], metadata={"plugins": {"congvan": plugin}}, settings=dict(SETTINGS))


def serve_forever(db: Path, archive: Path, *, host: str, port: int, open_browser: bool) -> None:
    """Serve until interrupted."""
    import uvicorn

    app = site(db, archive)
    asyncio.run(app.invoke_startup())
    if open_browser:
        import webbrowser

        webbrowser.open(address(host, port))
    uvicorn.run(app.app(), host=host, port=port, log_level="warning", lifespan="on", workers=1)


def address(host: str, port: int) -> str:
    """Where people on this machine find the site.

    >>> address("0.0.0.0", 8001)
    'http://127.0.0.1:8001/'
    """
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}/"  # noqa: S104 - compared, not bound
