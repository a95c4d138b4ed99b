"""How quick the database and its pages are with many documents: made rows, no reading.

    python bench/database.py [--documents 1500] [--folder DIR]

Prints the seconds of a save (mean, last hundred), of each canned query under plain Datasette's own limit of one second,
and of our pages. The dispatches are numbered in series and cite each other, so that links and order are looked up.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import hashlib
import random
import tempfile
import time
from pathlib import Path

from datasette.app import Datasette

from corpus.document import Document
from corpus.layout import Line, Page
from corpus.span import Span
from db.store import Store
from extract.facts import Citation, Deadline, Fact, Facts, Header, Issue, Obligation
from normalize.edits import Repaired

UNITS = [f"Phòng {name}" for name in ("Hành chính", "Tài vụ", "Kế hoạch", "Tổ chức", "Thanh tra", "Đào tạo", "Vật tư")]
DUTIES = 18
QUERIES = tuple(
    f"{name}.json?_shape=arrays&don_vi=phong"
    for name in ("sap_den_han", "qua_han", "can_xem", "chua_nhan", "dinh_ky", "theo_don_vi", "trung_so")
)
PAGES = ("/", "/can-xem", "/tim?q=sổ", "/congvan/obligations", "/congvan/due_items", "/lich.ics")


def made(number: int, chance: random.Random) -> tuple[Document, Repaired, Facts]:
    """One dispatch with its facts."""
    lines = [f"Việc {number}.{at}: {chance.choice(UNITS)} lập sổ theo dõi trước ngày hẹn" for at in range(DUTIES)]
    text = "\n".join(lines)
    name = f"{number}.txt"
    page = Page(1, 0, 0, tuple(Line(line) for line in lines), source="file")
    document = Document(hashlib.sha256(name.encode()).hexdigest(), name, (page,))
    day = dt.date(2026, 1, 5) + dt.timedelta(days=number // 5)
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    deadlines = tuple(Fact(_deadline(day, at, chance), span, "by_day", 0.97) for at, span in enumerate(spans))
    head = Header(1, number=f"{number}/SKT-VP", issuer="Sở Kinh tế tỉnh", date=day, subject=f"Về việc {number}")
    cited = (f"{chance.randint(1, 1600)}/SKT-VP" for _ in range(8))
    return (
        document,
        Repaired.untouched(text),
        Facts(
            headers=(Fact(head, spans[0], "header", 0.98),),
            deadlines=deadlines,
            citations=tuple(
                Fact(Citation(number, None, "Sở Kinh tế", None, "căn cứ", number), spans[at], "citations.number", 0.9)
                for at, number in enumerate(cited)
            ),
            obligations=tuple(
                Fact(
                    _duty(line, at, deadlines, chance), spans[at], "unit-sentence", 0.9, harm=2.0, needs_review=at == 3
                )
                for at, line in enumerate(lines)
            ),
            issues=(Issue("number-unreadable", "Số viết tay.", spans[0], alternatives=(f"{number}/SKT-VP",)),),
        ),
    )


def _deadline(day: dt.date, at: int, chance: random.Random) -> Deadline:
    due = day + dt.timedelta(days=chance.randint(5, 300))
    if at % 9 == 0:
        days = tuple(due + dt.timedelta(days=30 * month) for month in range(12))
        return Deadline("recurring", f"hằng tháng, lần {at}", "recurring", rrule="FREQ=MONTHLY", occurrences=days)
    return Deadline("date", f"trước ngày {due:%d/%m/%Y}, lần {at}", "before", due=due)


def _duty(line: str, at: int, deadlines: tuple[Fact[Deadline], ...], chance: random.Random) -> Obligation:
    return Obligation(str(at), line, (chance.choice(UNITS),), due=deadlines[at].value.due, deadlines=(at,))


def filled(path: Path, documents: int) -> None:
    """Save so many documents."""
    chance = random.Random(5)
    took = []
    with Store(path) as store:
        for number in range(1, documents + 1):
            one = made(number, chance)
            began = time.perf_counter()
            store.save(*one, at=f"2026-11-21T08:00:{number % 60:02d}+07:00")
            took.append(time.perf_counter() - began)
        print(f"save: {sum(took) / len(took):.3f} s, last hundred {sum(took[-100:]) / 100:.3f} s")
        print("rows:", {name: store.all(f"SELECT count(*) FROM {name}")[0][0] for name in ("obligations", "due_items")})


async def asked(path: Path) -> None:
    """Ask plain Datasette, its own limits unchanged, for each query and page."""
    served = Datasette([str(path)])
    await served.invoke_startup()
    addresses = [f"/{path.stem}/{name}" for name in QUERIES] + [
        page.replace("/congvan/", f"/{path.stem}/") for page in PAGES
    ]
    for address in addresses:
        await served.client.get(address)
        began = time.perf_counter()
        answer = await served.client.get(address)
        print(f"{time.perf_counter() - began:7.3f} s  {answer.status_code}  {address}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (given.folder or Path(folder)) / "congvan.db"
        if not path.exists():
            filled(path, given.documents)
        asyncio.run(asked(path))


if __name__ == "__main__":
    main()
