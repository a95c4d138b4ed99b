from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from congvan.serving import AddressError, check_address, site
from db.store import Store


def test_a_busy_port_is_told_before_anything_is_promised():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"Cổng {port}") as caught:
            check_address("127.0.0.1", port)
    assert "--port" in caught.value.remedy
    check_address("127.0.0.1", port)


def test_the_plugin_is_told_where_originals_and_rows_are(tmp_path: Path):
    Store(tmp_path / "văn thư.db").close()

    async def ask() -> tuple[int, object]:
        app = site(tmp_path / "văn thư.db", tmp_path / "kho")
        await app.invoke_startup()
        return (await app.client.get("/")).status_code, app.plugin_config("congvan")

    status, config = asyncio.run(ask())
    assert status == 200
    assert config["archive"] == str(tmp_path / "kho")
