"""TrueOCR behind the engine's door: a small Vietnamese line reader (ONNX), its weights in its package.

An extra, «congvan[second]»; never imported where it is not installed.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import CongvanError, DamagedError, MissingToolError
from corpus.layout import Box
from ocr.engine import ReadWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.engine import GreyImage

_BATCH = 16
_SMALLEST = 4
"""Pixels below which a crop holds no letters."""


class TrueOcr:
    """Reads crops of a line, and whole pages line by line; one thread."""

    name = "trueocr"

    @cached_property
    def version(self) -> str:
        """The package's version; its weights come with it.

        Raises:
            MissingToolError: the package is not installed.
        """
        try:
            return version("trueocr")
        except PackageNotFoundError as error:
            raise _missing() from error

    def read_lines(self, crops: Sequence[GreyImage]) -> list[tuple[str, float]]:
        """``(text, confidence)`` of each crop; a crop too small for letters reads as nothing.

        Raises:
            MissingToolError: the package is not installed.
            DamagedError: the model failed.
        """
        fit = [at for at, crop in enumerate(crops) if min(crop.shape) >= _SMALLEST]
        found = [("", 0.0)] * len(crops)
        if not fit:
            return found
        try:
            read = self._model.recognizer.predict([np.ascontiguousarray(crops[at]) for at in fit], batch_size=_BATCH)
        except CongvanError:
            raise
        except Exception as error:  # ONNX Runtime and OpenCV raise kinds of their own
            raise DamagedError("Bộ đọc thứ hai (TrueOCR) hỏng khi đọc ảnh.") from error
        for at, line in zip(fit, read, strict=True):
            found[at] = (line.text, float(line.confidence))
        return found

    def read(self, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
        """Words on a grey image; see :class:`ocr.engine.OcrEngine`. Boxes are shares of lines' boxes."""
        del dpi, timeout  # it finds the size of letters by itself, and a page takes it a second at most
        from PIL import Image

        try:
            page = self._model.predict(Image.fromarray(image), mode="page")
        except CongvanError:
            raise
        except Exception as error:
            raise DamagedError("Bộ đọc thứ hai (TrueOCR) hỏng khi đọc ảnh.") from error
        return [word for at, line in enumerate(page.lines) for word in _words(line, at)]

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the package has no types
        try:
            from trueocr import load_model
        except ImportError as error:
            raise _missing() from error
        return load_model(threads=1, auto_rotate=False, mode="line")


def _words(line: Any, number: int) -> Iterator[ReadWord]:  # noqa: ANN401
    x0, top, x1, bottom = map(float, line["bbox"])
    step = (x1 - x0) / max(len(line["text"]), 1)
    at = 0
    for token in line["text"].split(" "):
        if token:
            box = Box(x0 + step * at, top, x0 + step * (at + len(token)), bottom)
            yield ReadWord(token, box, float(line["confidence"]), line=number)
        at += len(token) + 1


def _missing() -> MissingToolError:
    return MissingToolError("Chưa cài bộ đọc thứ hai (TrueOCR).", remedy="pip install 'congvan[second]'")
