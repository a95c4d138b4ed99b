"""Pages with tables of every build that dispatches have, and what stands in their cells.

A page is HTML and the places of its cells are told by the same rows, so the
truth needs no reading. Chromium prints them (font: Tinos of fonts-croscore); `bench/table_kinds.py` reads them.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run")

STYLE = """@page { size: A4 portrait; margin: 18mm 15mm 15mm 20mm }
@page wide { size: A4 landscape; margin: 18mm 15mm 15mm 20mm }
body { font: 13pt/1.25 Tinos; margin: 0 } section { break-after: page } section.wide { page: wide }
p { margin: 4pt 0; text-indent: 10mm; text-align: justify } h3 { font-size: 13pt; text-align: center; margin: 4pt 0 }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 1.15; margin: 6pt 0 }
td, th { border: .6pt solid black; padding: 2pt 4pt; vertical-align: middle } th { text-align: center }
.n { text-align: center } .r { text-align: right } .top td { vertical-align: top }
.bare td, .bare th { border: none; padding: 2pt 8pt; vertical-align: top }
.open { border-style: hidden } .sides { border-left-style: hidden; border-right-style: hidden }
.level td, .level th { border-left: none; border-right: none; padding: 2pt 8pt }
.book td, .book th { border: none; padding: 2pt 8pt } .book tr:first-child th
{ border-top: 1.2pt solid; border-bottom: .6pt solid }
.book tr:last-child td
{ border-bottom: 1.2pt solid } .dotted td
{ border-top: .75pt dotted; border-bottom: .75pt dotted }
.dots td, .dots th { border: .75pt dotted black } .dashed td, .dashed th { border: .75pt dashed black }
.double td, .double th { border: 2.25pt double black } .thick { border: 2pt solid }
.faint td, .faint th { border: .5pt solid #8c8c8c } .hair td, .hair th { border: .2pt solid #444 }
.grey th { background: #d9d9d9 } .dark th
{ background: #1f4e79; color: white } .zebra tr:nth-child(even) td { background: #eee }
.small { font-size: 10.5pt } .tight td { padding: 0 3pt } .loose td { padding: 5pt }
.seal { position: absolute; width: 36mm; height: 36mm; border: 1.6pt solid #d01818; border-radius: 50%; color: #d01818;
text-align: center; font: bold 9pt/36mm Tinos; opacity: .85 } .black { border-color: #222; color: #222 }"""


class Merged(NamedTuple):
    """A cell over several rows or columns."""

    text: str
    rows: int = 1
    columns: int = 1


CellSpec = str | Merged
Place = tuple[int, int]


@dataclass(frozen=True)
class MadeTable:
    """A table: rows of cells, how many of them are its head, the classes of its columns and its own."""

    rows: Sequence[Sequence[CellSpec]]
    style: str = ""
    head: int = 1
    columns: Sequence[str] = ()
    widths: Sequence[int] = ()

    def placed(self) -> dict[Place, Merged]:
        """Each cell under the row and column where it begins."""
        taken: set[Place] = set()
        found: dict[Place, Merged] = {}
        for row, cells in enumerate(self.rows):
            column = 0
            for each in cells:
                cell = Merged(each) if isinstance(each, str) else each
                while (row, column) in taken:
                    column += 1
                found[row, column] = cell
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                column += cell.columns
        return found

    def html(self) -> str:
        """The table as HTML."""
        by_row: dict[int, list[str]] = {row: [] for row in range(len(self.rows))}
        for (row, column), cell in self.placed().items():
            tag = "th" if row < self.head else "td"
            kind = self.columns[column] if column < len(self.columns) else ""
            span = f'rowspan="{cell.rows}" colspan="{cell.columns}"'
            by_row[row].append(f'<{tag} {span} class="{kind}">{cell.text}</{tag}>')
        columns = "".join(f'<col style="width:{width}%">' for width in self.widths)
        rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in by_row.values())
        return f'<table class="{self.style}">{columns}{rows}</table>'


@dataclass(frozen=True)
class MadePage:
    """A page: its parts from top to bottom, tables among them; ``turn`` is how the sheet lies, clockwise."""

    parts: Sequence[str | MadeTable]
    wide: bool = False
    turn: int = 0

    @property
    def tables(self) -> list[MadeTable]:
        """Its tables from top to bottom."""
        return [part for part in self.parts if isinstance(part, MadeTable)]

    def html(self) -> str:
        """The page as a section of its own."""
        parts = "".join(part.html() if isinstance(part, MadeTable) else part for part in self.parts)
        return f'<section class="{"wide" if self.wide else ""}">{parts}</section>'


def print_pages(pages: Iterable[MadePage], target: Path) -> None:
    """The pages as a PDF, one page each."""
    body = "".join(page.html() for page in pages)
    html = f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{STYLE}</style><body>{body}</body></html>'
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.html")
        source.write_text(html, "utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
