"""Servers that come with the machine's packages, run for a test."""

import pathlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from shared.testing.kafka import die_with_parent

_STOP_SECONDS = 20


@contextmanager
def daemon(arguments: Sequence[str], log: pathlib.Path) -> Iterator[None]:
    """Run a server and keep what it says in a file; it ends with the block, or with a test run that is killed."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            arguments,
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one call into libc
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)
