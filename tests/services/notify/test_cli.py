"""`nianbao notices`: the list, the very mail, release and hold."""

import json
import re
from email import message_from_bytes
from email.policy import SMTP

import pytest
from typer.testing import CliRunner

from services.notify.cli import notices
from shared.model.agency import Agency
from shared.ops.errors import UsageError
from shared.testing.judgements import finding, violations

FAULT = finding()


@pytest.fixture
def run(database, monkeypatch, tmp_path):
    """Give a way to run the command on a fresh database."""
    monkeypatch.setenv("NIANBAO_DATABASE", database)
    monkeypatch.setenv("NIANBAO_OPERATOR", "王工")
    monkeypatch.setenv("NIANBAO_MAIL_FROM_NAME", "样例市政务公开办公室")
    monkeypatch.chdir(tmp_path)

    def run(*arguments, answer=None):
        return CliRunner().invoke(notices, arguments, input=answer, catch_exceptions=False)

    return run


@pytest.fixture
async def held(pool, judge):
    """Give the id of a notice that waits for release."""
    await judge(violations(FAULT), release="review")
    return str(await pool.fetchval("select notice_id from notice"))


def test_the_list_tells_what_waits(run, held):
    """A person sees why, a program sees codes."""
    assert run("list").stdout.count("待放行") == 1
    (line,) = run(
        "list", "--format", "json", "--status", "held", "--agency", "数据局", "--year", "2024"
    ).stdout.splitlines()
    row = json.loads(line)
    assert (row["id"], row["status"], row["reason"], row["errors"]) == (held, "held", "review", 1)
    assert run("list", "--status", "sent").stdout == "没有记录\n"


def test_an_unknown_status_is_one_line(run):
    """With the ones that exist."""
    with pytest.raises(UsageError, match="待放行、待发送"):
        run("list", "--status", "waiting")


@pytest.mark.parametrize("status", ["held", "待放行"])
def test_a_status_is_named_in_chinese_or_by_its_code(run, held, status):
    """A person copies what the list shows."""
    assert held[:8] in run("list", "--status", status).stdout


def test_the_mailbox_of_a_held_notice_is_that_of_the_directory(run, held):
    """Whoever releases it sees where it will go; the id is short, and each notice one line, also in a pipe."""
    heading, line = run("list").stdout.splitlines()
    assert line.startswith(f"{held[:8]} ")
    assert "data@example.invalid" in line
    assert heading.split()[0] == "编号"


@pytest.fixture
async def written(pool, held):
    """Give the id of a notice that was sent as a file."""
    await pool.execute("update notice set status = 'sent', hold_reason = null, reply = '/srv/mails/a.eml', mail = 'x'")
    return held


def test_a_path_on_our_machine_is_shown_only_with_the_notice(run, written):
    """Of a mail that was sent, the list needs no reply of a server."""
    assert "/srv" not in run("list").stdout
    assert "已发送（/srv/mails/a.eml）" in run("show", written).stdout


@pytest.fixture
async def second(pool, judge, held):
    """Give the ids of two held notices of one agency, on two years."""
    await judge(violations(FAULT, year=2023), release="review")
    other = await pool.fetchval("select notice_id from notice where notice_id <> $1", held)
    return held, str(other)


def test_a_second_mail_to_an_agency_on_one_day_is_asked_about(run, second):
    """Whether the first went out before, or both are released at once; --yes asks nothing."""
    first, other = second
    refused = run("release", first, other, answer="n\n")
    assert (refused.exit_code, "样例市数据局今天不止一封邮件。放行2份通知？" in refused.stderr) == (1, True)
    assert run("release", first).stderr == ""
    assert "今天不止一封邮件" in run("release", other, answer="n\n").stderr
    assert "待发送" in run("release", other, "--yes").stdout


