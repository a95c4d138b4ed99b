"""Which files there are: folders walked, what is no document left out, names made fit for people."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_JUNK = re.compile(
    r"""
    \..*                      # hidden; rsync and Finder copy under such names
    | ~\$.*                   # Office's lock files
    | .*~                     # editors' backups
    | .*\.(?:part|partial|tmp|temp|crdownload|download|filepart|swp|lnk|url)
    | thumbs\.db | desktop\.ini | ehthumbs\.db
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FOLDERS = {"@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found", "__macosx"}


def is_junk(name: str) -> bool:
    """Whether a name says by itself that the file is no document, or not one yet.

    >>> is_junk("công văn.pdf.crdownload"), is_junk("công văn.pdf")
    (True, False)
    """
    return bool(_JUNK.fullmatch(name))


def files_in(paths: Iterable[Path], *, skip: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Every file named or found below the folders named, once, as absolute paths in the order of their names.

    Files named outright are taken whatever their name. Links to files count as files, links to folders are not
    followed (they may lead in circles); folders and files in ``skip`` (absolute) are left out.
    """
    seen: set[Path] = set()
    for path in map(absolute, paths):
        for found in _walk(path, skip) if path.is_dir() else [path]:
            if found not in seen:
                seen.add(found)
                yield found


def absolute(path: Path) -> Path:
    """The path from the root on, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def database_files(db: Path) -> frozenset[Path]:
    """A database and what SQLite keeps beside it: no documents, where it lies in the folder that is read."""
    return frozenset(absolute(db.with_name(f"{db.name}{end}")) for end in ("", "-wal", "-shm", "-journal"))


def _walk(folder: Path, skip: frozenset[Path]) -> Iterator[Path]:
    # A folder that vanishes or may not be entered holds nothing for us; the rescan comes back to it.
    with contextlib.suppress(OSError):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if not is_junk(entry.name) and entry.name.lower() not in _FOLDERS and path not in skip:
                    yield from _walk(path, skip)
            elif not is_junk(entry.name) and path not in skip and not (entry.is_symlink() and path.is_dir()):
                yield path


def written(path: Path | str) -> str:
    r"""A path or name as text that can be stored and printed: bytes that are no UTF-8 become «\xNN».

    >>> written("b\udcff.pdf")
    'b\\xff.pdf'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def on_one_line(name: str) -> str:
    r"""A name without line feeds and other control characters, for tables and messages.

    >>> on_one_line("công\nvăn.pdf")
    'công⏎văn.pdf'
    """
    return "".join(letter if letter.isprintable() else "⏎" if letter == "\n" else "·" for letter in name)
