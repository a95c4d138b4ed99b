"""Right or wrong, value by value, by the matching of the facts' scorer, which must be on ``PYTHONPATH``.

The scorer counts; this listens to it and keeps what it decided of each predicted fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from facts_match import FileScorer, due_is_right, listed, time_is_right  # type: ignore[import-not-found]
from facts_score import Score  # type: ignore[import-not-found]

Fact = dict[str, Any]
Label = tuple[str, str, int, bool]
"""``(section, what of it, index of the fact in its section, whether it is right)``."""

HEADER_FIELDS = ("number", "date", "doc_type", "issuer", "signer_name", "subject", "urgency", "addressees")
CITATION_FIELDS = ("date", "issuer", "doc_type", "relation")


def labels(gold: Fact, predicted: Fact, tiers: set[str], text: str | None) -> list[Label]:
    """What the scorer decides of each value of each predicted fact; values that it does not judge are left out."""
    return _Labeller(gold, predicted, tiers, text).listen()


class _Listener(Score):  # type: ignore[misc]
    """Keeps each error with the fact that it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str, Fact]] = []

    def error(self, section: str, what: str, fact: Fact, text: object) -> None:
        """Hear one error."""
        self.heard.append((section, what, fact))
        super().error(section, what, fact, text)


class _Labeller(FileScorer):  # type: ignore[misc]
    """Scores one file and keeps what was decided of each predicted fact."""

    def __init__(self, gold: Fact, pred: Fact, tiers: set[str], text: str | None) -> None:
        super().__init__(gold, pred, tiers, text)
        self.score = _Listener()
        self.labels: list[Label] = []
        self.found: dict[str, list[tuple[Fact, Fact]]] = {}
        self.numbered: set[int] = set()

    def listen(self) -> list[Label]:
        """Score the file and tell what was heard."""
        self.run()
        false = [(section, what, id(fact)) for section, what, fact in self.score.heard if "FALSE" in what]
        bad = {(section, fact) for section, _, fact in false}
        for pred in self.pred["citations"]:
            if id(pred) not in self.numbered and ("citations", id(pred)) in bad:
                self._put("citations", "number", pred, right=False)
        self._headers({(what.split()[-1], fact) for section, what, fact in false if section == "headers"})
        for section, what in (("deadlines", "due"), ("targets", "value"), ("obligations", "task")):
            for pred in self.pred[section]:
                if (section, id(pred)) in bad:
                    self._put(section, what, pred, right=False)
        self._paired()
        return self.labels

    def pair(self, section: str, likeness: object) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
        """The scorer's pairs, kept."""
        pairs, missed, rest = super().pair(section, likeness)
        self.found[section] = pairs
        return pairs, missed, rest

    def _citation_fields(self, golds: Sequence[Fact], preds: Sequence[Fact]) -> None:
        before, self.score = self.score, _Listener()
        super()._citation_fields(golds, preds)
        wrong = {what.split()[-1] for _, what, _ in self.score.heard}
        before.merge(self.score, "")
        self.score = before
        for pred in preds:
            self.numbered.add(id(pred))
            self._put("citations", "number", pred, right=True)
            for name in CITATION_FIELDS:
                if pred.get(name):
                    self._put("citations", name, pred, right=name not in wrong)

    def _headers(self, bad: set[tuple[str, int]]) -> None:
        for pred in self.pred["documents"]:
            for name in HEADER_FIELDS:
                if pred.get(name):
                    self._put("documents", name, pred, right=(name, id(pred)) not in bad)

    def _paired(self) -> None:
        for gold, pred in self.found["deadlines"]:
            self._put("deadlines", "due", pred, right=time_is_right(gold, pred))
        for gold, pred in self.found["targets"]:
            values = [gold.get("value"), *listed(gold.get("value_accept"))]
            self._put("targets", "value", pred, right=pred.get("value") in values)
        for gold, pred in self.found["obligations"]:
            self._put("obligations", "task", pred, right=True)
            if pred.get("due") or gold.get("due"):
                self._put("obligations", "due", pred, right=due_is_right(gold, pred))
            for name, right in self._both(gold, pred):
                if pred.get(name):
                    self._put("obligations", name, pred, right=right)

    def _both(self, gold: Fact, pred: Fact) -> Iterator[tuple[str, bool]]:
        """Whether lead and support are right as a whole."""
        before, self.score = self.score, _Listener()
        self._units(gold, pred)
        counts, self.score = self.score.counts, before
        for name in ("lead", "support"):
            yield name, not any(counts[name][1:])

    def _put(self, section: str, what: str, pred: Fact, *, right: bool) -> None:
        index = next(at for at, fact in enumerate(self.pred[section]) if fact is pred)
        self.labels.append((section, what, index, right))
