"""The extractor's rules, as people read them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries() -> Iterator[dict[str, Any]]:
    """Each registered rule: its name, what it says about itself, examples and counter-examples."""
    from extract.rules import Rules

    for registry in _registries(Rules):
        for rule in registry:
            yield {
                "name": rule.name,
                "about": " ".join(inspect.cleandoc(rule.doc).split()),
                "examples": list(rule.examples),
                "rejects": list(rule.rejects),
            }


def _registries(kind: type) -> Iterator[Any]:
    """Every registry that a module of the extractor defines, in the order of the modules' names, once."""
    import extract

    seen: set[int] = set()
    for module in sorted(found.name for found in pkgutil.iter_modules(extract.__path__)):
        for value in vars(importlib.import_module(f"extract.{module}")).values():
            if isinstance(value, kind) and id(value) not in seen:
                seen.add(id(value))
                yield value
