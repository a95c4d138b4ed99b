"""Small files made for tests."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
from PIL import Image, ImageDraw

A4 = (595, 842)


def drawn_page(size=(1100, 1556), *, bars=12):
    """A grey page with black bars where lines of text would stand."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for index in range(bars):
        top = 200 + 80 * index
        for x in range(150, size[0] - 150, 60):
            draw.rectangle((x, top, x + 40, top + 24), fill=0)
    return image


def image_pdf(path, images, *, layer=None, media=A4, rotate=0):
    """A PDF of page-filling JPEG images; ``layer`` is ASCII text laid unseen over the first page."""
    pdf = pikepdf.new()
    for index, image in enumerate(images):
        data = io.BytesIO()
        image.save(data, "JPEG", quality=90)
        stream = pdf.make_stream(data.getvalue())
        stream.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": image.width,
                "/Height": image.height,
                "/ColorSpace": pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB,
                "/BitsPerComponent": 8,
                "/Filter": pikepdf.Name.DCTDecode,
            }
        )
        content = f"q {media[0]} 0 0 {media[1]} 0 0 cm /Im0 Do Q"
        if layer and index == 0:
            content += " BT 3 Tr /F0 12 Tf 14 TL 72 700 Td " + " ".join(f"({line}) Tj T*" for line in layer) + " ET"
        page = pdf.add_blank_page(page_size=media)
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=stream),
            Font=pikepdf.Dictionary(
                F0=pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                    )
                )
            ),
        )
        page.Contents = pdf.make_stream(content.encode())
        if rotate:
            page.Rotate = rotate
    pdf.save(path)
    return path


def text_pdf(path, pages):
    """A born-digital PDF: for each page its lines (ASCII), 14 points apart."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for lines in pages:
        page = pdf.add_blank_page(page_size=A4)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
        drawn = " ".join(f"({line}) Tj T*" for line in lines)
        page.Contents = pdf.make_stream(f"BT /F0 12 Tf 14 TL 72 760 Td {drawn} ET".encode())
    pdf.save(path)
    return path


def speckled(image, amount, seed=0):
    """The image with grain of the given standard deviation."""
    noise = np.random.default_rng(seed).normal(0, amount, np.asarray(image).shape)
    return np.clip(np.asarray(image, np.float64) + noise, 0, 255).astype(np.uint8)
