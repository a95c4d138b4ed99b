"""What is done again to documents that are stored: facts extracted anew, documents forgotten."""

from __future__ import annotations

import shutil
import traceback
from typing import TYPE_CHECKING

from congvan import clock, messages
from congvan.ingest import as_stored, set_aside
from congvan.pipeline import guarded, understand
from congvan.receipts import READ, Receipt
from corpus.archive import Archive
from corpus.errors import CongvanError, SecretError

if TYPE_CHECKING:
    from congvan.ingest import Places
    from congvan.messages import Failure
    from corpus.document import Document
    from db.store import Store


def reextract(store: Store, places: Places, *, only: str = "") -> tuple[int, list[tuple[str, Failure]]]:
    """Extract the facts of every stored document (or of those whose id begins with ``only``) anew, without OCR.

    Returns how many were done, and what failed with the reason; what failed keeps its old facts.
    """
    done = 0
    failed: list[tuple[str, Failure]] = []
    receipts: dict[str, list[Receipt]] = {}
    for row in store.receipts():
        if row["outcome"] in READ:
            receipts.setdefault(row["sha256"], []).append(Receipt(**{name: row[name] for name in Receipt.__slots__}))
    for document, _ in store.stored():
        if not document.id.startswith(only):
            continue
        failure = _extract(store, places, document, receipts.get(document.id, []))
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


def _extract(store: Store, places: Places, document: Document, receipts: list[Receipt]) -> Failure | None:
    try:
        reading = guarded(understand(document))
        with store.transaction():
            outcome = store.save(document, reading.repaired, reading.facts, at=clock.now().isoformat())
            for receipt in receipts:
                store.receipt(**as_stored(store, receipt, outcome, reading.facts).row())
    except SecretError as error:
        forget(store, places, document.id, secret=True)
        return messages.of_congvan(error)
    except CongvanError as error:
        return messages.of_congvan(error)
    except Exception as error:  # noqa: BLE001 - one document that fails must not stop the others
        return messages.unforeseen(error, traceback.format_exc())
    return None
