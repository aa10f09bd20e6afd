"""What the tests of deploy/ share: the programs that check its files, and the alerts with their cases."""

import os
import pathlib
import shutil
import subprocess

import pytest

DEPLOY = pathlib.Path(__file__).parents[2] / "deploy"
PACKAGES = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}


@pytest.fixture(scope="session")
def told():
    """Give a way to run promtool or amtool in deploy/, and have its exit code and what it says."""

    def told(program, *arguments):
        if shutil.which(program) is None:
            assert "CI" not in os.environ, f"{program} is missing; it comes with the package {PACKAGES[program]}"
            pytest.skip(f"{program} is not installed")
        run = subprocess.run(
            [program, *arguments], cwd=DEPLOY, capture_output=True, text=True, encoding="utf-8", check=False
        )
        return run.returncode, run.stdout + run.stderr

    return told
