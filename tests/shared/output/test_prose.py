"""The prose on a page: cut at what it claims, nothing lost, nothing twice."""

from dataclasses import replace

from shared.model.claim import Claim
from shared.model.finding import TextPlace
from shared.output.prose import paragraphs
from shared.testing.reports import clean_report, edit

PROSE = "本机关收到政府信息公开申请70件，均为自然人。全区发布信息900条。\n没有数据的一段。"


def _claim(quote, metric, value, **fields):
    start = REPORT.text.index(quote)
    whole = Claim(metric, value, None, 2024, "own", "一", quote, start, start + len(quote), 0.98)
    return replace(whole, **fields)


REPORT = edit(clean_report(), {"prose": {"一": PROSE}})
RECEIVED = _claim("收到政府信息公开申请70件", "table3/本年新收/总计", 70, unit="件")


def _drawn(*claims, places=()):
    return paragraphs(replace(REPORT, claims=claims), places)


def test_a_paragraph_is_whole_and_only_those_with_claims_are_shown():
    """Its stretches are its text; a paragraph without a claim is left out; the chapter's title stands above the first."""
    (shown,) = _drawn(RECEIVED)
    assert "".join(each.text for each in shown.stretches) == PROSE.partition("\n")[0]
    assert shown.heading == REPORT.sections[0].title
    assert [each.number for each in shown.stretches] == [None, 1, None]


def test_a_claim_knows_its_cell():
    """A figure of the table has one cell, a sum all that are summed, a statement none."""
    table = REPORT.tables["3"]
    (shown,) = _drawn(RECEIVED, _claim("均为自然人", "statement/均为自然人", True))
    received, alone = (each for each in shown.stretches if each.number)
    assert [(table.cells[i].row, table.cells[i].column) for _, i in received.cells] == [("本年新收", "总计")]
    assert alone.cells == ()
    (shown,) = _drawn(replace(RECEIVED, metric="table3/新收加结转/总计"))
    (both,) = (each for each in shown.stretches if each.number)
    assert [table.cells[i].row for _, i in both.cells] == ["本年新收", "上年结转"]


def test_claims_that_overlap_share_a_stretch():
    """Two readings of the same words are one mark, which tells both; a place that something was found at joins them."""
    natural = replace(RECEIVED, metric="table3/本年新收/自然人", start=RECEIVED.start + 2)
    place = TextPlace("一", "x", RECEIVED.end - 1, RECEIVED.end + 3)
    (shown,) = _drawn(RECEIVED, natural, places=[place])
    (mark,) = (each for each in shown.stretches if each.number)
    assert mark.claims == (RECEIVED, natural)
    assert mark.text == "收到政府信息公开申请70件，均为"
    assert mark.read_as == "表三“一、本年新收·总计”：70件（把握0.98）；表三“一、本年新收·自然人”：70件（把握0.98）"


def test_figures_of_the_whole_region_stand_aside():
    """A claim that is about more than the agency is told so."""
    (shown,) = _drawn(_claim("发布信息900条", "list/total", 900, unit="条", scope="region"))
    (mark,) = (each for each in shown.stretches if each.number)
    assert mark.aside
    assert mark.read_as == "分项说明的总数：900条（全区域，把握0.98）"


def test_nothing_claimed_is_nothing_shown():
    """A report without claims has no such paragraphs, whatever else was found in it."""
    assert _drawn(places=[TextPlace("一", "", 0, 0)]) == ()


def test_what_is_found_over_two_lines_is_shown_once():
    """A place that begins in one line and ends in the next makes them one paragraph, with what else is found in the second."""
    start = REPORT.text.index("全区发布信息")
    second = REPORT.text.index("没有数据的一段")
    places = [TextPlace("一", "x", start, second + 2), TextPlace("一", "x", second + 5, second + 7)]
    (shown,) = _drawn(RECEIVED, places=places)
    assert "".join(each.text for each in shown.stretches) == PROSE
    assert [each.number for each in shown.stretches] == [None, 1, None, 2, None, 3, None]
