"""What ``congvan evaluate`` reads and prints: pairs of hand-made and found facts, a table, gains and losses."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Any

from congvan.evaluate import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.table import Table

    from congvan.evaluate import Change, Score

    FactJson = dict[str, Any]

_NOTHING = "không có văn bản hoặc kết quả"
_SOURCES = (".pdf", ".txt", ".md", ".jpg", ".png", ".tif", ".tiff")


def predictions_for(
    gold: Path, sources: Path, predictions: Path | None, ocr_cache: Path | None
) -> Iterator[tuple[Path, FactJson, FactJson | str]]:
    """``(gold file, its facts, the facts found)`` for each gold file; in place of the last, why there are none.

    Found facts are read from ``predictions`` where given, else the documents in ``sources`` are read.
    """
    golds = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    truths = [(path, json.loads(path.read_text("utf-8"))) for path in golds]
    if predictions is not None:
        for path, wanted in truths:
            at = named(predictions, path, wanted, (".json",))
            yield path, wanted, json.loads(at.read_text("utf-8")) if at else _NOTHING
        return
    folder = sources if sources.is_dir() else sources.parent
    files = {path: named(folder, path, wanted, _SOURCES) for path, wanted in truths}
    found = _read_all([file for file in files.values() if file], ocr_cache)
    for path, wanted in truths:
        file = files[path]
        yield path, wanted, found[file] if file else _NOTHING


def named(folder: Path, gold: Path, wanted: FactJson, endings: tuple[str, ...]) -> Path | None:
    """The file that a gold file speaks of: the one it names, or one whose name begins as the gold's does."""
    names = [str(wanted["file"]).rsplit(".", 1)[0]] if wanted.get("file") else []
    names += [gold.stem, str(wanted.get("seed") or gold.stem)]
    there = sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)
    for name in names:
        for path in there:
            if path.stem == name or path.stem.startswith(f"{name}_"):
                return path
    return None


def _read_all(files: list[Path], ocr_cache: Path | None) -> dict[Path, FactJson | str]:
    """The facts of each file, or why it could not be read."""
    from congvan.cli_options import cores
    from congvan.engines import LocalEngine
    from congvan.messages import Failure
    from congvan.pipeline import facts_json
    from congvan.worker import Job

    jobs = [Job(hashlib.sha256(str(file).encode()).hexdigest(), file, file.name, ocr_cache) for file in files]
    with contextlib.closing(LocalEngine(cores())) as engine:
        results = engine.run(jobs, lambda *_: None)
        return {
            job.path: result.reason if isinstance(result, Failure) else facts_json(result) for job, result in results
        }


def score_table(score: Score, old: FactJson | None = None) -> Table:
    """A line a section; the change of F1 since ``old`` where there is one. Rounded down: 1.000 is exact."""
    from rich.table import Table

    table = Table()
    for name in ("", "P", "R", "F1", "đúng", "sai", "sót", *(["F1 trước"] if old else [])):
        table.add_column(name, justify="left" if not name else "right")
    for section in SECTIONS:
        counts = (len(kind[section]) for kind in (score.found, score.false, score.missed))
        before = [_figure(old["rates"][section]["f1"])] if old else []
        table.add_row(section, *map(_figure, score.rates(section)), *map(str, counts), *before)
    return table


def error_lines(score: Score) -> Iterator[str]:
    """What was missed, what is false, and which wrong numbers and days nothing marks, one a line."""
    for sign, title, kind in (("-", "Sót", score.missed), ("!", "Sai", score.false)):
        for section in SECTIONS:
            if kind[section]:
                yield f"{title}, {section}: {len(kind[section])}"
            for name in kind[section]:
                yield f"  {sign} {name}"
    for name in score.silent:
        yield f"  !! sai mà không báo: {name}"


def change_lines(change: Change) -> Iterator[str]:
    """Gains and losses, one a line."""
    for sign, title, names in (
        ("+", "Được thêm", change.gains),
        ("-", "Mất đi", change.losses),
        ("!", "Sai mới", change.new_false),
        ("~", "Hết sai", change.gone_false),
    ):
        yield f"{title}: {len(names)}"
        for name in names:
            yield f"  {sign} {name}"


def _figure(rate: float | None) -> str:
    return "–" if rate is None else f"{int(rate * 1000) / 1000:.3f}"
