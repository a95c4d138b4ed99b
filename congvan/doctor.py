"""Whether this machine has what congvan needs: each line says ok, or what to do about it."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

State = Literal["ok", "warning", "error"]

PACKAGES: Final = ("spacy", "datasette", "sqlite-utils", "pypdfium2", "pdfplumber", "opencv-python-headless")
LANGUAGES: Final = {
    "vie": ("error", "gói tiếng Việt", "tesseract-ocr-vie"),
    "osd": ("warning", "gói nhận hướng trang", "tesseract-ocr-osd"),
}
_LEAST_DISK: Final = 2 << 30
_LEAST_MEMORY: Final = 4 << 30
_LEAST_SQLITE: Final = (3, 37, 0)
"""STRICT tables came with 3.37."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``remedy`` says in Vietnamese what to do, empty where all is well."""

    name: str
    state: State
    found: str
    remedy: str = ""


def checks(db: Path, archive: Path, *, verify: bool = False) -> Iterator[Check]:
    """Every check in order; none raises. ``verify`` also reads every original in the archive again."""
    places: tuple[Callable[[], Iterator[Check]], ...] = (
        _python,
        _tesseract,
        _packages,
        _sqlite,
        _fonts,
        _machine,
        lambda: _folder("Nơi đặt cơ sở dữ liệu", db.absolute().parent),
        lambda: _folder("Kho bản gốc", archive),
        lambda: _database(db),
        _stages,
        lambda: _originals(archive) if verify else iter(()),
    )
    for place in places:
        yield from place()


def _python() -> Iterator[Check]:
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    yield Check("Python", "ok" if good else "error", version, "" if good else "Cài Python 3.11 trở lên.")
    yield Check("congvan", "ok", metadata.version("congvan"))


def _tesseract() -> Iterator[Check]:
    found = _said("tesseract", "--version")
    if found is None:
        yield Check("Tesseract", "error", "không có", "apt-get install tesseract-ocr tesseract-ocr-vie")
        return
    version = found.split("\n")[0].removeprefix("tesseract ").strip()
    recent = version[:1].isdigit() and int(version.split(".")[0]) >= 4
    yield Check("Tesseract", "ok" if recent else "warning", version, "" if recent else "Nâng lên bản 4 hoặc 5.")
    languages = set((_said("tesseract", "--list-langs") or "").split("\n")[1:])
    for code, (severity, name, package) in LANGUAGES.items():
        if code in languages:
            yield Check(f"Tesseract: {name}", "ok", code)
        else:
            state: State = "error" if severity == "error" else "warning"
            yield Check(f"Tesseract: {name}", state, f"không có «{code}»", f"apt-get install {package}")


def _packages() -> Iterator[Check]:
    for name in PACKAGES:
        try:
            yield Check(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, "error", "không có", "Cài lại congvan: pip install --force-reinstall congvan")
    with contextlib.suppress(metadata.PackageNotFoundError):
        yield Check("Bộ đọc thứ hai (TrueOCR)", "ok", metadata.version("trueocr"))
    with contextlib.suppress(metadata.PackageNotFoundError):
        yield Check("Tesseract nạp sẵn (tesserocr)", "ok", metadata.version("tesserocr"))


def _sqlite() -> Iterator[Check]:
    good = sqlite3.sqlite_version_info >= _LEAST_SQLITE
    yield Check("SQLite", "ok" if good else "error", sqlite3.sqlite_version, "" if good else "Cần SQLite 3.37 trở lên.")
    with sqlite3.connect(":memory:") as connection:
        has = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
    connection.close()
    if not has:
        yield Check("SQLite FTS5", "error", "không có", "Dùng bản Python có SQLite kèm FTS5 để tìm kiếm được.")


def _fonts() -> Iterator[Check]:
    """Pages are shown by browsers elsewhere; fonts here matter for made samples and printing only."""
    listed = _said("fc-list", ":lang=vi", "family")
    families = {line.split(",")[0] for line in (listed or "").split("\n") if line.strip()}
    if families:
        yield Check("Phông chữ tiếng Việt", "ok", f"{len(families)} phông, như {min(families)}")
    else:
        yield Check(
            "Phông chữ tiếng Việt",
            "warning",
            "không thấy",
            "Chỉ cần khi dựng văn bản mẫu hoặc in từ máy này: apt-get install fontconfig fonts-croscore",
        )


def _machine() -> Iterator[Check]:
    from congvan.cli_options import cores

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    enough = memory >= _LEAST_MEMORY
    yield Check("Nhân CPU", "ok", str(cores()))
    yield Check(
        "Bộ nhớ",
        "ok" if enough else "warning",
        f"{memory / 2**30:.1f} GB",
        "" if enough else "Dưới 4 GB: chạy ingest với --workers 1.",
    )


def _folder(name: str, folder: Path) -> Iterator[Check]:
    """Space and write access, in the folder or the nearest one above it that exists."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"congvan")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        yield Check(name, "error", f"không ghi được vào {there}: {error.strerror}", "Cấp quyền ghi hoặc chọn nơi khác.")
        return
    free = shutil.disk_usage(there).free
    enough = free >= _LEAST_DISK
    yield Check(
        name,
        "ok" if enough else "warning",
        f"ghi được vào {there}, còn {free / 2**30:.1f} GB",
        "" if enough else "Còn dưới 2 GB: giải phóng chỗ trước khi đọc nhiều văn bản.",
    )


def _database(db: Path) -> Iterator[Check]:
    if not db.exists():
        yield Check("Cơ sở dữ liệu", "ok", f"{db} chưa có; lần ingest đầu tiên sẽ tạo")
        return
    try:
        # Read only: looking must not migrate, repair or lock anything.
        with sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0]
            documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        connection.close()
    except sqlite3.Error as error:
        yield Check(
            "Cơ sở dữ liệu", "error", f"{db}: {error}", "Khôi phục từ bản sao lưu, hoặc chọn tệp khác bằng --db."
        )
        return
    good = sound == "ok"
    yield Check(
        "Cơ sở dữ liệu",
        "ok" if good else "error",
        f"{db}: {documents} văn bản" if good else f"{db}: {sound}",
        "" if good else "Khôi phục từ bản sao lưu; bản gốc vẫn còn trong kho nên cũng có thể ingest lại.",
    )


def _stages() -> Iterator[Check]:
    """The parts that load data of our own: a broken installation shows here, not at the first file."""
    from congvan import pipeline

    for name, load in (("Phục hồi dấu", lambda: pipeline.restore("Uy ban")), ("Trích dữ kiện", pipeline.language)):
        try:
            load()
        except Exception as error:  # noqa: BLE001 - whatever is broken is the finding
            remedy = "Cài lại congvan: pip install --force-reinstall congvan"
            yield Check(name, "error", f"không nạp được ({type(error).__name__}: {error})", remedy)
        else:
            yield Check(name, "ok", "nạp được")


def _originals(archive: Path) -> Iterator[Check]:
    from corpus.archive import Archive

    kept = Archive(archive)
    hashes = list(kept)
    broken = [sha256 for sha256 in hashes if not kept.verify(sha256)]
    if broken:
        remedy = "Chép lại các bản gốc này từ bản sao lưu rồi chạy «congvan doctor --verify»."
        yield Check("Bản gốc nguyên vẹn", "error", f"hỏng {len(broken)}: {', '.join(broken[:3])}", remedy)
    else:
        yield Check("Bản gốc nguyên vẹn", "ok", f"{len(hashes)} bản")


def _said(*command: str) -> str | None:
    """What a program prints; None where it is missing, fails or hangs."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr).decode(errors="replace")
