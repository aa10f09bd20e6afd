"""Where one report ends and the next begins."""

from services.parse.core import parse
from shared.testing.prose import clean_page, title

_SIX = "六、其他需要报告的事项"


def _chapters(page):
    return [[each.chapter for each in report.sections] for report in parse(page.encode(), source="样例.txt").reports]


def test_a_heading_that_comes_again_alone_begins_no_report():
    """What stands behind it is still read: a report whose first heading is printed twice loses no chapter."""
    page = clean_page(edits=[(_SIX, f"一、总体情况\n2024年我局推进公开工作。\n{_SIX}")])
    assert _chapters(page) == [[1, 2, 3, 4, 5, 1, 6]]


def test_a_report_behind_another_is_one_of_its_own():
    """A second report has its own chapters, with its title or without it."""
    other = clean_page().replace("样例市数据局", "样例市教育局")
    untitled = other.replace(f"{title().replace('样例市数据局', '样例市教育局')}\n", "")
    for behind in (other, untitled):
        assert _chapters(clean_page() + "\n" + behind) == [[1, 2, 3, 4, 5, 6]] * 2
