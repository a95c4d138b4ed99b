"""The far end of :mod:`ocr.engines.resident`, a program of its own: pages on standard input, tables on standard output.

A request is a line of JSON (``rows``, ``columns``, ``dpi``, ``psm``, ``variables``) followed by the grey pixels. The
answer is a line of JSON: ``table`` (Tesseract's TSV), or ``damaged`` or ``missing`` with what the library said.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(folder: str, language: str) -> None:
    """Answers until standard input ends; ``folder`` holds the language data."""
    # What the library prints must not fall among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.modules["PIL"] = None  # type: ignore[assignment] # pages come as bytes: its import costs as much as a small look
    import tesserocr

    api = None
    while line := sys.stdin.buffer.readline():
        page = json.loads(line)
        pixels = sys.stdin.buffer.read(page["rows"] * page["columns"])
        try:
            api = api or tesserocr.PyTessBaseAPI(path=folder, lang=language)
            told = {"table": _read(api, page, pixels)}
        except (RuntimeError, UnicodeDecodeError) as error:
            told = {"damaged" if api else "missing": str(error)}
        answers.write(json.dumps(told).encode() + b"\n")
        answers.flush()


def _read(api: Any, page: dict[str, Any], pixels: bytes) -> str:  # noqa: ANN401 - the library has no types
    api.SetPageSegMode(page["psm"])
    for name, value in page["variables"].items():
        api.SetVariable(name, value)
    api.SetImageBytes(pixels, page["columns"], page["rows"], 1, page["columns"])
    api.SetSourceResolution(page["dpi"])
    try:
        api.Recognize()
        return str(api.GetTSVText(0))
    finally:
        api.Clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
