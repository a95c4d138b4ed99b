"""The command that writes a searchable copy of one file: pdf."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from congvan.cli_options import examples, file_argument, json_option
from congvan.cli_read import ocr_cache_option, with_progress

if TYPE_CHECKING:
    from congvan.pipeline import Reading
    from ocr.searchable.archival import About
    from ocr.searchable.write import Copied

_ENDING = ".tra-cuu.pdf"


@click.command(
    epilog=examples(
        "congvan pdf cong-van.pdf                         ghi cong-van.tra-cuu.pdf bên cạnh",
        "congvan pdf anh-chup.jpg -o cong-van-45.pdf",
        "congvan pdf cong-van.docx.pdf --as-images        trang không đạt PDF/A thành ảnh",
    )
)
@file_argument
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=None,
    help=f"Tệp ghi ra.  [mặc định: tên tệp gốc với đuôi «{_ENDING}»]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@click.option("--as-images", is_flag=True, help="Trang có thứ PDF/A không cho phép (phông không nhúng…) thành ảnh.")
@ocr_cache_option
@json_option
def pdf(
    file: Path, output: Path | None, ocr_cache: Path | None, *, force: bool, as_images: bool, as_json: bool
) -> None:
    """Ghi bản PDF/A tìm kiếm được của FILE: ảnh các trang, phía sau là văn bản đã phục hồi.

    Bản này để tra cứu, sao chép chữ; không thay bản gốc: chữ ký số không còn giá trị trên bản sao.
    """
    from congvan.pipeline import read_file
    from ocr.searchable.write import refuse_text, write_copy

    target = output or file.with_name(file.stem + _ENDING)
    _check_target(file, target, force=force)
    if file.is_file():
        refuse_text(file)
    reading: Reading = with_progress(file, lambda progress: read_file(file, ocr_cache=ocr_cache, progress=progress))
    about = about_copy(reading)
    try:
        copied = write_copy(file, reading.document, reading.repaired, target, about, as_images=as_images)
    except OSError as error:
        raise click.ClickException(f"Không ghi được «{target}»: {error.strerror or error}.") from error
    _tell(reading, copied, target, about, as_json=as_json)


def _check_target(file: Path, target: Path, *, force: bool) -> None:
    if target.exists() and file.exists() and target.samefile(file):
        raise click.UsageError("Tệp ghi ra trùng với tệp gốc; chọn tên khác bằng -o.")
    if target.exists() and not force:
        raise click.UsageError(f"Đã có tệp «{target}»; thêm --force để ghi đè, hoặc chọn tên khác bằng -o.")


def about_copy(reading: Reading) -> About:
    """The copy's title and note: what it is a copy of, and that it bears no signature.

    A number or subject that is open to doubt is not put into the title.
    """
    from congvan.clock import now
    from ocr.searchable.archival import About

    note = f"Bản sao để tra cứu, do congvan lập từ tệp có SHA-256 {reading.document.id}."
    if reading.document.witnesses:
        signed = dict.fromkeys(who.organisation or who.signer or "không rõ" for who in reading.document.witnesses)
        note += f" Bản gốc có chữ ký số ({'; '.join(signed)}); bản sao này không có chữ ký số."
    return About(_title(reading) or Path(reading.document.name).stem, note, now(), reading.document.id)


def _title(reading: Reading) -> str:
    if not reading.facts.headers:
        return ""
    header = reading.facts.headers[0].value
    sure = {name for name, evidence in header.fields.items() if not evidence.needs_review}
    parts = [
        value for name, value in (("number", header.number), ("subject", header.subject)) if value and name in sure
    ]
    return " – ".join(" ".join(part.split()) for part in parts)


def _tell(reading: Reading, copied: Copied, target: Path, about: About, *, as_json: bool) -> None:
    """The copy's path on stdout; what a person must know of it on stderr."""
    signed = len(reading.document.witnesses)
    if as_json:
        told = {
            "output": str(target),
            "pages": copied.pages,
            "title": about.title,
            "pdfa": None if copied.obstacles else "PDF/A-2b",
            "obstacles": list(copied.obstacles),
            "kept_pages": list(copied.kept),
            "signatures_removed": signed,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(str(target))
    if copied.obstacles:
        remedy = "Thêm --as-images để các trang ấy thành ảnh."
        click.echo(f"Tệp tìm kiếm được nhưng chưa phải PDF/A: {' '.join(copied.obstacles)} → {remedy}", err=True)
    if signed:
        click.echo(f"Bản gốc có {signed} chữ ký số; bản sao này không có. Giữ bản gốc.", err=True)


COMMANDS = (pdf,)
