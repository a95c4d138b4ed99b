from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from dropped import Inline, letter

from congvan import engines, messages
from congvan.cli import main
from corpus.archive import Archive, ChangedError
from corpus.span import Span
from db.errors import StoreBusyError
from db.migrations import LABELS
from db.store import Store
from normalize.edits import Edit, Repaired


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls the command line in this process, in a folder of its own; files are read in this process too."""
    monkeypatch.setattr(engines, "engine", lambda *_: Inline())
    monkeypatch.chdir(tmp_path)

    def call(*words: str, stdin: str | bytes | None = None, code: int | None = 0) -> Result:
        result = CliRunner().invoke(main, list(words), input=stdin, catch_exceptions=False)
        assert code is None or result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def filled(run, tmp_path: Path):
    """A database with one letter, a copy of it and a broken file."""
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(letter(), encoding="utf-8")
    (tmp_path / "in" / "c.pdf").write_bytes(b"")
    run("ingest", "in", code=9)
    return run


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from congvan.cli import main; main(['--help'], standalone_mode=False);"
        "print({'spacy', 'numpy', 'rich', 'datasette', 'sqlite_utils', 'cv2'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_every_command_explains_itself_with_an_example():
    for name, command in main.commands.items():
        assert command.help, name
        assert f"congvan {name}" in (command.epilog or ""), name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, f"{name} {parameter.name}"


def test_ingest_says_what_became_of_each_file(filled):
    counts = json.loads(filled("status", "--json").stdout)
    assert counts["files"] == sum(counts["outcomes"].values()) == 3
    assert (counts["outcomes"]["duplicate"], counts["outcomes"]["failed"]) == (1, 1)
    shown = filled("status").stdout
    assert "3  tệp tất cả" in shown
    assert "c.pdf" in shown
    again = json.loads(filled("ingest", "in", "--json").stdout)
    assert (again["files"], again["unchanged"], again["receipts"]) == (3, 3, [])
    retried = json.loads(filled("ingest", "in", "--json", "--retry", code=9).stdout)
    assert [receipt["name"] for receipt in retried["receipts"]] == ["c.pdf"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(letter().encode(), 0), (b"", 5), (b"PK\x03\x04" + bytes(99), 4), (letter(1, "MẬT").encode(), 7)],
)
def test_one_file_alone_gives_its_own_exit_code(run, tmp_path: Path, content: bytes, code: int):
    (tmp_path / "thư.bin").write_bytes(content)
    run("ingest", "thư.bin", code=code)
    run("facts", "thư.bin", code=code)


def test_results_go_to_stdout_and_messages_to_stderr(filled):
    result = filled("ingest", "in", "--json")
    assert json.loads(result.stdout)
    assert "3 đã có từ trước" in result.stderr


def test_mistyped_names_are_told_in_vietnamese(run):
    assert "Không có tệp hoặc thư mục" in run("ingest", "không có", code=2).stderr
    assert "Không có cơ sở dữ liệu" in run("status", code=2).stderr
    assert "Không có thư mục" in run("watch", "không có", code=2).stderr
    assert "không có cách đọc" in run("ingest", ".", "--engine", "spark", code=2).stderr
    assert not Path("congvan.db").exists()


def test_text_and_facts_store_nothing(run, tmp_path: Path):
    (tmp_path / "thư.txt").write_text(letter(), encoding="utf-8")
    assert run("text", "thư.txt", "--raw").stdout == letter()
    page = json.loads(run("text", "thư.txt", "--json").stdout)["pages"][0]
    assert page["lines"][0]["text"] == "ỦY BAN NHÂN DÂN"
    found = json.loads(run("facts", "thư.txt", "--json").stdout)
    assert found["file"]["name"] == "thư.txt"
    assert [path.name for path in tmp_path.iterdir()] == ["thư.txt"]
    assert run("facts", "thư.txt").exit_code == 0


def test_restore_keeps_every_line(run):
    for lines in ("", "\n", "một\n\n\nhai", "Số: 12/QĐ-UBND\r\ncuối\n"):
        assert run("restore", stdin=lines).stdout == lines.replace("\r\n", "\n")
    assert "UTF-8" in run("restore", stdin=b"\xff\xfe\x00", code=4).stderr


def test_explain_shows_what_became_what():
    from congvan.cli_read import explained

    first = Repaired.untouched("QÐ va").then("unicode", [Edit(Span(1, 2), "Đ", "chữ Ð thành Đ")])
    both = first.then("dấu", [Edit(Span(3, 5), "và", "mô hình", alternatives=("vá",), flag=True)])
    assert list(explained(both)) == [
        "«Ð» → «Đ»: chữ Ð thành Đ [unicode]",
        "«va» → «và»: mô hình [dấu]; cũng có thể: vá (cần xem lại)",
    ]


@pytest.mark.parametrize("places", [(), ("--archive", "kho")])
def test_the_folder_that_holds_the_database_and_the_archive_can_be_read(run, tmp_path: Path, places: tuple[str, ...]):
    (tmp_path / "thư.txt").write_text(letter(), encoding="utf-8")
    with Store(tmp_path / "congvan.db"):
        assert json.loads(run("ingest", ".", *places, "--json").stdout)["files"] == 1
    again = json.loads(run("ingest", ".", *places, "--json").stdout)
    assert (again["files"], again["unchanged"]) == (1, 1)


def test_search_finds_with_and_without_marks(filled):
    for query in ("giếng khoan", "gieng khoan", "12/UBND-VP"):
        hits = json.loads(filled("search", query, "--json").stdout)
        assert len(hits) == 1, query
    assert "giếng khoan" in filled("search", "giếng", "khoan").stdout
    assert "Không tìm thấy" in filled("search", "sao chổi", code=1).stderr


def test_forget_removes_everything_and_the_file_is_new_again(filled, tmp_path: Path):
    [document] = json.loads(filled("summary", "--json").stdout)
    filled("forget", document["id"][:4], "--yes", code=2)
    filled("forget", document["id"][:8], stdin="n\n", code=130)
    filled("forget", document["id"][:8], "--yes")
    assert json.loads(filled("summary", "--json").stdout) == []
    assert json.loads(filled("status", "--json").stdout)["files"] == 1
    assert [path for path in (tmp_path / "archive").rglob("*") if path.is_file()] != []
    assert len(json.loads(filled("ingest", "in", "--json").stdout)["receipts"]) == 2


def test_forget_as_secret_is_for_good(filled, tmp_path: Path):
    [document] = json.loads(filled("summary", "--json").stdout)
    filled("forget", document["id"][:12], "--secret", "--yes")
    assert (tmp_path / "archive-mat" / document["id"]).exists()
    counts = json.loads(filled("status", "--json").stdout)["outcomes"]
    assert (counts["secret"], counts["duplicate"], counts["done"] + counts["review"]) == (1, 0, 0)
    assert json.loads(filled("ingest", "in", "--json").stdout)["receipts"] == []


def test_reextract_keeps_receipts_and_documents_in_step(filled):
    before = json.loads(filled("summary", "--json").stdout)
    assert "1 văn bản đã trích lại" in filled("reextract").stderr
    assert json.loads(filled("summary", "--json").stdout) == before
    assert json.loads(filled("status", "--json").stdout)["files"] == 3


def test_rules_have_words_and_examples(run):
    found = json.loads(run("rules", "--json").stdout)
    assert len(found) > 20
    assert all(rule["about"] for rule in found)
    assert len({rule["name"] for rule in found}) == len(found)


def test_rules_are_listed_with_every_example_and_found_by_their_words(run):
    for rule in json.loads(run("rules", "deadlines", "--json").stdout):
        told = run("rules", rule["name"]).stdout
        sentences = [*rule["examples"], *rule["rejects"]]
        assert all(" ".join(sentence.split()) in told for sentence in sentences), rule["name"]
    assert run("rules", "không có quy tắc nào như vậy").stdout == ""


def test_watch_takes_batches_and_asks_for_what_may_pass_again(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "in").mkdir()
    good, busy = tmp_path / "in" / "a.txt", tmp_path / "in" / "b.txt"
    for number, path in enumerate((good, busy)):
        path.write_text(letter(number + 1), encoding="utf-8")
    put = Archive.put

    def still_written(self, source):
        if source == busy:
            raise ChangedError("Tệp đang được ghi dở trong lúc chép vào kho.")
        return put(self, source)

    def once(inbox, take, *, stop, rescan):
        assert (inbox.folder, inbox.settle, rescan, stop.is_set()) == (tmp_path / "in", 7.0, 60.0, False)
        assert inbox.skip >= {tmp_path / "archive", tmp_path / "archive-mat"}
        with monkeypatch.context() as patch:
            patch.setattr(Archive, "put", still_written)
            assert take([good, busy]) == [busy]
        assert take([good, busy]) == []

    monkeypatch.setattr("congvan.watch.watch", once)
    assert "2 tệp: " in run("watch", "in", "--settle", "7", "--rescan", "60").stderr
    assert json.loads(run("status", "--json").stdout)["outcomes"]["failed"] == 0
    assert json.loads(run("status", "--json").stdout)["files"] == 2


def test_a_watch_outlives_a_database_that_is_busy(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.txt"
    path.write_text(letter(), encoding="utf-8")

    def busy(_store, **_receipt):
        raise StoreBusyError("Cơ sở dữ liệu đang bận.")

    def twice(_inbox, take, *, stop, rescan):
        with monkeypatch.context() as patch:
            patch.setattr(Store, "receipt", busy)
            assert take([path]) == [path]
        assert take([path]) == []

    monkeypatch.setattr("congvan.watch.watch", twice)
    said = run("watch", "in").stderr
    assert "đang bận" in said
    assert "Sẽ tự thử lại" in said
    assert json.loads(run("status", "--json").stdout)["files"] == 1


def test_every_rule_that_found_something_is_described_in_the_database(filled):
    with Store(Path("congvan.db")) as store:
        described = {row["id"] for row in store.dicts("SELECT id FROM rules")}
        for table in ("dispatches", "header_fields", "citations", "deadlines", "targets", "obligations"):
            found = {row["rule"] for row in store.dicts(f"SELECT rule FROM {table}")}
            assert found <= described, table
            assert found or table in {"citations", "targets"}


def test_outcomes_are_called_as_in_the_database():
    assert dict(LABELS["outcomes"]) == messages.OUTCOMES
    assert messages.OUTCOMES.keys() == messages.STYLES.keys()
