"""What holds of every rule."""

import pathlib
import random
import re
from collections.abc import Collection
from dataclasses import replace

import pytest

import services.validate.rules as folder
from services.parse.core import parse
from services.parse.document import Content
from services.parse.narrative import read_claims
from services.validate.configuration import Configuration
from services.validate.core import handed_on, judge, judge_together
from services.validate.rule import Case, Rule
from services.validate.rules import FAMILIES, RETIRED, RULES, rank
from services.validate.subject import Subject
from shared.forms.sources import SOURCES
from shared.model.finding import TextPlace
from shared.model.report import Report
from shared.testing.prose import clean_page
from shared.testing.reports import clean_report, edit, year_before

ROOT = pathlib.Path(folder.__file__).parent
RULE_FILE = re.compile(r"(?P<family>[a-z]+\d?)_(?P<number>\d\d)_\w+\.py")


def _subject(case: Case) -> Subject:
    clean = _printed(case) if case.printed else clean_report(case.edition)
    earlier = {} if case.earlier is None else handed_on(Subject(year_before(clean, case.earlier)))
    edited = edit(clean, case.edits)
    report = edited if case.printed else _told(edited)
    return Subject(report, agency=case.agency, earlier=earlier, configuration=Configuration(local=case.local))


def _printed(case: Case) -> Report:
    """Return the report as it is read from the page that the example prints."""
    page = clean_page(case.edition, edits=case.printed)
    (report,) = parse(page.encode(), source="样例.txt").reports
    return report


def _told(report: Report) -> Report:
    """Return a report with the claims that its prose makes."""
    content = Content(report.text, ())
    claims = read_claims(content, report.sections, (), agency=report.agency, year=report.year)
    return replace(report, claims=(*report.claims, *claims))


def _said_by(rule: Rule, case: Case) -> list[object]:
    """All that a rule states on a case, before other rules replace or suppress it."""
    return list(rule.check(_subject(case)))


def _cases(kind: str, families: Collection[str] = FAMILIES) -> list[object]:
    found = [(rule, case) for rule in RULES if rule.family in families for case in getattr(rule, kind)]
    return [pytest.param(rule, case, id=f"{rule.id} {case.what}") for rule, case in found]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_clean_report_has_no_findings(edition):
    """Nothing is found in a clean report; only what needs the directory or the year before is not checked."""
    judgement = judge(Subject(clean_report(edition)))
    assert judgement.verdict == "合格"
    assert judgement.findings == judgement.failures == ()
    assert [(each.rule, each.reason) for each in judgement.not_checked] == [
        ("T2-03", "no_directory"),
        ("T2-08", "no_directory"),
        ("XY-01", "no_prior_year"),
    ]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_clean_page_has_no_findings(edition):
    """The same holds of the whole page, with title, introduction and prose."""
    judgement = judge(Subject(_printed(Case("", edition=edition))))
    assert judgement.verdict == "合格"
    assert judgement.findings == judgement.failures == ()
    assert {each.reason for each in judgement.not_checked} == {"no_directory", "no_prior_year"}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_two_clean_years_have_no_findings(edition):
    """Two reports of one agency that follow on each other are both clean, and the later one's cross-year rules ran."""
    report = clean_report(edition)
    earlier, later = judge_together([Subject(year_before(report, {})), Subject(report)])
    assert earlier.findings == later.findings == ()
    assert "XY-01" in later.ran


@pytest.mark.parametrize(("rule", "case"), _cases("breaks"))
def test_each_break_is_caught_by_its_own_rule(rule, case):
    """The smallest edits that break a rule are found by it; a rule without findings says what it has to say."""
    judgement = judge(_subject(case))
    assert judgement.failures == ()
    if rule.severity is None:
        assert _said_by(rule, case)
    else:
        assert rule.id in {finding.rule for finding in judgement.findings}


@pytest.mark.parametrize(("rule", "case"), _cases("silent"))
def test_each_silent_case_stays_silent(rule, case):
    """Cases beside the rule make no finding of it and break nothing."""
    judgement = judge(_subject(case))
    assert judgement.failures == ()
    assert rule.id not in {finding.rule for finding in judgement.findings}
    assert rule.severity is not None or not _said_by(rule, case)


def test_the_folder_is_the_tuple():
    """Each rule file is in RULES, in its family's folder, under its id; each family is a folder."""
    files = {path.name: path.parent.name for path in ROOT.glob("*/*.py") if RULE_FILE.fullmatch(path.name)}
    ids = {}
    for name, parent in files.items():
        match = RULE_FILE.fullmatch(name)
        assert match.group("family") == parent
        ids[f"{parent.upper()}-{match.group('number')}"] = name
    assert len(ids) == len(files)
    assert sorted(ids, key=rank) == [rule.id for rule in RULES]
    assert {parent.upper() for parent in files.values()} == set(FAMILIES)


