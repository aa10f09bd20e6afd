"""A process that reads documents asks the system for memory once, not for each of them."""

import multiprocessing
import platform
import resource

import pytest

from services.parse.memory import keep_freed

MIB = 1024 * 1024
TIMES = 20


def pages_asked(*, kept):
    """Return how many pages of memory a process asks for while it makes and frees one text again and again."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(asked, (kept,))


def asked(kept):
    """Make and free a text of 4 MiB, twenty times; return the page faults of all but the first."""
    if kept:
        keep_freed()
    faults = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        len(b"1" * (4 * MIB))
        faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return sum(faults[1:])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library is told to keep memory")
def test_what_a_document_leaves_is_kept_for_the_next():
    """The second text of the same size takes the memory of the first."""
    assert pages_asked(kept=True) * 10 < pages_asked(kept=False)
