from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from congvan.watch import Inbox, notices_of, watch


@pytest.fixture
def box(inbox: Path) -> Inbox:
    return Inbox(inbox, settle=3.0, retry=100.0)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_a_file_is_taken_once_when_it_has_settled(box: Inbox, inbox: Path):
    (inbox / "thư.pdf").write_bytes(b"whole")
    assert [names(box.settled(at)) for at in (0, 1, 3, 4, 50)] == [[], [], ["thư.pdf"], [], []]


def test_a_file_that_still_grows_is_left_alone(box: Inbox, inbox: Path):
    path = inbox / "scan.pdf"
    for at, size in enumerate((10, 20, 30)):
        path.write_bytes(b"x" * size)
        assert box.settled(at * 2) == []
    assert box.waiting == 1
    assert box.settled(6) == []
    assert names(box.settled(7)) == ["scan.pdf"]


def test_a_slow_copy_that_keeps_its_size_but_not_its_time_is_left_alone(box: Inbox, inbox: Path):
    path = inbox / "scan.pdf"
    path.write_bytes(bytes(100))
    for at in range(0, 20, 2):
        os.utime(path, ns=(at, at))
        assert box.settled(at) == []


def test_an_empty_file_is_waited_for_longer(box: Inbox, inbox: Path):
    (inbox / "scan.pdf").touch()
    assert [names(box.settled(at)) for at in (0, 5, 29)] == [[], [], []]
    assert names(box.settled(30)) == ["scan.pdf"]


def test_a_file_written_anew_is_taken_anew(box: Inbox, inbox: Path):
    path = inbox / "thư.pdf"
    path.write_bytes(b"first")
    box.settled(0)
    assert names(box.settled(3)) == ["thư.pdf"]
    path.write_bytes(b"second one")
    assert box.settled(10) == []
    assert names(box.settled(13)) == ["thư.pdf"]


def test_a_vanished_file_is_forgotten(box: Inbox, inbox: Path):
    path = inbox / "thư.pdf"
    path.write_bytes(b"x")
    box.settled(0)
    path.unlink()
    assert box.settled(5) == []
    assert box.waiting == 0
    path.write_bytes(b"x")
    assert box.settled(6) == []
    assert names(box.settled(9)) == ["thư.pdf"]


def test_temporary_names_wait_for_their_real_one(box: Inbox, inbox: Path):
    half = inbox / "thư.pdf.part"
    half.write_bytes(b"x")
    (inbox / ".thư.pdf.k3s").write_bytes(b"x")
    assert [box.settled(at) for at in (0, 10)] == [[], []]
    half.rename(inbox / "thư.pdf")
    box.settled(11)
    assert names(box.settled(14)) == ["thư.pdf"]


def test_subfolders_are_watched_and_the_archive_is_not(inbox: Path):
    for folder in ("2026/tháng 5", "archive/ab"):
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / "thư.pdf").write_bytes(b"x")
    box = Inbox(inbox, settle=1, skip=frozenset({inbox / "archive"}))
    box.settled(0)
    assert box.settled(2) == [inbox / "2026/tháng 5/thư.pdf"]


def test_an_inbox_that_vanishes_and_comes_back_is_watched_on(box: Inbox, inbox: Path):
    away = inbox.with_name("away")
    (inbox / "thư.pdf").write_bytes(b"x")
    box.settled(0)
    inbox.rename(away)
    assert box.settled(5) == []
    away.rename(inbox)
    box.settled(6)
    assert names(box.settled(9)) == ["thư.pdf"]


def test_what_failed_by_its_surroundings_is_handed_out_again(box: Inbox, inbox: Path):
    path = inbox / "thư.pdf"
    path.write_bytes(b"x")
    box.settled(0)
    assert names(box.settled(3)) == ["thư.pdf"]
    box.again(path, 3)
    assert box.settled(100) == []
    assert box.settled(103) == []
    assert names(box.settled(106)) == ["thư.pdf"]


def test_the_rescan_finds_what_no_notice_told_of(inbox: Path):
    """As on network drives: nothing is ever heard, and the file is found all the same."""
    (inbox / "thư.pdf").write_bytes(b"x")
    stop = threading.Event()
    taken: list[Path] = []

    def take(paths: list[Path]) -> list[Path]:
        taken.extend(paths)
        stop.set()
        return []

    watch(Inbox(inbox, settle=0.0), take, stop=stop, notices=lambda seconds: False, rescan=0.0)
    assert names(taken) == ["thư.pdf"]


def test_notices_wake_the_watch_and_a_missing_folder_does_not_end_it(inbox: Path):
    stop = threading.Event()
    with notices_of(inbox / "chưa có", stop) as heard:
        assert heard(0.1) is False
    with notices_of(inbox, stop) as heard:
        heard(0.1)
        (inbox / "thư.pdf").write_bytes(b"x")
        assert any(heard(0.1) for _ in range(50))
        stop.set()
        assert heard(0.1) in {True, False}
