"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from congvan.sources import absolute

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.store import Store

    Command = TypeVar("Command", bound=Callable[..., Any])

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("congvan.db"),
    show_default=True,
    help="Tệp cơ sở dữ liệu.",
)
archive_option = click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Kho bản gốc.  [mặc định: thư mục «archive» cạnh cơ sở dữ liệu]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON ra stdout.")
file_argument = click.argument("file", type=click.Path(path_type=Path))


def reading_options(command: Command) -> Command:
    """The options of commands that read files in worker processes."""
    for option in (
        click.option("--memory", type=click.IntRange(min=1), default=6, show_default=True, metavar="GB",
                     help="Bộ nhớ tối đa cho một tệp."),
        click.option("--timeout", type=click.FloatRange(min=1), default=3600.0, show_default=True, metavar="GIÂY",
                     help="Thời gian tối đa cho một tệp."),
        click.option("--engine", default="local", show_default=True, metavar="local|dask|dask:ĐỊA_CHỈ",
                     callback=_engine_name, help="Nơi đọc: máy này, hoặc cụm dask."),
        click.option("--workers", type=click.IntRange(min=1), default=None, metavar="N",
                     help="Số tiến trình đọc cùng lúc.  [mặc định: số nhân CPU]"),
    ):  # fmt: skip
        command = option(command)
    return command


def examples(*lines: str) -> str:
    """The examples below a command's help, each on a line of its own (click's mark for that is a backspace)."""
    return "\b\nVí dụ:\n" + "\n".join(f"  {line}" for line in lines)


def archive_beside(db: Path, archive: Path | None) -> Path:
    """The archive that was asked for, else the folder «archive» beside the database; from the root on."""
    return absolute(archive if archive is not None else db.parent / "archive")


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def existing_store(db: Path) -> Store:
    """The database, which must exist.

    Raises:
        click.UsageError: it does not; reading commands must not make an empty one by a mistyped name.
    """
    if not db.exists():
        raise click.UsageError(f"Không có cơ sở dữ liệu «{db}». Chạy «congvan ingest» trước, hoặc chỉ ra bằng --db.")
    from db.store import Store

    return Store(db)


def _engine_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    kind, _, address = value.partition(":")
    if kind not in {"local", "dask"} or (kind == "local" and address):
        raise click.BadParameter(f"không có cách đọc «{value}»; dùng local, dask hoặc dask:ĐỊA_CHỈ.")
    return value
