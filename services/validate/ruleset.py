"""Which rules judge: a version for people, and a hash of everything that a judgement depends on."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from shared.model.judgement import Ruleset

VERSION = "3"

# Around the rules, not part of them: a change here changes no judgement.
_AROUND = {
    "app.py", "cli.py", "examples.py", "explained.py", "explained_text.py", "in_force.py", "quotations.py",
    "rulebook.py", "ruleset_file.py", "settings.py", "store.py"
}  # fmt: skip


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each source file below a folder, with one kind of line end."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py") and f"{path}{entry.name}" not in _AROUND:
            yield f"{path}{entry.name}", entry.read_bytes().replace(b"\r\n", b"\n")


def content_hash() -> str:
    """Return the SHA-256 (hex) of the rules and of the forms they read, the same on every machine."""
    digest = hashlib.sha256()
    for package in ("services.validate", "shared.forms"):
        for path, source in sorted(_sources(files(package))):
            digest.update(f"{package}/{path}\0{len(source)}\0".encode() + source)
    return digest.hexdigest()


RULESET = Ruleset(VERSION, content_hash())
