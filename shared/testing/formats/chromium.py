"""Web pages printed by Chromium: PDF of another engine's making, for tests."""

import pathlib
import shutil
import subprocess
import tempfile

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 120


def installed() -> bool:
    """Whether Chromium can be run here (Debian: chromium, and fonts-noto-cjk for Chinese text)."""
    return _program() is not None


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def printed(page: str, *, heads: bool = False) -> bytes:
    """Return a web page as its print dialogue saves it as PDF, with its `heads` (date, title, address, page number) or without.

    FileNotFoundError where Chromium is not installed.
    """
    program = _program()
    if program is None:
        raise FileNotFoundError("chromium")
    with tempfile.TemporaryDirectory(prefix="nianbao-chromium-") as folder:
        source, result = pathlib.Path(folder, "page.html"), pathlib.Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        how = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        how += [*([] if heads else ["--no-pdf-header-footer"]), f"--print-to-pdf={result}", source.as_uri()]
        ended = ["timeout", "--kill-after=5", str(_SECONDS)]  # the program and all that it has started
        done = subprocess.run([*ended, program, *how], capture_output=True, check=False)
        assert result.is_file(), done.stderr.decode(errors="replace")
        return result.read_bytes()
