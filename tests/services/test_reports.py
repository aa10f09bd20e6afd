"""The work list and a single report, from the tables of a real run."""

import io
import json

import openpyxl
import pytest

from services.notify.release import STATUSES
from shared.testing.command import run
from shared.testing.season import season

REPORTS = [*season(3), *season(1, faulty_every=2, year=2023)]


@pytest.fixture
async def settings(database, process, tmp_path):
    """Give the settings of a database in which four reports of three agencies were judged."""
    await process(REPORTS)
    return {"database": database, "data_dir": str(tmp_path)}


def test_the_list_filters_by_agency_year_and_verdict(settings):
    """Each filter narrows the list; JSON is one object a line."""

    def names(*options):
        done = run("reports", "list", "--format", "json", *options, settings=settings)
        assert done.returncode == 0, done.stderr
        return [(row["agency_name"], row["year"]) for row in map(json.loads, done.stdout.splitlines())]

    assert len(names()) == 4
    assert names("--agency", REPORTS[1].agency.name) == [(REPORTS[1].agency.name, 2024)]
    assert names("--year", "2023") == [(REPORTS[0].agency.name, 2023)]
    assert len(names("--verdict", "需更正")) == 2


def test_the_list_is_read_by_a_person(settings):
    """Verdicts say what they do not cover, codes are Chinese, ids are short and accepted, sources are file names; a row a line."""
    done = run("reports", "list", "--year", "2024", settings=settings)
    _, *lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert all("另有" in line and "项未能核验）" in line and "2021年格式" in line for line in lines)
    assert any("合格（" in line for line in lines)
    assert sum(words in line for line in lines for words in STATUSES.values()) == 1
    assert f" {REPORTS[1].name} " in done.stdout
    short = lines[0].split()[-1]
    assert len(short) == 8
    assert run("reports", "show", short, settings=settings).returncode == 0
    row = json.loads(run("reports", "list", "--format", "json", settings=settings).stdout.splitlines()[0])
    assert row["report_id"].startswith(short) or len(row["report_id"]) == 36
    assert isinstance(row["not_checked"], int)


def test_a_verdict_that_does_not_exist_is_refused(settings):
    """A slip in a filter is one clear line, not an empty list."""
    done = run("reports", "list", "--verdict", "不合格", settings=settings)
    assert done.returncode == 2
    assert "合格、请核实、需更正、无法核验" in done.stderr


def test_the_work_list_is_a_workbook(settings, tmp_path):
    """The workbook has a heading and one row a report."""
    done = run("reports", "list", "--format", "xlsx", "--output", str(tmp_path / "list.xlsx"), settings=settings)
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "list.xlsx").read_bytes())).active
    assert sheet.max_row == 5
    assert sheet.cell(1, 1).value == "机关"


def test_show_gives_the_same_json_as_check(settings, tmp_path):
    """A stored report shows as `check` prints it beside the agency's year before, source apart."""
    faulty, earlier = REPORTS[0], REPORTS[3]
    for each in (faulty, earlier):
        (tmp_path / each.name).write_bytes(each.data)
    paths = (str(tmp_path / each.name) for each in (faulty, earlier))
    checked = json.loads(run("check", "--format", "json", *paths, settings={}).stdout.splitlines()[0])
    done = run("reports", "show", faulty.agency.name, "--year", "2024", "--format", "json", settings=settings)
    shown = json.loads(done.stdout)
    assert shown | {"source": ""} == checked | {"source": ""}
    assert "XY-01" in {finding["rule"] for finding in shown["reports"][0]["findings"]}


def test_a_report_of_several_years_must_be_named_with_its_year(settings):
    """What is not certain is asked for, and what is not there is said."""
    several = run("reports", "show", REPORTS[0].agency.name, settings=settings)
    assert several.returncode == 2
    assert "--year" in several.stderr
    assert run("reports", "show", "样例市无此局", settings=settings).returncode == 2
