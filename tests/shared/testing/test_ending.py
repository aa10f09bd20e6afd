"""Work that does not end is seen to."""

import time

from shared.testing.ending import ends


def test_work_ends_or_not():
    """What returns has ended; what raises, or is still at it, has not, and is stopped."""
    assert ends(sorted, [3, 1, 2])
    assert not ends(sorted, 3)
    assert not ends(time.sleep, 600, seconds=0.5)
