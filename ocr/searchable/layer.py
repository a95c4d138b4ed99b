"""Unseen text on a PDF page: a font without ink whose codes say their letters, and words in it over their boxes."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.searchable.words import PlacedLine, PlacedWord

_NAME = "CongvanUnseen"
_ADVANCE = 0.5
"""Width of the font's glyph, of its size; as in ``glyphless.ttf``."""

_DESCENT = 0.2
_BLANK = 0.2
"""Narrowest blank between words, of the size: poppler joins words that are closer than 0.15."""

_STRAIGHT = math.radians(0.15)
"""Slope of lines below which a page counts as straight."""

_LONG = 150.0
"""Points from which on a line tells the slope of its page."""

_FLAGS = 1 << 2  # «symbolic»: the font has no standard encoding
_BLOCK = 100  # entries that a block of a CMap may hold


@dataclass(frozen=True, slots=True)
class Frame:
    """A stored page as it is shown: lower left and upper right corner in PDF space, clockwise turn in degrees."""

    corners: tuple[float, float, float, float]
    rotation: int

    @property
    def height(self) -> float:
        """Points from top to bottom as shown."""
        x0, y0, x1, y1 = self.corners
        return x1 - x0 if self.rotation % 180 else y1 - y0

    def matrix(self) -> tuple[float, ...]:
        """From points right and up of the shown page's lower left corner to PDF space."""
        x0, y0, x1, y1 = self.corners
        return {
            0: (1, 0, 0, 1, x0, y0),
            90: (0, 1, -1, 0, x1, y0),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, -1, 1, 0, x0, y1),
        }[self.rotation % 360]


class UnseenFont:
    """The font of one file: each letter used gets a code, told by the ToUnicode table."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def encode(self, text: str) -> str:
        """The text as a PDF string in hexadecimal; control characters are left out."""
        letters = (letter for letter in text if unicodedata.category(letter) != "Cc")
        return "".join(f"{self._codes.setdefault(letter, len(self._codes) + 1):04X}" for letter in letters)

    def write(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font with all letters that were encoded, as an object of ``pdf``."""
        program = pdf.make_stream(files("ocr.searchable").joinpath("glyphless.ttf").read_bytes())
        program.Length1 = len(program.read_bytes())
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + _NAME),
            Flags=_FLAGS,
            FontBBox=Array([0, -200, 500, 800]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=800,
            StemV=80,
            FontFile2=program,
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + _NAME),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=round(1000 * _ADVANCE),
            CIDToGIDMap=pdf.make_stream(b"\0\0" + b"\0\1" * len(self._codes)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name("/" + _NAME),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(to_unicode((code, letter) for letter, code in self._codes.items())),
            )
        )


def to_unicode(pairs: Iterator[tuple[int, str]], *, digits: int = 4) -> bytes:
    """A ToUnicode CMap that says a letter for each code; ``digits`` are the hexadecimal digits of a code."""
    entries = [f"<{code:0{digits}X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in pairs]
    blocks = [entries[at : at + _BLOCK] for at in range(0, len(entries), _BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * digits}> <{'F' * digits}>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    return (head + body + tail).encode("ascii")


def drawn(lines: Sequence[PlacedLine], frame: Frame, font: UnseenFont, name: str) -> bytes:
    """Content that lays the lines unseen over the page; ``name`` is the font's in the page's resources."""
    if not lines:
        return b""
    slope = slope_of(lines)
    parts = ["q", _numbers(*frame.matrix()) + " cm", "BT", "3 Tr"]
    for line in lines:
        parts += _line(line, frame.height, slope, font, name)
    return "\n".join([*parts, "ET", "Q", ""]).encode("ascii")


def slope_of(lines: Sequence[PlacedLine]) -> float:
    """The angle in radians by which the page's lines fall to the right; 0 where they are straight."""
    angles = []
    for line in lines:
        first, last = line[0].box, line[-1].box
        across = last.x0 - first.x0
        if across > _LONG:
            angles.append(math.atan2(last.top + last.bottom - first.top - first.bottom, 2 * across))
    found = median(angles) if angles else 0.0
    return found if abs(found) > _STRAIGHT else 0.0


def _line(line: PlacedLine, height: float, slope: float, font: UnseenFont, name: str) -> Iterator[str]:
    size = max(word.box.bottom - word.box.top for word in line)
    sin, cos = math.sin(slope), math.cos(slope)
    # The lowest letter of the line, seen along its slope, stands on the descent.
    foot = max(word.box.bottom - sin * (word.box.x0 + word.box.x1) / 2 for word in line) - _DESCENT * size
    yield f"{name} {_numbers(size)} Tf"
    for word, after in pairwise((*line, None)):
        assert word is not None
        code = font.encode(word.text)
        if not code:
            continue
        down = foot + sin * word.box.x0
        wide = _width(word, after, size)
        yield f"{_numbers(cos, -sin, sin, cos, word.box.x0, height - down)} Tm {_stretch(wide, len(code) // 4, size)}"
        yield f"<{code}> Tj"
        if after is not None:
            gap = after.box.x0 - word.box.x0 - wide
            yield f"{_stretch(max(gap, 0.5), 1, size)} <{font.encode(' ')}> Tj"


def _width(word: PlacedWord, after: PlacedWord | None, size: float) -> float:
    """The points that a word takes; it leaves room for a blank that viewers see as one."""
    wide = max(word.box.x1 - word.box.x0, 0.5)
    if after is None or after.box.x0 < word.box.x0:
        return wide
    return max(min(wide, after.box.x0 - word.box.x0 - _BLANK * size), 0.3 * wide)


def _stretch(width: float, letters: int, size: float) -> str:
    """The horizontal scaling under which so many glyphs of the font take ``width`` points."""
    return f"{_numbers(100 * width / (letters * _ADVANCE * size))} Tz"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
