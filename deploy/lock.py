"""The lock files: which version of each package may be installed, known by its hashes. `make lock` writes them."""

import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from packaging.requirements import Requirement

ROOT = pathlib.Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.lock"
OCR = ROOT / "requirements-ocr.lock"
TOOLS = ROOT / "requirements-dev.lock"

_ENTRY = re.compile(
    r"^(?P<requirement>[^\s#].*?) \\\n(?P<hashes>(?: +--hash=.*\n)+)(?P<via>(?: +#.*\n)*)", re.MULTILINE
)


@dataclass(frozen=True)
class Locked:
    """A package at one version, the hashes that its files may have, and what asks for it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    via: tuple[str, ...]

    @property
    def name(self) -> str:
        """The package's normalised name."""
        return self.requirement.name

    @property
    def version(self) -> str:
        """The one version that may be installed."""
        return next(iter(self.requirement.specifier)).version


def locked(path: pathlib.Path) -> Iterator[Locked]:
    """Return every package of a lock file, those for other platforms too."""
    for entry in _ENTRY.finditer(path.read_text(encoding="utf-8")):
        asking = (line.strip(" #") for line in entry["via"].splitlines())
        yield Locked(
            Requirement(entry["requirement"]),
            tuple(re.findall(r"--hash=(\S+)", entry["hashes"])),
            tuple(name for line in asking if (name := line.removeprefix("via").strip())),
        )
