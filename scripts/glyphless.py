"""Builds the font of searchable copies: a TrueType font whose one glyph has an extent and no ink. Needs fontTools.

The glyph is a line there and back: PDFium leaves out single letters whose glyph has no extent.

Run after a change here: python scripts/glyphless.py
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

TARGET = Path(__file__).parents[1] / "ocr" / "searchable" / "glyphless.ttf"
UNITS, ADVANCE, ASCENT, DESCENT = 1000, 500, 800, -200
BORN = 3_818_000_000  # seconds since 1904: a fixed day, so that building again gives the same bytes


def main() -> None:
    """Writes the font."""
    font = FontBuilder(UNITS, isTTF=True)
    font.setupGlyphOrder([".notdef", "unseen"])
    font.setupCharacterMap({0x20: "unseen"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((ADVANCE, ASCENT))
    pen.closePath()
    font.setupGlyf({".notdef": Glyph(), "unseen": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (ADVANCE, 0), "unseen": (ADVANCE, 0)})
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupNameTable({"familyName": "CongvanUnseen", "styleName": "Regular", "psName": "CongvanUnseen"})
    font.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    font.setupPost(isFixedPitch=1)
    font.font["head"].created = font.font["head"].modified = BORN
    font.font.recalcTimestamp = False
    font.save(TARGET)


if __name__ == "__main__":
    main()
