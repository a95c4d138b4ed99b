"""What is known beforehand, read once from ``corpus/lexicon``: document types, places, units."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from extract.tokens import norm


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document. ``headings`` are the folded lower-case forms that stand over a text of this type."""

    name: str
    symbol: str | None
    headings: tuple[str, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A province or centrally run city, by its bare name. ``until``: the first day on which it no longer exists."""

    name: str
    city: bool
    until: dt.date | None = None

    @property
    def full(self) -> str:
        """With its kind: «tỉnh Kiên Giang», «Thành phố Hồ Chí Minh»."""
        return f"Thành phố {self.name}" if self.city else f"tỉnh {self.name}"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """One unit of the registry with its other printed forms and its superior."""

    name: str
    also: tuple[str, ...] = ()
    under: str | None = None
    until: dt.date | None = None


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("corpus") / "lexicon" / name).read_text(encoding="utf-8"))


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Every type, those with longer headings included."""
    return tuple(
        DocumentType(
            row["name"],
            row.get("symbol"),
            tuple(norm(form) for form in (row["name"], *row.get("also", ()))),
            row.get("annex", False),
        )
        for row in _data("document_types.toml")["type"]
    )


@cache
def slips() -> tuple[str, ...]:
    """Titles of routing slips, longest first, as they should be printed (lower case)."""
    return tuple(sorted((row["name"] for row in _data("document_types.toml")["slip"]), key=len, reverse=True))


@cache
def type_by_symbol() -> dict[str, str]:
    """Type name by the exact abbreviation in a number («QĐ» → «quyết định»)."""
    return {kind.symbol: kind.name for kind in document_types() if kind.symbol}


@cache
def places() -> dict[str, Place]:
    """Places by folded lower-case bare name."""
    data = _data("places.toml")
    found: dict[str, Place] = {}
    for key, until in (("before", data["merged"]), ("now", None)):
        for row in data[key]:
            kind, name = row.split(" ", 1)
            found[norm(name)] = Place(name, kind == "p", until)
    return found


@cache
def merged_on() -> dt.date:
    """The day from which there are 34 provinces and no districts."""
    day: dt.date = _data("places.toml")["merged"]
    return day


@cache
def unit_heads() -> tuple[str, ...]:
    """Folded words that begin unit names, longest first."""
    return tuple(sorted({norm(head) for head in _data("units.toml")["heads"]}, key=len, reverse=True))


@cache
def open_heads() -> frozenset[str]:
    """Folded beginnings of unit names that cannot stand alone: the next printed line goes on."""
    return frozenset(norm(head) for head in _data("units.toml")["open_heads"])


@cache
def abbreviations() -> dict[str, str]:
    """Written-out forms by abbreviation as printed in capitals."""
    return dict(_data("units.toml")["abbreviations"])


@cache
def field_names() -> tuple[str, ...]:
    """Fields of work in their proper case, longest first."""
    return tuple(sorted(_data("units.toml")["fields"]["names"], key=len, reverse=True))


@cache
def known_units() -> tuple[KnownUnit, ...]:
    """The registry that comes with the program."""
    return tuple(
        KnownUnit(row["name"], tuple(row.get("also", ())), row.get("under"), row.get("until"))
        for row in _data("units.toml")["unit"]
    )


@cache
def office_names() -> dict[str, str]:
    """Offices of people who sign, in lower case, by their folded form."""
    return {norm(name): name for name in _data("persons.toml")["offices"]}


@cache
def offices() -> tuple[str, ...]:
    """Folded lower-case offices of people who sign, longest first."""
    return tuple(sorted(office_names(), key=len, reverse=True))


@cache
def family_names() -> dict[str, str]:
    """Family names by their folded lower-case form; the commoner of two that fold alike."""
    return {norm(name): name for name in reversed(_data("persons.toml")["family_names"])}


@cache
def degrees() -> tuple[str, ...]:
    """Degrees and titles of honour that stand before a name, as printed."""
    return tuple(sorted(_data("persons.toml")["degrees"], key=len, reverse=True))


@cache
def verbs() -> dict[str, Any]:
    """The verbs of duty: lists of words, and tables of the words that a verb needs or must not have beside it."""
    return _data("verbs.toml")
