"""What says the same printed otherwise gives the same findings: layouts, formats, widths, numerals, blanks."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import pytest

from services.parse.core import parse
from services.validate.configuration import Configuration
from services.validate.core import judge
from services.validate.rule import Case, Rule
from services.validate.rules import RULES
from services.validate.subject import Subject
from shared.model.report import Document
from shared.testing.formats.every import FORMATS
from shared.testing.layouts import WHOLE
from shared.testing.numerals import spelled
from shared.testing.prose import clean_page, clean_parts
from shared.testing.reports import edit
from shared.testing.traditional import in_traditional

Findings = frozenset[tuple[str, str]]
Printed = Callable[[str], str]

_WIDE = str.maketrans({code: code + 0xFEE0 for code in map(ord, "0123456789()%:;,!?.")})
_YEAR = str.maketrans("0123456789", "〇一二三四五六七八九")


def _in_numerals(page: str) -> str:
    """Return the page with its counts and its years in numerals: 七十件, 二〇二四年."""
    page = re.sub(r"(?<!\d)(\d{4})(?=年)", lambda year: year[1].translate(_YEAR), page)
    return re.sub(r"(?<![\d.])(\d{1,4})(?=[件次条])", lambda count: spelled(int(count[1])), page)


PRINTED: Mapping[str, Printed] = {
    "full width": lambda page: page.translate(_WIDE),
    "numerals": _in_numerals,
    "traditional characters": lambda page: in_traditional(random.Random(1), page),
    "blank lines": lambda page: page.replace("\n", "\n\n"),
    "indents": lambda page: page.replace("\n", "\n　　"),
    "spaces round figures": lambda page: re.sub(r"(?<![\d.-])(\d+)(?=[年月日件条次个])", r" \1 ", page),
    "lines of another system": lambda page: page.replace("\n", "\r\n"),
}
LAID = tuple(style for style in WHOLE if style != "row_pipes")
WRITTEN = ("docx", "html", "doc", "rtf", "odt", "pdf")

SENSITIVE: Mapping[str, frozenset[str]] = {}
"""Rules whose fault is in the printing itself -> what may change it."""


def _pages() -> list[object]:
    """Return every example that prints a page, and the clean page."""
    clean = [pytest.param(None, Case("", edition=edition), id=f"clean {edition}") for edition in ("2021", "2019")]
    told = [(rule, case) for rule in RULES for case in (*rule.breaks, *rule.silent) if case.printed]
    return [*clean, *(pytest.param(rule, case, id=f"{rule.id} {case.what}") for rule, case in told)]


def _found(document: Document, case: Case) -> Findings:
    (report,) = document.reports
    configuration = Configuration(local=case.local)
    judgement = judge(Subject(edit(report, case.edits), agency=case.agency, configuration=configuration))
    assert judgement.failures == ()
    return frozenset((finding.rule, finding.severity) for finding in judgement.findings)


def _differing(rule: Rule | None, case: Case, others: Mapping[str, Document]) -> dict[str, Findings]:
    """Return where the page is printed otherwise and judged otherwise, with what is found in only one of both."""
    usual = _found(parse(clean_page(case.edition, edits=case.printed).encode(), source="样例.txt"), case)
    spared = SENSITIVE.get(rule.id, frozenset()) if rule else frozenset()
    differences = {name: _found(document, case) ^ usual for name, document in others.items() if name not in spared}
    return {name: found for name, found in differences.items() if found}


def _drawn(names: Sequence[str], rule: Rule | None, case: Case) -> list[str]:
    """Return all ways for the clean page, else two, which change from example to example: together they go through all."""
    if rule is None:
        return list(names)
    first = crc32(f"{rule.id} {case.what}".encode())
    return [names[(first + step * len(names) // 2) % len(names)] for step in range(2)]


@pytest.mark.parametrize(("rule", "case"), _pages())
def test_width_numerals_and_blanks_change_nothing(rule: Rule | None, case: Case):
    """Full-width figures, counts in numerals, traditional characters, blank lines and spaces mean the same."""
    page = clean_page(case.edition, edits=case.printed)
    drawn = _drawn(tuple(PRINTED), rule, case)
    others = {name: parse(PRINTED[name](page).encode(), source="样例.txt") for name in drawn}
    assert _differing(rule, case, others) == {}


@pytest.mark.parametrize(("rule", "case"), _pages())
def test_layouts_change_nothing(rule: Rule | None, case: Case):
    """The same report pasted, extracted or published in another layout is judged the same."""
    others = {}
    for style in _drawn(LAID, rule, case):
        try:
            page = clean_page(case.edition, style, case.printed)
        except ValueError:  # what the example changes is printed otherwise in this layout
            continue
        others[style] = parse(page.encode(), source="样例.html" if style.endswith("html") else "样例.txt")
    assert _differing(rule, case, others) == {}


@pytest.mark.parametrize(("rule", "case"), _pages())
def test_formats_change_nothing(rule: Rule | None, case: Case):
    """The same report as a page, a word processor's document or a PDF is judged the same; one format an example."""
    try:
        parts = clean_parts(case.edition, case.printed)
    except ValueError:
        return
    lines = [line for part in parts for line in (part.split("\n") if isinstance(part, str) else [part])]
    drawn = _drawn(WRITTEN, rule, case)[: None if rule is None else 1]
    others = {name: parse(FORMATS[name].write(lines, "plain"), source=f"样例.{name}") for name in drawn}
    assert _differing(rule, case, others) == {}
