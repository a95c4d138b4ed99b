"""Accented text printed in several faces, spoilt, read by Tesseract ``eng``, which knows no Vietnamese, and repaired.

    OMP_THREAD_LIMIT=1 python bench/restore/rendered.py accented.txt FACE.ttf [FACE.ttf ...] [--pages 2]

Printed for each face: WER of the words without end punctuation before and after repair, line by line. Nothing of these
pages has a share in the channel that is shipped, unless it was learnt from the same text and face (Tinos).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytesseract
from layers import errors
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz import fuzz

from normalize.fold import fold
from normalize.restore import restorer

SEED, WIDTH, HEIGHT, EDGE, SIZE, LINES, ALIKE = 7, 1654, 2339, 160, 38, 34, 60  # A4 at 200 dpi


def page(lines: Sequence[str], face: Path, noise: np.random.RandomState) -> Image.Image:
    """A printed page, turned a little, blurred and noisy."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(str(face), SIZE)
    for number, line in enumerate(lines):
        draw.text((EDGE, EDGE + number * int(SIZE * 1.5)), line, font=font, fill=int(noise.randint(0, 60)))
    image = image.rotate(float(noise.uniform(-0.3, 0.3)), fillcolor=255, resample=Image.Resampling.BICUBIC)
    image = image.filter(ImageFilter.GaussianBlur(float(noise.uniform(0.6, 1.3))))
    grey = np.asarray(image).astype(float) + noise.normal(0, 18, (HEIGHT, WIDTH))
    return Image.fromarray(np.clip(grey, 0, 255).astype("uint8"))


def wrapped(text: str, face: Path) -> list[str]:
    """The text in lines that fit the page."""
    font = ImageFont.truetype(str(face), SIZE)
    if font.getmask("ế").getbbox() == font.getmask("\uffff").getbbox():
        raise SystemExit(f"{face} has no Vietnamese letters")
    lines: list[str] = []
    for paragraph in text.splitlines():
        run = ""
        for word in paragraph.split():
            if run and font.getlength(f"{run} {word}") > WIDTH - 2 * EDGE:
                lines.append(run)
                run = word
            else:
                run = f"{run} {word}".strip()
        lines += [run] if run else []
    return lines


def measure(text: str, face: Path, pages: int) -> str:
    """The figures of one face."""
    noise, chance = np.random.RandomState(SEED), random.Random(SEED)
    lines = wrapped(text, face)
    before = after = size = 0
    for _ in range(pages):
        start = chance.randrange(max(len(lines) - LINES, 1))
        printed = lines[start : start + LINES]
        image = page(printed, face, noise)
        seen = str(pytesseract.image_to_string(image, lang="eng", config="--psm 6", timeout=300))
        read = [line for line in seen.split("\n") if line.strip()]
        fixed = [line.text for line in restorer().restore_lines(read)]
        for true in printed:
            best = max(range(len(read)), key=lambda at: fuzz.ratio(fold(read[at]), fold(true)), default=None)
            if best is not None and fuzz.ratio(fold(read[best]), fold(true)) >= ALIKE:
                wrong, words = errors(true, read[best])
                before, size = before + wrong, size + words
                after += errors(true, fixed[best])[0]
    return f"{face.stem:28} words {size}  WER {before / max(size, 1):.3f} -> {after / max(size, 1):.3f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("faces", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=2)
    args = parser.parse_args()
    for face in args.faces:
        print(measure(args.text.read_text(encoding="utf-8"), face, args.pages), flush=True)


if __name__ == "__main__":
    main()
