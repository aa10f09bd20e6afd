"""What became of each document of a corpus, in a file: what was read and found, without the text that it was found in."""

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.model.cell import Cell, Table
from shared.model.claim import Claim
from shared.model.finding import CellPlace, Finding, NotChecked, Place
from shared.model.judgement import Judgement, Ruleset
from shared.model.number import as_json
from shared.model.report import Report
from shared.output.checked import Checked
from shared.output.jsonl import as_line, plain

CORPUS = 1
"""Number of the file's layout; another one is not compared."""

_GZIP = b"\x1f\x8b"

Outcome = dict[str, Any]


class NoCorpus(ValueError):  # noqa: N818 - it says what the file is not
    """The bytes are no file that `corpus_file` made."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The outcomes of documents by source, the version of the reading, and the rules that judged."""

    parser: str
    ruleset: Ruleset
    outcomes: dict[str, Outcome]


def corpus_file(documents: Sequence[Checked], parser: str, ruleset: Ruleset, *, packed: bool) -> bytes:
    """Return the file: a line that says what read and judged, then a line a document; the same for the same, byte for byte."""
    head = {"corpus": CORPUS, "parser": parser, "ruleset": plain(ruleset)}
    lines = (head, *(_document(checked) for checked in documents))
    data = "".join(as_line(line) + "\n" for line in lines).encode("utf-8", "replace")
    return gzip.compress(data, mtime=0) if packed else data


def read_corpus(data: bytes) -> Corpus:
    """Return what a file holds; NoCorpus for anything that was not written by `corpus_file`."""
    try:
        unpacked = gzip.decompress(data) if data.startswith(_GZIP) else data
        head, *documents = (json.loads(line) for line in unpacked.decode().splitlines())
        if head["corpus"] != CORPUS:
            raise NoCorpus
        ruleset = Ruleset(head["ruleset"]["version"], head["ruleset"]["hash"])
        return Corpus(head["parser"], ruleset, {document["source"]: document for document in documents})
    except (ValueError, TypeError, KeyError, EOFError, OSError, zlib.error) as fault:
        raise NoCorpus from fault


def _document(checked: Checked) -> Outcome:
    document = checked.document
    return {
        "source": document.source,
        "sha256": document.sha256,
        "status": document.status,
        "reason": document.reason.code if document.reason else None,
        "reports": [_report(*judged) for judged in checked.judged],
    }


def _report(report: Report, judgement: Judgement) -> Outcome:
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "published": report.published,
        "tables": {number: _table(table) for number, table in sorted(report.tables.items())},
        "claims": [_claim(claim) for claim in report.claims],
        "verdict": judgement.verdict,
        "findings": [_finding(finding) for finding in judgement.findings],
        "not_checked": [_not_checked(each) for each in judgement.not_checked],
        "ran": list(judgement.ran),
    }


def _table(table: Table) -> Outcome:
    return {"form": table.form, "state": table.state, "cells": [_cell(cell) for cell in table.cells]}


def _cell(cell: Cell) -> Outcome:
    """Return a cell without its place, which moves with any word before it; what words it holds is text, and stays out."""
    kept = {name: plain(getattr(cell, name)) for name in ("row", "column", "value", "converted", "raw", "state")}
    raw = None if cell.state in {"text", "unplaced"} else cell.raw
    return kept | {"raw": raw, "confidence": cell.confidence, "recognised": cell.recognised}


def _claim(claim: Claim) -> Outcome:
    names = ("metric", "value", "unit", "year", "scope", "section", "confidence")
    return {name: plain(getattr(claim, name)) for name in names}


def _finding(finding: Finding) -> Outcome:
    """Return a finding with its figures; where it is about words, the fingerprint tells one from another."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "places": [_place(place) for place in finding.places],
        "read": _figure(finding.read),
        "expected": _figure(finding.expected),
        "difference": plain(finding.difference),
        "key": finding.key,
        "fingerprint": finding.fingerprint,
    }


def _figure(value: Any) -> int | float | None:
    return None if value is None or isinstance(value, str) else as_json(value)


def _place(place: Place) -> Outcome:
    return plain(place) if isinstance(place, CellPlace) else {"section": place.section}


def _not_checked(each: NotChecked) -> Outcome:
    return {"rule": each.rule, "reason": each.reason, "places": [_place(place) for place in each.places]}
