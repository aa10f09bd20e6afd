import os
import pathlib
import re
import subprocess
import sys

import pytest

CORPUS = os.environ.get("NIANBAO_TEST_CORPUS")


BUILT = re.compile(r"^ +(?:not found: rule|false alarm:) (?:F|C|T2|T3|T4)-[0-9]{2}\b.*", re.MULTILINE)
"""A fault of a family of rules that is built."""

pytestmark = pytest.mark.skipif(not CORPUS, reason="NIANBAO_TEST_CORPUS names no corpus")


def _checked(*options: str) -> "subprocess.CompletedProcess[str]":
    acceptance = pathlib.Path(CORPUS or "") / "acceptance" / "check_seeds.py"
    command = [sys.executable, str(acceptance), sys.executable, "-m", "services", *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_figure_of_the_corpus():
    """The acceptance check of the corpus passes: every cell, agency, year, form and status of its reports."""
    run = _checked("--cells")
    assert run.returncode == 0, run.stdout


def test_every_fault_of_the_tables():
    """Of the families F, C, T2, T3 and T4 every finding that must be made is made, and no other."""
    run = _checked()
    assert re.search(r"^[1-9][0-9]* reports, [0-9]+ faults$", run.stdout, re.MULTILINE), run.stdout + run.stderr
    assert BUILT.findall(run.stdout) == []
