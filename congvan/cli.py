"""The command line: one group, its commands beside it in ``cli_*.py``.

Heavy libraries are imported by the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from congvan import cli_check, cli_ingest, cli_out, cli_pdf, cli_read
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


class Commands(click.Group):
    """The group; its commands in the order in which they are used, and our errors told as our errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of registration: the daily ones first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; a `CongvanError` becomes a sentence on stderr and its exit code."""
        try:
            return super().invoke(ctx)
        except CongvanError as error:
            click.echo(f"congvan: {error}\n→ {error.remedy}", err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            click.echo("congvan: đã dừng theo yêu cầu; những gì đã lưu vẫn nguyên vẹn.", err=True)
            ctx.exit(INTERRUPTED)


_BEGIN = """\b
Bắt đầu:
  congvan doctor                     máy này đã đủ những gì cần chưa
  congvan ingest thu-muc-cong-van    đọc tất cả, lưu vào congvan.db
  congvan serve                      mở trang tra cứu
"""


@click.group(
    cls=Commands,
    epilog=_BEGIN,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="congvan", message="congvan %(version)s")
def main() -> None:
    """Đọc công văn scan: ai phải làm gì, khi nào, và văn bản ghi điều đó ở đâu."""


def _register(commands: Sequence[click.Command]) -> None:
    for command in commands:
        main.add_command(command)


for _module in (cli_ingest, cli_out, cli_read, cli_pdf, cli_check):
    _register(_module.COMMANDS)

if __name__ == "__main__":
    sys.exit(main())
