"""The JSON line of a document, as docs/output.md describes it: key order and names are the contract."""

import json
from decimal import Decimal
from typing import Any

from shared.model.cell import Table
from shared.model.judgement import Judgement
from shared.model.number import as_json
from shared.model.report import Report
from shared.output.checked import Checked

SCHEMA = 1


def plain(value: Any) -> Any:
    """Return a frozen value of the model as JSON values: a dataclass becomes an object of its fields in their order."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return as_json(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return {name: plain(getattr(value, name)) for name in value.__match_args__}


def table_object(table: Table) -> dict[str, Any]:
    """Return a table: its form, its state, all cells of its form."""
    return {"form": table.form, "state": table.state, "cells": plain(table.cells)}


def report_object(report: Report, judgement: Judgement, *, with_text: bool) -> dict[str, Any]:
    """Return a report with its judgement, and with its masked text if that is asked for."""
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "published": report.published,
        "sections": plain(report.sections),
        "tables": {number: table_object(table) for number, table in sorted(report.tables.items())},
        "claims": plain(report.claims),
        "verdict": judgement.verdict,
        "findings": plain(judgement.findings),
        "not_checked": plain(judgement.not_checked),
        "attachments": plain(report.attachments),
    } | ({"text": report.text} if with_text else {})


def document_object(checked: Checked, *, with_text: bool) -> dict[str, Any]:
    """Return a document: what it is, and its reports."""
    document = checked.document
    return {
        "schema": SCHEMA,
        "source": document.source,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "media_type": document.media_type,
        "status": document.status,
        "reason": plain(document.reason),
        "parser": document.parser,
        "ruleset": plain(checked.ruleset),
        "reports": [report_object(*judged, with_text=with_text) for judged in checked.judged],
    }


def json_line(checked: Checked, *, with_text: bool = False) -> str:
    """Return the document as one line of JSON, without the line end."""
    return json.dumps(document_object(checked, with_text=with_text), ensure_ascii=False, allow_nan=False)
