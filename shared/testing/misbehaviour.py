"""Readings that misbehave, for workers that must survive them; a worker process can import them."""

import os
import time
from collections.abc import Callable
from typing import NoReturn

from shared.model.report import Document


def echo(data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
    """Return a document whose sha256 names the process that answered, and whose source is what came in."""
    del mark_key
    return Document(source, str(os.getpid()), len(data), None, "empty", None, "1")


def by_its_word(data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
    """Do what the bytes say: loop, sleep, exit, eat memory, raise; answer anything else."""
    act = {b"loop": loop, b"sleep": sleep, b"exit": leave, b"eat": eat, b"raise": fail}.get(data)
    if act is not None:
        act()
    return echo(data, source=source, mark_key=mark_key)


def by_pages(begin: Callable[[], None], data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
    """Begin so many pages, rest for so many seconds, and answer: b"24 2"; b"inf 0" begins pages for ever."""
    pages, seconds = map(float, data.split())
    begun = 0
    while begun < pages:
        begin()
        begun += 1
        time.sleep(0.01)
    time.sleep(seconds)
    return echo(data, source=source, mark_key=mark_key)


def loop() -> NoReturn:
    """Compute for ever."""
    while True:
        pass


def sleep() -> NoReturn:
    """Wait for ever."""
    while True:
        time.sleep(3600)


def leave() -> NoReturn:
    """End the process as a fault in native code would: without a word."""
    os._exit(11)


def eat() -> NoReturn:
    """Take memory for ever."""
    taken = []
    while True:
        taken.append(bytearray(16 * 1024 * 1024))


def fail() -> NoReturn:
    """Raise what no reading may raise."""
    raise RuntimeError
