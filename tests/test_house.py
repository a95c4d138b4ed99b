"""The habits of the house, held against the tree itself."""

import ast
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from congvan.cli_ingest import NOT_ALL_READ

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_no_other_distribution_provides_our_packages():
    owners = packages_distributions()
    assert {name: set(owners.get(name, ["congvan"])) for name in PACKAGES} == {name: {"congvan"} for name in PACKAGES}


def test_every_package_is_tested_typed_and_layered():
    assert set(PACKAGES) <= set(PROJECT["tool"]["pytest"]["ini_options"]["testpaths"])
    assert set(PACKAGES) == set(PROJECT["tool"]["mypy"]["packages"])
    assert set(PACKAGES) == set(PROJECT["tool"]["importlinter"]["root_packages"])


@pytest.mark.parametrize("package", PACKAGES)
def test_package_init_is_a_docstring_only(package):
    tree = ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 320
    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno - node.lineno >= 40}
    assert long == {}


def test_shell_scripts_named_in_the_readme_exist():
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("scripts/demo", "scripts/test"):
        assert f"bash {name}" in readme
        assert (ROOT / name).stat().st_mode & 0o111


def test_licence_is_apache():
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_demo_goes_on_when_a_file_was_set_aside():
    demo = (ROOT / "scripts" / "demo").read_text("utf-8")
    line = next(line for line in demo.splitlines() if "congvan ingest" in line)
    assert line.endswith(f"|| [ $? -eq {NOT_ALL_READ} ]")
