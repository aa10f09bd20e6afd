"""Bodies survive the wire unchanged."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from shared.model.cell import Cell, PageBox, SheetCell, Span, Table
from shared.model.finding import CellPlace, Finding, Suspect, TextPlace
from shared.model.judgement import Judgement, Ruleset
from shared.model.report import Document, Report
from shared.stream.events import ReportViolations, StructuredReport

NOW = datetime(2025, 1, 20, 8, tzinfo=UTC)
ID = UUID(int=7)


def test_a_structured_report_survives_json():
    """Counts stay int, amounts Decimal, and each kind of place its own."""
    places = (Span(1, 2), PageBox(3, (0.0, 1.0, 2.0, 3.5)), SheetCell("表二", "C7"), None)
    cells = tuple(
        Cell("行政许可", str(i), value=v, at=at, state="number")
        for i, (v, at) in enumerate(zip((0, Decimal("8.83"), None, 117), places, strict=True))
    )
    report = Report("样例市数据局", 2024, "2021", None, None, (), {"2": Table("2021", "present", cells)}, (), "文")
    document = Document("a.txt", "ab", 3, "text/plain", "report", None, "1", (report,))
    event = StructuredReport(
        report_id=ID,
        observation_id=ID,
        source_kind="folder",
        observed_at=NOW,
        agency_key="样例市数据局",
        agency_id=None,
        sequence=1,
        document=document,
    )
    assert StructuredReport.model_validate_json(event.model_dump_json()) == event


def test_a_judgement_survives_json():
    """Cell places and text places, figures and strings, suspects and ambiguity."""
    findings = tuple(
        Finding("T3-01", "E", "…", (place,), read, 3, None, suspect, None, ("F30",), "k", "f")
        for place, read, suspect in (
            (CellPlace("3", "本年新收", "总计"), 5, Suspect("3", "本年新收", "总计", 5, 3)),
            (TextPlace("一", "收到5件", 3, 7), "五", "ambiguous"),
            (CellPlace("2"), Decimal("7.0487"), None),
        )
    )
    judgement = Judgement("需更正", findings, (), (), Ruleset("1", "h"), ("T3-01",))
    event = ReportViolations(
        judgement_id=ID,
        judgement_no=1,
        report_id=ID,
        observation_id=ID,
        observed_at=NOW,
        agency_key="a",
        agency_id=None,
        agency_name=None,
        year=2024,
        source="s",
        sha256="x",
        judgement=judgement,
    )
    assert ReportViolations.model_validate_json(event.model_dump_json()) == event
