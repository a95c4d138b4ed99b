"""Commands that read one file or standard input and store nothing: text, facts, restore."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from congvan.cli_options import examples, file_argument, json_option
from corpus.errors import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from congvan.pipeline import Reading
    from normalize.edits import Repaired

ocr_cache_option = click.option(
    "--ocr-cache",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Thư mục giữ kết quả nhận dạng, để lần sau khỏi nhận dạng lại.",
)


@click.command(
    epilog=examples(
        "congvan text cong-van.pdf",
        "congvan text cong-van.pdf --raw",
        "congvan text cong-van.pdf --json | jq '.pages[0].lines[0]'",
    )
)
@file_argument
@click.option("--raw", is_flag=True, help="Văn bản như nhận dạng được, chưa phục hồi.")
@ocr_cache_option
@json_option
def text(file: Path, ocr_cache: Path | None, *, raw: bool, as_json: bool) -> None:
    """In văn bản nhận dạng được từ FILE, đã phục hồi dấu; giữa các trang có ký tự sang trang."""
    from congvan.pipeline import recognise, repaired_text

    document = with_progress(file, lambda progress: recognise(file, ocr_cache=ocr_cache, progress=progress))
    repaired = None if raw else repaired_text(document)
    if as_json:
        from congvan.text_json import text_json

        click.echo(json.dumps(text_json(document, repaired), ensure_ascii=False))
    else:
        said = repaired.text if repaired else document.text
        click.echo(said, nl=not said.endswith("\n"))


@click.command(epilog=examples("congvan facts cong-van.pdf", "congvan facts cong-van.pdf --json > cong-van.json"))
@file_argument
@ocr_cache_option
@json_option
def facts(file: Path, ocr_cache: Path | None, *, as_json: bool) -> None:
    """In các dữ kiện của FILE: số, ngày, viện dẫn, thời hạn, chỉ tiêu, nhiệm vụ; không lưu gì."""
    from congvan.display import facts_report, output
    from congvan.pipeline import facts_json, read_file

    reading: Reading = with_progress(file, lambda progress: read_file(file, ocr_cache=ocr_cache, progress=progress))
    found = facts_json(reading)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = output()
    for line in facts_report(found):
        console.print(line)


@click.command(
    epilog=examples("echo 'Uy ban nhan dan tinh' | congvan restore", "congvan restore khong-dau.txt --explain")
)
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--explain", is_flag=True, help="Kể từng chỗ sửa và lý do thay cho văn bản.")
def restore(file: BinaryIO, *, explain: bool) -> None:
    """Phục hồi tiếng Việt mất dấu hoặc hỏng dấu; vào bao nhiêu dòng thì ra bấy nhiêu dòng.

    Đọc FILE, hoặc đầu vào chuẩn khi không có FILE. Số, ngày tháng và ký hiệu văn bản không bị đổi.
    """
    said = _decoded(file.read())
    end = "\n" if said.endswith("\n") else ""
    lines = said.removesuffix("\n").split("\n")
    from normalize.restore import restorer

    restored = restorer().restore_lines(lines)
    if explain:
        for number, repaired in enumerate(restored, 1):
            for sentence in explained(repaired):
                click.echo(f"{number}: {sentence}")
    else:
        click.echo("\n".join(repaired.text for repaired in restored) + end, nl=False)


def explained(repaired: Repaired) -> Iterator[str]:
    """Each edit as a sentence: what became what, why, and what else it might be."""
    text = repaired.raw
    for step in repaired.steps:
        drift = 0
        after = list(text)
        for edit in step.edits:
            others = f"; cũng có thể: {', '.join(edit.alternatives)}" if edit.alternatives else ""
            doubt = " (cần xem lại)" if edit.flag else ""
            yield f"«{edit.span.of(text)}» → «{edit.replacement}»: {edit.reason} [{step.name}]{others}{doubt}"
            after[edit.span.start + drift : edit.span.end + drift] = edit.replacement
            drift += len(edit.replacement) - len(edit.span)
        text = "".join(after)


def _decoded(data: bytes) -> str:
    """UTF-8 text, a byte order mark dropped, lines ended by line feeds alone."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnsupportedError(
            f"Đầu vào không phải UTF-8 (byte thứ {error.start + 1}).", remedy="Chuyển sang UTF-8 rồi chạy lại."
        ) from None


def with_progress(file: Path, work: Callable[[Callable[[int, int], None]], Any]) -> Any:  # noqa: ANN401
    """What ``work`` gives, a page counter on stderr meanwhile.

    Raises:
        click.UsageError: there is no such file.
    """
    if not file.is_file():
        raise click.UsageError(f"Không có tệp «{file}».")
    if not sys.stderr.isatty():  # rich is not even loaded where nobody would see it
        return work(lambda _page, _pages: None)
    from rich.progress import Progress

    from congvan.display import errors

    with Progress(console=errors(), transient=True) as bar:
        task = bar.add_task("Đang đọc", total=None)
        return work(lambda page, pages: bar.update(task, completed=page, total=pages))


COMMANDS = (text, facts, restore)
