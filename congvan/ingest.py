"""Files taken in: archived first, read, stored, and each with a receipt, whatever happens on the way."""

from __future__ import annotations

import contextlib
import errno
import shutil
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from congvan import clock, messages
from congvan.known import NOTHING, known_to
from congvan.messages import Failure
from congvan.receipts import READ, Ledger, Receipt, Tally
from congvan.rulebook import descriptions
from congvan.sources import on_one_line, written
from congvan.worker import Job
from corpus.archive import Archive
from corpus.errors import CongvanError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from congvan.engines import Engine
    from congvan.pipeline import Reading
    from corpus.archive import Stored
    from db.store import Store
    from extract.facts import Facts

LARGEST = 1 << 30
"""Bytes of the largest file that is taken in at all."""
_LEFTOVER = 24 * 3600


class Listener(Protocol):
    """Hears how the run gets on; all methods are called in the supervising process."""

    def started(self, job: Job) -> None:
        """A file goes to a reader."""

    def advanced(self, job: Job, page: int, pages: int) -> None:
        """A page was read."""

    def finished(self, receipt: Receipt, *, path: str) -> None:
        """A file has its receipt; ``path`` is its place even where the receipt hides it."""

    def passed(self, path: str) -> None:
        """A file had its receipt already, or went away before it was looked at."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are kept: originals, secret originals (aside, for one officer's eyes), recognised pages."""

    archive: Path
    secret: Path
    ocr_cache: Path

    @staticmethod
    def around(archive: Path) -> Places:
        """The folders beside an archive: «archive», «archive-mat», «archive-ocr»."""
        return Places(archive, archive.with_name(f"{archive.name}-mat"), archive.with_name(f"{archive.name}-ocr"))

    def folders(self) -> tuple[Path, Path, Path]:
        """All of them: where no new files are to be looked for."""
        return self.archive, self.secret, self.ocr_cache

    def pages_of(self, sha256: str) -> Path:
        """The recognised pages of one file: a folder of its own, so that they can be forgotten."""
        return self.ocr_cache / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class _UnderWay:
    receipt: Receipt
    path: str
    began: float


