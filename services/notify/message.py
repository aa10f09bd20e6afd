"""The mail itself, from a notice and the office's letterhead. Pure: the same notice gives the same bytes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from jinja2 import BaseLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from services.notify.core import CHINA, Notice
from services.notify.wording import items, numbers_told
from shared.forms.sources import SOURCES
from shared.model.finding import Finding
from shared.model.judgement import Judgement
from shared.output.checked import SEVERITIES, Gap, counted_of, gaps, shortfall_of
from shared.output.columns import one_line
from shared.output.grouping import matters
from shared.personal.marks import mask_text
from shared.stream.events import ReportViolations

_CONTACT = "请直接回复本邮件"
_LONGEST_NAME = 60
_LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: display name and address, where answers go, whom to ask, and how many days a correction may take."""

    name: str
    address: str
    reply_to: str | None
    contact: str | None
    deadline_days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was checked: rules that ran, rules without a finding, what the verdict does not cover, and what was not checked."""

    ran: int
    passed: int
    short: str | None
    gaps: tuple[Gap, ...]


def environment(loader: BaseLoader) -> SandboxedEnvironment:
    """Return where templates are filled in: a name that is not given stops the mail, HTML is escaped."""
    return SandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )


TEMPLATES = environment(PackageLoader("services.notify"))


def compose(
    notice: Notice, recipient: str | None, office: Office, templates: SandboxedEnvironment = TEMPLATES
) -> EmailMessage:
    """Return the mail of a notice, without To where no mailbox is known (to be looked at, not to be sent).

    Raises jinja2.TemplateError where a template asks for what is not there.
    """
    values = _values(notice, office)
    subject = templates.get_template(f"{notice.kind}/subject.txt").render(values)
    text = templates.get_template(f"{notice.kind}/body.txt").render(values)
    html = templates.get_template(f"{notice.kind}/body.html").render(values)
    message = EmailMessage(policy=SMTP)
    _address(message, notice, recipient, office)
    message["Subject"] = _header_text(subject, _LONGEST_SUBJECT)
    # base64 keeps a Chinese line in one piece and every line on the wire at 76 characters.
    message.set_content(text, charset="utf-8", cte="base64")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    # The boundary would be random, and the same notice must give the same bytes.
    message.set_boundary(f"=_{notice.id.hex}")
    return message


def _address(message: EmailMessage, notice: Notice, recipient: str | None, office: Office) -> None:
    """Set the headers around the text (RFC 5322; Auto-Submitted: RFC 3834; List-Id: RFC 2919)."""
    domain = office.address.rpartition("@")[2]
    message["From"] = Address(display_name=_header_text(office.name, _LONGEST_NAME), addr_spec=office.address)
    if recipient is not None:
        message["To"] = Address(display_name=_header_text(_agency_name(notice), _LONGEST_NAME), addr_spec=recipient)
    if office.reply_to:
        message["Reply-To"] = Address(addr_spec=office.reply_to)
    message["Date"] = notice.dated_at.astimezone(CHINA)
    message["Message-ID"] = f"<{notice.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"<notices.nianbao.{domain}>"


def _header_text(text: str, longest: int) -> str:
    # The email package decodes an encoded word (RFC 2047) in a value that is set, line breaks within it included.
    return _cut(one_line(text), longest).replace("=?", "= ?")


def _agency_name(notice: Notice) -> str:
    return _cut(one_line(notice.agency_name or ""), _LONGEST_NAME)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _values(notice: Notice, office: Office) -> dict[str, Any]:
    violations = notice.violations
    judgement = violations.judgement
    findings = [found for found in judgement.findings if found.explained is None]
    told = items(findings, notice.finding_numbers, notice.year)
    statements = [each for matter in matters(findings, notice.year) for each in matter.statements]
    return {
        "agency": _agency_name(notice),
        "year": f"{notice.year}年度" if notice.year else "",
        "number": notice.case_number,
        "verdict": judgement.verdict,
        "errors": [item for item in told if item.severity == "E"],
        "warnings": [item for item in told if item.severity == "W"],
        "hints": [item for item in told if item.severity == "I"],
        "urgent": numbers_told(notice.finding_numbers[found.key] for found in findings if found.attention == "urgent"),
        "counted": {severity: counted_of(statements, severity) for severity in SEVERITIES},
        "deadline": _chinese_date(notice.dated_at + timedelta(days=office.deadline_days)),
        "contact": one_line(office.contact or _CONTACT),
        "office": one_line(office.name),
        "coverage": _coverage(judgement, notice.year),
        "sources": _sources(judgement.findings),
        "rules": "、".join(dict.fromkeys(found.rule for found in judgement.findings)),
        "ruleset": judgement.ruleset.printed,
        "link": _link(violations),
        "document": _document_name(violations.source),
        "sha256": violations.sha256,
    }


def _chinese_date(moment: datetime) -> str:
    day = moment.astimezone(CHINA)
    return f"{day.year}年{day.month}月{day.day}日"


def _coverage(judgement: Judgement, year: int | None) -> Coverage:
    return Coverage(
        ran=len(judgement.ran),
        passed=len(judgement.passed),
        short=shortfall_of(judgement),
        gaps=gaps(judgement, year),
    )


def _sources(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    codes = dict.fromkeys(code for found in findings for code in found.basis)
    return tuple(f"{SOURCES[code].citation}：{SOURCES[code].says}" for code in codes)


def _link(violations: ReportViolations) -> str | None:
    """Return the address of the report where it has one that a browser may open; a path on our machines is nobody's business."""
    source = one_line(violations.source)
    opens = source.startswith(("https://", "http://")) and " " not in source and mask_text(source) == source
    return source if opens else None


def _document_name(source: str) -> str:
    return mask_text(one_line(source.replace("\\", "/").rstrip("/").rpartition("/")[2]))
