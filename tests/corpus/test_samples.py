import json
import pathlib
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest

from services.parse.core import parse
from services.parse.readers import recognition
from services.validate.core import judge
from services.validate.subject import Subject
from shared.directory.core import Directory
from shared.directory.rows import read_rows
from shared.model.finding import Suspect
from shared.model.judgement import Judgement
from shared.model.number import as_json
from shared.model.report import Document, Report

SAMPLES = files("shared.testing") / "samples"
GOLDEN = pathlib.Path(__file__).with_name("samples.json")
DIRECTORY = "agencies.csv"


def directory() -> Directory:
    """Return the directory of the samples."""
    return Directory(read_rows((SAMPLES / DIRECTORY).read_bytes()))


def outcome(document: Document) -> dict[str, Any]:
    """Return what the golden data holds of a document."""
    return {
        "status": document.status,
        "reason": document.reason and document.reason.code,
        "reports": [reported(report, judged(report)) for report in document.reports],
    }


def judged(report: Report) -> Judgement:
    """Return the judgement with the samples' directory."""
    return judge(Subject(report, agency=directory().find(report.agency or "")))


def reported(report: Report, judgement: Judgement) -> dict[str, Any]:
    """Return what the golden data holds of a report."""
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "chapters": "".join(section.ordinal or "?" for section in report.sections),
        "tables": " ".join(table.state for table in report.tables.values()),
        "not_numbers": sum(cell.state != "number" for table in report.tables.values() for cell in table.cells),
        "verdict": judgement.verdict,
        "findings": [
            f"{each.rule} {each.severity} {said(each.read)}/{said(each.expected)}" for each in judgement.findings
        ],
        "suspects": sorted({named(each.suspect) for each in judgement.findings if isinstance(each.suspect, Suspect)}),
    }


def said(value: Any) -> Any:
    """Return a value of a finding as JSON."""
    return value if isinstance(value, str | None) else as_json(value)


def named(suspect: Suspect) -> str:
    """Return a suspect cell as one line."""
    return f"table{suspect.table}/{suspect.row}/{suspect.column}={as_json(suspect.should_be)}"


def golden() -> dict[str, dict[str, Any]]:
    """Return what must come out of each sample."""
    data: dict[str, dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return data


def test_every_sample_is_in_the_golden_data():
    """Samples and golden data are the same set."""
    assert {path.name for path in SAMPLES.iterdir()} - {DIRECTORY} == set(golden())


@pytest.mark.parametrize("name", sorted(golden()))
def test_sample(name: str, monkeypatch: pytest.MonkeyPatch):
    """A sample is read and judged as the golden data says, where the extra `ocr` is not installed."""
    monkeypatch.setattr(recognition, "_NEEDED", ("nothing_of_this_name",))
    document = parse((SAMPLES / name).read_bytes(), source=name)
    assert outcome(document) == golden()[name]


def test_samples_show_every_verdict_and_kind_of_document():
    """The demo has clean, doubtful and faulty reports, an unknown agency, one without a mailbox, and what is no report."""
    reports = [report for sample in golden().values() for report in sample["reports"]]
    assert {report["verdict"] for report in reports} >= {"合格", "请核实", "需更正"}
    assert {report["form"] for report in reports} == {"2019", "2021"}
    assert {sample["status"] for sample in golden().values()} >= {"report", "not_a_report", "empty", "unreadable"}
    agencies = [directory().find(report["agency"]) for report in reports]
    assert None in agencies
    assert any(agency and not agency.mailbox for agency in agencies)


def test_samples_name_invented_agencies_only():
    """Every agency and mailbox of the samples is recognisably invented."""
    for agency in directory().agencies:
        assert agency.name.startswith("样例市")
        assert agency.mailbox is None or agency.mailbox.endswith(".example.invalid")


def test_samples_ship_with_the_package():
    """The samples are found as package data, whatever the working folder."""
    program = "from importlib.resources import files; print(len(list((files('shared.testing') / 'samples').iterdir())))"
    found = subprocess.run([sys.executable, "-c", program], cwd="/", capture_output=True, text=True, check=True)
    assert int(found.stdout) == len(golden()) + 1
