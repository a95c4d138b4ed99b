"""The door through which every OCR engine is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus.layout import Box

    GreyImage = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word as an engine saw it. ``box`` is in pixels of the image handed over, ``confidence`` in [0, 1].

    ``block``, ``paragraph`` and ``line`` are the engine's own grouping, counted from 0 on the page.
    """

    text: str
    box: Box
    confidence: float
    block: int = 0
    paragraph: int = 0
    line: int = 0


class OcrEngine(Protocol):
    """Reads a cleaned grey page image.

    ``name`` and ``version`` go into the cache key: a change of either reads pages anew.
    """

    @property
    def name(self) -> str:
        """Short name, such as «tesseract»."""

    @property
    def version(self) -> str:
        """Version with the language data's, so that cached readings of another version are not used."""

    def read(self, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
        """Words on the image, in the engine's own order.

        Args:
            image: rows × columns, 0 black to 255 white.
            dpi: resolution of the image.
            timeout: seconds after which the reading is given up.

        Raises:
            MissingToolError: the program or its Vietnamese data is not installed.
            LimitError: the time is up.
            DamagedError: the engine failed on this image or printed what cannot be decoded.
        """
