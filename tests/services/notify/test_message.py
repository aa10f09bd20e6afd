"""The mail: complete, the same every time, safe in its headers, and never half filled in."""

import pathlib
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, TemplateError

from services.notify.case import numbered
from services.notify.message import Office, compose, environment
from shared.model.finding import CellPlace, NotChecked, Suspect, TextPlace
from shared.testing.judgements import NATURAL, finding, violations

OFFICE = Office(
    "样例市政务公开办公室", "office@example.invalid", "answers@example.invalid", "公开科 张工，电话 0000-0000000", 10
)
SNAPSHOTS = pathlib.Path(__file__).parent / "snapshots"
SUSPECT = Suspect("3", "本年新收", "自然人", 61, 60)
FINDINGS = (
    finding(
        "C-01", places=(CellPlace("3", "上年结转", "其他"),), read=None, expected=None, message="表三有1个单元格未填。"
    ),
    finding(suspect=SUSPECT),
    finding(
        "T3-02",
        places=(NATURAL,),
        read=65,
        expected=64,
        suspect=SUSPECT,
        message="表三“自然人”列：新收61+上年结转4=65，办理结果总计58+结转下年6=64，相差1。",
    ),
    finding(
        "N-03",
        "W",
        places=(TextPlace("一", "办结54件", 10, 15), CellPlace("3", "总计", "总计")),
        read=54,
        expected=58,
        message="称办结54件，表三“(七)总计”为58件，相差4件。",
        suggestion="请统一两处的数字。",
        basis=("A50", "F30"),
    ),
    finding("F-09", "I", places=(CellPlace("3"),), read=None, expected=None, message="表三表头缺少勾稽关系说明。"),
)


@pytest.fixture
def full(notice):
    """Give a notice with errors, a warning, a hint and something not checked."""
    event = violations(*FINDINGS)
    unchecked = (
        NotChecked("XY-01", "no_prior_year"),
        NotChecked("T4-01", "operand_blank", (CellPlace("4", "行政复议"),)),
    )
    event = event.model_copy(update={"judgement": replace(event.judgement, not_checked=unchecked)})
    return replace(notice, violations=event, finding_numbers=numbered({}, FINDINGS))


def _parts(message):
    return {kind: message.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html")}


@pytest.mark.parametrize("part", ["plain", "html"])
def test_what_is_urgent_does_not_wait_for_the_deadline(notice, part):
    """The mail says by number what is to be taken down at once; without such a finding it says nothing of it."""
    text = TextPlace("一", "110*************2X", 0, 18)
    urgent = finding("P-01", places=(text,), read=None, expected=None, attention="urgent")
    for findings, said in ((FINDINGS, False), ((*FINDINGS, urgent), True)):
        told = replace(notice, violations=violations(*findings), finding_numbers=numbered({}, findings))
        line = f"第 {told.finding_numbers[urgent.key]} 项是个人信息或者密级标志，请立即撤下" if said else "请立即撤下"
        assert (line in _parts(compose(told, None, OFFICE))[part]) == said


@pytest.mark.parametrize("kind", ["correction", "closing"])
@pytest.mark.parametrize(("part", "ending"), [("plain", "txt"), ("html", "html")])
def test_the_mail_reads_as_it_was_approved(full, kind, part, ending):
    """A change of wording shows in review: the approved texts stand in snapshots/."""
    written = _parts(compose(replace(full, kind=kind), "data@example.invalid", OFFICE))[part]
    assert written == (SNAPSHOTS / f"{kind}.{ending}").read_text(encoding="utf-8")


def test_the_subject_counts_what_is_asked(full):
    """Who, which year, how much, under which number."""
    message = compose(full, "data@example.invalid", OFFICE)
    assert message["Subject"] == "样例市数据局 2024年度报告核验结果：需更正3项、请核实1项（编号 2024-00007）"


@pytest.mark.parametrize(("severity", "asked"), [("E", "需更正1项"), ("W", "请核实1项")])
def test_the_subject_asks_for_nothing_that_is_not_there(full, severity, asked):
    """Only errors, or only doubts: no count of 0."""
    only = finding("C-02", severity, read="/", expected=None)
    alone = replace(full, violations=violations(only), finding_numbers={only.key: 1})
    subject = compose(alone, "a@example.invalid", OFFICE)["Subject"]
    assert subject == f"样例市数据局 2024年度报告核验结果：{asked}（编号 2024-00007）"


def test_the_order_is_the_one_a_clerk_works_in(full):
    """Verdict, what to do, errors, warnings, hints, what was checked and what not, how to answer, small print."""
    text = _parts(compose(full, "data@example.invalid", OFFICE))["plain"]
    parts = ["核验结论：需更正", "【请怎么办】", "2025年1月30日", "【必须更正】", "【请核实】", "【提示】", "【核验范围】",
             "没有上一年度的报告", "【如何答复】", "程序自动核验", "规则集版本", full.violations.source, full.violations.sha256]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_headers_say_that_nobody_need_answer_a_machine(full):
    """Automatic, no out-of-office replies, answers to a person, the date of the notice and not of the clock."""
    message = compose(full, "data@example.invalid", OFFICE)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "<notices.nianbao.example.invalid>"
    assert message["Message-ID"] == f"<{full.id}@example.invalid>"
    assert message["Reply-To"] == "answers@example.invalid"
    assert message["Date"].datetime == full.dated_at
    assert message["Date"].datetime.utcoffset() == timedelta(hours=8)


def test_the_same_notice_gives_the_same_bytes(full):
    """A second copy cannot be told from the first."""
    assert (
        compose(full, "a@example.invalid", OFFICE).as_bytes() == compose(full, "a@example.invalid", OFFICE).as_bytes()
    )


def test_every_mail_system_can_carry_it(full):
    """ASCII on the wire, no line above 998 octets (RFC 5322, 2.1.1), CRLF everywhere."""
    long = finding(message="很长的说明" * 500)
    event = violations(long)
    data = compose(
        replace(full, violations=event, finding_numbers={long.key: 1}), "a@example.invalid", OFFICE
    ).as_bytes()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "name",
    [
        "样例局\r\nBcc: victim@example.invalid",
        "样例局\nSubject: other\n\nbody",
        "样例局\u2028Bcc: victim@example.invalid",
        "样例局\x00\x0b\x0c\x1b[31m",
        '"; <victim@example.invalid>',
        "样例局, victim@example.invalid",
        "=?utf-8?q?x=0D=0ABcc=3A_v=40example.invalid?=",
        "==??utf-8?q?x=0D=0ABcc=3A_v=40example.invalid?=",
        "=\r\n?utf-8?b?DQpCY2M6IHY=?=",
        "=\u200b?utf-8?q?x=0D=0ABcc=3A_v=40example.invalid?=",
        "局" * 500,
        "",
    ],
)
def test_an_agency_name_adds_no_header_and_no_recipient(full, name):
    """A name is printed in a report by whoever wrote it."""
    data = compose(replace(full, agency_name=name), "data@example.invalid", OFFICE).as_bytes()
    clean = compose(full, "data@example.invalid", OFFICE)
    read = message_from_bytes(data, policy=default)
    assert read.keys() == clean.keys()
    assert [each.addr_spec for each in read["To"].addresses] == ["data@example.invalid"]
    assert len(read["Subject"]) <= 150


