"""Commands that take files in: ingest, watch, status, summary."""

from __future__ import annotations

import contextlib
import itertools
import json
import signal
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from congvan.cli_options import (
    archive_beside,
    archive_option,
    db_option,
    examples,
    existing_store,
    json_option,
    reading_options,
)
from congvan.messages import OUTCOMES, STYLES
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from congvan.display import Bars
    from congvan.ingest import Ingest, Places
    from congvan.receipts import Tally

NOT_ALL_READ = 9
"""Exit code when some file of several did not become a document."""


class ReadingOptions(TypedDict):
    """The options of `reading_options`."""

    workers: int | None
    engine: str
    timeout: float
    memory: int


@click.command(
    epilog=examples(
        "congvan ingest cong-van-den/",
        "congvan ingest 2026/*.pdf --db van-thu.db --workers 4",
        "congvan ingest cong-van-den/ --retry",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@archive_option
@reading_options
@click.option("--retry", is_flag=True, help="Đọc lại cả những tệp lần trước hỏng, có mật khẩu hoặc không hỗ trợ.")
@click.option("--verbose", "-v", is_flag=True, help="Kể từng tệp, cả những tệp đã xong.")
@json_option
def ingest(
    paths: tuple[Path, ...],
    db: Path,
    archive: Path | None,
    *,
    retry: bool,
    verbose: bool,
    as_json: bool,
    **reading: Unpack[ReadingOptions],
) -> None:
    """Đọc các tệp và thư mục PATHS, lưu vào cơ sở dữ liệu.

    Mỗi tệp có đúng một biên nhận: xong, cần xem, trùng, hỏng, có mật khẩu, văn bản mật, không hỗ trợ.
    Chạy lại lần nữa thì chỉ đọc những tệp mới.
    """
    from congvan.display import Bars, errors, summary
    from congvan.ingest import Places
    from congvan.sources import database_files, files_in

    missing = [path for path in paths if not (path.exists() or path.is_symlink())]
    if missing:
        raise click.UsageError(f"Không có tệp hoặc thư mục «{missing[0]}».")
    places = Places.around(archive_beside(db, archive))
    files = list(files_in(paths, skip=database_files(db).union(places.folders())))
    bars = Bars(errors(), verbose=verbose, total=len(files))
    with interrupted_by_term(), open_ingest(db, places, bars, retry=retry, options=reading) as run, bars.shown():
        tally = run.run(files)
    bars.console.print(summary(tally))
    if as_json:
        click.echo(json.dumps(tally.report(), ensure_ascii=False, indent=1))
    raise SystemExit(exit_code(tally))


def exit_code(tally: Tally) -> int:
    """0 where every file is a document; a single file's own code; else `NOT_ALL_READ`."""
    bad = [code for code in tally.exit_codes if code]
    if not bad:
        return 0
    return bad[0] if len(bad) == 1 and tally.files == 1 else NOT_ALL_READ


@click.command(
    epilog=examples("congvan watch /srv/cong-van-den --db van-thu.db", "congvan watch hop-thu --settle 10 --rescan 60")
)
@click.argument("inbox", type=click.Path(path_type=Path))
@db_option
@archive_option
@reading_options
@click.option(
    "--settle",
    type=click.FloatRange(min=0.1),
    default=3.0,
    show_default=True,
    metavar="GIÂY",
    help="Tệp phải đứng yên bấy lâu mới được đọc.",
)
@click.option(
    "--rescan",
    type=click.FloatRange(min=1),
    default=30.0,
    show_default=True,
    metavar="GIÂY",
    help="Cứ bấy lâu lại nhìn cả thư mục một lượt (cần cho ổ đĩa mạng).",
)
def watch(
    inbox: Path, db: Path, archive: Path | None, settle: float, rescan: float, **reading: Unpack[ReadingOptions]
) -> None:  # fmt: skip
    """Canh thư mục INBOX, đọc mỗi tệp mới khi nó đã chép xong; chạy mãi cho tới khi bấm Ctrl-C.

    Tệp trong thư mục không bị dời hay xóa. Tệp hỏng không làm dừng việc canh.
    """
    from congvan.display import Bars, errors
    from congvan.ingest import Places
    from congvan.sources import absolute, database_files
    from congvan.watch import Inbox
    from congvan.watch import watch as keep_watch

    if not inbox.is_dir():
        raise click.UsageError(f"Không có thư mục «{inbox}».")
    places = Places.around(archive_beside(db, archive))
    bars = Bars(errors(), verbose=True)
    with open_ingest(db, places, bars, retry=False, options=reading) as run, stopped_by_signal() as stop:
        bars.console.print(f"Đang canh {inbox} (Ctrl-C để dừng).")

        box = Inbox(absolute(inbox), settle, skip=database_files(db).union(places.folders()))
        keep_watch(box, lambda files: take(run, files, bars, stop), stop=stop, rescan=rescan)


def take(run: Ingest, files: list[Path], bars: Bars, stop: Event) -> list[Path]:
    """Take in a batch of a watched folder; the files to be tried again later."""
    from congvan.display import summary
    from congvan.sources import written

    try:
        with bars.shown():
            tally = run.run(itertools.takewhile(lambda _: not stop.is_set(), files))
    except CongvanError as error:
        # A database that is busy or full, a cluster that is gone: later it may be there again.
        bars.console.print(f"congvan: {error}\n→ {error.remedy} Sẽ tự thử lại.", markup=False)
        return files
    if tally.receipts:
        bars.console.print(summary(tally))
    again = {receipt.path for receipt in tally.receipts if receipt.retry}
    return [path for path in files if written(path) in again]


@contextlib.contextmanager
def interrupted_by_term() -> Iterator[None]:
    """SIGTERM interrupts as Ctrl-C does, so that reading processes are ended and nothing is left half done."""

    def heard(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def stopped_by_signal() -> Iterator[Event]:
    """An event that SIGTERM sets (Ctrl-C too); the second Ctrl-C interrupts at once, as ever."""
    stop = Event()

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def open_ingest(db: Path, places: Places, bars: Bars, *, retry: bool, options: ReadingOptions) -> Iterator[Ingest]:
    """Everything that takes files in, its database open."""
    from congvan.engines import engine
    from congvan.ingest import Ingest
    from congvan.reader import Bounds
    from db.store import Store

    bounds = Bounds(seconds=options["timeout"], memory=options["memory"] << 30)
    db.absolute().parent.mkdir(parents=True, exist_ok=True)
    readers = engine(options["engine"], options["workers"], bounds)
    with contextlib.closing(readers), Store(db) as store:
        yield Ingest(store, places, readers, bars, retry=retry)


@click.command(epilog=examples("congvan status", "congvan status --json"))
@db_option
@json_option
def status(db: Path, *, as_json: bool) -> None:
    """Đếm biên nhận: mỗi tệp đã thả vào có đúng một kết quả, và các số cộng lại khớp."""
    from congvan.display import output, problems

    with existing_store(db) as store:
        counts = store.counts()
        receipts = store.receipts()
    if as_json:
        click.echo(json.dumps({"files": sum(counts.values()), "outcomes": counts}, ensure_ascii=False))
        return
    console = output()
    for outcome, name in OUTCOMES.items():
        console.print(f"{counts.get(outcome, 0):>7}  {name}", style=STYLES[outcome] if counts.get(outcome) else "dim")
    console.print(f"{sum(counts.values()):>7}  tệp tất cả", style="bold")
    for line in problems(receipts):
        console.print(line)


@click.command(epilog=examples("congvan summary --db van-thu.db"))
@db_option
@json_option
def summary(db: Path, *, as_json: bool) -> None:
    """Bảng tóm tắt các văn bản: số, nhiệm vụ, thời hạn, chỗ cần xem lại."""
    from congvan.display import documents_table, output

    with existing_store(db) as store:
        rows = store.dicts(_DOCUMENTS)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    output().print(documents_table(rows))


_DOUBTS = " + ".join(
    f"(SELECT count(*) FROM {table} WHERE document_id = d.id AND needs_review)"  # noqa: S608 - our own names
    for table in ("dispatches", "citations", "deadlines", "targets", "obligations")
)
_DOCUMENTS = f"""
SELECT d.id, d.name, d.outcome, d.pages, d.obligations, d.deadlines, d.issues, {_DOUBTS} AS doubtful,
       group_concat(p.number, '; ') AS numbers, max(CASE WHEN p.part = 1 THEN p.subject END) AS subject
FROM documents d LEFT JOIN dispatches p ON p.document_id = d.id
GROUP BY d.id ORDER BY d.name
"""  # noqa: S608 - our own names

COMMANDS = (ingest, watch, status, summary)