class Ingest:
    """One writer: readers only read, everything is stored here, a document with its receipt at once."""

    def __init__(
        self, store: Store, places: Places, engine: Engine, listener: Listener, *, retry: bool = False
    ) -> None:
        self.store = store
        self.places = places
        self.archive = Archive(places.archive)
        self.engine = engine
        self.listener = listener
        self.retry = retry
        self.ledger = Ledger(store.receipts())
        self.tally = Tally()
        self._under_way: dict[str, _UnderWay] = {}
        self._twins: list[tuple[Receipt, str]] = []
        self._described = False
        self._known_before = NOTHING

    def run(self, files: Iterable[Path]) -> Tally:
        """Take in every file; what this run did.

        Interrupted at any point, everything stored is whole, and the next run goes on from there.

        Raises:
            StoreError: the database cannot be written; no file can get its receipt then.
        """
        self.tally, self._under_way, self._twins = Tally(), {}, []
        self._known_before = known_to(self.store)
        self.archive.sweep(before=clock.now().timestamp() - _LEFTOVER)
        self.places.ocr_cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(self.engine.run(self._jobs(files), self.listener.advanced)) as results:
            for job, result in results:
                self._settle(self._under_way.pop(job.sha256), result)
        for receipt, path in self._twins:
            self._known(receipt, path)
        self._describe_rules()
        return self.tally

    def _jobs(self, files: Iterable[Path]) -> Iterator[Job]:
        """The files that must be read, archived; the others get their receipts on the way."""
        for path in files:
            receipt = self._blank(path)
            try:
                stored = self._take(path)
            except FileNotFoundError:
                self._missing(path, receipt)
            except OSError as error:
                self._fail(receipt, messages.of_system(error))
            except CongvanError as error:
                self._fail(receipt, messages.of_congvan(error))
            else:
                job = self._job(replace(receipt, sha256=stored.sha256, size=stored.size), stored)
                if job:
                    yield job

    def _describe_rules(self) -> None:
        """Keep the rules' own words beside what they found; not before, since loading the extractor takes seconds."""
        read_now = any(receipt.outcome in READ for receipt in self.tally.receipts)
        if not self._described and (read_now or not self.store.all("SELECT 1 FROM rules LIMIT 1")):
            self._described = True
            self.store.describe_rules(descriptions())

    def _take(self, path: Path) -> Stored:
        """The file in the archive; one that was read before is not copied again."""
        if path.stat().st_size > LARGEST:
            raise LimitError(f"Tệp lớn hơn {LARGEST >> 20} MB.")
        seen = self.archive.identify(path)
        if not self.ledger.must_read(seen.sha256, retry=self.retry) and (
            seen.path.exists() or self.ledger.is_secret(seen.sha256)
        ):
            return seen
        return self.archive.put(path)

    def _job(self, receipt: Receipt, stored: Stored) -> Job | None:
        """What a reader must do for this file, if anything."""
        sha256 = receipt.sha256
        if sha256 in self._under_way:
            self._twins.append((receipt, receipt.path))
            return None
        if not self.ledger.must_read(sha256, retry=self.retry):
            self._known(receipt, receipt.path)
            return None
        job = Job(sha256, stored.path, receipt.name, self.places.pages_of(sha256), known=self._known_before)
        self._under_way[sha256] = _UnderWay(receipt, receipt.path, clock.seconds())
        self.listener.started(job)
        return job

    def _settle(self, under_way: _UnderWay, result: Reading | Failure) -> None:
        """Store what came of a file, with its receipt."""
        receipt = replace(under_way.receipt, seconds=round(clock.seconds() - under_way.began, 1), at=_stamp())
        if isinstance(result, Failure):
            self._fail(receipt, result)
            return
        try:
            with self.store.transaction():
                outcome = self.store.save(result.document, result.repaired, result.facts, at=receipt.at)
                receipt = as_stored(self.store, receipt, outcome, result.facts)
                self.store.receipt(**receipt.row())
        except CongvanError as error:
            if error.exit_code in _OF_STORE:
                raise
            self._fail(receipt, messages.of_congvan(error))
        except Exception as error:  # noqa: BLE001 - one document that cannot be stored must not stop the others
            self._fail(receipt, messages.unforeseen(error, traceback.format_exc()))
        else:
            self._count(receipt, under_way.path)

    def _fail(self, receipt: Receipt, failure: Failure) -> None:
        path = receipt.path
        receipt = receipt.failed(failure)
        if failure.outcome == "secret":
            receipt = set_aside(self.store, self.places, receipt)
        self._write(receipt, path=path, exit_code=failure.exit_code)

    def _known(self, receipt: Receipt, path: str) -> None:
        """A file whose content was read before."""
        known = self.ledger.for_known(receipt)
        if known is None:
            self.tally.unchanged += 1
            self.listener.passed(path)
        else:
            self._write(known, path=path)

    def _missing(self, path: Path, receipt: Receipt) -> None:
        """A link that leads nowhere is a file that failed; a name that is gone is no file any more."""
        if path.is_symlink():
            self._fail(receipt, messages.of_system(FileNotFoundError(errno.ENOENT, "")))
            return
        self.tally.vanished += 1
        self.listener.passed(written(path))

    def _write(self, receipt: Receipt, *, path: str, exit_code: int = 0) -> None:
        self.store.receipt(**receipt.row())
        self._count(receipt, path, exit_code)

    def _count(self, receipt: Receipt, path: str, exit_code: int = 0) -> None:
        self.ledger.add(receipt)
        self.tally.note(receipt, exit_code)
        self.listener.finished(receipt, path=path)

    @staticmethod
    def _blank(path: Path) -> Receipt:
        """A receipt that still lacks its outcome."""
        return Receipt(written(path), on_one_line(written(path.name)), "", "failed", "", "", _stamp())


_OF_STORE = frozenset({10, 11, 12})


def set_aside(store: Store, places: Places, receipt: Receipt) -> Receipt:
    """Keep nothing of a secret file but its hash: rows, recognised pages and the published original go.

    The original is moved where only its owner may read it, and a list there tells that officer which file it was.
    Returns the receipt as it may be stored.
    """
    if store.has(receipt.sha256):
        store.forget(receipt.sha256)
    shutil.rmtree(places.pages_of(receipt.sha256), ignore_errors=True)
    Archive(places.archive).set_aside(receipt.sha256, places.secret)
    register = places.secret / "so-tep-mat.tsv"
    with register.open("a", encoding="utf-8") as lines:
        register.chmod(0o600)
        lines.write(f"{receipt.at}\t{receipt.sha256}\t{on_one_line(receipt.path)}\n")
    return replace(receipt.masked(), outcome="secret", next_step=messages.ASIDE_NEXT)


def as_stored(store: Store, receipt: Receipt, outcome: str, facts: Facts) -> Receipt:
    """The receipt of a file that became a document."""
    found = f"{len(facts.obligations)} nhiệm vụ, {len(facts.deadlines)} thời hạn, {len(facts.targets)} chỉ tiêu"
    reason, next_step = f"{messages.DONE} Tìm thấy {found}.", ""
    if outcome == "review":
        doubts = store.doubts(receipt.sha256)
        reason, next_step = f"{messages.REVIEW} Tìm thấy {found}; {doubts} chỗ cần xem.", messages.REVIEW_NEXT
    same = ", ".join(f"«{row['name']}»" for row in store.similar(receipt.sha256))
    if same:
        reason += f" Cùng số, ký hiệu với tệp {same} đã có: có thể là bản quét lại."
    return replace(
        receipt, outcome=outcome, reason=reason, next_step=next_step, document_id=receipt.sha256, retry=False
    )


def _stamp() -> str:
    return clock.now().isoformat()
