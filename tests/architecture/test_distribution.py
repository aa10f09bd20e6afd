import ast
import importlib.metadata
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("services", "shared") for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 30
LONGER = {  # what is longer today; nothing is added here, and what has been split is taken out
    "services/notify/store.py add_notice": 31,
    "shared/stream/bus/kafka.py _subscribed": 35,
}


@pytest.mark.parametrize("name", ["services", "shared"])
def test_no_other_distribution_owns_our_packages(name: str):
    """The generic top-level names belong to this distribution alone."""
    assert set(importlib.metadata.packages_distributions().get(name, ())) <= {"nianbao"}


def test_import_laws():
    """The import laws of pyproject.toml hold."""
    lint = [str(pathlib.Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_tests_are_no_package():
    """There is no __init__.py under tests: a mirrored tree of packages would shadow the code."""
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_every_folder_of_code_is_a_regular_package():
    """A folder of code has an __init__.py, so that no foreign folder of that name can merge in."""
    assert [path.parent for path in SOURCES if not (path.parent / "__init__.py").exists()] == []


def test_files_are_short():
    """No file of code is longer than 300 lines."""
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short():
    """No function of code is longer than 30 lines from def to end, but for those listed, which never grow."""
    found = (long for path in SOURCES for long in _long_functions(path))
    assert {name: lines for name, lines in found if lines > LONGER.get(name, LONGEST_FUNCTION)} == {}


def test_the_list_of_longer_functions_only_shrinks():
    """A function that was split, or has gone, is taken off the list."""
    found = {name for path in SOURCES for name, _ in _long_functions(path)}
    assert LONGER.keys() - found == set()


def _long_functions(path: pathlib.Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT).as_posix()} {node.name}", lines


def test_nothing_is_left_to_do():
    """No file says that something is still to be done in it."""
    mark = re.compile("TO" + "DO|FIX" + "ME|X" + "XX")
    assert [path for path in (*SOURCES, *TESTS) if mark.search(path.read_text(encoding="utf-8"))] == []


def test_modules_are_named_after_what_they_hold():
    """No module is a drawer for whatever has no place."""
    drawers = {"utils", "helpers", "common", "manager", "base"}
    assert [path for path in SOURCES if drawers & {path.stem, path.parent.name}] == []
