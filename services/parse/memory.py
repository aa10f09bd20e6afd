"""What a process that reads documents does with the memory that one of them leaves."""

import contextlib
import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # <malloc.h> of the GNU C library
_KEPT = 32 * 1024 * 1024  # bytes; the trees and texts of a report have one to ten million


def keep_freed() -> None:
    """Let the allocator keep up to 32 MiB for the next document: a sixth of reading went by giving pages back and asking for them.

    Only the GNU C library is told so; others keep what they keep.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):  # no library of this name, no such function
        library = ctypes.CDLL(None)
        library.mallopt(_TRIM_THRESHOLD, _KEPT)
        library.mallopt(_MMAP_THRESHOLD, _KEPT)
