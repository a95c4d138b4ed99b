"""Running a command and measuring it: CPU seconds with its children, seconds, peak memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_LOOK = 0.05


@dataclass(frozen=True)
class Run:
    """What a command cost. ``peak`` in MB is that of all its processes together, 0 where the system does not tell."""

    cpu: float
    seconds: float
    peak: float
    printed: str


def run(command: list[str], *, feed: bytes | None = None) -> Run:
    """Runs a command to its end, with one thread for each process; a failure ends the measurement.

    Python may keep what it compiled, as for every installed program, also where the caller's environment forbids it.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if feed is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | ONE_THREAD,
    )
    peaks = [0.0]
    threading.Thread(target=_watch, args=(process, peaks), daemon=True).start()
    printed, said = process.communicate(feed)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{command[0]}: {said.decode(errors='replace')[-300:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, time.perf_counter() - start, peaks[0], printed.decode(errors="replace"))


def _watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(_resident, _family(process.pid))))
        time.sleep(_LOOK)


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(below for child in children for below in _family(int(child)))]


def _resident(pid: int) -> float:
    """MB of a process that are its own: what it shares with others counts for none."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except (OSError, ValueError):
        return 0.0
    return (int(resident) - int(shared)) * resource.getpagesize() / 1e6
