"""The JSON line of a document, as docs/output.md describes it: key order and names are the contract."""

import json
from decimal import Decimal
from typing import Any

from shared.model.cell import Table
from shared.model.judgement import Judgement, Ruleset
from shared.model.number import as_json
from shared.model.report import Document, Report
from shared.output.checked import Checked

SCHEMA = 1

_JUDGED = ("verdict", "findings", "not_checked", "ran")


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


def report_object(report: Report, judgement: Judgement | None, *, with_text: bool) -> dict[str, Any]:
    """Return a report with its judgement, if it was judged, and with its masked text if that is asked for."""
    judged = {} if judgement is None else {name: plain(getattr(judgement, name)) for name in _JUDGED}
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "published": report.published,
        "sections": plain(report.sections),
        "tables": {number: table_object(table) for number, table in sorted(report.tables.items())},
        "claims": plain(report.claims),
        **judged,
        "attachments": plain(report.attachments),
    } | ({"text": report.text} if with_text else {})


def document_object(document: Document, ruleset: Ruleset, reports: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a document: what it is, and its reports."""
    return {
        "schema": SCHEMA,
        "source": document.source,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "media_type": document.media_type,
        "status": document.status,
        "reason": plain(document.reason),
        "parser": document.parser,
        "ruleset": plain(ruleset),
        "reports": reports,
    }


def json_line(checked: Checked, *, with_text: bool = False) -> str:
    """Return the document as one line of JSON, without the line end."""
    reports = [report_object(*judged, with_text=with_text) for judged in checked.judged]
    return as_line(document_object(checked.document, checked.ruleset, reports))


def parsed_line(document: Document, ruleset: Ruleset, *, with_text: bool = False) -> str:
    """Return a document that was not judged as one line of JSON: `json_line` without what judging says."""
    reports = [report_object(report, None, with_text=with_text) for report in document.reports]
    return as_line(document_object(document, ruleset, reports))


def as_line(value: dict[str, Any]) -> str:
    """Return an object as one line of JSON, without the line end."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
