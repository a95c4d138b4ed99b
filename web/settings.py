"""Where things are: the packaged metadata, the database among Datasette's, the archive of originals."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import parse_metadata

from corpus.archive import Archive

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

PLUGIN = "congvan"
DEFAULT_DATABASE = "congvan"
DEFAULT_ARCHIVE = "archive"
"""Folder beside the database file where originals are looked for unless the plugin's ``archive`` says otherwise."""


@cache
def packaged_metadata() -> dict[str, Any]:
    """``metadata.yml`` as it was installed, or of the source tree in an editable installation."""
    packaged = resources.files("web") / "metadata.yml"
    if not packaged.is_file():
        packaged = Path(__file__).parents[1] / "metadata.yml"
    loaded: dict[str, Any] = parse_metadata(packaged.read_text("utf-8"))
    return loaded


def database_of(datasette: Datasette) -> Database:
    """The database that holds the dispatches: the configured name, «congvan», or the only one there is.

    Raises:
        KeyError: none of these.
    """
    name = (datasette.plugin_config(PLUGIN) or {}).get("database", DEFAULT_DATABASE)
    if name in datasette.databases:
        return datasette.databases[name]
    own = [held for key, held in datasette.databases.items() if not key.startswith("_")]
    if len(own) == 1:
        return own[0]
    raise KeyError(name)


def archive_of(datasette: Datasette) -> Archive | None:
    """The archive of originals, where there is a place for one."""
    configured = (datasette.plugin_config(PLUGIN) or {}).get("archive")
    if configured:
        return Archive(Path(configured))
    path = database_of(datasette).path
    return Archive(Path(path).parent / DEFAULT_ARCHIVE) if path else None