def test_each_rule_stands_in_the_file_of_its_id():
    """A finding's id leads to the file."""
    for rule in RULES:
        module = rule.check.__module__.rsplit(".", 1)[-1]
        assert module.startswith(rule.id.lower().replace("-", "_"))


def test_ids_are_unique_sorted_and_never_used_again():
    """An id means one rule for ever."""
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids), key=rank)
    assert not set(ids) & set(RETIRED)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_explains_itself(rule):
    """A title, what it does and why, known sources, examples of both kinds; findings come with a way to correct them."""
    assert re.search("[一-龥]", rule.title)
    assert not rule.title.endswith("。")
    assert "\n\n为什么：" in rule.about
    assert set(rule.basis) <= set(SOURCES)
    assert rule.breaks
    assert len(rule.silent) >= 2, "what looks like it and is none: at least two"
    assert set(rule.replaces) <= {other.id for other in RULES}
    assert set(rule.suppresses) <= set(FAMILIES)


def test_each_finding_says_how_to_correct_it():
    """A clerk is never left with a fault and no advice."""
    for rule in RULES:
        for case in rule.breaks:
            for finding in judge(_subject(case)).findings:
                assert finding.suggestion, finding.rule
                assert finding.message.endswith("。"), finding.rule
                assert finding.places, finding.rule


def test_each_source_is_cited():
    """The table of sources holds what the rules rest on, no more."""
    assert {ref for rule in RULES for ref in rule.basis} == set(SOURCES)


def test_an_error_rests_on_a_verified_source_or_on_the_report_itself():
    """No rule whose basis is not verified is an E, unless it is a contradiction inside the report, or personal data (P)."""
    for rule in RULES:
        if rule.severity == "E" and rule.basis and rule.family != "P":
            assert any(SOURCES[ref].status == "V" for ref in rule.basis), rule.id


@pytest.mark.parametrize(("rule", "case"), _cases("breaks", families={"C", "T2", "T3", "T4", "XY"}))
def test_no_finding_rests_on_doubtful_cells(rule, case):
    """Cells below 0.9 make no E and no W of a rule that looks into cells: it is listed as not checked."""
    report = _subject(case).report
    doubtful = {
        number: replace(table, cells=tuple(replace(cell, confidence=0.8) for cell in table.cells))
        for number, table in report.tables.items()
    }
    into_cells = [each for each in RULES if each.tables]
    judgement = judge(replace(_subject(case), report=replace(report, tables=doubtful)), into_cells)
    assert judgement.findings == ()
    assert judgement.failures == ()
    assert judgement.verdict == "无法核验"
    if rule.severity is not None:
        assert rule.id in {each.rule for each in judgement.not_checked}


def test_the_order_of_the_rules_does_not_matter():
    """Findings come in the order of the rule book, whatever order the rules are tried in."""
    report = edit(
        clean_report(), {"table3/本年新收/总计": 71, "table2/规章/本年制发件数": None, "table4/行政复议": "/"}
    )
    expected = judge(Subject(report))
    for seed in range(5):
        shuffled = random.Random(seed).sample(RULES, len(RULES))
        assert judge(Subject(report), shuffled) == expected


def test_the_same_report_gives_the_same_judgement():
    """Judging is a function of the report."""
    edits = {"table3/本年新收/总计": 71, "table3/予以公开/自然人": None}
    assert judge(Subject(edit(clean_report(), edits))) == judge(Subject(edit(clean_report(), edits)))


def test_places_of_rules_are_those_of_the_forms():
    """Each place that a finding or an unchecked equation names exists: in the table's form, or in the text as quoted."""
    for rule in RULES:
        for case in (*rule.breaks, *rule.silent):
            judged = _subject(case)
            for statement in (*judge(judged).findings, *judge(judged).not_checked):
                for place in statement.places:
                    if isinstance(place, TextPlace):
                        assert judged.report.text[place.start : place.end].startswith(place.quote.rstrip("…"))
                        continue
                    cells = judged.report.tables[place.table].cells
                    assert place.row is None or place.row in {cell.row for cell in cells}
                    assert place.column is None or place.column in {cell.column for cell in cells}


def test_whole_rule_unchecked_is_not_ran():
    """A rule that could look at nothing is not counted among those that ran."""
    judgement = judge(Subject(clean_report()))
    assert "T2-03" not in judgement.ran
    assert "T3-01" in judgement.ran


def test_what_a_rule_reads_in_the_year_before_it_declares():
    """Each address of `looks_back` is a cell of both forms, and a rule whose example has a year before looks back."""
    for rule in RULES:
        for address in rule.looks_back:
            for edition in ("2019", "2021"):
                assert Subject(clean_report(edition)).figure(address) is not None, rule.id
        assert bool(rule.looks_back) == any(case.earlier is not None for case in rule.breaks), rule.id
