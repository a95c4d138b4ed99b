"""How much faster two processes are than one: a bare loop, Tesseract as it is, and ours, side by side.

    python bench/ocr/parallel.py FILE.pdf... [--rounds 3]

Two «cores» that share one core's units, or a machine that others use, give no program twice the speed. So the loop
without memory or files says what the machine gives at that moment, and each of the others is told against it. In each
round everything runs once alone and once twice at the same time; the medians are printed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium
from measure import run

LOOP = [sys.executable, "-c", "n = 0\nfor i in range(10_000_000): n += i & 7"]
OURS = [sys.executable, "-m", "congvan.cli", "text"]
Work = Callable[[], None]


def gain(work: Work) -> float:
    """How many times as much two at once do in the same time as one alone."""
    start = time.perf_counter()
    work()
    alone = time.perf_counter() - start
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result()
    return 2 * alone / (time.perf_counter() - start)


def works(files: list[Path], folder: Path) -> dict[str, Work]:
    """What is measured: name and what to run."""
    pictures = []
    for file in files:
        with pdfium.PdfDocument(file) as pdf:
            pictures.append(folder / f"{file.stem}.png")
            pdf[0].render(scale=200 / 72, grayscale=True).to_pil().save(pictures[-1])

    def tesseract() -> None:
        for picture in pictures:
            run(["tesseract", str(picture), "-", "-l", "vie"])

    def ours() -> None:
        for file in files:
            run([*OURS, str(file)])

    return {"loop": lambda: subprocess.run(LOOP, check=True) and None, "tesseract": tesseract, "congvan": ours}


def main() -> None:
    """Prints the gains and each one's share of what the machine gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    gains: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        measured = works(args.files, Path(folder))
        for _ in range(args.rounds):
            for name, work in measured.items():
                gains.setdefault(name, []).append(gain(work))
    machine = statistics.median(gains["loop"])
    for name, values in gains.items():
        middle = statistics.median(values)
        print(
            f"{name:<10} {middle:.2f} times as fast on two cores "
            f"({min(values):.2f}-{max(values):.2f}); {middle / machine:.2f} of the loop's"
        )


if __name__ == "__main__":
    main()
