"""Write synthetic pairs of lines: text rendered, spoilt, and read by Tesseract ``eng``, which has no Vietnamese.

    OMP_THREAD_LIMIT=1 python -m normalize.build.synthetic_pairs ../shared synthetic.tsv --fonts FOLDER [--pages 24]

The lines come from ``lm-corpus/official.txt.zst`` of the shared folder, the faces (Tinos, regular four times out of
six and more) from ``FOLDER``, for instance where the distribution puts croscore. The same seed, faces and
Tesseract give the same pairs.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytesseract
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz import fuzz

from normalize.build.gold_pairs import Pair, write_pairs
from normalize.build.syllables import read_lines
from normalize.fold import fold

SEED, PAGES, SECONDS = 1, 24, 300
FACES = (*["Tinos-Regular.ttf"] * 6, "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
WIDTH, HEIGHT, EDGE = 1240, 1754, 80  # pixels of A4 at 150 dpi; margin at the foot
TAKEN, SHORTEST, LONGEST = 0.004, 60, 1200  # share of the corpus; length of a paragraph in characters
LINES_OF_ONE, HEADING = 6, 60
ALIKE = 60


class Press:
    """Prints pages with lines of ``texts`` and spoils them; ``texts`` are used up from page to page."""

    def __init__(self, texts: Iterable[str], fonts: Path, chance: random.Random, seed: int) -> None:
        self.texts = list(texts)[::-1]
        self.fonts = fonts
        self.chance = chance
        self.noise = np.random.RandomState(seed)

    def page(self) -> tuple[Image.Image, list[str]]:
        """A spoilt page and the lines printed on it."""
        scale = self.chance.choice([1.0, 1.0, 1.15, 1.3])
        size = int(self.chance.choice([26, 27, 28, 30]) * scale * 0.95)
        image = Image.new("L", (int(WIDTH * scale), int(HEIGHT * scale)), 255)
        lines = self._fill(image, scale, size)
        self.chance.random()  # drawn and dropped, so that a seed goes on giving the pairs of the shipped channel
        return self._spoil(image), lines

    def _fill(self, image: Image.Image, scale: float, size: int) -> list[str]:
        draw = ImageDraw.Draw(image)
        top, foot = int(60 * scale), (HEIGHT - EDGE) * scale
        lines: list[str] = []
        while top < foot and self.texts:
            font = ImageFont.truetype(str(self.fonts / self.chance.choice(FACES)), size)
            text = self.texts.pop()
            if self.chance.random() < 0.08:
                text = text[:HEADING].rsplit(" ", 1)[0].upper()
            for line in list(_wrap(text, draw, font, WIDTH * scale * 0.82))[:LINES_OF_ONE]:
                draw.text((int(WIDTH * scale * 0.09), top), line, font=font, fill=self.chance.randint(0, 70))
                lines.append(line)
                top += int(size * 1.45)
                if top > foot:
                    break
            top += int(size * 0.6)
        return lines

    def _spoil(self, image: Image.Image) -> Image.Image:
        """Turned a little, blurred, noisy, sometimes black and white, specked, sometimes smaller."""
        chance = self.chance
        image = image.rotate(chance.uniform(-0.4, 0.4), fillcolor=255, resample=Image.Resampling.BICUBIC)
        if chance.random() < 0.7:
            image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.0)))
        grey = np.asarray(image).astype(float)
        grey += self.noise.normal(0, chance.uniform(5, 28), grey.shape)
        if chance.random() < 0.3:
            grey = np.where(grey > chance.uniform(110, 170), 255.0, 0.0)
        grey[self.noise.random_sample(grey.shape) < chance.uniform(0, 0.0015)] = 0
        image = Image.fromarray(np.clip(grey, 0, 255).astype("uint8"))
        if chance.random() < 0.4:
            factor = chance.uniform(0.65, 0.9)
            image = image.resize((int(image.width * factor), int(image.height * factor)))
        return image


def _wrap(text: str, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and draw.textlength(f"{line} {word}", font=font) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def choose(lines: Iterable[str], chance: random.Random) -> list[str]:
    """A sample of paragraphs of a fair length without markup, shuffled."""
    found = [line.strip() for line in lines if chance.random() < TAKEN and _is_fit(line)]
    chance.shuffle(found)
    return found


def _is_fit(line: str) -> bool:
    return SHORTEST < len(line) < LONGEST and "<" not in line and "|" not in line


def match_lines(read: Sequence[str], true: Iterable[str]) -> Iterator[Pair]:
    """(read, true) for each true line that one of the read lines resembles."""
    for line in true:
        best = max(read, key=lambda other: fuzz.ratio(fold(other), fold(line)), default="")
        if fuzz.ratio(fold(best), fold(line)) >= ALIKE:
            yield best, line


def synthetic_pairs(corpus: Path, fonts: Path, pages: int = PAGES, seed: int = SEED) -> Iterator[Pair]:
    """Pairs from ``pages`` printed pages."""
    chance = random.Random(seed)
    press = Press(choose(read_lines(corpus), chance), fonts, chance, seed)
    for _ in range(pages):
        image, true = press.page()
        text = str(pytesseract.image_to_string(image, lang="eng", config="--psm 6", timeout=SECONDS))
        yield from match_lines([line for line in text.split("\n") if line.strip()], true)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder kept beside the project")
    parser.add_argument("out", type=Path)
    parser.add_argument("--fonts", type=Path, required=True, help="a folder with the four faces of Tinos")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    corpus = args.shared / "lm-corpus" / "official.txt.zst"
    write_pairs(args.out, synthetic_pairs(corpus, args.fonts, args.pages, args.seed))


if __name__ == "__main__":
    main()
