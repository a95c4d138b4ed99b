"""The pages about the command line hold what the code says."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import congvan
import corpus
import db
from congvan import messages
from congvan.cli import main
from corpus.errors import CongvanError

DOCS = Path(__file__).parents[2] / "docs"


def errors(of: type[CongvanError] = CongvanError) -> set[type[CongvanError]]:
    return {of}.union(*(errors(one) for one in of.__subclasses__()))


def test_every_exit_code_is_documented_with_its_class():
    for package in (congvan, corpus, db):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if not module.ispkg:
                importlib.import_module(module.name)
    rows = dict(re.findall(r"^\| (\d+) \| (.*?) \|", (DOCS / "errors.md").read_text("utf-8"), re.MULTILINE))
    for error in errors():
        assert f"`{error.__name__}`" in rows[str(error.exit_code)]


def test_every_command_and_outcome_is_documented():
    page = (DOCS / "cli.md").read_text("utf-8")
    for name in main.commands:
        assert f"`congvan {name}" in page
    pipeline = (DOCS / "pipeline.md").read_text("utf-8")
    for outcome, name in messages.OUTCOMES.items():
        assert f"| `{outcome}` {name} |" in pipeline
