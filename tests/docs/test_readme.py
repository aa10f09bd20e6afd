"""The README as an office clerk follows it: every command in its order, and each prints what the README says."""

import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from shared.database import embedded
from shared.testing.command import environment
from shared.testing.waiting import until

ROOT = pathlib.Path(__file__).parents[2]
README = (ROOT / "README.zh.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"```(sh|text|toml)\n(.*?)```", re.DOTALL)
_ID = re.compile(r"\b[0-9a-f]{8}\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d\d:\d\d:\d\d")
_PARTS = re.compile(rf"({_MOMENT.pattern}|{_ID.pattern}|……)")
_ANSWER = re.compile(r"(?<=y/n）)(\w+)\n")
# Asked once more they change nothing, and what they show comes in its own time.
_LOOKS = ("nianbao reports list", "nianbao notices list", "ls ")
_REFUSED = {2, 4}
"""Exit codes for wrong usage and for trouble of ours; a faulty or unreadable sample is what a check is for."""


@dataclass
class Window:
    """A terminal window: where it stands, and what its last block of commands printed, or its running `up` so far."""

    folder: pathlib.Path
    lines: list[str] = field(default_factory=list)
    printed: str = ""
    running: "subprocess.Popen[bytes] | None" = None
    terminal: int = -1


@dataclass
class Clerk:
    """Follows the README; the numbers that it shows stand for those that come up, from the first time on."""

    home: pathlib.Path
    windows: list[Window]
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def here(self) -> Window:
        """The window that is in front."""
        return self.windows[-1]

    def types(self, lines: list[str], answers: str) -> None:
        """Type the lines of a block; where something goes on running, in a window of its own."""
        if self.here.running and self.here.running.poll() is None:
            self.windows.append(Window(self.home))
        self.here.lines, self.here.printed = lines, ""
        for line in lines:
            self._types(line, answers)

    def _types(self, line: str, answers: str) -> None:
        typed = _ID.sub(lambda shown: self.numbers[shown[0]], line)
        if typed.startswith("cd "):
            self.here.folder /= shlex.split(typed)[1]
        elif typed.startswith("nianbao up "):
            self._starts(shlex.split(typed))
        else:
            self.here.printed += self._runs(typed, answers)

    def _runs(self, line: str, answers: str) -> str:
        done = subprocess.run(
            line,
            shell=True,
            cwd=self.here.folder,
            env=self._settings(),
            input=answers,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode not in _REFUSED or line.startswith("ls "), f"{line}: {done.stdout}"
        assert "Traceback" not in done.stdout
        return done.stdout

    def _starts(self, command: list[str]) -> None:
        """Start on a terminal: that is where a person reads sentences."""
        window = self.here
        window.terminal, its = os.openpty()
        os.set_blocking(window.terminal, False)
        window.running = subprocess.Popen(
            command, cwd=window.folder, env=self._settings(), stdin=its, stdout=its, stderr=its, start_new_session=True
        )
        os.close(its)

    def _settings(self) -> dict[str, str]:
        """Return what a fresh account has; ports of its own, for this machine may run others beside it."""
        kept = {name: value for name, value in environment({}).items() if not name.startswith("XDG_")}
        programs = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        return kept | {"HOME": str(self.home), "PATH": programs, "NIANBAO_HTTP_PORT": "0", "NIANBAO_UPLOAD_PORT": "0"}

    async def sees(self, shown: str) -> None:
        """See what the README shows, and wait for it where it comes in its own time."""
        comes_later = self.here.running or self.here.lines[-1].startswith(_LOOKS)
        try:
            await until(lambda: self._sees(shown), seconds=60 if comes_later else 1)
        except TimeoutError:
            pytest.fail(f"the README shows\n{shown}\nand this came\n{self.here.printed}")

    async def _sees(self, shown: str) -> bool:
        self._looks_again()
        found = re.fullmatch(_pattern(shown, self.numbers), self.here.printed.strip("\n"), re.DOTALL)
        if found:
            self.numbers |= {name[1:]: number for name, number in found.groupdict().items()}
        return found is not None

    def _looks_again(self) -> None:
        if self.here.running:
            self.here.printed += _written(self.here.terminal)
        elif self.here.lines[-1].startswith(_LOOKS):
            self.here.printed = self._runs(self.here.lines[-1], "")

    def presses_ctrl_c(self) -> None:
        """Go back to the window that runs, and stop it."""
        self.windows[:] = [window for window in self.windows if window.running]
        self.here.running.send_signal(signal.SIGINT)
        assert self.here.running.wait(40) == 0

    def closes(self) -> None:
        """Close every window and the database behind them."""
        for window in self.windows:
            if window.running:
                window.running.terminate()
                assert window.running.wait(40) == 0
                os.close(window.terminal)
        embedded.stop(self.home / "nianbao-try" / "data")


def _written(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode().replace("\r\n", "\n")
    except OSError:  # nothing new, or nobody there any more
        return ""


def _pattern(shown: str, known: dict[str, str]) -> str:
    """Return the pattern of what the README shows: …… is anything, numbers and moments are those of the day."""
    named: set[str] = set()

    def number(text: str) -> str:
        if text in known:
            return known[text]
        if text in named:
            return f"(?P=n{text})"
        named.add(text)
        return f"(?P<n{text}>[0-9a-f]{{8}})"

    def part(text: str, *, alone: bool) -> str:
        if text == "……":
            return ".*?" if alone else r"[^\n]*?"
        if _MOMENT.fullmatch(text):
            return re.sub(r"\d", r"\\d", text)
        return number(text) if _ID.fullmatch(text) else re.escape(text)

    lines = _ANSWER.sub("", shown).strip("\n").split("\n")
    return "\n".join("".join(part(each, alone=line == "……") for each in _PARTS.split(line)) for line in lines)


@pytest.fixture
async def clerk(data_dir: pathlib.Path) -> AsyncIterator[Clerk]:
    """Give a clerk with an empty home and one window."""
    someone = Clerk(data_dir, [Window(data_dir)])
    try:
        yield someone
    finally:
        someone.closes()


async def test_the_commands_of_the_readme_do_what_it_says(clerk):
    """From the version to the mail, Ctrl-C and doctor; the practice folder holds all that is left."""
    blocks = _BLOCK.findall(README)
    typed = False
    for (kind, block), (_, following) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "sh":
            clerk.types(block.splitlines(), "".join(f"{answer}\n" for answer in _ANSWER.findall(following)))
        elif kind == "toml":
            (clerk.here.folder / "nianbao.toml").write_text(block, encoding="utf-8")
        else:
            if not typed:
                clerk.presses_ctrl_c()
            await clerk.sees(block)
        typed = kind == "sh"
    assert [path.name for path in clerk.home.iterdir()] == ["nianbao-try"]
    assert "应为21" in (clerk.home / "nianbao-try" / "check.html").read_text(encoding="utf-8")


def test_both_readmes_show_the_same():
    """Commands, settings and what is printed, in the same order."""
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    assert _BLOCK.findall(english) == _BLOCK.findall(README)


def test_a_slip_would_be_noticed():
    """The law above is one: another figure, a missing line or another number does not match what is shown."""
    shown = "1a2b3c4d  待放行  2026-11-22 15:30\n……\n共2份，编号 1a2b3c4d\n"
    said = "00112233  待放行  2027-01-31 08:00\n\n甲\n共2份，编号 00112233"
    assert re.fullmatch(_pattern(shown, {}), said, re.DOTALL)
    for other in (
        said.replace("共2", "共3"),
        said.replace("待放行", "已发送"),
        said[:-1] + "4",
        said.partition("\n")[0],
    ):
        assert not re.fullmatch(_pattern(shown, {}), other, re.DOTALL)
    assert not re.fullmatch(_pattern(shown, {"1a2b3c4d": "99999999"}), said, re.DOTALL)


def test_every_picture_is_shown_and_can_be_made_anew():
    """No picture lies about unused, and docs/images/make.py makes each."""
    pictures = {path.stem for path in (ROOT / "docs" / "images").glob("*.png")}
    assert pictures == set(re.findall(r"\]\(docs/images/([\w-]+)\.png\)", README))
    made = (ROOT / "docs" / "images" / "make.py").read_text(encoding="utf-8")
    assert [name for name in pictures if f'"{name}": (' not in made] == []
