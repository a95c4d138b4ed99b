"""The door of the normaliser: text as it was read in, proper Vietnamese out, every change an edit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from normalize.edits import Fixer, Repaired, repair
from normalize.legacy import legacy_edits, legacy_encoding
from normalize.quality import judge
from normalize.unicode import letter_edits, nfc_edits, space_edits


class Restorer:
    """Repairs whole documents and streams of lines. Stateless between calls; safe to share between threads."""

    def repair(self, text: str) -> Repaired:
        """``text`` of a whole document, repaired; the numbers of line ends and page ends stay the same."""
        return repair(text, self._fixers(text))

    def restore_lines(self, lines: Iterable[str]) -> list[Repaired]:
        """Each line repaired; as many come back as went in. A line must not hold a line end."""
        return [self.repair(line) for line in lines]

    @staticmethod
    def _fixers(text: str) -> list[tuple[str, Fixer]]:
        fixers: list[tuple[str, Fixer]] = [
            ("unicode", nfc_edits),
            ("letters", letter_edits),
            ("spaces", space_edits),
        ]
        encoding = legacy_encoding(text) if judge(text).kind == "legacy" else None
        if encoding is not None:
            fixers.insert(0, ("legacy", lambda found: legacy_edits(found, encoding)))
        return fixers


@cache
def restorer() -> Restorer:
    """The restorer, its tables loaded once."""
    return Restorer()
