"""Names that the letters of the store show: known to the letters that come later, gone with a letter forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from dropped import Heard, Inline

from congvan import again
from congvan.engines import DaskEngine
from congvan.ingest import Ingest, Places
from congvan.known import Known
from congvan.worker import Job
from db.store import Store

STATION = "Trạm Quan trắc cảnh báo lũ Suối Bạc"
LETTER = """ỦY BAN NHÂN DÂN
XÃ SUỐI BẠC
Số: {number}/UBND-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Suối Bạc, ngày 04 tháng 5 năm 2026

Kính gửi: Các thôn trong xã.

Ủy ban nhân dân xã yêu cầu:

1. {unit} báo cáo kết quả đo trước ngày 20/5/2026.

2. Văn phòng lập danh sách giếng khoan trước ngày 20/6/2026.

Nơi nhận:
- Như trên;
{to}- Lưu: VT.
"""
TASK = "SELECT lead FROM obligations WHERE task LIKE '%báo cáo kết quả đo%' AND lead LIKE 'Trạm%'"


def dropped(folder: Path, number: int, *, unit: str = "Văn phòng", to: str = "") -> Path:
    """A letter as a file."""
    file = folder / f"{number}.txt"
    file.write_text(LETTER.format(number=number, unit=unit, to=to), encoding="utf-8")
    return file


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.around(tmp_path / "archive")


def test_a_letter_is_read_with_the_names_that_earlier_ones_show(tmp_path: Path, places: Places) -> None:
    told = [dropped(tmp_path, number, to=f"- {STATION};\n") for number in (11, 12)]
    given = dropped(tmp_path, 13, unit=STATION)
    with Store(tmp_path / "a.db") as store:
        heard = Heard()
        ingest = Ingest(store, places, Inline(), heard)
        ingest.run(told)
        assert STATION in store.units()
        ingest.run([given])
        assert STATION in heard.jobs[-1].known.units
        assert store.all(TASK) == [(STATION,)]

        first = store.all("SELECT sha256 FROM receipts WHERE name = '11.txt'")[0][0]
        again.forget(store, places, first, secret=False)
        assert STATION not in store.units()
        assert again.reextract(store, places) == (2, [])
        assert store.all(TASK) == [("Trạm Quan trắc",)]


def test_doubtful_heads_teach_nothing(tmp_path: Path, places: Places) -> None:
    told = [dropped(tmp_path, number, to=f"- {STATION};\n") for number in (11, 12)]
    with Store(tmp_path / "a.db") as store:
        Ingest(store, places, Inline(), Heard()).run(told)
        assert STATION in store.units()
        store.sqlite.execute("UPDATE header_fields SET needs_review = 1 WHERE field = 'distribution'")
        assert STATION not in store.units()


def test_what_is_known_travels_to_another_machine(tmp_path: Path) -> None:
    job = Job("a" * 64, dropped(tmp_path, 11), "11.txt", known=Known(("V/v đo nước",), (STATION,)))
    sent = DaskEngine(1, "tcp://elsewhere:8786")._for_travel(job)
    assert (sent.known, sent.content) == (job.known, job.path.read_bytes())
