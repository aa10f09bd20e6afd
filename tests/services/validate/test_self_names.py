"""An agency's name is taken apart by its grammar, so that two names can be compared by what is their own."""

from dataclasses import replace

import pytest

from services.validate.self_names import (
    certain_name,
    county_of,
    listed_names,
    names_of,
    one_form,
    own_name,
    taken_apart,
)
from services.validate.subject import Subject
from shared.model.agency import Agency
from shared.testing.reports import clean_report


@pytest.mark.parametrize(
    ("name", "region", "proper", "organ", "kind"),
    [
        ("样例市示范区禾苗街道办事处", "样例市示范区", "禾苗", "街道", "街道"),
        ("样例市示范区人民政府禾苗街道办事处", "样例市示范区", "禾苗", "街道", "街道"),
        ("样例市示范区稻香里街道", "样例市示范区", "稻香里", "街道", "街道"),
        ("样例县麦穗镇人民政府", "样例县", "麦穗", "镇", "乡镇"),
        ("麦穗乡人民政府办公室", "", "麦穗", "乡", "乡镇"),
        ("样例市市场监督管理局", "样例市", "市场监督管理", "局", "部门"),
        ("样例县人民政府办公室", "样例县", "", "", "政府"),
        ("样例县城乡规划局", "样例县", "城乡规划", "局", "部门"),
    ],
)
def test_a_name_is_region_proper_part_and_organ(name, region, proper, organ, kind):
    """The characters of a level inside a trade or a proper name are no region."""
    own = taken_apart(name)
    assert own is not None
    assert (own.region, own.proper, own.organ, own.kind) == (region, proper, organ, kind)


@pytest.mark.parametrize("name", ["样例海关", "样例大学", "教育局", "政府办公室", ""])
def test_a_name_of_another_build_is_left_whole(name):
    """Where there is no region to begin with, nothing is told from it."""
    assert taken_apart(name) is None


@pytest.mark.parametrize(
    ("name", "county"),
    [("样例市示范区禾苗街道办事处", "示范区"), ("样例市数据局", "样例市"), ("麦穗镇人民政府", None)],
)
def test_the_county_is_the_last_level_of_the_region(name, county):
    """A town without its county says nothing of it."""
    assert county_of(taken_apart(name)) == county


def test_full_width_and_traditional_characters_make_no_other_name():
    """The own name is in the normal form that the prose is in."""
    report = replace(clean_report(), agency="樣例市數據局")
    assert own_name(Subject(report)).full == "样例市数据局"


@pytest.mark.parametrize(
    ("title", "agency", "full"),
    [
        ("麦穗镇", "样例县麦穗镇人民政府", "样例县麦穗镇人民政府"),
        ("样例市数据局", "样例市数据局", "样例市数据局"),
        ("样例市教育局", "样例市数据局", "样例市教育局"),
        ("政府办公室", "样例县麦穗镇人民政府", None),
        ("", "样例县麦穗镇人民政府", None),
        (None, "样例县麦穗镇人民政府", None),
    ],
)
def test_a_name_is_certain_where_the_title_gives_it(title, agency, full):
    """A name that only the prose bears may be another agency's."""
    found = certain_name(Subject(replace(clean_report(), title_agency=title, agency=agency)))
    assert (found.full if found else None) == full


def test_the_directory_adds_names():
    """Aliases are the agency's own; without a directory there are those that the report prints."""
    report = clean_report()
    assert listed_names(Subject(report)) == ()
    known = Subject(report, agency=Agency("1", "样例市数据局", aliases=("样例市大数据局",)))
    assert "样例市大数据局" in names_of(known)
    assert {"样例市数据局", "数据局"} <= set(names_of(Subject(report)))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("稻香里街道办事处", "稻香街道办事处", True),
        ("稻香里街道办事处", "稻相里街道办事处", True),
        ("样例县麦穗镇", "样例县麦浪镇", False),
        ("样例县麦穗镇", "麦穗乡", True),
        ("样例县麦穗镇", "样例县禾田镇", False),
    ],
)
def test_names_that_may_be_meant_for_one_another(one, other, alike):
    """A character more, less or changed in three makes no other place; one of two does."""
    assert one_form(taken_apart(one), taken_apart(other)) is alike
