"""A document with what was found in it: what every output shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.forms.printed import printed_table
from shared.model.cell import Table, TableNumber
from shared.model.finding import CellPlace, NotChecked, Severity
from shared.model.judgement import Judgement, Ruleset, Verdict
from shared.model.reasons import Reason
from shared.model.report import Attachment, AttachmentState, Document, DocumentStatus, Report, ReportForm
from shared.output.grouping import Statement, matters
from shared.output.meanings import TABLE_STATES, reason
from shared.output.places import first_places

SEVERITIES: dict[Severity, str] = {"E": "必须更正", "W": "请核实", "I": "提示"}
NOT_CHECKED = "未核验"
NO_FORM = "不适用"
UNREAD_REASONS: tuple[Reason, ...] = ("table_absent", "attachment_unread", "table_picture", "table_damaged")

STATUSES: dict[DocumentStatus, str] = {
    "report": "年度报告",
    "multiple": "多份年度报告",
    "old_form_report": "2019年以前的年度报告",
    "other_report": "其他报告",
    "not_a_report": "不是年度报告",
    "empty": "空文件",
    "unreadable": "无法读取",
}

FORMS: dict[ReportForm, str] = {
    "2021": "2021年格式",
    "2019": "2019年试行格式",
    "mixed": "两种格式混用",
    "pre2019": "2019年以前",
}

ATTACHMENTS: dict[AttachmentState, str] = {"read": "已并入", "awaited": "正在读取", "unread": "没有读到"}


@dataclass(frozen=True)
class Checked:
    """A document, the judgement on each of its reports in their order, and the rule set that judged."""

    document: Document
    judgements: tuple[Judgement, ...]
    ruleset: Ruleset

    @property
    def judged(self) -> tuple[tuple[Report, Judgement], ...]:
        """Each report with its judgement."""
        return tuple(zip(self.document.reports, self.judgements, strict=True))


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be checked for one reason: which rules, and the first places ("" for whole rules)."""

    reason: str
    rules: str
    places: str


def tried(judgement: Judgement) -> str:
    """Return by which rules a report was judged: the rule set, how many of its rules ran, and how many of those found nothing."""
    by = f"规则集 {judgement.ruleset.printed}"
    if not judgement.ran:
        return by
    return f"{by}：核验了{len(judgement.ran)}条规则，其中{len(judgement.passed)}条未发现问题"


def attachments(report: Report) -> str | None:
    """Return the files that the page of a report lists, and whether they were read; None where it lists none."""
    return _named(report.attachments) or None


def _named(files: Iterable[Attachment]) -> str:
    return "、".join(f"{each.source}（{ATTACHMENTS[each.state]}）" for each in files)


def note(table: Table, report: Report) -> str | None:
    """Return what is to be said of a table that is not simply there, with the attachments not read that may hold it; else None."""
    told = TABLE_STATES.get(table.state)
    unread = [each for each in report.attachments if each.state != "read"]
    if table.state not in {"absent", "picture"} or not unread:
        return told
    return f"{told}它可能在附件中：{_named(unread)}。"


def conclusion(verdict: Verdict, form: ReportForm | None) -> str:
    """Return the verdict as a reader is told it: before 2019 there was no official form that a report could pass."""
    return NO_FORM if verdict == "合格" and form == "pre2019" else verdict


def remark(report: Report, judgement: Judgement) -> str:
    """Return what belongs to a conclusion: how much was found of each severity, and how much could not be checked."""
    statements = [each for matter in matters(judgement.findings, report.year) for each in matter.statements]
    counted = ((name, counted_of(statements, code)) for code, name in SEVERITIES.items())
    found = "、".join(f"{name}{how_many}" for name, how_many in counted if how_many)
    short = shortfall_of(judgement, report.form)
    return "，".join(part for part in (found, short) if part) or "没有发现问题"


def counted_of(statements: Iterable[Statement], severity: Severity) -> str | None:
    """Return how many findings of a severity there are, and how many are told where some are told together; None for none."""
    groups = [len(each.findings) for each in statements if each.leading.severity == severity]
    findings = sum(groups)
    if not findings:
        return None
    return f"{findings}项" if findings == len(groups) else f"{findings}项（归为{len(groups)}组）"


def shortfall(told: str, not_checked: int, unread: Iterable[TableNumber], *, failed: bool) -> str | None:
    """Return what a conclusion does not cover: tables not read, rules that failed, how much was not checked; None for nothing."""
    if told == NO_FORM:
        return "2019年以前的报告，没有规定表格可核验"
    tables = "、".join(printed_table(number) for number in sorted(unread))
    causes = [f"{tables}未读出"] if tables else []
    causes += ["有规则执行出错"] if failed else []
    if told == "无法核验":
        return "，".join(causes) or "表三或者表四的数据大多没有读准"
    causes += [f"另有{not_checked}项未能核验"] if not_checked else []
    return "，".join(causes) or None


def shortfall_of(judgement: Judgement, form: ReportForm | None = None) -> str | None:
    """Return what the conclusion of a judgement does not cover, on a report in this form."""
    told = conclusion(judgement.verdict, form)
    return shortfall(told, len(judgement.not_checked), _unread(judgement), failed=bool(judgement.failures))


def _unread(judgement: Judgement) -> set[TableNumber]:
    return {
        place.table
        for each in judgement.not_checked
        if each.reason in UNREAD_REASONS
        for place in each.places
        if isinstance(place, CellPlace)
    }


def gaps(judgement: Judgement, year: int | None) -> tuple[Gap, ...]:
    """Return what was not checked, by reason in the order of first appearance."""
    reasons = dict.fromkeys(each.reason for each in judgement.not_checked)
    return tuple(_gap(code, [each for each in judgement.not_checked if each.reason == code], year) for code in reasons)


def _gap(code: str, alike: list[NotChecked], year: int | None) -> Gap:
    return Gap(
        reason=reason(code),
        rules="、".join(dict.fromkeys(each.rule for each in alike)),
        places=first_places((place for each in alike for place in each.places), year),
    )
