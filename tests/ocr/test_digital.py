"""Tables of born-digital pages, from a PDF drawn here."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from ocr.tables.digital import grids

XS, YS = (60, 100, 300, 540), (200, 230, 290, 320)


def pdf(folder: Path, content: str) -> Path:
    """A one-page PDF of A4 size whose page draws ``content``; y grows downwards."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    page.Contents = document.make_stream(f"1 0 0 -1 0 842 cm {content}".encode())
    path = folder / "page.pdf"
    document.save(path)
    return path


def strokes() -> str:
    level = [f"{XS[0]} {y} m {XS[-1]} {y} l S" for y in YS]
    upright = [f"{x} {YS[0]} m {x} {YS[-1]} l S" for x in XS]
    return "0.5 w 0 G " + " ".join(level + upright)


def thin_boxes() -> str:
    level = [f"{XS[0]} {y} {XS[-1] - XS[0]} 0.5 re f" for y in YS]
    upright = [f"{x} {YS[0]} 0.5 {YS[-1] - YS[0]} re f" for x in XS]
    return "0 g " + " ".join(level + upright)


def frames() -> str:
    cells = [f"{x} {y} {right - x} {bottom - y} re S" for x, right in pairwise(XS) for y, bottom in pairwise(YS)]
    return "0 G " + " ".join(cells)


@pytest.mark.parametrize("drawn", [strokes, thin_boxes, frames])
def test_lines_of_any_make_give_the_same_cells(tmp_path: Path, drawn: object) -> None:
    assert callable(drawn)
    (grid,) = grids(pdf(tmp_path, drawn()), 1)
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 3, 9)
    assert grid.box.x0 == pytest.approx(XS[0], abs=1)
    assert grid.cells[-1].box.bottom == pytest.approx(YS[-1], abs=1)


def test_white_boxes_behind_text_make_no_further_cells(tmp_path: Path) -> None:
    behind = "1 g " + " ".join(f"{110} {y} 150 14 re f" for y in (235, 250, 265))
    (grid,) = grids(pdf(tmp_path, f"{strokes()} {behind}"), 1)
    assert len(grid.cells) == 9


def test_white_lines_cannot_be_seen(tmp_path: Path) -> None:
    assert grids(pdf(tmp_path, strokes().replace("0 G", "1 G")), 1) == []


def test_a_page_with_an_underline_has_no_table(tmp_path: Path) -> None:
    assert grids(pdf(tmp_path, "0 G 100 100 m 200 100 l S"), 1) == []
