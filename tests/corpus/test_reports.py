"""Invented reports of many kinds of offices, half of them faultless: what is found in each is known, and reviewed when it changes.

`python tests/corpus/test_reports.py` writes anew what is found, `python tests/corpus/test_reports.py FILE` to another file;
`nianbao corpus diff tests/corpus/reports.jsonl FILE` shows what differs.
"""

import json
import pathlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from services.check import judged
from services.parse.core import parse
from shared.model.judgement import Ruleset
from shared.output.changes import changes
from shared.output.changes_text import changes_text
from shared.output.jsonl import as_line
from shared.output.outcome import Corpus, corpus_file, read_corpus

HERE = pathlib.Path(__file__).parent
REPORTS = HERE / "reports"
GOLDEN = HERE / "reports.jsonl"
EVERY_RULESET = Ruleset("", "")
"""What is found is held against what must be found, whichever rules and reader found it."""


@cache
def found() -> Corpus:
    """Return what is found in the reports: rule, severity and places of each finding, and the verdict."""
    documents = [parse(path.read_bytes(), source=path.name) for path in sorted(REPORTS.iterdir())]
    return _reduced(read_corpus(corpus_file(judged(documents), "", EVERY_RULESET, packed=False)))


def _reduced(corpus: Corpus) -> Corpus:
    outcomes = {source: dict(outcome) for source, outcome in corpus.outcomes.items()}
    for outcome in outcomes.values():
        outcome["sha256"] = None
        outcome["reports"] = [
            {**each, "tables": {}, "claims": [], "not_checked": [], "ran": [], "findings": list(_findings(each))}
            for each in outcome["reports"]
        ]
    return Corpus("", EVERY_RULESET, outcomes)


def _findings(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the findings without their figures; a key that people can read, counted where one rule has several at a place."""
    seen: Counter[str] = Counter()
    for each in report["findings"]:
        key = f"{each['rule']} {' '.join(_place(place) for place in each['places'][:1])}"
        seen[key] += 1
        number = f" {seen[key]}" if seen[key] > 1 else ""
        yield {
            **{name: each[name] for name in ("rule", "severity", "places")},
            **dict.fromkeys(("read", "expected", "difference", "fingerprint")),
            "key": f"{key}{number}",
        }


def _place(place: Mapping[str, Any]) -> str:
    return "/".join(str(part) for part in place.values() if part)


def golden() -> Corpus:
    """Return what must be found."""
    return read_corpus(GOLDEN.read_bytes())


def write(file: pathlib.Path) -> None:
    """Write what is found, a line a document, so that a review reads it."""
    head = {"corpus": 1, "parser": "", "ruleset": {"version": "", "hash": ""}}
    lines = (head, *found().outcomes.values())
    file.write_text("".join(f"{as_line(line)}\n" for line in lines), encoding="utf-8", newline="\n")


def test_what_is_found_is_what_must_be_found():
    """Rules, severities, places and verdicts of every report; otherwise the difference is printed as `nianbao corpus diff` does."""
    differing = list(changes(golden(), found()))
    assert not differing, "\n" + changes_text(golden(), found(), differing, columns=120)


def test_writing_it_anew_gives_the_same_file(tmp_path: pathlib.Path):
    """The file holds nothing that changes without a finding changing."""
    write(tmp_path / "reports.jsonl")
    assert (tmp_path / "reports.jsonl").read_bytes() == GOLDEN.read_bytes()


def test_the_corpus_shows_offices_years_and_layouts():
    """Forty reports or more of 2019 to 2024; at least half are faultless, and the others show every verdict but 无法核验."""
    reports = [report for outcome in golden().outcomes.values() for report in outcome["reports"]]
    assert len(golden().outcomes) >= 40
    assert {report["year"] for report in reports} >= set(range(2019, 2025))
    assert {report["form"] for report in reports} >= {"2019", "2021"}
    verdicts = Counter(report["verdict"] for report in reports)
    assert verdicts["合格"] >= len(reports) / 2
    assert verdicts.keys() >= {"合格", "请核实", "需更正"}
    assert {outcome["status"] for outcome in golden().outcomes.values()} >= {"report", "other_report"}


def test_every_report_is_invented():
    """Each is named after a place that does not exist."""
    assert [path.name for path in REPORTS.iterdir() if "样例" not in path.name] == []


def test_the_file_is_one_json_object_a_line():
    """As `nianbao corpus run` writes it."""
    assert [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else GOLDEN)
