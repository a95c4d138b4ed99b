"""The inbox watched for ever: a file is taken when it has stopped changing.

Notices from the operating system make it quick, a look at the whole folder every so often makes it sure: on
network drives notices get lost, and a file that was busy once must be tried again.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from congvan import clock
from congvan.sources import files_in

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from threading import Event

    Notices = Callable[[float], bool]

_EMPTY_PATIENCE = 10
"""How many times longer an empty file is waited for: many programs create a file first and fill it later."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A file as it looked, and since when it has looked so (seconds of a clock that only moves forward)."""

    size: int
    changed: int
    inode: int
    since: float


@dataclass
class Inbox:
    """What lies in a folder, and which of it has settled and was not handed out yet.

    ``settle``: seconds for which size and time of change must stay the same. ``retry``: seconds after which a file
    that failed by its surroundings is handed out again. ``skip``: folders left out.
    """

    folder: Path
    settle: float = 3.0
    retry: float = 300.0
    skip: frozenset[Path] = frozenset()
    _waiting: dict[Path, _Look] = field(default_factory=dict)
    _taken: dict[Path, _Look] = field(default_factory=dict)
    _later: dict[Path, float] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """Files that are still being watched until they settle."""
        return len(self._waiting)

    def settled(self, at: float) -> list[Path]:
        """Look at the folder at this moment; the files that are ready, each once for each content it takes on."""
        for path in [path for path, due in self._later.items() if due <= at]:
            del self._later[path]
            self._taken.pop(path, None)
        there = set()
        ready = []
        for path in files_in([self.folder], skip=self.skip):
            there.add(path)
            if self._is_ready(path, at):
                ready.append(path)
        for known in (self._waiting, self._taken, self._later):
            _keep_only(known, there)
        return ready

    def again(self, path: Path, at: float) -> None:
        """Hand a file out once more after a while: it was busy, or the disk was full, or a program missing."""
        self._later[path] = at + self.retry

    def _is_ready(self, path: Path, at: float) -> bool:
        look = _look(path, at)
        taken = self._taken.get(path)
        if taken and _same(taken, look):
            return False
        before = self._waiting.get(path)
        if before is None or not _same(before, look):
            self._waiting[path] = look
            return False
        patience = self.settle if look.size else self.settle * _EMPTY_PATIENCE
        if at - before.since < patience:
            return False
        self._taken[path] = self._waiting.pop(path)
        return True


def watch(
    inbox: Inbox,
    take: Callable[[list[Path]], list[Path]],
    *,
    stop: Event,
    notices: Notices | None = None,
    rescan: float = 30.0,
) -> None:
    """Hand every settled file to ``take``, in batches, until ``stop`` is set.

    Args:
        inbox: the folder; it may vanish and come back (a network drive).
        take: takes a batch in and says which of it to try again later; called again only when it is done.
        stop: ends the watch once a batch is done.
        notices: waits for so many seconds at most, and says whether something changed; `notices_of` by default.
        rescan: seconds between looks at the whole folder where no notice came.
    """
    with contextlib.ExitStack() as stack:
        heard = notices or stack.enter_context(notices_of(inbox.folder, stop))
        looked = float("-inf")
        while not stop.is_set():
            # While files settle it looks often; else it waits for a notice or the next rescan.
            changed = heard(min(max(inbox.settle / 3, 0.2), 1.0))
            at = clock.seconds()
            if not (changed or inbox.waiting or at - looked >= rescan):
                continue
            looked = at
            if ready := inbox.settled(at):
                for path in take(ready):
                    inbox.again(path, clock.seconds())


@contextlib.contextmanager
def notices_of(folder: Path, stop: Event) -> Iterator[Notices]:
    """The operating system's notices of changes below ``folder``; plain waiting where it gives none."""
    import watchfiles

    def changes() -> Generator[bool, None, None]:
        while not stop.is_set():
            try:
                for found in watchfiles.watch(
                    folder, stop_event=stop, yield_on_timeout=True, rust_timeout=500, step=100, raise_interrupt=True
                ):
                    yield bool(found)
            except (OSError, RuntimeError):
                # The folder is gone, or the system has no notices left to give: the rescan carries on alone.
                clock.pause(0.5)
                yield False

    stream = changes()

    def wait(_seconds: float) -> bool:
        return next(stream, False)

    try:
        yield wait
    finally:
        stream.close()


def _keep_only(known: dict[Path, Any], there: set[Path]) -> None:
    for gone in known.keys() - there:
        del known[gone]


def _look(path: Path, at: float) -> _Look:
    try:
        found = path.stat()
    except OSError:
        # A link that leads nowhere, or a file just gone: its receipt or its absence is the ingest's business.
        return _Look(-1, 0, 0, at)
    return _Look(found.st_size, found.st_mtime_ns, found.st_ino, at)


def _same(one: _Look, other: _Look) -> bool:
    return (one.size, one.changed, one.inode) == (other.size, other.changed, other.inode)
