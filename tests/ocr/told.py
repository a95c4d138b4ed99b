"""Engines for tests: what they read is told beforehand."""

from __future__ import annotations

from corpus.layout import Box
from ocr.engine import ReadWord


def word(text, x=100.0, top=100.0, confidence=0.9, line=0):
    return ReadWord(text, Box(x, top, x + 12 * len(text), top + 20), confidence, line=line)


class Told:
    """Reads the words it was told, and counts how often it was asked."""

    name = "told"
    version = "1"

    def __init__(self, *words):
        self.words = words
        self.images = []

    def read(self, image, *, dpi, timeout):
        self.images.append((image, dpi))
        return self.words


class Failing:
    """Raises on the pages whose turn is listed (from 0), reads one word on the others."""

    name = "failing"
    version = "1"

    def __init__(self, error, *turns):
        self.error = error
        self.turns = turns
        self.asked = 0

    def read(self, image, *, dpi, timeout):
        self.asked += 1
        if self.asked - 1 in self.turns:
            raise self.error
        return (word("chữ"),)


class Turning:
    """Reads well only what was turned upright by ``degrees`` clockwise; tells the turn when asked."""

    name = "turning"
    version = "1"

    def __init__(self, degrees, shape):
        self.degrees = degrees
        self.shape = shape
        self.told = 0

    def read(self, image, *, dpi, timeout):
        upright = image.shape == self.shape and image[0, 0] < 128
        return (word("đúng" if upright else "9&z", confidence=0.95 if upright else 0.2),)

    def orientation(self, image, *, dpi, timeout):
        self.told += 1
        return self.degrees, 9.0
