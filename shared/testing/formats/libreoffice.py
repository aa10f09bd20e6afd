"""LibreOffice as a second writer of every format: documents of another engine's making, for tests."""

import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Target = Literal["docx", "doc", "odt", "rtf", "pdf", "xlsx", "xls", "ods"]

_FILTERS: Mapping[Target, str] = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
}
_SHEETS: tuple[Target, ...] = ("xlsx", "xls", "ods")
_SECONDS = 300


def installed() -> bool:
    """Whether LibreOffice can be run here (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)."""
    return shutil.which("soffice") is not None


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """LibreOffice with a profile of its own; a call is one start of about a second, however many files it is given."""

    folder: pathlib.Path

    def converted(self, files: Mapping[str, bytes], to: Target) -> dict[str, bytes]:
        """Return the files in another format by the stems of their names, which tell what they are ("a.html", "a.docx").

        Web pages become a text document, or for a sheet format a sheet, and must not be mixed with other files.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as work:
            sources, results = pathlib.Path(work, "from"), pathlib.Path(work, "to")
            sources.mkdir()
            for name, data in files.items():
                (sources / name).write_bytes(data)
            self._convert(sorted(map(str, sources.iterdir())), to, results)
            return {pathlib.Path(name).stem: (results / name).with_suffix(f".{to}").read_bytes() for name in files}

    def _convert(self, sources: list[str], to: Target, results: pathlib.Path) -> None:
        pages = all(name.endswith(".html") for name in sources)
        read_as = "calc_HTML_WebQuery" if to in _SHEETS else "HTML (StarWriter)"
        own = ["--headless", "--norestore", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"]
        how = [*([f"--infilter={read_as}"] if pages else []), "--convert-to", _FILTERS[to], "--outdir", str(results)]
        ended = ["timeout", "--kill-after=5", str(_SECONDS)]  # the program and all that it has started
        done = subprocess.run([*ended, "soffice", *own, *how, *sources], capture_output=True, check=False)
        assert len(list(results.glob("*"))) == len(sources), done.stderr.decode(errors="replace")


@contextmanager
def libreoffice() -> Iterator[LibreOffice]:
    """Give LibreOffice with an empty profile, which is dropped afterwards; FileNotFoundError where it is not installed."""
    if not installed():
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory(prefix="nianbao-libreoffice-") as folder:
        yield LibreOffice(pathlib.Path(folder))
