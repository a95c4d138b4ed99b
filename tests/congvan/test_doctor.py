from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congvan import doctor
from congvan.doctor import Check, checks
from corpus.archive import Archive


@pytest.fixture
def examine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Check]]:
    """Runs every check but the loading of models, which other tests do."""
    monkeypatch.setattr(doctor, "_stages", lambda: iter(()))

    def run(db: str = "congvan.db", **options: bool) -> dict[str, Check]:
        return {check.name: check for check in checks(tmp_path / db, tmp_path / "archive", **options)}

    return run


def test_each_line_is_well_or_says_what_to_do(examine: Callable[..., dict[str, Check]]):
    for check in examine().values():
        assert (check.state == "ok") == (check.remedy == ""), check


def test_a_missing_tesseract_is_an_error_with_its_command(
    examine: Callable[..., dict[str, Check]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    check = examine()["Tesseract"]
    assert (check.state, check.remedy) == ("error", "apt-get install tesseract-ocr tesseract-ocr-vie")


def test_a_missing_language_is_an_error_and_missing_orientation_a_warning(
    examine: Callable[..., dict[str, Check]], programs: Callable[[str, str], None]
):
    programs("tesseract", "[ $1 = --version ] && echo 'tesseract 5.3.0' || printf 'List (1):\\neng\\n'")
    found = examine()
    assert found["Tesseract: gói tiếng Việt"].state == "error"
    assert found["Tesseract: gói nhận hướng trang"].state == "warning"


def test_a_database_is_looked_at_and_not_touched(examine: Callable[..., dict[str, Check]], tmp_path: Path):
    assert "chưa có" in examine()["Cơ sở dữ liệu"].found
    assert not (tmp_path / "congvan.db").exists()
    (tmp_path / "hỏng.db").write_bytes(b"not a database" * 100)
    assert examine("hỏng.db")["Cơ sở dữ liệu"].state == "error"
    assert (tmp_path / "hỏng.db").read_bytes() == b"not a database" * 100


def test_a_folder_without_write_access_is_an_error(
    examine: Callable[..., dict[str, Check]], monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    check = examine()["Kho bản gốc"]
    assert check.state == "error"
    assert "Permission denied" in check.found


def test_verify_finds_a_rotten_original(examine: Callable[..., dict[str, Check]], tmp_path: Path):
    source = tmp_path / "thư.txt"
    source.write_bytes(b"whole")
    stored = Archive(tmp_path / "archive").put(source)
    assert examine(verify=True)["Bản gốc nguyên vẹn"].state == "ok"
    stored.path.chmod(0o640)
    stored.path.write_bytes(b"wh0le")
    check = examine(verify=True)["Bản gốc nguyên vẹn"]
    assert check.state == "error"
    assert stored.sha256 in check.found
