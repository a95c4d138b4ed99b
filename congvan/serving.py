"""Datasette with our metadata and plugin, on a database and its archive."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import TYPE_CHECKING, Final

from corpus.errors import CongvanError

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

SETTINGS: Final = {"default_page_size": 50, "sql_time_limit_ms": 5000, "num_sql_threads": 3}


def site(db: Path, archive: Path, *, corrections: bool = False) -> Datasette:
    """The web application; our plugin brings the packaged metadata by itself.

    What only this call knows, the place of the originals and the database's name, goes in as the plugin's
    configuration.
    """
    from datasette.app import Datasette

    plugin = {"archive": str(archive.absolute()), "database": db.stem, "corrections": corrections}
    return Datasette([str(db)], metadata={"plugins": {"congvan": plugin}}, settings=dict(SETTINGS))


class AddressError(CongvanError):
    """The address cannot be listened on (port in use, no permission, not ours)."""

    exit_code = 13
    default_remedy = "Chọn cổng khác, ví dụ --port 8002."


def check_address(host: str, port: int) -> None:
    """Make sure that the address is free before anything is promised.

    Raises:
        AddressError: it is not.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.create_server((host, port), family=found[0][0]):
            return
    except OSError as error:
        reason = "đang có chương trình khác dùng" if error.errno == errno.EADDRINUSE else f"không mở được ({error})"
        raise AddressError(f"Cổng {port} trên {host} {reason}.") from error


def serve_forever(
    db: Path, archive: Path, *, host: str, port: int, open_browser: bool, corrections: bool = False
) -> None:
    """Serve until interrupted."""
    import uvicorn

    app = site(db, archive, corrections=corrections)
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
