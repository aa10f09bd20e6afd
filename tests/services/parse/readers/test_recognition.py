import os
import subprocess
import sys
from importlib.resources import files

import pytest

from services.parse.readers.recognition import installed

SCAN = files("shared.testing") / "samples" / "样例市财政局-2023-扫描件.png"
PROGRAM = """
import pathlib, sys
from services.parse.core import parse
print(parse(pathlib.Path(sys.argv[1]).read_bytes(), source="").status)
print("onnxruntime" in sys.modules)
"""


@pytest.mark.skipif(not installed(), reason="the extra ocr is not installed")
def test_the_machine_is_not_told_of_to_anybody(tmp_path):
    """Recognition leaves no number for the machine and no store of messages to its maker in the home folder, whatever was set before."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(SCAN)],
        env={**environment, "HOME": str(tmp_path), "ORT_DISABLE_TELEMETRY": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == ["report", "True"]
    assert list(tmp_path.iterdir()) == []
