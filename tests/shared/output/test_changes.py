from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.validate.core import RULESET, judge
from services.validate.rules import RULES
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.report import Document, Reason, Report
from shared.output.changes import Change, changes
from shared.output.changes_text import changes_text
from shared.output.checked import Checked
from shared.output.columns import width
from shared.output.outcome import Corpus, NoCorpus, corpus_file, read_corpus
from shared.testing.reports import clean_report, edit

EDITS = (
    {},
    {"table3/本年新收/自然人": 61},
    {"table3/本年新收/总计": 71},
    {"table3/本年新收/自然人": None},
    {"table3/本年新收/自然人": {"confidence": 0.8}},
    {"table2/行政许可/本年处理决定数量": "/"},
    {"table4": {"state": "absent"}},
    {"table3": {"state": "damaged"}},
    {"report": {"agency": "样例市财政局"}},
    {"report": {"year": 2023, "published": "2024-01-20"}},
)

# The reports here are no whole documents: what is judged is their figures.
FIGURES = [rule for rule in RULES if rule.family in {"F", "C", "T2", "T3", "T4", "N", "XY"}]


def checked(*reports: Report, source: str = "a.txt") -> Checked:
    """Return a document with these reports, judged."""
    status = "report" if len(reports) == 1 else "multiple" if reports else "unreadable"
    document = Document(source, "0" * 64, 5, "text/plain", status, None, "1", reports)  # type: ignore[arg-type]
    return Checked(document, tuple(judge(Subject(report), FIGURES) for report in reports), RULESET)


def corpus(*documents: Checked) -> Corpus:
    """Return the corpus of these documents, stored and read back."""
    return read_corpus(corpus_file(documents, "1", RULESET, packed=False))


def between(old: Checked, new: Checked) -> list[Change]:
    """Return what differs between two readings of a document."""
    return list(changes(corpus(old), corpus(new)))


@given(old=st.sampled_from(EDITS), new=st.sampled_from(EDITS))
def test_differences_are_the_same_seen_from_the_other_side(old, new):
    """Nothing differs from itself; what came in one direction goes in the other."""
    before, after = (checked(edit(clean_report(), each)) for each in (old, new))
    there, back = between(before, after), between(after, before)
    turned = [each._replace(old=each.new, new=each.old, report=None) for each in back]
    assert sorted(map(repr, turned)) == sorted(repr(each._replace(report=None)) for each in there)
    assert (there == []) is (old == new)


def test_a_place_that_only_moved_is_no_difference():
    """A word more before the tables moves every range of the text and changes nothing that was read."""
    report = replace(clean_report(), text="一、总体情况\n")
    moved = replace(report, text=f"附注\n{report.text}", sections=())
    assert between(checked(report), checked(moved)) == []


def test_a_finding_that_keeps_its_place_has_changed():
    """The same rule at the same places with another figure is one difference, told with both."""
    [*_, finding] = [
        each
        for each in between(*(checked(edit(clean_report(), {"table3/本年新收/总计": figure})) for figure in (71, 72)))
        if each.what == "finding" and each.old["rule"] == "T3-01"
    ]
    assert (finding.place, finding.old["read"], finding.new["read"]) == ("T3-01 表三“一、本年新收·总计”", 71, 72)


def test_reports_of_one_document_are_compared_by_agency_and_year():
    """A report that came between two others moves none of them."""
    reports = [replace(clean_report(), agency=f"样例市{name}局") for name in ("财政", "教育", "民政")]
    found = between(checked(reports[0], reports[2]), checked(*reports))
    assert [(each.what, each.report, each.old, each.new) for each in found] == [
        ("report", "样例市教育局 2024", None, "合格")
    ]


def test_statements_are_counted():
    """A figure stated in prose that is no longer read is told with how often it was and is."""
    claim = Claim("table3/本年新收/总计", 60, "件", 2024, "own", "一", "收到60件", 0, 5, 0.9)
    found = between(checked(replace(clean_report(), claims=(claim, claim))), checked(clean_report()))
    [change] = [each for each in found if each.what == "claim"]
    assert (change.what, change.place, change.old, change.new) == (
        "claim",
        "table3/本年新收/总计=60件（2024，own，一）",
        2,
        0,
    )


@pytest.mark.parametrize("edits", EDITS[1:])
def test_every_difference_can_be_told(edits):
    """Whatever differs is told in lines that fit, under the name of the document."""
    old, new = corpus(checked(clean_report())), corpus(checked(edit(clean_report(), edits)))
    told = changes_text(old, new, list(changes(old, new)), columns=80)
    assert "\na.txt\n  " in told
    assert max(map(width, told.splitlines())) <= 80
    assert "None" not in told


def test_a_table_that_is_lost_whole_is_told_once():
    """Its cells are counted, not listed."""
    old, new = corpus(checked(clean_report())), corpus(checked(edit(clean_report(), {"table4": {"state": "absent"}})))
    told = changes_text(old, new, list(changes(old, new)), columns=100)
    assert "  表四：读到，2021年格式 → 没有找到" in told
    assert "结果维持·" not in told


def test_status_and_reason_are_told():
    """A document that is no longer read says so, with the code of the reason."""
    lost = Checked(Document("a.txt", "0" * 64, 5, None, "unreadable", Reason("timeout", "…"), "1"), (), RULESET)
    old, new = corpus(checked(clean_report())), corpus(lost)
    told = changes_text(old, new, list(changes(old, new)), columns=100)
    assert "  状态：年度报告 → 无法读取（timeout）" in told.splitlines()
    assert "  报告 样例市数据局 2024：合格 → 没有" in told.splitlines()


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_a_corpus_or_none(data):
    """Reading a file raises nothing but NoCorpus."""
    for each in (data, b'{"corpus": 1, "parser": "1", "ruleset": {"version": "1", "hash": "2"}}\n' + data):
        try:
            read_corpus(each)
        except NoCorpus:
            continue
