"""Cleaning of page images."""

import numpy as np
import pytest
from files import drawn_page, speckled

from corpus.layout import Box
from ocr.image import cleaning
from ocr.image.picture import Picture
from ocr.image.place import Placing
from ocr.recognise import Recognised

PAGE = np.asarray(drawn_page())


def pale(page, depth):
    """The page with ink of the given depth (0 unseen, 255 black)."""
    return (255 - (255 - page.astype(np.float64)) * depth / 255).astype(np.uint8)


@pytest.mark.parametrize("angle", [-4.0, -0.7, 0.5, 3.0])
def test_skew_is_found_and_taken_back(angle):
    turned = cleaning.turn(PAGE, angle)
    assert cleaning.skew(turned) == pytest.approx(-angle, abs=0.15)


def test_level_page_and_empty_page_are_not_turned():
    assert cleaning.skew(PAGE) == 0.0
    assert cleaning.skew(np.full((500, 400), 255, np.uint8)) == 0.0


def test_shadow_is_divided_out_and_ink_stays():
    shadow = np.linspace(255, 110, PAGE.shape[1])[None, :] / 255
    lit = cleaning.even_light((PAGE * shadow).astype(np.uint8))
    assert lit[PAGE == 255].min() > 225
    assert lit[PAGE == 0].max() < 40


def test_red_ink_is_taken_off_and_black_stays():
    colour = np.dstack([PAGE] * 3).copy()
    colour[20:80, 20:300] = (210, 40, 50)
    cleaned = cleaning.clean(colour, 133)
    assert cleaned.grey[30:70, 40:280].min() > 190
    assert cleaned.ink > 0.05


def test_states_of_pages():
    assert cleaning.state_of(PAGE) == "plain"
    assert cleaning.state_of(speckled(PAGE, 5)) == "plain"
    assert cleaning.state_of(speckled(pale(PAGE, 90), 1)) == "faint"
    assert cleaning.state_of(speckled(pale(PAGE, 110), 9)) == "noisy"
    assert cleaning.state_of(np.full_like(PAGE, 252)) == "plain"


def test_faint_ink_is_strengthened_and_paper_is_not():
    faint = speckled(pale(PAGE, 80), 1)
    strong = cleaning.strengthened(faint)
    assert np.median(strong[PAGE == 0]) < 70
    assert np.percentile(strong[PAGE == 255], 5) > 235


def test_two_valued_pages_are_left_alone():
    assert cleaning.even_light(PAGE) is PAGE


def test_coarse_pictures_are_enlarged():
    small = cleaning.clean(PAGE[::2, ::2], 66)
    assert small.dpi == 180
    assert small.grey.shape[1] == pytest.approx(PAGE.shape[1] / 2 * 180 / 66, abs=1)
    assert cleaning.clean(PAGE, 150).grey.shape == PAGE.shape


def test_fine_scans_are_read_at_a_coarser_size():
    fine = np.repeat(np.repeat(PAGE, 2, axis=0), 2, axis=1)
    cleaned = cleaning.clean(np.dstack([fine] * 3), 300)
    assert cleaned.dpi == 200
    assert cleaned.grey.shape == tuple(round(size * 2 / 3) for size in fine.shape)
    assert cleaned.ink == pytest.approx(cleaning.clean(PAGE, 150).ink, rel=0.15)
    assert cleaning.clean(PAGE, 200).dpi == 200


@pytest.mark.parametrize("angle", [-3.0, 2.0])
def test_boxes_lie_where_the_word_stands_on_the_crooked_page(angle):
    level = np.full((1400, 1000), 255, np.uint8)
    level[300:330, 700:800] = 0
    crooked = cleaning.turn(level, -angle)
    rows, columns = np.nonzero(crooked < 128)
    at = Box(700 * 0.72, 300 * 0.72, 800 * 0.72, 330 * 0.72)
    picture = Picture(crooked, Box(50.0, 20.0, 770.0, 1028.0), embedded=True)
    placing = Placing.of(picture, Recognised((), level, 100.0, 0, angle), 800.0, 1100.0)
    box = placing.box(at)
    assert (box.x0 + box.x1) / 2 == pytest.approx(columns.mean() * 0.72 + 50, abs=1)
    assert (box.top + box.bottom) / 2 == pytest.approx(rows.mean() * 0.72 + 20, abs=1)


@pytest.mark.parametrize(("rotation", "offset"), [(0, (30, 20)), (90, (70, 30)), (180, (40, 70)), (270, (20, 40))])
def test_margins_around_the_picture_turn_with_the_page(rotation, offset):
    picture = Picture(PAGE, Box(30.0, 20.0, 560.0, 772.0), embedded=True)
    read = Recognised((), PAGE, 150.0, rotation, 0.0)
    box = Placing.of(picture, read, 600.0, 842.0).box(Box(0.0, 0.0, 10.0, 10.0))
    assert (box.x0, box.top) == offset
