"""Load time, memory and speed of the restorer on one core.

python bench/restore/speed.py garbled.txt accented.txt
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from normalize.fold import fold
from normalize.restore import restorer


def rate(text: str) -> float:
    """Tokens per second of the second of two runs."""
    restorer().repair(text)
    start = time.process_time()
    restorer().repair(text)
    return len(text.split()) / (time.process_time() - start)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("garbled", type=Path)
    parser.add_argument("accented", type=Path)
    args = parser.parse_args()
    start = time.process_time()
    restorer().repair("Ke hoach trien khai thuc hien cua cac don vi truc thuoc So Y te")
    print(f"load and first line {time.process_time() - start:.2f} s")
    print(f"garbled  {rate(args.garbled.read_text(encoding='utf-8')):8.0f} tokens/s")
    print(f"stripped {rate(fold(args.accented.read_text(encoding='utf-8'))):8.0f} tokens/s")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
