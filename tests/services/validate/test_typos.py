"""Typos, and what only looks like one."""

import pytest

from services.validate.typos import TYPOS, slips
from shared.simplified import simplify
from shared.text import fold


@pytest.mark.parametrize("typo", TYPOS, ids=lambda typo: typo.wrong)
def test_each_typo_is_found(typo):
    """A typo in mid-sentence is found where it stands; what is meant is none."""
    (slip,) = slips(f"我局，{typo.wrong}。")
    assert (slip.start, slip.end, slip.typo) == (3, 3 + len(typo.wrong), typo)
    assert not list(slips(f"我局，{typo.right}。"))


@pytest.mark.parametrize("typo", [typo for typo in TYPOS if typo.after or typo.before], ids=lambda typo: typo.wrong)
def test_where_it_means_something_it_is_none(typo):
    """The same characters as part of other words are no typo."""
    assert typo.wrong in typo.fine
    assert not list(slips(typo.fine))


def test_the_table_is_in_the_normal_form():
    """Texts are folded and simplified before they are looked through, so the table has to be."""
    words = [typo.wrong for typo in TYPOS]
    assert [simplify(fold(word)) for word in words] == words
    assert len(set(words)) == len(words)
