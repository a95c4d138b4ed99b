"""What the terminal shows: progress and messages on stderr, so that stdout holds results alone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from congvan.messages import OUTCOMES, STYLES
from congvan.sources import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table
    from rich.text import Text

    from congvan.receipts import Receipt, Tally
    from congvan.worker import Job

QUIET_OUTCOMES = frozenset({"done", "duplicate"})
"""Outcomes that need nobody's attention: shown in the progress bar only."""


def errors() -> Console:
    """The console on stderr."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    return console if console.is_terminal else Console(stderr=True, highlight=False, soft_wrap=True)


def output() -> Console:
    """The console on stdout; plain and unwrapped where it is no terminal."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200, soft_wrap=True)


class Bars:
    """Hears a run: one bar for all files, one for each file that is being read, a line for what needs a look."""

    def __init__(self, console: Console, *, verbose: bool = False, total: int | None = None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = console
        self.verbose = verbose
        self._progress: Progress = Progress(
            TextColumn("{task.description}", table_column=None),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._all: TaskID = self._progress.add_task("Tất cả các tệp", total=total)
        self._tasks: dict[str, TaskID] = {}

    @contextlib.contextmanager
    def shown(self) -> Iterator[Bars]:
        """Show the bars while the run lasts."""
        with self._progress:
            yield self

    def started(self, job: Job) -> None:
        """A file goes to a reader."""
        self._tasks[job.sha256] = self._progress.add_task(f"  {_short(job.name)}".replace("[", r"\["), total=None)

    def advanced(self, job: Job, page: int, pages: int) -> None:
        """A page was read."""
        if job.sha256 in self._tasks:
            self._progress.update(self._tasks[job.sha256], completed=page, total=pages)

    def finished(self, receipt: Receipt, *, path: str) -> None:
        """A file has its receipt; ``path`` is its place even where the receipt hides it."""
        if (task := self._tasks.pop(receipt.sha256, None)) is not None:
            self._progress.remove_task(task)
        self._progress.advance(self._all)
        if self.verbose or receipt.outcome not in QUIET_OUTCOMES:
            say(self.console, receipt, path)

    def passed(self, path: str) -> None:
        """A file had its receipt already, or went away before it was looked at."""
        self._progress.advance(self._all)
        if self.verbose:
            self.console.print(f"đã có  {on_one_line(path)}", style="dim", markup=False)


def say(console: Console, receipt: Receipt, path: str) -> None:
    """One file's outcome in a line or two."""
    from rich.text import Text

    line = Text.assemble(
        (f"{OUTCOMES[receipt.outcome]:<12}", STYLES[receipt.outcome]), f" {on_one_line(path)}: {receipt.reason}"
    )
    if receipt.next_step:
        line.append(f" → {receipt.next_step}", style="dim")
    console.print(line)


def summary(tally: Tally) -> str:
    """What a run did, in one sentence whose numbers add up."""
    parts = [f"{number} {OUTCOMES[outcome]}" for outcome, number in tally.outcomes.items()]
    if tally.unchanged:
        parts.append(f"{tally.unchanged} đã có từ trước")
    if tally.vanished:
        parts.append(f"{tally.vanished} đã bị lấy đi trước khi đọc")
    return f"{tally.files} tệp: " + (", ".join(parts) if parts else "không có gì để đọc") + "."


def problems(receipts: list[dict[str, Any]], limit: int = 20) -> Iterator[Text]:
    """The latest receipts that ask somebody to do something, the newest first."""
    from rich.text import Text

    bad = [row for row in receipts if row["outcome"] not in QUIET_OUTCOMES | {"review"}]
    for row in bad[: -limit - 1 : -1]:
        line = Text.assemble(
            (f"{OUTCOMES[row['outcome']]}  ", STYLES[row["outcome"]]), row["name"], f": {row['reason']}"
        )
        line.append(f" → {row['next_step']}", style="dim")
        yield line
    if len(bad) > limit:
        yield Text(f"… và {len(bad) - limit} tệp nữa", style="dim")


def documents_table(rows: list[dict[str, Any]]) -> Table:
    """One line a document: its name, number, subject, what was found, whether a person must look."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(rows)} văn bản", title_justify="left")
    for name, justify in (
        ("Tệp", "left"), ("Số, ký hiệu", "left"), ("Trích yếu", "left"),
        ("Nhiệm vụ", "right"), ("Thời hạn", "right"), ("Cần xem", "right"),
    ):  # fmt: skip
        table.add_column(name, justify=justify, overflow="fold" if name != "Trích yếu" else "ellipsis")  # type: ignore[arg-type]
    for row in rows:
        doubt = f"{row['issues'] + row['doubtful']} chỗ" if row["outcome"] == "review" else "–"
        table.add_row(
            Text(on_one_line(row["name"])),
            Text(row["numbers"] or "–"),
            Text(_short(row["subject"] or "–", 60)),
            str(row["obligations"]),
            str(row["deadlines"]),
            Text(doubt, style=STYLES[row["outcome"]]),
        )
    return table


def facts_report(found: dict[str, Any]) -> Iterator[Text]:
    """The facts of one file for people: a heading a kind, a line a fact, doubtful ones marked."""
    from rich.text import Text

    for key, title, parts in _SECTIONS:
        if found[key]:
            yield Text(f"{title} ({len(found[key])})", style="bold")
        for fact in found[key]:
            said = [fact.get(part) for part in parts]
            words = "; ".join("; ".join(value) if isinstance(value, list) else str(value) for value in said if value)
            doubt = (" [cần xem lại]", "yellow") if fact.get("needs_review") else ""
            yield Text.assemble(f"  tr. {fact.get('page', '–')}  {on_one_line(words)}", doubt)


_SECTIONS = (
    ("documents", "Văn bản", ("doc_type", "number", "date", "issuer", "subject", "urgency", "signer_name")),
    ("deadlines", "Thời hạn", ("text", "due", "rrule", "who", "what")),
    ("obligations", "Nhiệm vụ", ("ref", "lead", "task", "deadline_text")),
    ("targets", "Chỉ tiêu", ("text", "by")),
    ("citations", "Viện dẫn", ("relation", "quote")),
    ("issues", "Điểm nghi vấn", ("message",)),
)


def _short(name: str, width: int = 40) -> str:
    return name if len(name) <= width else f"{name[: width - 1]}…"
