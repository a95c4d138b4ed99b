"""Receipts: every file gets one, and none twice for the same path with the same content."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from congvan import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from congvan.messages import Failure

READ = frozenset({"done", "review"})
_AGAIN = frozenset({"failed", "locked", "unsupported"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file. ``path`` with ``sha256`` identify it; ``sha256`` is "" where it could not be read.

    ``at`` is ISO 8601 with offset, ``seconds`` what the reading took. ``retry``: the surroundings failed, so
    the next run tries again by itself.
    """

    path: str
    name: str
    sha256: str
    outcome: str
    reason: str
    next_step: str
    at: str
    size: int = 0
    seconds: float = 0.0
    document_id: str | None = None
    retry: bool = False

    def failed(self, failure: Failure) -> Receipt:
        """This file's receipt after a failure."""
        return replace(
            self,
            outcome=failure.outcome,
            reason=failure.reason,
            next_step=failure.next_step,
            retry=failure.passing,
        )

    def masked(self) -> Receipt:
        """This without the file's name and folder, which may tell what a secret dispatch is about.

        All copies of one secret file so share one receipt: where they lay is nobody's business here.
        """
        mask = f"(tệp mật {self.sha256[:6]})"
        return replace(self, path=mask, name=mask, size=0, document_id=None)

    def row(self) -> dict[str, Any]:
        """The receipt as a dict, in the order of its fields."""
        return asdict(self)


class Ledger:
    """The receipts so far, asked before a file is read."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._by_file: dict[tuple[str, str], str] = {}
        self._by_content: dict[str, tuple[str, bool, str]] = {}
        for row in rows:
            self._note(row["path"], row["sha256"], row["outcome"], row["name"], retry=bool(row["retry"]))

    def add(self, receipt: Receipt) -> None:
        """Remember a receipt that was just written."""
        self._note(receipt.path, receipt.sha256, receipt.outcome, receipt.name, retry=receipt.retry)

    def drop(self, sha256: str) -> None:
        """Forget a content, so that it is read anew."""
        self._by_content.pop(sha256, None)
        for key in [key for key in self._by_file if key[1] == sha256]:
            del self._by_file[key]

    def must_read(self, sha256: str, *, retry: bool) -> bool:
        """Whether a file with this content must be read: it is new, or its last reading may be repeated.

        ``retry`` repeats every reading that failed; what failed by its surroundings is always repeated.
        """
        known = self._by_content.get(sha256)
        if known is None:
            return True
        outcome, passing, _ = known
        return passing or (retry and outcome in _AGAIN)

    def is_secret(self, sha256: str) -> bool:
        """Whether this content bore a secrecy mark."""
        return self._by_content.get(sha256, ("",))[0] == "secret"

    def for_known(self, receipt: Receipt) -> Receipt | None:
        """The receipt of a file whose content was read before; None where it has its receipt already."""
        outcome, _, name = self._by_content[receipt.sha256]
        has = self._by_file.get((receipt.path, receipt.sha256))
        if outcome == "secret" or (has is not None and not (has in _AGAIN and outcome in READ)):
            return None
        reason = f"Trùng nội dung với «{name}» ({messages.OUTCOMES[outcome]})."
        return replace(
            receipt,
            outcome="duplicate",
            reason=reason,
            next_step=messages.DUPLICATE_NEXT,
            document_id=receipt.sha256 if outcome in READ else None,
        )

    def _note(self, path: str, sha256: str, outcome: str, name: str, *, retry: bool) -> None:
        self._by_file[path, sha256] = outcome
        if not sha256 or outcome == "duplicate":
            return
        # A content that was read once counts as read, whatever happened to it under another name.
        if self._by_content.get(sha256, ("",))[0] not in READ:
            self._by_content[sha256] = (outcome, retry, name)


@dataclass
class Tally:
    """What a run did: receipts with their exit codes, files that had theirs already, files that went away meanwhile."""

    receipts: list[Receipt] = field(default_factory=list)
    exit_codes: list[int] = field(default_factory=list)
    unchanged: int = 0
    vanished: int = 0

    def note(self, receipt: Receipt, exit_code: int) -> None:
        """Count a receipt; ``exit_code`` is 0 where the file is in."""
        self.receipts.append(receipt)
        self.exit_codes.append(exit_code)

    @property
    def files(self) -> int:
        """All files that were met."""
        return len(self.receipts) + self.unchanged + self.vanished

    @property
    def outcomes(self) -> dict[str, int]:
        """Receipts by outcome in the usual order, zeros left out."""
        counts = Counter(receipt.outcome for receipt in self.receipts)
        return {outcome: counts[outcome] for outcome in messages.OUTCOMES if counts[outcome]}

    def report(self) -> dict[str, Any]:
        """The run as JSON-ready values."""
        return {
            "files": self.files,
            "outcomes": self.outcomes,
            "unchanged": self.unchanged,
            "vanished": self.vanished,
            "receipts": [receipt.row() for receipt in self.receipts],
        }
