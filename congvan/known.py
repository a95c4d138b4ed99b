"""What documents read earlier teach about new ones: handed to every reading, asked of the store once a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from db.store import Store


class Known(NamedTuple):
    """``titles`` of clean documents, which damaged ones often repeat; ``units``: names seen undoubted."""

    titles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


NOTHING = Known()


def known_to(store: Store) -> Known:
    """All that the store's documents teach now; what was forgotten is not among it."""
    return Known(store.titles(), store.units())
