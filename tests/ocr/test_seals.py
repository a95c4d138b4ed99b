"""Round seals are found by their ring in any colour; other round, square and lined things are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.ink.coloured import coloured_regions
from ocr.ink.seals import find_seals

DPI = 150
RED, VIOLET, PALE, BLACK = (200, 30, 40), (120, 60, 170), (235, 200, 205), (30, 30, 30)
RADIUS = 106
"""Pixels at 150 dpi: a seal of 36 mm."""


def page(*, text: bool = True) -> np.ndarray:
    """A sheet with rows of letter-like strokes."""
    image = np.full((1754, 1240, 3), 250, np.uint8)
    noise = np.random.default_rng(7)
    for top in range(200, 1100, 34) if text else ():
        for left in range(150, 1100, 14):
            x, y = left + int(noise.integers(4)), top + int(noise.integers(3))
            cv2.rectangle(image, (x, y), (x + int(noise.integers(2, 9)), y + 16), BLACK, 1 + int(noise.integers(2)))
    return image


def seal(image: np.ndarray, x: int, y: int, colour: tuple[int, int, int], radius: int = RADIUS) -> None:
    cv2.circle(image, (x, y), radius, colour, 4)
    cv2.circle(image, (x, y), radius - 9, colour, 2)
    cv2.circle(image, (x, y), int(radius * 0.62), colour, 2)
    points = [(x + radius * 0.4 * r * np.sin(a), y - radius * 0.4 * r * np.cos(a)) for a, r in star()]
    cv2.fillPoly(image, [np.array(points, np.int32)], colour)


def star() -> list[tuple[float, float]]:
    return [(np.pi * k / 5, 1.0 if k % 2 == 0 else 0.4) for k in range(10)]


def middles(image: np.ndarray) -> list[tuple[float, float]]:
    return [((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) for box in find_seals(image, DPI)]


@pytest.mark.parametrize("colour", [RED, VIOLET, PALE, BLACK])
@pytest.mark.parametrize("radius", [96, RADIUS])
def test_a_seal_of_any_colour_is_found(colour: tuple[int, int, int], radius: int) -> None:
    image = page()
    seal(image, 800, 1300, colour, radius)
    assert middles(image) == [pytest.approx((384, 624), abs=6)]


def test_a_black_seal_on_a_grey_scan_under_a_signature_and_over_an_office_is_found() -> None:
    image = page()
    seal(image, 800, 1300, BLACK)
    cv2.putText(image, "GIAM DOC", (760, 1230), cv2.FONT_HERSHEY_DUPLEX, 1.2, BLACK, 2)
    cv2.line(image, (780, 1330), (1050, 1250), BLACK, 3)
    assert middles(np.ascontiguousarray(image[:, :, 0])) == [pytest.approx((384, 624), abs=6)]


@pytest.mark.parametrize("colour", [RED, BLACK])
def test_a_seal_cut_by_the_edge_of_the_sheet_ends_there(colour: tuple[int, int, int]) -> None:
    image = page()
    seal(image, 1240, 700, colour)
    [box] = find_seals(image, DPI)
    assert box.x1 == pytest.approx(595, abs=3)
    assert (box.top, box.bottom) == (pytest.approx(285, abs=8), pytest.approx(387, abs=8))


@pytest.mark.parametrize(("width", "seen"), [(22, True), (60, True), (6, False)])
def test_a_strip_of_red_at_the_edge_is_a_piece_of_a_seal(width: int, seen: bool) -> None:
    image = page()
    for top in range(600, 800, 12):
        cv2.line(image, (1240 - width, top), (1240, top + 10), RED, 4)
    kinds = [region.kind for region in coloured_regions(image, DPI)]
    assert kinds == (["seal"] if seen else [])


def logo(image: np.ndarray) -> None:
    cv2.circle(image, (600, 120), 52, BLACK, 6)
    cv2.putText(image, "SV", (570, 135), cv2.FONT_HERSHEY_DUPLEX, 1.3, BLACK, 3)


def coloured_logo(image: np.ndarray) -> None:
    cv2.circle(image, (600, 120), 50, RED, -1)


def code(image: np.ndarray) -> None:
    cells = np.random.default_rng(3).integers(0, 2, (29, 29)).astype(np.uint8) * 220 + 20
    image[1300:1532, 700:932] = cv2.resize(cells, (232, 232), interpolation=cv2.INTER_NEAREST)[..., None]


def table(image: np.ndarray) -> None:
    for step in range(6):
        cv2.line(image, (200, 1200 + 60 * step), (1000, 1200 + 60 * step), BLACK, 2)
        cv2.line(image, (200 + 160 * step, 1200), (200 + 160 * step, 1500), BLACK, 2)


def bracket(image: np.ndarray) -> None:
    cv2.ellipse(image, (300, 1350), (60, 180), 0, 90, 270, BLACK, 4)


def dark_corner(image: np.ndarray) -> None:
    image[:40] = 20
    image[1600:, 1150:] = 20


@pytest.mark.parametrize("drawn", [logo, coloured_logo, code, table, bracket, dark_corner, lambda _: None])
def test_other_things_are_no_seals(drawn) -> None:
    image = page()
    drawn(image)
    assert find_seals(image, DPI) == []
