"""The `nianbao` command as a process of its own: started, stopped by signals, killed; its log kept in a file."""

import os
import pathlib
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.testing.waiting import until


@dataclass
class Command:
    """A command that runs until told to stop; `start` again goes on with the same settings and log."""

    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    log: pathlib.Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _begin: int = field(default=0, repr=False)

    def start(self) -> None:
        """Start the command in a session of its own, so that a kill leaves no way to say goodbye."""
        with self.log.open("ab") as log:
            self._begin = log.tell()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services", *self.arguments],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=environment(self.settings),
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    @property
    def said(self) -> str:
        """Everything written to the log so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    @property
    def listens(self) -> bool:
        """Whether `up` or `serve` has said since its last start that it listens: sooner a signal ends it as any process."""
        return b'"listening"' in self.log.read_bytes()[self._begin :]

    async def listening(self, *, seconds: float = 60.0) -> None:
        """Wait until the process listens, and so hears signals; AssertionError with its log where it has ended instead."""

        async def heard() -> bool:
            assert self.is_running, self.said
            return self.listens

        await until(heard, seconds=seconds)

    def kill(self) -> None:
        """End the process at once (kill -9)."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM, *, seconds: float = 40.0) -> int:
        """Ask the process to end and return its exit code; raise TimeoutExpired where it does not."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = 40.0) -> int:
        """Return the exit code of a process that ends; raise TimeoutExpired where it does not."""
        assert self.process is not None
        return self.process.wait(seconds)


def run(*arguments: str, settings: Mapping[str, str], seconds: float = 120.0) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "services", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(settings),
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with these settings and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    allowed = {"NIANBAO_ALLOW_ROOT": os.environ["NIANBAO_ALLOW_ROOT"]} if "NIANBAO_ALLOW_ROOT" in os.environ else {}
    return kept | allowed | {f"NIANBAO_{name.upper()}": value for name, value in settings.items()}
