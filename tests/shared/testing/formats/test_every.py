"""Every format is written alike at any time, so that a search for failures comes to its examples again."""

import time

import pytest

from shared.testing.formats import scan
from shared.testing.formats.every import FORMATS
from shared.testing.layouts import outline

_STEP = 2.1
"""Seconds: more than the clock of a ZIP archive takes for one tick."""

_WRITERS = {name: (each.write, each.variants) for name, each in FORMATS.items()} | {
    "scan": (scan.write, ("PDF", "TIFF"))
}


@pytest.fixture(scope="module")
def files():
    """Write every variant of every format at two times: name -> variant -> the two files."""
    parts = outline({("2", "规章", "本年制发件数"): "117"})

    def written():
        return {
            name: {variant: write(parts, variant) for variant in variants}
            for name, (write, variants) in _WRITERS.items()
        }

    first = written()
    time.sleep(_STEP)
    return first, written()


@pytest.mark.parametrize("name", _WRITERS)
def test_the_same_bytes_at_any_time(name, files):
    """Nothing of a made file comes from the clock."""
    first, second = files
    assert [variant for variant in first[name] if first[name][variant] != second[name][variant]] == []