@given(name=st.text(max_size=80), office=st.text(max_size=40))
def test_names_of_any_kind_survive_the_wire(name, office):
    """Whatever is printed, one recipient and one sender arrive."""
    notice = _notice(name)
    data = compose(notice, "data@example.invalid", replace(OFFICE, name=office)).as_bytes()
    read = message_from_bytes(data, policy=SMTP)
    assert [each.addr_spec for each in read["To"].addresses] == ["data@example.invalid"]
    assert [each.addr_spec for each in read["From"].addresses] == ["office@example.invalid"]
    assert not read.defects


def _notice(name):
    from services.notify.core import Notice, case_id  # noqa: PLC0415

    event = violations(FINDINGS[0])
    at = event.observed_at
    return Notice(event.judgement_id, case_id("1", 2024), "2024-00001", "correction", "pending", None, "1", "1", name, 2024,
                  event, {FINDINGS[0].key: 1}, "c", None, at, at, at, 0, None, None, None)  # fmt: skip


def test_what_a_report_says_is_text_and_not_markup(full):
    """HTML is escaped; a source that is no web address is never a link, and a path of ours is never shown."""
    hostile = finding(message="<script>alert(1)</script>", read="<b>5</b>", expected=None)
    event = violations(hostile, source="/srv/incoming/年报<1>.html")
    parts = _parts(
        compose(replace(full, violations=event, finding_numbers={hostile.key: 1}), "a@example.invalid", OFFICE)
    )
    assert "<script>" not in parts["html"]
    assert "<b>5" not in parts["html"]
    assert "href" not in parts["html"]
    assert "/srv" not in parts["html"] + parts["plain"]
    assert "报告文件：年报<1>.html" in parts["plain"]
    scripted = compose(replace(full, violations=violations(source="javascript:alert(1)")), "a@example.invalid", OFFICE)
    assert "href" not in _parts(scripted)["html"]


def test_nothing_is_fetched_when_it_is_read(full):
    """No pictures, no style sheets, no trackers."""
    html = _parts(compose(full, "data@example.invalid", OFFICE))["html"]
    assert not any(word in html for word in ("<img", "url(", "<link", "<script", "@import"))


@pytest.mark.parametrize("name", ["subject.txt", "body.txt", "body.html"])
@pytest.mark.parametrize("wrong", ["{{ agancy }}", "{{ coverage.rann }}", "{{ ''.__class__.__mro__ }}", "{% if %}"])
def test_a_template_that_asks_for_what_is_not_there_stops_the_mail(full, name, wrong):
    """Never a half-filled mail; nor one that looks into the machine."""
    templates = {f"correction/{each}": "x" for each in ("subject.txt", "body.txt", "body.html")}
    with pytest.raises(TemplateError):
        compose(full, "a@example.invalid", OFFICE, environment(DictLoader({**templates, f"correction/{name}": wrong})))


def test_a_report_without_a_year_is_still_a_sentence(full):
    """An operator may release it."""
    message = compose(replace(full, year=None), "a@example.invalid", OFFICE)
    assert "None" not in message["Subject"] + message.get_body(("plain",)).get_content()
    assert message["Subject"].startswith("样例市数据局 年度报告核验结果")


def test_doubts_alone_ask_for_an_answer_and_not_for_a_correction(full):
    """请核实 is a question."""
    doubt = finding("C-02", "W", read="/", expected=None)
    event = violations(doubt)
    text = _parts(compose(replace(full, violations=event, finding_numbers={doubt.key: 1}), "a@example.invalid", OFFICE))
    assert "核实以下各项" in text["plain"]
    assert "【必须更正】" not in text["plain"]


def test_there_is_always_somebody_to_ask(full):
    """Without a contact the answer to the mail reaches one."""
    text = _parts(compose(full, "a@example.invalid", replace(OFFICE, contact=None)))["plain"]
    assert "咨询：请直接回复本邮件" in text
