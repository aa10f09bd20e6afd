"""The operations guides and runbooks: what they tell a person to type is understood, and both languages tell the same."""

import configparser
import re
import shlex
import tomllib

import pytest
import typer
import yaml

from services.__main__ import USAGE, build
from services.settings import CLASSES
from shared.stream.replica import _END_SECONDS
from shared.testing.guides import DOCS, fenced, lines, understood

GUIDES = ("operations.md", "operations.zh.md")
NIANBAO = typer.main.get_command(build())


RUNBOOKS = tuple(f"runbooks/{path.name}" for path in sorted((DOCS / "runbooks").glob("*.md")))
COMMANDS = sorted({line for page in (*GUIDES, *RUNBOOKS) for line in lines(page) if line.startswith("nianbao ")})


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line):
    """Command, options and their values are those of the program."""
    _, *arguments = shlex.split(line)
    understood(NIANBAO, "nianbao", arguments)


def test_what_starts_with_the_system_is_understood():
    """The command of the systemd unit is one of ours."""
    (line,) = re.findall(r"^ExecStart=\S+/nianbao (.*)$", fenced(GUIDES[0], "ini"), re.MULTILINE)
    understood(NIANBAO, "nianbao", shlex.split(line))


def test_what_runs_in_containers_is_understood():
    """Services that are named are those of the compose file, and what its `cli` is told to run is one of our commands."""
    compose = yaml.safe_load((DOCS.parent / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    told = [shlex.split(line)[2:] for line in lines(GUIDES[0]) if line.startswith("docker compose ")]
    assert {verb for verb, *_ in told} == {"build", "run", "stop", "up"}
    for verb, *rest in told:
        if verb == "stop":
            assert set(rest) <= set(compose["services"])
        if verb == "run":
            assert rest[:2] == ["--rm", "cli"]
            understood(NIANBAO, "nianbao", rest[2:])


def test_the_unit_bounds_restarts_and_leaves_time_to_end():
    """Where a person must look first it is not started again; otherwise so often and no more; it ends itself after 34 s."""
    unit = configparser.ConfigParser()
    unit.read_string(fenced(GUIDES[0], "ini"))
    assert int(unit["Service"]["RestartPreventExitStatus"]) == USAGE
    assert 0 < int(unit["Unit"]["StartLimitBurst"]) <= 5
    assert int(unit["Service"]["TimeoutStopSec"]) > _END_SECONDS


def test_a_slip_would_be_noticed():
    """The law above is one: a wrong command, option or value fails."""
    for line in ("db bakup x", "db backup", "reports list --yaer 2025", "doctor --format xml"):
        with pytest.raises(Exception, match=r".") as told:
            understood(NIANBAO, "nianbao", line.split())
        assert type(told.value).__module__.endswith("click.exceptions")


def test_both_guides_tell_the_same():
    """The same commands in the same order, the same settings, the same unit."""
    english, chinese = GUIDES
    assert lines(english) == lines(chinese)
    assert fenced(english, "ini") == fenced(chinese, "ini")
    assert fenced(english, "toml").replace("password", "密码") == fenced(chinese, "toml")


def test_the_settings_that_are_named_exist():
    """What the guide writes into the settings file is read by the program."""
    known = {name for settings in CLASSES for name in settings.model_fields}
    assert set(tomllib.loads(fenced(GUIDES[0], "toml"))) <= known
