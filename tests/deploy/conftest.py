"""What the tests of deploy/ share: the programs that check its files, the alerts with their cases, and the laptop bundle."""

import importlib.util
import os
import pathlib
import platform
import shutil
import subprocess
import sys

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


@pytest.fixture(scope="session")
def bundling():
    """Give the module that makes the laptop bundle."""
    spec = importlib.util.spec_from_file_location("bundling", DEPLOY / "bundle" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def bundle(bundling, tmp_path_factory):
    """Give the bundle of this platform and this Python alone, as `make bundle` makes it, not installed yet."""
    folder = tmp_path_factory.mktemp("made") / "nianbao-bundle"
    bundling.make(folder, [platform.machine()], [f"{sys.version_info.major}.{sys.version_info.minor}"])
    return folder
