"""Commands that show what is stored: search, serve, export, rules."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congvan.cli_options import archive_beside, archive_option, db_option, examples, existing_store, json_option

if TYPE_CHECKING:
    from db.search import Hit

DEFAULT_NAMES = {"xlsx": "congvan.xlsx", "registers": "so-van-ban-den.xlsx", "ics": "thoi-han.ics"}


@click.command(
    epilog=examples("congvan search benh an dien tu", "congvan search '45/UBND-VP'", "congvan search --json bhyt")
)
@click.argument("query", nargs=-1, required=True)
@db_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Số trang tìm được tối đa.")
@json_option
def search(query: tuple[str, ...], db: Path, limit: int, *, as_json: bool) -> None:
    """Tìm trong toàn văn: đúng dấu xếp trước, không dấu xếp sau."""
    with existing_store(db) as store:
        hits = store.search(" ".join(query), limit=limit)
    if as_json:
        click.echo(json.dumps([_hit_json(hit) for hit in hits], ensure_ascii=False, indent=1))
        return
    from rich.text import Text

    from congvan.display import output

    console = output()
    for hit in hits:
        console.print(
            Text.assemble((hit.title, "bold"), f", trang {hit.page}", ("" if hit.exact else " (không dấu)", "dim"))
        )
        for piece in snippets(hit):
            console.print(Text.assemble("   … ", *piece, " …"))
    if not hits:
        click.echo("Không tìm thấy.", err=True)
        raise SystemExit(1)


def snippets(hit: Hit, *, around: int = 50, most: int = 2) -> list[list[str | tuple[str, str]]]:
    """The first hits of a page with some words around, in pieces for `Text.assemble`."""
    shown = []
    for start, end in hit.ranges[:most]:
        before = " ".join(hit.text[max(start - around, 0) : start].split(" "))
        after = hit.text[end : end + around]
        pieces: list[str | tuple[str, str]] = [_flat(before), (_flat(hit.text[start:end]), "bold yellow"), _flat(after)]
        shown.append(pieces)
    return shown


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\f", " ")


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "document_id": hit.document_id,
        "page": hit.page,
        "title": hit.title,
        "exact": hit.exact,
        "quotes": [
            "".join(piece if isinstance(piece, str) else piece[0] for piece in found) for found in snippets(hit)
        ],
    }


@click.command(
    epilog=examples(
        "congvan export registers                      sổ văn bản đến, Phụ lục IV Nghị định 30/2020/NĐ-CP",
        "congvan export xlsx -o thang-3.xlsx           tất cả dữ kiện",
        "congvan export ics --unit 'Trạm Y tế'         lịch thời hạn của một đơn vị",
    )
)
@click.argument("kind", type=click.Choice(list(DEFAULT_NAMES)))
@db_option
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Tệp ghi ra.")
@click.option("--unit", default=None, help="Lịch: chỉ những việc nêu đơn vị này.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Lịch: chỉ từ ngày này (NĂM-THÁNG-NGÀY)."
)
@click.option(
    "--site", default="http://127.0.0.1:8001", show_default=True, help="Địa chỉ trang tra cứu, cho các liên kết."
)
def export(kind: str, db: Path, output: Path | None, unit: str | None, since: dt.datetime | None, site: str) -> None:
    """Xuất sổ đăng ký và sổ theo dõi (registers), bảng tính tất cả dữ kiện (xlsx), lịch thời hạn (ics)."""
    from congvan.export import agenda, everything, registers, save

    target = output or Path(DEFAULT_NAMES[kind])
    with existing_store(db) as store:
        if kind == "ics":
            data = agenda(store, site, unit=unit, since=since.date() if since else None)
        else:
            data = everything(store, site) if kind == "xlsx" else save(registers(store))
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(target)
    click.echo(str(target))


@click.command(epilog=examples("congvan serve", "congvan serve --db van-thu.db --host 0.0.0.0 --port 8001 --open"))
@db_option
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe; 0.0.0.0 cho cả mạng nội bộ.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Cổng.")
@click.option("--open", "open_browser", is_flag=True, help="Mở luôn trình duyệt.")
@click.option("--corrections", is_flag=True, help="Cho người mở trang sửa dữ kiện và ghi lời đánh giá.")
def serve(
    db: Path, archive: Path | None, host: str, port: int, *, open_browser: bool, corrections: bool
) -> None:  # fmt: skip
    """Mở trang tra cứu (Datasette) trên cơ sở dữ liệu.

    Mặc định chỉ để xem. Với --corrections, ai mở được trang thì sửa được; mỗi lần sửa ghi tên, giờ, và bỏ lại được.
    """
    existing_store(db).close()
    from congvan.serving import address, check_address, serve_forever

    check_address(host, port)
    click.echo(f"Trang tra cứu: {address(host, port)} (Ctrl-C để dừng)", err=True)
    if corrections and host not in {"127.0.0.1", "localhost", "::1"}:
        click.echo("Chú ý: mọi máy vào được địa chỉ này đều sửa được dữ kiện (xem docs/api.md).", err=True)
    place = archive_beside(db, archive)
    serve_forever(db, place, host=host, port=port, open_browser=open_browser, corrections=corrections)


COMMANDS = (search, serve, export)
