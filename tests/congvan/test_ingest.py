from __future__ import annotations

import os
from pathlib import Path

import pytest
from dropped import Heard, Inline, letter, pdf

from congvan.ingest import Ingest, Places
from congvan.messages import Failure
from congvan.sources import files_in
from corpus.archive import Archive
from corpus.errors import SecretError
from db.errors import StoreFullError
from db.store import Store


def rows(store: Store) -> dict[str, dict]:
    return {row["name"]: row for row in store.receipts()}


def test_every_file_of_a_mixed_folder_gets_one_receipt(ingest: Ingest, store: Store, inbox: Path):
    contents = {
        "thư.txt": letter().encode(),
        "sai đuôi.pdf": letter(13).encode(),
        "trống.pdf": b"",
        "khóa.pdf": pdf(encrypted=True),
        "cụt.pdf": pdf()[:200],
        "trang khổng lồ.pdf": pdf(side=2_000_000),
        "rác.pdf": bytes(range(256)) * 40,
        "bảng tính.xlsx": b"PK\x03\x04" + bytes(200),
        "mật.txt": letter(14, "TỐI MẬT").encode(),
        "tên\ncó dòng mới.txt": letter(15).encode(),
        "bản sao.txt": letter().encode(),
    }
    for name, content in contents.items():
        (inbox / name).write_bytes(content)
    tally = ingest.run(files_in([inbox]))
    got = {name: row["outcome"] for name, row in rows(store).items()}
    assert got.pop("thư.txt") == "duplicate"
    assert got.pop("bản sao.txt") in {"done", "review"}
    assert got.pop("sai đuôi.pdf") in {"done", "review"}
    assert got.pop("tên⏎có dòng mới.txt") in {"done", "review"}
    assert got.pop("khóa.pdf") == "locked"
    assert got.pop("bảng tính.xlsx") == "unsupported"
    assert {got.pop(name) for name in ("trống.pdf", "cụt.pdf")} == {"failed"}
    assert got.pop("trang khổng lồ.pdf") in {"failed", "review", "done"}
    assert got.pop("rác.pdf") in {"failed", "unsupported"}
    assert list(got.values()) == ["secret"]
    assert sum(store.counts().values()) == len(contents) == tally.files
    bad = [row for row in store.receipts() if row["outcome"] not in {"done", "duplicate"}]
    assert all(row["reason"] and row["next_step"] for row in bad)


def test_a_second_run_does_nothing(ingest: Ingest, store: Store, inbox: Path, places: Places):
    for number in range(3):
        (inbox / f"{number}.txt").write_text(letter(number + 20), encoding="utf-8")
    (inbox / "mật.txt").write_text(letter(1, "MẬT"), encoding="utf-8")
    (inbox / "trống.txt").write_bytes(b"")
    ingest.run(files_in([inbox]))
    before = store.receipts()
    again = Ingest(store, places, Inline(), heard := Heard())
    tally = again.run(files_in([inbox]))
    assert (tally.receipts, tally.unchanged, heard.jobs) == ([], 5, [])
    assert store.receipts() == before


