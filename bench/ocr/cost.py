"""CPU seconds and memory a page of `congvan text`, and of ocrmypdf where it is installed, on the same files in turns.

    python bench/ocr/cost.py FILE.pdf... [--rounds 2] [--without trueocr tesserocr]

Both run as whole processes with one thread: start, reading, and for us the repair with its language model. One reading
of a busy machine says little, so each file is read by both in turns, and the ratio is that of the sums. ``--without``
hides optional packages from ours, which then reads as if they were not installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import run

OURS = "import sys; sys.modules |= dict.fromkeys({hidden}); from congvan.cli import main; main(['text', {file!r}])"
PEER = ["ocrmypdf", "-l", "vie", "--jobs", "1", "--output-type", "none"]


def main() -> None:
    """Prints seconds a page, the ratio and the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="optional packages to do without")
    args = parser.parse_args()
    ours = peers = peak = 0.0
    pages = 0
    with tempfile.TemporaryDirectory() as folder:
        sidecar = str(Path(folder) / "text.txt")
        for file in args.files * args.rounds:
            own = run([sys.executable, "-c", OURS.format(hidden=args.without, file=str(file))])
            ours, peak, pages = ours + own.cpu, max(peak, own.peak), pages + own.printed.count("\f") + 1
            if shutil.which(PEER[0]):
                peers += run([*PEER, "--sidecar", sidecar, str(file), "-"]).cpu
    print(f"congvan text: {ours / pages:.2f} CPU s a page over {pages} pages; peak {peak:.0f} MB in all its processes")
    if peers:
        print(f"ocrmypdf: {peers / pages:.2f} CPU s a page; ratio {ours / peers:.2f}")
    else:
        print("ocrmypdf: not installed")


if __name__ == "__main__":
    main()
