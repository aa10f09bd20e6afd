"""The `nianbao` command: mounts every cli.py, and says in one line what stands in the way."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from shared.ops.errors import Halted, NianbaoError, Transient, system_said

COMMANDS = {
    "check": "services.check:check",
    "parse": "services.parsed:parse",
    "claims": "services.claims:claims",
    "demo": "services.demo:demo",
    "up": "services.up:up",
    "serve": "services.serve:serve",
    "submit": "services.ingest.cli:submit",
    "reports": "services.reports:reports",
    "documents": "services.documents:documents",
    "tasks": "services.tasks:tasks",
    "notices": "services.notify.cli:notices",
    "agencies": "shared.directory.cli:agencies",
    "rules": "services.validate.cli:rules",
    "rerun": "services.rerun:rerun",
    "topics": "shared.stream.topics_cli:topics",
    "dead-letters": "shared.stream.cli:dead_letters",
    "db": "shared.database.cli:db",
    "settings": "services.settings:settings",
    "corpus": "services.corpus:corpus",
    "doctor": "services.doctor:doctor",
}
"""Command -> module and attribute: a typer app is a group of commands, a function is one command."""

UNANSWERED, USAGE, ENVIRONMENT, INTERRUPTED = 1, 2, 4, 130


def build(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the command with these of its parts; only their modules are imported, so that one command starts fast."""
    app = typer.Typer(
        name="nianbao",
        help="政府信息公开工作年度报告：读取、核验、通知更正。",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    for name in names:
        module, attribute = COMMANDS[name].split(":")
        part = getattr(importlib.import_module(module), attribute)
        if isinstance(part, typer.Typer):
            app.add_typer(part, name=name)
        else:
            app.command(name)(part)
    return app


def _print_version(asked: bool) -> None:
    if asked:
        metadata = importlib.import_module("importlib.metadata")  # slow to load, and no command needs it
        typer.echo(f"nianbao {metadata.version('nianbao')}")
        raise typer.Exit


def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="显示版本号。", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """政府信息公开工作年度报告：读取、核验、通知更正。"""


def _parts(given: Sequence[str]) -> tuple[str, ...]:
    """Return the commands that these arguments can need: one, none for the version, all for the help."""
    if given[:1] == ["--version"]:
        return ()
    return (given[0],) if given and given[0] in COMMANDS else tuple(COMMANDS)


def _refuse_unknown_settings(given: Sequence[str]) -> None:
    """Look through the settings file before a command that reads settings; `check` reads none, and starts fast."""
    if given and given[0] in COMMANDS and given[0] != "check":
        importlib.import_module("services.settings").refuse_unknown_settings()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code; an expected fault is one line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _refuse_unknown_settings(given)
        sys.exit(build(_parts(given))(given, prog_name="nianbao", standalone_mode=False) or 0)
    except NianbaoError as fault:
        _say(str(fault))
        sys.exit(ENVIRONMENT if isinstance(fault, Transient | Halted) else USAGE)
    except typer.Abort:
        print(file=sys.stderr)  # noqa: T201 - ends the line of the question
        _say("没有得到回答，什么也没有做")
        sys.exit(UNANSWERED)
    except typer.TyperException as fault:
        print(importlib.import_module("services.usage").told(fault), file=sys.stderr)  # noqa: T201 - the one line of the fault
        sys.exit(fault.exit_code)
    except OSError as fault:
        # What is still buffered has nowhere to go (`| head` has gone, the disk is full): Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(fault, BrokenPipeError):
            sys.exit(1)
        # A full disk, a folder that may not be written.
        _say(f"{system_said(fault)}：{fault.filename}" if fault.filename else system_said(fault))
        sys.exit(ENVIRONMENT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _say(line: str) -> None:
    print(f"nianbao: {line}", file=sys.stderr)  # noqa: T201 - the one line of a fault


if __name__ == "__main__":
    main()
