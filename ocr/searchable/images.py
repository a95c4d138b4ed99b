"""Pages that are one image: those of image files, and pages of a PDF drawn as people see them."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from ocr.searchable.layer import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from ocr.files.pictures import StoredImage
    from ocr.image.picture import Picture

_ORIENTATION = 0x0112
_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
"""Clockwise turns by EXIF orientation; the others are mirrored and are turned as pixels."""

_QUALITY = 85


def add_page(pdf: pikepdf.Pdf, stored: StoredImage, path: Path, rotation: int) -> tuple[pikepdf.Page, Frame]:
    """A new page with the image, which was read under a clockwise turn of ``rotation`` degrees."""
    image, turn = _embedded(pdf, stored, path)
    width, height = stored.width, stored.height
    if turn % 180:
        width, height = height, width
    page = pdf.add_blank_page(page_size=(width, height))
    return page, _fill(pdf, page, image, (width, height), (turn + rotation) % 360)


def redraw(pdf: pikepdf.Pdf, page: pikepdf.Page, picture: Picture, rotation: int) -> Frame:
    """Puts the picture of a whole page, as it is shown, in the place of the page's content."""
    data = io.BytesIO()
    drawn = Image.fromarray(picture.pixels)
    if not np.ptp(picture.pixels, axis=2).any():  # no colour on it
        drawn = drawn.convert("L")
    drawn.save(data, "JPEG", quality=_QUALITY)
    image = _image(pdf, data.getvalue(), drawn.size, drawn.mode, 8, Name.DCTDecode)
    size = (picture.box.x1, picture.box.bottom)
    page.obj.MediaBox = page.obj.CropBox = pikepdf.Array([0, 0, *size])
    return _fill(pdf, page, image, size, rotation)


def _fill(
    pdf: pikepdf.Pdf, page: pikepdf.Page, image: pikepdf.Object, size: tuple[float, float], rotation: int
) -> Frame:
    page.obj.Rotate = rotation
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.obj.Contents = pdf.make_stream(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Scan Do Q".encode())
    return Frame((0.0, 0.0, *size), rotation)


def _embedded(pdf: pikepdf.Pdf, stored: StoredImage, path: Path) -> tuple[pikepdf.Object, int]:
    """The image as an object of the PDF, and the clockwise turn under which it is shown."""
    frame = stored.frame
    turn = _TURNS.get(frame.getexif().get(_ORIENTATION, 1))
    if frame.format == "JPEG" and frame.mode in {"L", "RGB"} and turn is not None:
        return _image(pdf, path.read_bytes(), frame.size, frame.mode, 8, Name.DCTDecode), turn
    if frame.mode == "1" and turn == 0:
        bits = np.packbits(np.asarray(frame, bool), axis=1).tobytes()
        return _image(pdf, zlib.compress(bits), frame.size, "L", 1, Name.FlateDecode), 0
    pixels = stored.picture().pixels
    rows, columns = pixels.shape[:2]
    mode = "L" if pixels.ndim == 2 else "RGB"
    return _image(pdf, zlib.compress(pixels.tobytes()), (columns, rows), mode, 8, Name.FlateDecode), 0


def _image(
    pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], mode: str, bits: int, coding: pikepdf.Name
) -> pikepdf.Object:
    image = pdf.make_stream(data)
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, coding
    image.Width, image.Height = size
    image.ColorSpace = Name.DeviceGray if mode == "L" else Name.DeviceRGB
    image.BitsPerComponent = bits
    return image
