"""The summary of a check for a person at a terminal."""

from collections.abc import Iterator, Sequence
from itertools import count

from shared.model.finding import Severity
from shared.model.judgement import Judgement
from shared.model.report import Report
from shared.output.checked import (
    FORMS,
    NO_FORM,
    NOT_CHECKED,
    SEVERITIES,
    STATUSES,
    Checked,
    attachments,
    conclusion,
    gaps,
    remark,
    tried,
)
from shared.output.columns import printable, wrap
from shared.output.grouping import Statement, by_severity, matters, remedied_alike
from shared.output.meanings import basis

_COLOURS = {"合格": "32", "请核实": "33", "需更正": "31", "无法核验": "35", NO_FORM: "35"}
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
    return f"{name}：{document.reason.message}" if document.reason else name


def _report(report: Report, judgement: Judgement, columns: int, *, colour: bool) -> Iterator[str]:
    form = FORMS[report.form] if report.form else "格式未能识别"
    year = f"{report.year}年度" if report.year else "年度未能识别"
    yield wrap(f"{report.agency or '机关未能识别'}　{year}　{form}", columns, _INDENT, _INDENT)
    told = conclusion(judgement.verdict, report.form)
    painted = _paint(told, f"1;{_COLOURS[told]}", colour=colour)
    yield wrap(f"结论：{told}（{remark(report, judgement)}）", columns, _INDENT, _INDENT).replace(told, painted, 1)
    if listed := attachments(report):
        yield wrap(f"附件：{printable(listed)}", columns, _INDENT, _DEEP)
    number = count(1)
    for severity, group in by_severity(matters(judgement.findings, report.year)):
        yield f"\n{_INDENT}{_paint(SEVERITIES[severity], '1', colour=colour)}"
        for alike in remedied_alike(statement for matter in group for statement in matter.statements):
            yield from _statements(number, alike, severity, columns)
    yield from _not_checked(report, judgement, columns, colour=colour)
    yield "\n" + wrap(tried(judgement), columns, _INDENT, _DEEP)


def _statements(number: Iterator[int], alike: Sequence[Statement], chapter: Severity, columns: int) -> Iterator[str]:
    """Yield statements in a row that are put right alike, and then once how and on what basis."""
    for statement in alike:
        leading = statement.leading
        other = f"（{SEVERITIES[leading.severity]}）" if leading.severity != chapter else ""
        yield wrap(f"{leading.rule} {statement.message}{other}", columns, f"{_INDENT}{next(number):>2}. ", _DEEP)
        if statement.named:
            yield wrap(f"分别是：{statement.named}", columns, _DEEP, _DEEP)
        if leading.explained:
            yield wrap(f"已说明：{leading.explained.reason}（{leading.explained.by}）", columns, _DEEP, _DEEP)
    suggestion, cited = alike[0].leading.suggestion, alike[0].leading.basis
    if suggestion:
        yield wrap(f"建议：{suggestion}", columns, _DEEP, _DEEP)
    if cited:
        yield wrap(f"依据：{basis(cited)}", columns, _DEEP, _DEEP)


def _not_checked(report: Report, judgement: Judgement, columns: int, *, colour: bool) -> Iterator[str]:
    if judgement.not_checked:
        yield f"\n{_INDENT}{_paint(NOT_CHECKED, '1', colour=colour)}"
    for gap in gaps(judgement, report.year):
        where = f"（{gap.places}）" if gap.places else ""
        yield wrap(f"{gap.reason}：{gap.rules}{where}", columns, f"{_INDENT} -  ", _DEEP)


def _closing(documents: Sequence[Checked]) -> str:
    told = [conclusion(judgement.verdict, report.form) for checked in documents for report, judgement in checked.judged]
    counts = "、".join(f"{each}{told.count(each)}份" for each in _COLOURS if each in told)
    return f"共{len(documents)}个文件，{len(told)}份报告" + (f"：{counts}。" if counts else "。")