def test_show_prints_the_mail_that_would_go_out(run, held):
    """Headers and text for a person, all of it for a program, the bytes for a mail reader."""
    shown = run("show", held[:8]).stdout
    assert "To: 样例市数据局 <data@example.invalid>" in shown
    assert "Subject: 样例市数据局 2024年度报告核验结果：需更正1项（编号 2024-00001）" in shown
    assert "【必须更正】" in shown
    mail = json.loads(run("show", held, "--format", "json").stdout)["mail"]
    message = message_from_bytes(run("show", held, "--format", "eml").stdout_bytes, policy=SMTP)
    assert mail["Subject"] == message["Subject"]
    assert mail["text"] in shown
    assert mail["html"].startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("listed_without_mailbox")
def test_a_notice_without_a_mailbox_is_shown_without_one(run, held):
    """To look at; it cannot be sent."""
    assert "To:" not in run("show", held).stdout
    with pytest.raises(UsageError, match="1份通知没有处理"):
        run("release", held)


@pytest.fixture
async def listed_without_mailbox(listed):
    """Take the mailbox away."""
    await listed(Agency("1", "样例市数据局"))


def test_release_and_hold_and_release(run, held):
    """Each prints the notice's new state, to a program as the list does."""
    assert run("release", held[:8]).stdout == f"{held[:8]}  待发送  样例市数据局 2024\n"
    assert "待放行（操作人员暂缓）" in run("hold", held, "--reason", "先核实").stdout
    row = json.loads(run("release", held, "--format", "json").stdout)
    assert (row["status"], row["reason"]) == ("pending", None)
    (line,) = run("list", "--format", "json").stdout.splitlines()
    assert row == json.loads(line)


def test_release_all_asks_how_many(run, held):
    """No is no."""
    refused = run("release", "--all", answer="n\n")
    assert (refused.exit_code, "放行1份通知？" in refused.stderr) == (1, True)
    assert held[:8] in run("release", "--all", "--yes").stdout
    assert run("release", "--all").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--all", "12345678")])
def test_release_wants_ids_or_all(run, arguments):
    """Not both, not neither."""
    with pytest.raises(UsageError, match="--all"):
        run("release", *arguments)


@pytest.fixture
async def sent(pool, held):
    """Give the id of a notice that went out in other words than it would today."""
    mail = b"Subject: as it was\r\nContent-Type: text/plain\r\n\r\nold text\r\n"
    await pool.execute("update notice set status = 'sent', mail = $1", mail)
    return held


def test_a_sent_notice_shows_what_was_sent(run, sent):
    """Not what would be written today."""
    shown = run("show", sent).stdout
    assert "Subject: as it was" in shown
    assert "old text" in shown


@pytest.fixture
async def unknown(pool, held):
    """Give the id of a notice whose mail the server may have or not."""
    mail = b"Message-ID: <1@example.invalid>\r\nContent-Type: text/plain\r\n\r\ntext\r\n"
    await pool.execute("update notice set status = 'unknown', hold_reason = null, reply = '发送中断', mail = $1", mail)
    return held


def test_what_is_unknown_is_settled_by_a_person(run, unknown):
    """He finds the Message-ID to look for in the server's log; what he says, his name and his reason stand with the notice."""
    assert "Message-ID: <1@example.invalid>" in run("show", unknown).stdout
    done = run("arrived", unknown[:8], "--reason", "服务器日志有记录")
    assert done.stdout == f"{unknown[:8]}  已发送（人工认定已送达：服务器日志有记录）  样例市数据局 2024\n"
    assert re.search(r"王工 +已发送 +服务器日志有记录\n", run("show", unknown).stdout)
    (_, last) = json.loads(run("show", unknown, "--format", "json").stdout)["history"]
    assert (last["by"], last["what"], last["detail"]) == ("王工", "sent", "服务器日志有记录")
    with pytest.raises(UsageError, match="1份通知没有处理"):
        run("arrived", unknown)


@pytest.fixture
async def unwritable(pool, held):
    """Give the id of a notice about a cell that no form has."""
    await pool.execute("update notice set violations = replace(violations::text, '本年新收', '来年新收')::jsonb")
    return held


def test_a_mail_that_cannot_be_written_is_one_line(run, unwritable):
    """No traceback, and the reason why it will not go."""
    with pytest.raises(UsageError, match="写不出来"):
        run("show", unwritable)
