"""What is done again to documents that are stored: facts extracted anew, documents forgotten."""

from __future__ import annotations

import shutil
import traceback
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from congvan import clock, messages
from congvan.ingest import as_stored, set_aside
from congvan.known import known_to
from congvan.pipeline import guarded, understand
from congvan.receipts import READ, Receipt
from corpus.archive import Archive
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from congvan.ingest import Places
    from congvan.known import Known
    from congvan.messages import Failure
    from congvan.pipeline import Reading
    from corpus.document import Document
    from db.store import Store


def reextract(
    store: Store, places: Places, *, only: str = "", workers: int = 1
) -> tuple[int, list[tuple[str, Failure]]]:
    """Extract the facts of every stored document (or of those whose id begins with ``only``) anew, without OCR.

    ``workers``: so many processes read; this one writes. Returns how many were done, and what failed with the reason;
    what failed keeps its old facts.
    """
    done = 0
    failed: list[tuple[str, Failure]] = []
    receipts: dict[str, list[Receipt]] = {}
    for row in store.receipts():
        if row["outcome"] in READ:
            receipts.setdefault(row["sha256"], []).append(Receipt(**{name: row[name] for name in Receipt.__slots__}))
    wanted = [document_id for document_id in store.ids() if document_id.startswith(only)]
    documents = (kept.document for document_id in wanted if (kept := store.load(document_id)))
    for document, result in _understood(documents, known_to(store), min(workers, len(wanted))):
        failure = _kept(store, places, document, result, receipts.get(document.id, []))
        if failure:
            failed.append((document.name, failure))
        else:
            done += 1
    return done, failed


def forget(store: Store, places: Places, sha256: str, *, secret: bool) -> None:
    """Remove a document everywhere; as a secret one, its original is put aside and it is never read again."""
    if secret:
        receipt = Receipt("", "", sha256, "secret", "Đã chuyển sang diện văn bản mật.", "", clock.now().isoformat())
        store.receipt(**set_aside(store, places, receipt).row())
        return
    with store.transaction():
        store.forget(sha256)
        store.drop_receipts(sha256)
    store.empty_log()
    Archive(places.archive).remove(sha256)
    shutil.rmtree(places.pages_of(sha256), ignore_errors=True)


def _understood(
    documents: Iterator[Document], known: Known, workers: int
) -> Iterator[tuple[Document, Reading | Failure]]:
    """Each document with what was made of it; several are under way at once, never more than two for each worker."""
    pool = _pool(workers) if workers > 1 else None
    if pool is None:
        yield from ((document, understood(document, known)) for document in documents)
        return
    with pool:
        under_way: deque[tuple[Document, Future[Reading | Failure] | None]] = deque()
        for document in documents:
            under_way.append((document, _submitted(pool, document, known)))
            if len(under_way) >= 2 * workers:
                first, future = under_way.popleft()
                yield first, _answer(future)
        yield from ((document, _answer(future)) for document, future in under_way)


def _pool(workers: int) -> ProcessPoolExecutor | None:
    """So many processes; None where the system has no shared memory for their locks (some containers)."""
    try:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    except OSError:
        return None


def _submitted(pool: ProcessPoolExecutor, document: Document, known: Known) -> Future[Reading | Failure] | None:
    try:
        return pool.submit(understood, document, known)
    except BrokenExecutor:
        return None


def _answer(future: Future[Reading | Failure] | None) -> Reading | Failure:
    """What a process made of its document; one that was killed (for memory, say) ends all of its pool."""
    try:
        return future.result() if future else messages.process_lost()
    except BrokenExecutor:
        return messages.process_lost()


def understood(document: Document, known: Known) -> Reading | Failure:
    """The document with its facts; whatever goes wrong becomes a `Failure`."""
    try:
        return guarded(understand(document, known))
    except CongvanError as error:
        return messages.of_congvan(error)
    except Exception as error:  # noqa: BLE001 - one document that fails must not stop the others
        return messages.unforeseen(error, traceback.format_exc())


def _kept(
    store: Store, places: Places, document: Document, result: Reading | Failure, receipts: list[Receipt]
) -> Failure | None:
    """Store a document's new facts with its receipts; why not, where it cannot be."""
    if isinstance(result, messages.Failure):
        if result.outcome == "secret":
            forget(store, places, document.id, secret=True)
        return result
    try:
        with store.transaction():
            outcome = store.save(document, result.repaired, result.facts, at=clock.now().isoformat())
            for receipt in receipts:
                store.receipt(**as_stored(store, receipt, outcome, result.facts).row())
    except CongvanError as error:
        return messages.of_congvan(error)
    except Exception as error:  # noqa: BLE001 - one document that cannot be stored must not stop the others
        return messages.unforeseen(error, traceback.format_exc())
    return None
