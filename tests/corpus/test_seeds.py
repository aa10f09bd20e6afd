import os
import pathlib
import subprocess
import sys

import pytest

CORPUS = os.environ.get("NIANBAO_TEST_CORPUS")


@pytest.mark.skipif(not CORPUS, reason="NIANBAO_TEST_CORPUS names no corpus")
def test_every_figure_of_the_corpus():
    """The acceptance check of the corpus passes: every cell, agency, year, form and status of its reports."""
    acceptance = pathlib.Path(CORPUS or "") / "acceptance" / "check_seeds.py"
    command = [sys.executable, str(acceptance), sys.executable, "-m", "services", "--cells"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout
