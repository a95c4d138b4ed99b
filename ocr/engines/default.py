"""Which engine reads where none is named."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.engine import OcrEngine


@cache
def default_engine() -> OcrEngine:
    """Tesseract: its library where tesserocr is installed (`congvan[fast]`), else the program.

    The library needs to know where the program keeps its data; a program that does not tell is used itself. One engine
    for the whole process, so that a worker loads the language data once and not for each file.
    """
    from ocr.engines.tesseract import Tesseract, data_folder

    if find_spec("tesserocr") and (folder := data_folder()):
        from ocr.engines.resident import ResidentTesseract

        return ResidentTesseract(data=folder)
    return Tesseract()
