import json
from decimal import Decimal

from services.validate.core import RULESET, judge
from services.validate.subject import Subject
from shared.model.cell import PageBox, SheetCell, Span
from shared.model.claim import Claim
from shared.model.finding import Finding, TextPlace
from shared.model.report import Document, Reason, Report
from shared.output.checked import Checked
from shared.output.jsonl import json_line, plain
from shared.testing.reports import clean_report, edit

DOCUMENT_KEYS = [
    "schema",
    "source",
    "sha256",
    "bytes",
    "media_type",
    "status",
    "reason",
    "parser",
    "ruleset",
    "reports",
]
REPORT_KEYS = [
    "agency",
    "year",
    "form",
    "title",
    "published",
    "sections",
    "tables",
    "claims",
    "verdict",
    "findings",
    "not_checked",
    "ran",
    "attachments",
]
CELL_KEYS = ["row", "column", "value", "converted", "raw", "state", "confidence", "recognised", "at"]
FINDING_KEYS = [
    "rule",
    "severity",
    "message",
    "places",
    "read",
    "expected",
    "difference",
    "suspect",
    "suggestion",
    "basis",
    "key",
    "fingerprint",
    "explained",
]


def checked(report: Report) -> Checked:
    """Return a document with this report, judged."""
    document = Document("a.txt", "0" * 64, 5, "text/plain", "report", None, "1", (report,))
    return Checked(document, (judge(Subject(report)),), RULESET)


def test_key_order_is_the_contract():
    """Keys stand in the order of docs/output.md; `text` comes only when it is asked for, as the last key of a report."""
    report = edit(clean_report(), {"table3/本年新收/总计": 71})
    document = json.loads(json_line(checked(report)))
    assert list(document) == DOCUMENT_KEYS
    assert list(document["reports"][0]) == REPORT_KEYS
    assert list(document["reports"][0]["tables"]) == ["2", "3", "4"]
    assert list(document["reports"][0]["tables"]["2"]) == ["form", "state", "cells"]
    assert list(document["reports"][0]["tables"]["2"]["cells"][0]) == CELL_KEYS
    assert list(document["reports"][0]["findings"][0]) == FINDING_KEYS
    assert list(json.loads(json_line(checked(report), with_text=True))["reports"][0]) == [*REPORT_KEYS, "text"]


def test_blank_placeholder_and_number_stay_apart():
    """A blank and a placeholder are null, never 0; an amount is a JSON number; a converted number stands beside the raw."""
    report = edit(
        clean_report(),
        {
            "table3/本年新收/自然人": None,
            "table3/本年新收/商业企业": "/",
            "table2/行政事业性收费/本年收费金额": {
                "value": None,
                "converted": Decimal("7.0487"),
                "raw": "70487元",
                "state": "text",
            },
        },
    )
    tables = json.loads(json_line(checked(report)))["reports"][0]["tables"]
    row = {cell["column"]: cell for cell in tables["3"]["cells"] if cell["row"] == "本年新收"}
    assert [(row[name]["state"], row[name]["value"]) for name in ("自然人", "商业企业", "科研机构")] == [
        ("blank", None),
        ("placeholder", None),
        ("number", 0),
    ]
    fee = tables["2"]["cells"][-1]
    assert (fee["value"], fee["converted"], fee["raw"]) == (None, 7.0487, "70487元")


def test_a_line_is_one_line_of_utf8():
    """A document is one line, Chinese is not escaped, and a document without reports still says what judged it."""
    document = Document("行\n.txt", None, None, None, "unreadable", Reason("missing", "找不到。"), "1")
    line = json_line(Checked(document, (), RULESET))
    assert "\n" not in line
    assert "找不到" in line
    assert json.loads(line)["ruleset"] == {"version": RULESET.version, "hash": RULESET.hash}


def test_places_and_ranges_have_their_own_shapes():
    """A place in the text has section, quote and range; a cell's place is a range, a box on a page, or a sheet's cell."""
    assert plain(TextPlace("一", "收到60件", 3, 8)) == {"section": "一", "quote": "收到60件", "start": 3, "end": 8}
    assert plain(Span(1, 2)) == {"start": 1, "end": 2}
    assert plain(PageBox(3, (1.0, 2.0, 3.5, 4.0))) == {"page": 3, "box": [1.0, 2.0, 3.5, 4.0]}
    assert plain(SheetCell("表三", "C7")) == {"sheet": "表三", "cell": "C7"}


def test_a_claim_and_a_finding_about_words():
    """A statement without a figure has the value true; read and expected may be words."""
    claim = Claim("table3/本年新收/总计", True, None, 2024, "own", "一", "均已办结", 0, 4, 0.9)
    finding = Finding("X", "W", "…", (), "甲", "乙", None, "ambiguous", None, (), "k", "f")
    assert plain(claim)["value"] is True
    assert (plain(finding)["read"], plain(finding)["suspect"], plain(finding)["difference"]) == (
        "甲",
        "ambiguous",
        None,
    )