def test_a_reason_names_the_file_as_people_know_it(ingest: Ingest, store: Store, inbox: Path):
    (inbox / "rỗng\ncả.pdf").touch()
    (inbox / "cũ.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    ingest.run(files_in([inbox]))
    reasons = {row["name"]: row["reason"] for row in store.receipts()}
    assert "«rỗng⏎cả.pdf»" in reasons["rỗng⏎cả.pdf"]
    assert reasons["cũ.doc"].startswith("«cũ.doc» là tài liệu Office cũ")


def test_nothing_of_a_secret_file_is_kept(ingest: Ingest, store: Store, inbox: Path, places: Places, heard: Heard):
    secret = inbox / "phương án giếng khoan.txt"
    secret.write_text(letter(77, "TUYỆT MẬT"), encoding="utf-8")
    ingest.run([secret])
    [row] = store.receipts()
    assert (row["outcome"], row["document_id"], store.ids()) == ("secret", None, [])
    assert "giếng" not in str(row)
    assert "phụ trách văn bản mật" in row["next_step"]
    assert list(Archive(places.archive)) == []
    [kept] = [path for path in places.secret.iterdir() if path.name == row["sha256"]]
    assert (kept.stat().st_mode & 0o777, places.secret.stat().st_mode & 0o777) == (0o600, 0o700)
    register = places.secret / "so-tep-mat.tsv"
    assert "phương án giếng khoan.txt" in register.read_text(encoding="utf-8")
    assert register.stat().st_mode & 0o777 == 0o600
    dump = "\n".join(store.sqlite.iterdump())
    assert "giếng" not in dump
    assert "kiểm đếm" not in dump
    assert not [path for path in places.ocr_cache.rglob("*") if path.is_file()]
    assert [path for path in places.archive.rglob("*") if path.is_file()] == []


def test_a_secret_found_by_the_store_alone_is_put_aside_too(
    ingest: Ingest, store: Store, inbox: Path, places: Places, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_args, **_kwargs):
        raise SecretError("Văn bản có dấu chỉ độ mật nên không được lưu.")

    monkeypatch.setattr(store, "save", refuse)
    (inbox / "thư.txt").write_text(letter(), encoding="utf-8")
    ingest.run(files_in([inbox]))
    assert [row["outcome"] for row in store.receipts()] == ["secret"]
    assert list(Archive(places.archive)) == []


def test_the_original_is_archived_before_it_is_read(store: Store, places: Places, inbox: Path, heard: Heard):
    archived = []

    def look(job):
        archived.append(Archive(places.archive).verify(job.sha256))
        return Failure("failed", "Hỏng.", "Xem lại.")

    (inbox / "thư.txt").write_text(letter(), encoding="utf-8")
    Ingest(store, places, Inline(look), heard).run(files_in([inbox]))
    assert archived == [True]


def test_links_folders_and_odd_things(ingest: Ingest, store: Store, inbox: Path, tmp_path: Path):
    (inbox / "thư.txt").write_text(letter(), encoding="utf-8")
    (inbox / "liên kết.txt").symlink_to(inbox / "thư.txt")
    (inbox / "cụt.txt").symlink_to(inbox / "không có.txt")
    (inbox / "vòng").symlink_to(inbox, target_is_directory=True)
    (inbox / "con").mkdir()
    (inbox / "con" / "thư khác.md").write_text(letter(16), encoding="utf-8")
    for junk in (".ẩn.txt", "dở.pdf.part", "~$thư.docx", "Thumbs.db"):
        (inbox / junk).write_bytes(b"x")
    os.mkfifo(inbox / "ống")
    ingest.run(files_in([inbox, inbox / "thư.txt"]))
    got = {name: row["outcome"] for name, row in rows(store).items()}
    assert got.keys() == {"thư.txt", "liên kết.txt", "cụt.txt", "thư khác.md", "ống"}
    assert (got["cụt.txt"], got["ống"]) == ("failed", "unsupported")
    assert sorted((got["thư.txt"] == "duplicate", got["liên kết.txt"] == "duplicate")) == [False, True]


def test_a_file_that_may_not_be_read_is_tried_again(
    ingest: Ingest, store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    path = inbox / "thư.txt"
    path.write_text(letter(), encoding="utf-8")

    def refused(_self, source):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "identify", refused)
        for _ in range(2):
            ingest.run([path])
    [row] = store.receipts()
    assert (row["outcome"], row["sha256"], row["retry"]) == ("failed", "", 1)
    assert "quyền" in row["reason"]
    ingest.run([path])
    [row] = store.receipts()
    assert row["outcome"] in {"done", "review"}


def test_a_file_gone_before_its_turn_is_counted_and_gets_no_receipt(ingest: Ingest, store: Store, inbox: Path):
    tally = ingest.run([inbox / "đã xóa.pdf"])
    assert (tally.vanished, tally.files, store.receipts()) == (1, 1, [])


@pytest.mark.parametrize(("passing", "retry", "read"), [(False, False, 0), (False, True, 1), (True, False, 1)])
def test_what_failed_is_read_again_only_with_reason(
    store: Store, places: Places, inbox: Path, heard: Heard, passing: bool, retry: bool, read: int
):
    path = inbox / "thư.txt"
    path.write_text(letter(), encoding="utf-8")
    failing = Inline(lambda job: Failure("failed", "Hỏng.", "Xem lại.", passing=passing))
    Ingest(store, places, failing, heard).run([path])
    engine = Inline()
    Ingest(store, places, engine, heard, retry=retry).run([path])
    assert len(engine.read) == read
    assert len(store.receipts()) == 1


def test_a_changed_file_is_a_new_content(ingest: Ingest, store: Store, inbox: Path):
    path = inbox / "thư.txt"
    for number in (31, 32):
        path.write_text(letter(number), encoding="utf-8")
        ingest.run([path])
    assert [row["outcome"] == "duplicate" for row in store.receipts()] == [False, False]
    assert len(store.ids()) == 2


def test_a_document_that_cannot_be_stored_stops_nothing(
    ingest: Ingest, store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    save = store.save

    def sometimes(document, *args, **kwargs):
        if document.name == "xấu.txt":
            raise ValueError("a mistake of ours")
        return save(document, *args, **kwargs)

    monkeypatch.setattr(store, "save", sometimes)
    for number, name in enumerate(("a.txt", "xấu.txt", "z.txt")):
        (inbox / name).write_text(letter(number + 40), encoding="utf-8")
    ingest.run(files_in([inbox]))
    got = rows(store)
    assert got["xấu.txt"]["outcome"] == "failed"
    assert "mistake" not in got["xấu.txt"]["reason"]
    assert len(store.ids()) == 2


def test_a_full_database_ends_the_run_and_the_next_goes_on(
    ingest: Ingest, store: Store, inbox: Path, places: Places, heard: Heard, monkeypatch: pytest.MonkeyPatch
):
    (inbox / "thư.txt").write_text(letter(), encoding="utf-8")

    def full(*_args, **_kwargs):
        raise StoreFullError("Ổ đĩa đầy.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save", full)
        with pytest.raises(StoreFullError):
            ingest.run(files_in([inbox]))
    assert store.receipts() == []
    Ingest(store, places, Inline(), heard).run(files_in([inbox]))
    assert len(store.ids()) == len(store.receipts()) == 1


def test_an_interrupted_run_leaves_whole_documents_and_goes_on(store: Store, places: Places, inbox: Path, heard: Heard):
    def interrupt(job):
        if job.name == "b.txt":
            raise KeyboardInterrupt

    for number, name in enumerate(("a.txt", "b.txt", "c.txt")):
        (inbox / name).write_text(letter(number + 50), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        Ingest(store, places, Inline(interrupt), heard).run(files_in([inbox]))
    assert len(store.ids()) == len(store.receipts()) == 1
    engine = Inline()
    Ingest(store, places, engine, heard).run(files_in([inbox]))
    assert engine.read == ["b.txt", "c.txt"]
    assert len(store.ids()) == len(store.receipts()) == 3


def test_a_lost_original_is_put_back(ingest: Ingest, inbox: Path, places: Places, heard: Heard):
    path = inbox / "thư.txt"
    path.write_text(letter(), encoding="utf-8")
    ingest.run([path])
    archive = Archive(places.archive)
    [sha256] = archive
    archive.remove(sha256)
    ingest.run([path])
    assert archive.verify(sha256)
    assert len(heard.jobs) == 1


def test_names_that_are_no_unicode_are_written_down(ingest: Ingest, store: Store, inbox: Path):
    path = inbox / os.fsdecode(b"c\xf4ng v\xe3n.txt")
    path.write_text(letter(), encoding="utf-8")
    ingest.run([path])
    assert list(rows(store)) == ["c\\xf4ng v\\xe3n.txt"]
