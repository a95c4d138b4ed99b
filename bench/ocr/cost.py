"""CPU seconds a page of reading and, where it is installed, of ocrmypdf on the same files, in turns.

    python bench/ocr/cost.py FILE.pdf... [--rounds 2]

Both run as whole processes with one thread; children count. The peak memory is that of the reading process.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

READ = "import sys, pathlib; from ocr.read import read; print(len(read(pathlib.Path(sys.argv[1])).pages))"
PEER = ["ocrmypdf", "-l", "vie", "--jobs", "1", "--output-type", "none"]


def cpu_of(command: list[str]) -> tuple[float, str]:
    """``(CPU seconds of the command and its children, what it printed)``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"}, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main() -> None:
    """Prints seconds a page and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    ours = peers = 0.0
    pages = 0
    with tempfile.TemporaryDirectory() as folder:
        sidecar = str(Path(folder) / "text.txt")
        for file in args.files * args.rounds:
            seconds, printed = cpu_of([sys.executable, "-c", READ, str(file)])
            ours += seconds
            pages += int(printed)
            if shutil.which(PEER[0]):
                peers += cpu_of([*PEER, "--sidecar", sidecar, str(file), "-"])[0]
    print(f"congvan: {ours / pages:.2f} CPU s a page over {pages} pages")
    if peers:
        print(f"ocrmypdf: {peers / pages:.2f} CPU s a page; ratio {ours / peers:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
