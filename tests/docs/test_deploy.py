"""The guides to the containers: what they tell a person to type fits the compose file, and both languages tell the same."""

import re
import shlex

import pytest
import typer

from services.__main__ import build
from shared.testing.compose import FILE, SERVICES
from shared.testing.guides import DOCS, fenced, lines, understood

GUIDES = ("deploy.md", "deploy.zh.md")
COMMANDS = sorted({line.partition("docker compose ")[2] for line in lines(GUIDES[0]) if "docker compose " in line})


@pytest.mark.parametrize("line", [line for line in COMMANDS if "run --rm" in line])
def test_every_command_run_in_a_container_is_understood(line):
    """The container is in the file; what `cli` is told is a command of ours, to its last option and value."""
    service, *arguments = shlex.split(line.partition("run --rm ")[2])
    assert service in SERVICES
    if service == "cli":
        understood(typer.main.get_command(build()), "nianbao", arguments)
    else:
        assert arguments == []


def test_files_and_profiles_that_are_named_exist():
    """Every environment file and profile of a command is there."""
    named = {name for line in COMMANDS for name in re.findall(r"--env-file (\S+)", line)}
    assert [name for name in named - {".env"} if not (FILE.parent / name).exists()] == []
    profiles = {name for line in COMMANDS for name in re.findall(r"--profile (\S+)", line)}
    assert profiles <= {profile for service in SERVICES.values() for profile in service.get("profiles", ())}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_container_and_port_is_named(guide):
    """The table of the guide has each container, and where it is heard."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    assert [name for name in SERVICES if not name.startswith("more-") and f"`{name}`" not in text] == []
    ports = [port.rpartition(":")[0] for service in SERVICES.values() for port in service.get("ports", ())]
    assert [port for port in ports if port not in text] == []


def test_both_guides_tell_the_same():
    """The same commands in the same order, the same unit."""
    assert lines(GUIDES[0]) == lines(GUIDES[1])
    assert fenced(GUIDES[0], "ini") == fenced(GUIDES[1], "ini")
