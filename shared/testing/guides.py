"""What the guides in docs/ tell a person to type, and whether the program would understand it."""

import pathlib
import re
from typing import Any

import typer

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def lines(guide: str) -> list[str]:
    """Return the lines of a guide's indented code blocks."""
    return re.findall(r"^ {4,8}(\S.*)$", (DOCS / guide).read_text(encoding="utf-8"), re.MULTILINE)


def fenced(guide: str, language: str) -> str:
    """Return the code of the one block in a language."""
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", (DOCS / guide).read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return found[0]


def understood(command: Any, name: str, arguments: list[str]) -> None:
    """Read a command line as the program would, down to its last option and value; run nothing."""
    with command.make_context(name, list(arguments)) as context:
        rest = [*context._protected_args, *context.args]  # noqa: SLF001 - where a group keeps the name of its part
        if isinstance(command, typer.core.TyperGroup) and rest:
            part, inner, rest = command.resolve_command(context, rest)
            understood(inner, part or name, rest)
