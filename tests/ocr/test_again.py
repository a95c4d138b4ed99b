"""Doubtful figures in the header are looked at again in three sizes; only agreement heals the doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import DamagedError
from corpus.layout import Box
from ocr.arrange import Arranged, arrange
from ocr.cache import Cache
from ocr.engine import ReadWord
from ocr.ink.again import Looker
from tests.ocr.pages import row

GREY = np.full((842, 595), 255, np.uint8)


@dataclass
class Sizes:
    """An engine that reads something else each time it is asked; after that it is broken."""

    texts: Sequence[str]
    asked: list[tuple[int, ...]] = field(default_factory=list)
    name: str = "sizes"
    version: str = "1"

    def read(self, image: np.ndarray, *, dpi: int, timeout: float) -> list[ReadWord]:
        assert dpi * timeout > 0
        self.asked.append(image.shape)
        if len(self.asked) > len(self.texts):
            raise DamagedError("hỏng")
        return [ReadWord(self.texts[len(self.asked) - 1], Box(0, 0, 1, 1), 0.3)]


def head(engine: Sizes, number: str, confidence: float, day: str = "07", cache: Cache | None = None) -> Arranged:
    words = row("Số:", 100, 90) + row(f"{number}/STV-KH", 125, 90, confidence=confidence)
    words += row("Bắc Sơn, ngày", 300, 120) + row(day, 378, 120) + row("tháng 4 năm 2031", 396, 120)
    looker = Looker(engine, GREY, 72, cache, 5)
    return arrange(words, image=GREY, dpi=72, width=595, height=842, grids=(), looker=looker)


def confidence_of(found: Arranged, part: str) -> float:
    return next(word.confidence for line in found.lines for word in line.words if part in word.text)


@pytest.mark.parametrize("confidence", [0.4, 0.7])
def test_print_that_reads_alike_in_every_size_is_believed(confidence: float) -> None:
    engine = Sizes(["Số: 615/STV-KH", "Só: 615 /STV-KH.", "§ố:615/STV-KH"])
    found = head(engine, "615", confidence)
    assert confidence_of(found, "615") > 0.9
    assert not found.regions
    assert len(set(engine.asked)) == 3


@pytest.mark.parametrize("other", ["Số: 616/STV-KH", "Số: 5615/STV-KH", "Số: 615", "", "Số: 615/STV-XH"])
def test_one_look_that_reads_otherwise_heals_nothing(other: str) -> None:
    assert confidence_of(head(Sizes(["Số: 615/STV-KH", "Số: 615/STV-KH", other]), "615", 0.7), "615") == 0.7
    assert confidence_of(head(Sizes(["Số: 615/STV-KH", other]), "615", 0.4), "615") < 0.3


def test_a_look_that_fails_says_nothing() -> None:
    assert confidence_of(head(Sizes([]), "615", 0.7), "615") == 0.7


def test_beside_ink_nobody_looks() -> None:
    engine = Sizes(["Số: 615/STV-KH"] * 3)
    found = head(engine, "615", 0.7, day="4#")
    assert engine.asked == []
    assert confidence_of(found, "615") < 0.3


def test_clear_print_is_not_looked_at_again() -> None:
    engine = Sizes([])
    found = head(engine, "615", 0.93)
    assert engine.asked == []
    assert confidence_of(found, "615") == 0.93


def test_what_was_seen_is_kept(tmp_path: Path) -> None:
    head(Sizes(["Số: 615/STV-KH"] * 3), "615", 0.7, cache=Cache(tmp_path))
    later = Sizes([])
    assert confidence_of(head(later, "615", 0.7, cache=Cache(tmp_path)), "615") > 0.9
    assert later.asked == []


def test_a_month_in_clear_print_stands_beside_a_day_in_ink() -> None:
    found = head(Sizes([]), "615", 0.93, day="4#")
    assert confidence_of(found, "4") > 0.9
    assert "ngày tháng 4 năm 2031" in "\n".join(line.text for line in found.lines)
