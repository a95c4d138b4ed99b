"""Commands that look after the house: doctor, evaluate, rules, reextract, forget."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congvan.cli_options import archive_beside, archive_option, cores, db_option, examples, existing_store, json_option

if TYPE_CHECKING:
    from db.store import Store

_SIGNS = {"ok": ("ok ", "green"), "warning": ("!  ", "yellow"), "error": ("hỏng", "red")}


@click.command(epilog=examples("congvan doctor", "congvan doctor --db van-thu.db --verify"))
@db_option
@archive_option
@click.option("--verify", is_flag=True, help="Đọc lại từng bản gốc trong kho, xem có bị hỏng không (lâu).")
@json_option
def doctor(db: Path, archive: Path | None, *, verify: bool, as_json: bool) -> None:
    """Xem máy này đã đủ những gì cần chưa; mỗi dòng hoặc là ổn, hoặc nói phải làm gì."""
    from dataclasses import asdict

    from congvan.display import output
    from congvan.doctor import checks

    found = []
    console = output()
    for check in checks(db, archive_beside(db, archive), verify=verify):
        found.append(check)
        if not as_json:
            from rich.text import Text

            sign, style = _SIGNS[check.state]
            remedy = f" → {check.remedy}" if check.remedy else ""
            console.print(Text.assemble((f"{sign:<5}", style), (check.name, "bold"), f": {check.found}{remedy}"))
    if as_json:
        click.echo(json.dumps([asdict(check) for check in found], ensure_ascii=False, indent=1))
    raise SystemExit(int(any(check.state == "error" for check in found)))


@click.command(epilog=examples(
    "congvan evaluate corpus/samples/truth --sources corpus/samples/scans",
    "congvan evaluate truth --sources scans --json > moi.json",
    "congvan evaluate truth --sources scans --against cu.json --errors",
))  # fmt: skip
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Thư mục các văn bản.  [mặc định: thư mục của GOLD]",
)
@click.option(
    "--predictions",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Thư mục JSON do «congvan facts --json» in ra; khỏi đọc lại văn bản.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="Báo cáo JSON của lần trước: kể ra cái được thêm và cái mất đi.",
)
@click.option("--errors", "show_errors", is_flag=True, help="Kể từng dữ kiện sót, sai, và số, ngày sai mà không báo.")
@click.option("--tier", "tiers", multiple=True, default=("core",), show_default=True, help="Hạng được chấm.")
@click.option(
    "--ocr-cache", type=click.Path(file_okay=False, path_type=Path), default=None, help="Thư mục giữ kết quả nhận dạng."
)
@json_option
def evaluate(  # noqa: PLR0913 - options
    gold: Path, sources: Path | None, predictions: Path | None, against: Path | None, tiers: tuple[str, ...],
    ocr_cache: Path | None, *, show_errors: bool, as_json: bool,
) -> None:  # fmt: skip
    """Chấm điểm: độ chính xác, độ bao phủ và F1 so với dữ kiện làm tay trong GOLD (tệp hoặc thư mục JSON)."""
    from congvan.display import errors, output
    from congvan.evaluate import Score, compare, score
    from congvan.evaluating import change_lines, error_lines, predictions_for, score_table

    total = Score()
    for path, wanted, found in predictions_for(gold, sources or gold, predictions, ocr_cache):
        if isinstance(found, str):
            errors().print(f"{path.name}: {found}", style="yellow", markup=False)
        if isinstance(found, dict) or not any(document.get("secrecy") for document in wanted["documents"]):
            # Nothing may be read of a secret dispatch: that it was stopped is right, and nothing is missed.
            total.add(score(path.stem, wanted, found if isinstance(found, dict) else {}, frozenset(tiers)))
    report = total.report()
    old: dict[str, Any] | None = json.loads(against.read_text("utf-8")) if against else None
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        output().print(score_table(total, old))
        for line in error_lines(total) if show_errors else ():
            click.echo(line)
        click.echo(f"silent_wrong {len(total.silent)}")
    for line in change_lines(compare(report, old)) if old else ():
        click.echo(line, err=as_json)


@click.command(epilog=examples("congvan rules", "congvan rules deadlines", "congvan rules quý --json"))
@click.argument("words", nargs=-1)
@json_option
def rules(words: tuple[str, ...], *, as_json: bool) -> None:
    """Liệt kê các quy tắc trích dữ kiện với lời giải thích và mọi ví dụ (+) và phản ví dụ (–) của chúng.

    Với WORDS thì chỉ những quy tắc có các từ đó trong tên, lời giải thích hoặc ví dụ.
    """
    from congvan.rulebook import entries, speaks_of

    found = [entry for entry in entries() if all(speaks_of(entry, word) for word in words)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for entry in found:
        click.echo(f"{entry['name']}: {entry['about']}")
        for sign, sentences in (("+", entry["examples"]), ("–", entry["rejects"])):
            for sentence in sentences:
                click.echo(f"    {sign} {' '.join(sentence.split())}")
    click.echo(f"{len(found)} quy tắc.", err=True)


@click.command(epilog=examples("congvan reextract", "congvan reextract --workers 4", "congvan reextract --only 3fa9"))
@db_option
@archive_option
@click.option("--only", default="", metavar="MÃ", help="Chỉ những tài liệu có mã bắt đầu như vậy.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Số tiến trình cùng đọc.  [mặc định: mọi nhân máy]"
)
def reextract(db: Path, archive: Path | None, only: str, workers: int | None) -> None:
    """Trích lại dữ kiện từ văn bản đã lưu, không nhận dạng lại; những chỗ người đã sửa vẫn giữ nguyên."""
    from congvan.again import reextract as extract_again
    from congvan.display import errors
    from congvan.ingest import Places
    from congvan.rulebook import descriptions

    console = errors()
    places = Places.around(archive_beside(db, archive))
    with existing_store(db) as store, console.status("Đang trích lại…"):
        store.describe_rules(descriptions())
        done, failed = extract_again(store, places, only=only, workers=workers or cores())
    for name, failure in failed:
        console.print(f"{name}: {failure.reason} → {failure.next_step}", style="red", markup=False)
    console.print(f"{done} văn bản đã trích lại, {len(failed)} không được.")
    raise SystemExit(int(bool(failed)))


@click.command(epilog=examples("congvan forget 3fa94c1b2d5e", "congvan forget 3fa94c1b2d5e --secret --yes"))
@click.argument("document")
@db_option
@archive_option
@click.option("--secret", is_flag=True, help="Đây là văn bản mật: cất bản gốc riêng, không bao giờ đọc lại.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def forget(document: str, db: Path, archive: Path | None, *, secret: bool, yes: bool) -> None:
    """Xóa hẳn văn bản có mã DOCUMENT (ít nhất 8 ký tự đầu): dữ kiện, văn bản nhận dạng, bản gốc và biên nhận.

    Lần sau thả lại tệp đó thì nó được đọc như mới. Với --secret, bản gốc được cất riêng và tệp không bao giờ
    được đọc lại.
    """
    from congvan.again import forget as forget_document
    from congvan.ingest import Places

    with existing_store(db) as store:
        found = _the_one(store, document)
        if not yes:
            click.confirm(f"Xóa hẳn «{found['title']}»?", abort=True, err=True)
        forget_document(store, Places.around(archive_beside(db, archive)), found["id"], secret=secret)
    click.echo(f"Đã xóa «{found['title']}».", err=True)


def _the_one(store: Store, document: str) -> dict[str, Any]:
    """The document whose id begins so.

    Raises:
        click.UsageError: none does, or several do, or too little was given.
    """
    if len(document) < 8:
        raise click.UsageError("Mã tài liệu cần ít nhất 8 ký tự đầu.")
    found = store.dicts("SELECT id, title FROM documents WHERE substr(id, 1, ?) = ?", len(document), document)
    if len(found) != 1:
        raise click.UsageError(f"Có {len(found)} tài liệu với mã bắt đầu bằng «{document}».")
    return found[0]


COMMANDS = (doctor, reextract, rules, evaluate, forget)
