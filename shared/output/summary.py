"""The summary of a check for a person at a terminal."""

from collections.abc import Iterator, Sequence
from itertools import count

from shared.model.finding import Finding
from shared.model.judgement import Judgement, Verdict
from shared.model.report import Report
from shared.output.checked import (
    FORMS,
    NOT_CHECKED,
    SEVERITIES,
    STATUSES,
    Checked,
    by_severity,
    not_checked_rules,
    remedied_alike,
    tally,
)
from shared.output.columns import printable, wrap
from shared.output.meanings import basis, reason

_COLOURS: dict[Verdict, str] = {"合格": "32", "请核实": "33", "需更正": "31", "无法核验": "35"}
_INDENT = "  "
_DEEP = "      "


def summary(documents: Sequence[Checked], *, columns: int, colour: bool) -> str:
    """Return what was found in each document, in lines of at most so many columns, and a closing count."""
    blocks = ["\n".join(_document(checked, columns, colour=colour)) for checked in documents]
    return "\n\n".join([*blocks, _closing(documents)]) + "\n"


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\033[{code}m{text}\033[0m" if colour else text


def _document(checked: Checked, columns: int, *, colour: bool) -> Iterator[str]:
    document = checked.document
    yield _paint(printable(document.source), "1", colour=colour)
    if document.status != "report":
        yield wrap(_status(checked), columns, _INDENT, _INDENT)
    for report, judgement in checked.judged:
        yield from _report(report, judgement, columns, colour=colour)


def _status(checked: Checked) -> str:
    document = checked.document
    name = STATUSES[document.status]
    return f"{name}：{document.reason.message}（{document.reason.code}）" if document.reason else name


def _report(report: Report, judgement: Judgement, columns: int, *, colour: bool) -> Iterator[str]:
    form = FORMS[report.form] if report.form else "格式未能识别"
    year = f"{report.year}年度" if report.year else "年度未能识别"
    yield wrap(f"{report.agency or '机关未能识别'}　{year}　{form}", columns, _INDENT, _INDENT)
    verdict = _paint(judgement.verdict, f"1;{_COLOURS[judgement.verdict]}", colour=colour)
    yield f"{_INDENT}结论：{verdict}（{tally(judgement)}）"
    number = count(1)
    for severity, findings in by_severity(judgement.findings):
        yield f"\n{_INDENT}{_paint(SEVERITIES[severity], '1', colour=colour)}"
        for alike in remedied_alike(findings):
            yield from _findings(number, alike, columns)
    yield from _not_checked(judgement, columns, colour=colour)


def _findings(number: Iterator[int], alike: Sequence[Finding], columns: int) -> Iterator[str]:
    """Yield findings in a row that are put right alike, and then once how and on what basis."""
    for finding in alike:
        yield wrap(f"{finding.rule} {finding.message}", columns, f"{_INDENT}{next(number):>2}. ", _DEEP)
        if finding.explained:
            yield wrap(f"已说明：{finding.explained.reason}（{finding.explained.by}）", columns, _DEEP, _DEEP)
    if alike[0].suggestion:
        yield wrap(f"建议：{alike[0].suggestion}", columns, _DEEP, _DEEP)
    if alike[0].basis:
        yield wrap(f"依据：{basis(alike[0].basis)}", columns, _DEEP, _DEEP)


def _not_checked(judgement: Judgement, columns: int, *, colour: bool) -> Iterator[str]:
    rules = not_checked_rules(judgement)
    if rules:
        yield f"\n{_INDENT}{_paint(NOT_CHECKED, '1', colour=colour)}"
    for code, listed in rules.items():
        yield wrap(f"{'、'.join(listed)}：{reason(code)}", columns, f"{_INDENT} -  ", _DEEP)


def _closing(documents: Sequence[Checked]) -> str:
    verdicts = [judgement.verdict for checked in documents for judgement in checked.judgements]
    counts = "、".join(f"{verdict}{verdicts.count(verdict)}份" for verdict in _COLOURS if verdict in verdicts)
    return f"共{len(documents)}个文件，{len(verdicts)}份报告" + (f"：{counts}。" if counts else "。")
