"""What a confidence is worth: how often facts found so are right, and whether the marks stand where errors are.

    PYTHONPATH=../shared/eval python bench/calibration.py \
        --set ../shared/gold/facts_scans ../shared/scans \
        --set ../shared/gold/facts ../shared/seeds --set corpus/samples/truth corpus/samples/scans --write

Each document is read, and each value of each fact found is called right or wrong by the matching of the facts' scorer.
Printed: right and wrong by kind of value and reading; by rule; what the rules' own figures were worth; a reliability
table in which each document is judged by what the others taught; and marks against errors. ``--write`` puts the
counts into ``extract/trust.json``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calibration_labels import Label, labels

from congvan.evaluating import named
from congvan.pipeline import Reading as Read
from congvan.pipeline import facts_json, recognise, repaired_text
from corpus.errors import CongvanError
from extract import review, trust
from extract.pipeline import load as pipeline
from extract.pipeline import make_doc
from extract.source import Findings, Source

TRUST = Path(trust.__file__).with_name("trust.json")
SOURCES = (".pdf", ".txt", ".jpg")
TIERS = {"core", "organisation"}
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)

Cells = dict[str, dict[str, dict[str, tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class Case:
    """One value of one fact: what was known of it, and whether it is right. ``hard``: doubted for a reason."""

    document: str
    kind: str
    rule: str
    reading: str
    raw: float
    hard: bool
    marked: bool
    right: bool


def cases_of(name: str, file: Path, gold: dict[str, Any], cache: Path | None) -> Iterator[Case]:
    """The cases of one document. Marks are those after the review, everything else is as before it."""
    document = recognise(file, ocr_cache=cache)
    repaired = repaired_text(document)
    nlp = pipeline()
    marked = nlp(make_doc(nlp, document, repaired))._.findings
    with nlp.select_pipes(disable=["congvan_review"]):
        findings = nlp(make_doc(nlp, document, repaired))._.findings
    found = facts_json(Read(document, repaired, findings.freeze()))
    text = repaired.text if file.suffix == ".txt" else None
    source = Source(document, repaired)
    for section, what, index, right in labels(gold, found, TIERS, text):
        yield _case(name, source, findings, marked, (section, what, index, right))


def _case(name: str, source: Source, findings: Findings, marked: Findings, label: Label) -> Case:
    section, what, index, right = label
    kind = f"{section}.{what}"
    if section == "documents":
        fact, after = findings.headers[index], marked.headers[index]
        one, other = fact.value.fields.get(what), after.value.fields.get(what)
        if one is None or other is None:
            return Case(name, kind, "none", "clear", 1.0, fact.needs_review, after.needs_review, right)
        reading = trust.reading_of(one.confidence, mended=False)
        return Case(name, kind, one.rule, reading, one.confidence, one.needs_review, other.needs_review, right)
    fact, after = getattr(findings, section)[index], getattr(marked, section)[index]
    readings = dict(review.values_of(source, findings, fact))
    hard = review.hard_doubt(source, fact)
    return Case(name, kind, fact.rule, readings.get(kind, "clear"), fact.confidence, hard, after.needs_review, right)


def counts(cases: Iterable[Case]) -> Cells:
    """Right and wrong by kind, rule and reading, of the cases that are not doubted for a reason."""
    table: dict[str, dict[str, dict[str, list[int]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(lambda: [0, 0]))
    )
    for case in cases:
        if not case.hard:
            table[case.kind][case.rule][case.reading][not case.right] += 1
    return {
        kind: {
            rule: {reading: (cell[0], cell[1]) for reading, cell in sorted(readings.items())}
            for rule, readings in sorted(rules.items())
        }
        for kind, rules in sorted(table.items())
    }


def unseen(cases: list[Case], lean: float) -> Iterator[tuple[Case, float]]:
    """Each case that is not doubted for a reason, with its probability as told by the other documents."""
    for name in sorted({case.document for case in cases}):
        others = counts(case for case in cases if case.document != name)
        for case in cases:
            if case.document == name and not case.hard:
                yield case, trust.right(case.kind, case.rule, case.reading, others, lean)


def loss(judged: Iterable[tuple[Case, float]]) -> float:
    """The mean logarithmic loss."""
    each = [-math.log(sure if case.right else 1 - sure) for case, sure in judged]
    return sum(each) / len(each)


def tables(cases: list[Case]) -> Iterator[str]:
    """Everything that is printed."""
    by_reading = ((f"{case.kind} {case.reading}", case.right) for case in cases if not case.hard)
    yield from _table("kind of value and reading (not doubted for a reason)", by_reading)
    by_rule = ((f"{case.kind} {case.rule}", case.right) for case in cases if not case.hard)
    yield from _table("kind of value and rule (not doubted for a reason)", by_rule)
    yield from _table("doubted for a reason", ((case.kind, case.right) for case in cases if case.hard))
    yield from _table("the rules' own figures", ((f"{_section(case)} {_band(case.raw)}", case.right) for case in cases))
    yield "cross-validated by document: mean loss " + ", ".join(
        f"lean {lean:g}: {loss(unseen(cases, lean)):.4f}" for lean in (1, 2, 5, 10, 20)
    )
    judged = list(unseen(cases, trust.LEAN))
    yield from _reliability(judged)
    yield from _marks(cases)


def _section(case: Case) -> str:
    return case.kind.split(".")[0]


def _band(sure: float) -> str:
    low = max(band for band in BANDS if band <= sure)
    return f"≥ {low:.2f}"


def _table(title: str, rows: Iterable[tuple[str, bool]]) -> Iterator[str]:
    good, bad = Counter[str](), Counter[str]()
    for name, right in rows:
        (good if right else bad)[name] += 1
    yield f"\n{title}\n{'':<52}{'right':>7}{'wrong':>7}{'share':>8}"
    for name in sorted({*good, *bad}):
        yield f"{name:<52}{good[name]:>7}{bad[name]:>7}{good[name] / (good[name] + bad[name]):>8.3f}"


def _reliability(judged: list[tuple[Case, float]]) -> Iterator[str]:
    """What was expected of values of unseen documents, and what came."""
    yield f"\nreliability, documents unseen\n{'':<30}{'values':>7}{'expected':>10}{'right':>8}"
    groups: dict[str, list[tuple[Case, float]]] = defaultdict(list)
    for case, sure in judged:
        groups[f"{_section(case)} {_band(sure)}"].append((case, sure))
        groups[f"all {_band(sure)}"].append((case, sure))
    for name, held in sorted(groups.items()):
        expected = sum(sure for _, sure in held) / len(held)
        yield f"{name:<30}{len(held):>7}{expected:>10.3f}{sum(case.right for case, _ in held) / len(held):>8.3f}"


def _marks(cases: list[Case]) -> Iterator[str]:
    """Marks of facts against wrong values that matter."""
    yield f"\nmarks\n{'':<24}{'values':>7}{'marked':>8}{'wrong':>7}{'wrong and marked':>18}"
    for kind in (*sorted({case.kind for case in cases}),):
        held = [case for case in cases if case.kind == kind]
        both = sum(case.marked and not case.right for case in held)
        wrong = sum(not case.right for case in held)
        yield f"{kind:<24}{len(held):>7}{sum(case.marked for case in held):>8}{wrong:>7}{both:>18}"


def gather(sets: list[list[Path]], cache: Path | None) -> list[Case]:
    """The cases of every document of every set; a document that may not be read has none."""
    cases: list[Case] = []
    for gold, sources in sets:
        for path in sorted(gold.glob("*.json")):
            wanted = json.loads(path.read_text("utf-8"))
            file = named(sources, path, wanted, SOURCES)
            if file is None or any(document.get("secrecy") for document in wanted["documents"]):
                continue
            try:
                cases += cases_of(path.stem, file, wanted, cache)
            except CongvanError as error:
                print(f"{file.name}: {error}")
    return cases


def written(cells: Mapping[str, Any], documents: int) -> str:
    """The data file: one rule a line."""
    lines = ["{", f' "about": "right, wrong by reading; bench/calibration.py, {documents} documents",', ' "values": {']
    for last, (kind, rules) in enumerate(cells.items(), 1 - len(cells)):
        held = [f"   {json.dumps(rule)}: {json.dumps(cell)}" for rule, cell in rules.items()]
        lines += [f"  {json.dumps(kind)}: {{", ",\n".join(held), "  }" + ("," if last else "")]
    return "\n".join([*lines, " }", "}", ""])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=2, type=Path, action="append", required=True, metavar=("GOLD", "SOURCES"))
    parser.add_argument("--ocr-cache", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {TRUST.name}")
    given = parser.parse_args()
    cases = gather(given.set, given.ocr_cache)
    print("\n".join(tables(cases)))
    if given.write:
        TRUST.write_text(written(counts(cases), len({case.document for case in cases})), "utf-8")


if __name__ == "__main__":
    main()
