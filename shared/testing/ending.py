"""Work that must come to its end: run in a process that can be killed, so that endless work fails and hangs nothing."""

import multiprocessing
from collections.abc import Callable


def ends(work: Callable[..., object], *arguments: object, seconds: float = 120) -> bool:
    """Return whether the work ends without an error within so many seconds; what takes quadratic time on a long text never does."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join(seconds)
    ended = process.exitcode == 0
    process.kill()
    process.join()
    return ended
