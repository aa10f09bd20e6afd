"""Names are found exactly, whatever their width, spaces and brackets; never by likeness."""

import pytest

from shared.directory.core import Directory, agency_id, compare, normal_name
from shared.model.agency import Agency

BUREAU = Agency("1", "样例市文化和旅游局（样例市文物局）", aliases=("样例市文旅局",))
OFFICE = Agency("2", "样例市人民政府办公室")


@pytest.mark.parametrize(
    "written",
    [
        "样例市文化和旅游局（样例市文物局）",
        "样例市文化和旅游局(样例市文物局)",
        "样例市文化和旅游局〔样例市文物局〕",
        " 样例市 文化和旅游局　（样例市文物局）\n",
        "样例市\u200b文旅局",
    ],
)
def test_one_name_written_differently_finds_its_agency(written):
    """Width, spaces and kinds of brackets do not count."""
    assert Directory([BUREAU, OFFICE]).find(written) is BUREAU


@pytest.mark.parametrize("written", ["样例市文化旅游局", "样例市文旅局办公室", "文旅局", "", "　"])
def test_a_name_that_is_only_like_finds_nothing(written):
    """A wrong letter to a wrong office is worse than none."""
    assert Directory([BUREAU, OFFICE]).find(written) is None


def test_a_name_carried_by_two_finds_neither():
    """Mail never goes to a guess."""
    twin = Agency("3", "另一局", aliases=("样例市文旅局",))
    directory = Directory([BUREAU, twin])
    assert directory.find("样例市文旅局") is None
    assert directory.find("另一局") is twin


def test_an_id_is_derived_from_the_name_as_it_reads():
    """The same name in another width keeps its id."""
    assert agency_id("样例市数据局（大数据局）") == agency_id("样例市数据局 (大数据局)")
    assert agency_id("样例市数据局") != agency_id("样例县数据局")


def test_a_difference_tells_new_changed_and_gone():
    """Agencies are the same where their ids are; an unchanged one is not told."""
    moved = Agency("2", "样例市人民政府办公厅")
    third = Agency("3", "样例市数据局")
    difference = compare([BUREAU, OFFICE], [moved, third])
    assert (difference.new, difference.gone) == ((third,), (BUREAU,))
    assert [(pair.before, pair.after) for pair in difference.changed] == [(OFFICE, moved)]
    assert difference
    assert not compare([BUREAU, OFFICE], [OFFICE, BUREAU])


def test_normal_name_keeps_what_tells_names_apart():
    """A missing bracket or character is another name."""
    assert normal_name("样例市局（一）") != normal_name("样例市局一")
