"""What an office sets takes the place of what rules say by themselves."""

from decimal import Decimal

import pytest

from services.validate.configuration import AS_WRITTEN, Configuration, LocalItem, Years
from services.validate.core import judge
from services.validate.ruleset import RULESET
from services.validate.subject import Subject
from shared.testing.reports import clean_report, edit

# T3-09 (I): 40 of 75 are carried over. C-02 (W): a stroke.
EDITS = {"table3/结转下年度/总计": 40, "table4/行政复议/其他结果": "/"}


def found(configuration, edits=EDITS, edition="2021", year=None):
    """Return rule and severity of each finding."""
    report = edit(clean_report(edition, year), edits)
    judgement = judge(Subject(report, configuration=configuration))
    assert judgement.ruleset == configuration.ruleset
    return {finding.rule: finding.severity for finding in judgement.findings}


def test_nothing_set_is_the_rules_as_written():
    """Without a file, version and hash are the code's."""
    assert Configuration().ruleset == AS_WRITTEN.ruleset == RULESET


def test_whatever_is_set_is_another_rule_set():
    """Every part of what is set, also the version alone, changes the hash; the order it was written in does not."""
    several = [
        Configuration(version="1"),
        Configuration(version="2"),
        Configuration(version="1", severities={"T3-09": "W"}),
        Configuration(version="1", severities={"T3-09": "I"}),
        Configuration(version="1", thresholds={("T3-09", "cases"): 20}),
        Configuration(version="1", years={"T3-09": Years(first=2021)}),
        Configuration(version="1", years={"T3-09": Years(last=2021)}),
        Configuration(version="1", off=frozenset({"T3-09"})),
        Configuration(version="1", local=(LocalItem("建议提案", ("建议", "提案")),)),
    ]
    assert len({each.ruleset.hash for each in several} | {RULESET.hash}) == len(several) + 1
    assert [each.ruleset.version for each in several[:2]] == [f"{RULESET.version}+1", f"{RULESET.version}+2"]
    one = Configuration(version="1", severities={"T3-09": "W", "C-02": "I"}, off=frozenset({"C-07", "C-08"}))
    other = Configuration(version="1", severities={"C-02": "I", "T3-09": "W"}, off=frozenset({"C-08", "C-07"}))
    assert one.ruleset == other.ruleset
    assert Configuration("1", thresholds={("X-01", "share"): Decimal("0.90")}).ruleset == (
        Configuration("1", thresholds={("X-01", "share"): Decimal("0.9")}).ruleset
    )


def test_a_severity_set_is_that_of_the_findings():
    """Graver or milder than the rule's own; the verdict follows."""
    assert (found(AS_WRITTEN)["T3-09"], found(AS_WRITTEN)["C-02"]) == ("I", "W")
    told = found(Configuration(version="1", severities={"T3-09": "W", "C-02": "I"}))
    assert (told["T3-09"], told["C-02"]) == ("W", "I")
    stroke = {"table2/行政许可/本年处理决定数量": "/"}
    for severity, verdict in (("I", "合格"), ("W", "请核实"), ("E", "需更正")):
        configuration = Configuration(version="1", severities={"C-02": severity})
        report = edit(clean_report(), stroke)
        assert judge(Subject(report, configuration=configuration)).verdict == verdict


def test_a_finding_that_is_milder_by_itself_stays_milder():
    """A blank of 2020 is a W by itself, however grave the rule is; a lower severity holds for it too."""
    blank = {"table2/规章/本年新制作数量": None}
    for severity, is_found in ((None, "W"), ("E", "W"), ("I", "I")):
        severities = {"C-01": severity} if severity else {}
        assert found(Configuration("1", severities), blank, "2019") == {"C-01": is_found}


@pytest.mark.parametrize(
    ("own", "found_as", "limit", "is_told"),
    [
        ("W", None, None, "W"),
        ("W", None, "E", "E"),
        ("W", "I", "E", "I"),
        ("W", "E", "E", "E"),
        ("W", "E", "I", "I"),
        (None, None, None, None),
    ],
)
def test_the_severity_told(own, found_as, limit, is_told):
    """The one set, but never graver than a finding is by itself."""
    configuration = Configuration("1", {"T3-09": limit} if limit else {})
    assert configuration.severity("T3-09", own, found_as) == is_told


def test_a_threshold_set_is_compared_with():
    """Above it nothing is found, below it something is."""
    assert "T3-09" not in found(Configuration("1", thresholds={("T3-09", "cases"): 40}))
    assert "T3-09" not in found(Configuration("1", thresholds={("T3-09", "percent"): 54}))
    assert "T3-09" in found(Configuration("1", thresholds={("T3-09", "percent"): 53}))
    assert "C-07" in found(Configuration("1", thresholds={("C-07", "counts"): 100}))


def test_a_rule_switched_off_does_not_run():
    """It finds nothing, and is neither among the rules that ran nor among what could not be checked."""
    judgement = judge(Subject(edit(clean_report(), EDITS), configuration=Configuration("1", off=frozenset({"C-02"}))))
    assert "C-02" not in {each.rule for each in (*judgement.findings, *judgement.not_checked)} | set(judgement.ran)


def test_a_rule_is_for_the_years_set():
    """First and last year are included; outside them the rule does not run."""
    for years, runs in (
        (Years(first=2024), True),
        (Years(last=2024), True),
        (Years(2025), False),
        (Years(2019, 2023), False),
    ):
        configuration = Configuration("1", years={"T3-09": years})
        judgement = judge(Subject(edit(clean_report(year=2024), EDITS), configuration=configuration))
        assert ("T3-09" in judgement.ran) is runs
        assert ("T3-09" in {each.rule for each in judgement.findings}) is runs


def test_a_rule_for_some_years_is_not_checked_where_the_year_is_unknown():
    """It neither passes nor finds."""
    configuration = Configuration("1", years={"T3-09": Years(first=2021)})
    report = edit(clean_report(), {**EDITS, "report": {"year": None}})
    judgement = judge(Subject(report, configuration=configuration))
    assert ("T3-09", "year_unknown") in {(each.rule, each.reason) for each in judgement.not_checked}
    assert "T3-09" not in {each.rule for each in judgement.findings}
