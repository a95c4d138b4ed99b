"""Facts extracted anew: by several processes as by one, and with the titles that are known meanwhile."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from dropped import Poison, letter

from congvan import again
from congvan.ingest import Places
from congvan.known import NOTHING, Known
from congvan.messages import Failure
from congvan.pipeline import understand
from corpus.document import Document
from corpus.layout import Line, Page
from db.store import Store

AT = "2026-11-21T08:30:00+07:00"


def document(number: int) -> Document:
    lines = tuple(Line(text) for text in letter(number).splitlines())
    return Document(f"{number:064x}", f"{number}.txt", (Page(1, 0, 0, lines, source="file"),))


def filled(path: Path, count: int) -> Store:
    store = Store(path)
    for number in range(1, count + 1):
        reading = understand(document(number))
        store.save(reading.document, reading.repaired, reading.facts, at=AT)
    return store


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 3) as store:
        places = Places.around(tmp_path / "archive")
        facts = "SELECT id, due, lead, task FROM obligations ORDER BY id"
        before = store.all(facts)
        assert before
        store.sqlite.execute("DELETE FROM obligations")
        assert again.reextract(store, places, workers=2) == (3, [])
        assert store.all(facts) == before


def test_one_that_fails_keeps_its_facts_and_does_not_stop_the_others(tmp_path: Path, monkeypatch) -> None:
    with filled(tmp_path / "a.db", 2) as store:
        before = store.all("SELECT * FROM obligations ORDER BY id")

        def fails(one: Document, known: Known):
            if one.name == "1.txt":
                raise RuntimeError("hỏng")
            return understand(one, known)

        monkeypatch.setattr(again, "understand", fails)
        done, failed = again.reextract(store, Places.around(tmp_path / "archive"))
        assert (done, [name for name, _ in failed]) == (1, ["1.txt"])
        assert store.all("SELECT * FROM obligations ORDER BY id") == before


def test_a_process_that_is_killed_fails_its_documents_and_raises_nothing() -> None:
    killer = replace(document(1), name=Poison(os._exit, 7))
    found = [result for _, result in again._understood(iter([killer] * 6), NOTHING, 2)]
    assert [type(result) for result in found] == [Failure] * 6
    assert "--workers 1" in found[0].next_step


def test_where_no_pool_can_be_made_one_process_does_it_all(monkeypatch) -> None:
    def refused(*_values, **_options):
        raise PermissionError(13, "no shared memory")

    monkeypatch.setattr(again, "ProcessPoolExecutor", refused)
    [(_, result)] = again._understood(iter([document(1)]), NOTHING, 2)
    assert not isinstance(result, Failure)


def test_titles_of_sure_heads_are_known_to_later_readings(tmp_path: Path, monkeypatch) -> None:
    subject = "V/v kiểm kê tài sản cuối năm"
    with filled(tmp_path / "a.db", 1) as store:
        store.sqlite.execute("UPDATE dispatches SET subject = ?", (subject,))
        assert store.titles() == (subject,)
        given = []
        monkeypatch.setattr(again, "understood", lambda one, known: given.append(known) or understand(one))
        again.reextract(store, Places.around(tmp_path / "archive"))
        assert [known.titles for known in given] == [(subject,)]


def test_a_doubtful_title_is_not_handed_on(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 1) as store:
        store.sqlite.execute("UPDATE dispatches SET subject = 'V/v kiêm kê'")
        store.sqlite.execute("UPDATE header_fields SET field = 'subject', needs_review = 1 WHERE field = 'number'")
        assert store.titles() == ()
