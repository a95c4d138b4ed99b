"""Tesseract behind the engine's door, called through pytesseract with a PGM file by path."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import CongvanError, DamagedError, LimitError, MissingToolError
from corpus.layout import Box
from ocr.engine import ReadWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytesseract

    from ocr.engine import GreyImage

# More threads than one make a page slower and take the other processes' cores; a page is a process's work.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

_WORD_LEVEL = "5"
_COLUMNS = 12
_ASKED = 20.0
"""Seconds that the program gets to tell about itself."""


def write_pgm(image: GreyImage, path: Path) -> None:
    """Writes a grey image as a binary PGM file, which costs milliseconds where PNG costs a second."""
    rows, columns = image.shape
    with path.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (columns, rows))
        file.write(np.ascontiguousarray(image).data)


class Tesseract:
    """The default engine.

    Args:
        language: Tesseract's name of the language data.
        page_segmentation: Tesseract's ``--psm``; 3 finds the blocks of a page by itself.
        local_threshold: Sauvola's threshold, for pale strokes on grainy paper; it loses lines on clean faint pages.
    """

    name = "tesseract"

    def __init__(self, language: str = "vie", *, page_segmentation: int = 3, local_threshold: bool = False) -> None:
        self.language = language
        self.page_segmentation = page_segmentation
        self.local_threshold = local_threshold

    @cached_property
    def version(self) -> str:
        """The program's version, the language and the settings.

        Raises:
            MissingToolError: the program is not installed.
        """
        import pytesseract

        try:
            number = str(pytesseract.get_tesseract_version())
        except (pytesseract.TesseractNotFoundError, OSError, SystemExit, ValueError) as error:
            raise missing_program() from error
        return f"{number}-{self.settings}"

    @property
    def settings(self) -> str:
        """The settings, as a part of the version."""
        return f"{self.language}-psm{self.page_segmentation}{'-sauvola' * self.local_threshold}"

    @property
    def variables(self) -> dict[str, str]:
        """Tesseract's variables: Otsu's threshold for the page, or Sauvola's; no search for typewriters' even pitch.

        That search takes 4 % of the time and is for what cuts letters one by one; lines are read the same without it.
        """
        method, spread = ("2", "0.2") if self.local_threshold else ("0", "0.34")
        return {"thresholding_method": method, "thresholding_kfactor": spread, "textord_all_prop": "1"}

    def read(self, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
        """Words on a grey image; see :class:`ocr.engine.OcrEngine`."""
        config = f"--psm {self.page_segmentation} --dpi {dpi} -c tessedit_create_tsv=1"
        config += "".join(f" -c {name}={value}" for name, value in self.variables.items())
        return list(words_of(_run(image, self.language, config, "tsv", timeout)))

    def for_grain(self) -> Tesseract:
        """The same engine, set up for pale strokes on grainy paper."""
        return self._set(page_segmentation=self.page_segmentation, local_threshold=True)

    def for_lines(self) -> Tesseract:
        """The same engine, set up for a sheet of plain lines (psm 6)."""
        return self._set(page_segmentation=6, local_threshold=self.local_threshold)

    def for_scatter(self) -> Tesseract:
        """The same engine, set up for words scattered over a picture (psm 11)."""
        return self._set(page_segmentation=11, local_threshold=self.local_threshold)

    def _set(self, *, page_segmentation: int, local_threshold: bool) -> Tesseract:
        return Tesseract(self.language, page_segmentation=page_segmentation, local_threshold=local_threshold)

    def orientation(self, image: GreyImage, *, dpi: int, timeout: float) -> tuple[int, float]:
        """``(clockwise degrees that set the page upright, confidence)``; ``(0, 0.0)`` where it cannot be told."""
        try:
            told = _run(image, "osd", f"--psm 0 --dpi {dpi}", "osd", timeout)
        except DamagedError:
            return 0, 0.0
        values = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
        try:
            return int(values["Rotate"]), float(values["Orientation confidence"])
        except (KeyError, ValueError):
            return 0, 0.0


def _run(image: GreyImage, language: str, config: str, extension: str, timeout: float) -> str:
    import pytesseract

    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        path = Path(folder) / "page.pgm"
        write_pgm(image, path)
        try:
            data = pytesseract.pytesseract.run_and_get_output(
                str(path), extension=extension, lang=language, config=config, timeout=timeout, return_bytes=True
            )
        except pytesseract.TesseractNotFoundError as error:
            raise missing_program() from error
        except pytesseract.TesseractError as error:
            raise _explain(error, language) from error
        except FileNotFoundError as error:
            raise DamagedError("Tesseract dừng mà không ghi kết quả.") from error
        except RuntimeError as error:
            raise too_slow(timeout) from error
    try:
        return bytes(data).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedError("Tesseract in ra chuỗi byte không phải UTF-8.") from error


def data_folder() -> str | None:
    """Where the installed program keeps its language data; None where there is none, or where it does not tell."""
    import pytesseract

    command = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
    try:
        told = subprocess.run(command, capture_output=True, check=True, timeout=_ASKED).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'"(.+)"', told.decode("utf-8", "replace"))
    return found.group(1) if found else None


def missing_program() -> MissingToolError:
    """The program is not there."""
    return MissingToolError(
        "Chưa cài Tesseract, hoặc không tìm thấy trên PATH.", remedy="apt-get install tesseract-ocr tesseract-ocr-vie"
    )


def missing_language(language: str) -> MissingToolError:
    """The language's data is not there."""
    return MissingToolError(
        f"Tesseract thiếu dữ liệu ngôn ngữ «{language}».", remedy=f"apt-get install tesseract-ocr-{language}"
    )


def too_slow(timeout: float) -> LimitError:
    """The time for a page is up."""
    return LimitError(
        f"Tesseract chưa đọc xong một trang sau {timeout:.0f} giây.", remedy="Quét lại trang này ở 300 dpi."
    )


def _explain(error: pytesseract.TesseractError, language: str) -> CongvanError:
    message = str(error.message)
    if "Failed loading language" in message or "Error opening data file" in message:
        return missing_language(language)
    return DamagedError(f"Tesseract hỏng khi đọc ảnh (mã {error.status}): {message[-200:]}")


def words_of(table: str) -> Iterator[ReadWord]:
    """The words of Tesseract's table (TSV)."""
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        fields = row.split("\t", _COLUMNS - 1)
        if len(fields) != _COLUMNS or fields[0] != _WORD_LEVEL or not fields[11].strip():
            continue
        left, top, width, height = map(int, fields[6:10])
        line = lines.setdefault(tuple(fields[2:5]), len(lines))
        yield ReadWord(
            fields[11].strip(),
            Box(left, top, left + max(width, 1), top + max(height, 1)),
            min(max(float(fields[10]) / 100, 0.0), 1.0),
            block=int(fields[2]) - 1,
            paragraph=int(fields[3]) - 1,
            line=line,
        )
