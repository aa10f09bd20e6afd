"""The programs that check what Prometheus and Alertmanager are given (Debian's packages prometheus, prometheus-alertmanager)."""

import pathlib
import shutil
import subprocess

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"


def installed(program: str) -> bool:
    """Return whether a program is on this machine."""
    return shutil.which(program) is not None


def told(program: str, *arguments: str) -> tuple[int, str]:
    """Run promtool or amtool in deploy/ and return its exit code and what it says."""
    run = subprocess.run(
        [program, *arguments], cwd=DEPLOY, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return run.returncode, run.stdout + run.stderr
