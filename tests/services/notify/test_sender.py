"""The sender on a real ledger and a real server: once, in the end, to the right mailbox, and it says what became of it."""

import asyncio
import os
import pathlib
import signal
import subprocess
import sys
from collections import Counter

import pytest
from jinja2 import DictLoader
from structlog.testing import capture_logs

from services.notify import release as operate
from services.notify.message import environment
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from shared.model.agency import Agency
from shared.testing.database import pool_on
from shared.testing.judgements import finding, violations
from shared.testing.line import Line
from shared.testing.mailserver import mail_server
from shared.testing.waiting import until

FAULT = finding()
OTHER = finding(read=7, expected=9)
ROOT = pathlib.Path(__file__).parents[3]


@pytest.fixture
async def server():
    """Give a running mail server."""
    async with mail_server() as running:
        yield running


@pytest.fixture
def settings(server):
    """Give settings that lead to that server."""
    return NotifySettings(
        mail="smtp",
        mail_from="office@example.invalid",
        smtp_host=server.host,
        smtp_port=server.port,
        smtp_tls="none",
        smtp_seconds=20,
    )


@pytest.fixture
def send(pool, settings):
    """Give one round of a sender."""

    async def send(templates=None, **changed):
        chosen = NotifySettings(**{**settings.model_dump(exclude_unset=True), **changed})
        more = {"templates": templates} if templates else {}
        return await Sender(pool, chosen, open_mailbox(chosen), **more).round(asyncio.Event())

    return send


async def _ledger(pool):
    rows = await pool.fetch("select status, attempts from notice order by created_at, judgement_no")
    return [tuple(row) for row in rows]


async def _make_due(pool):
    await pool.execute("update notice set due_at = now()")


async def _statuses_told(pool):
    return await pool.fetch("select convert_from(payload, 'utf8')::json->>'status' as s from outbox order by id")


async def test_a_pending_notice_is_sent_once(pool, judge, send, server):
    """To the directory's mailbox; the next round finds nothing to do."""
    await judge(violations(FAULT))
    assert await send()
    assert await send()
    assert [recipient for recipient, _ in server.taken] == ["data@example.invalid"]
    row = await pool.fetchrow("select * from notice")
    assert (row["status"], row["attempts"], row["recipient"]) == ("sent", 1, "data@example.invalid")
    assert row["mail"] == server.taken[0][1]
    assert [each["s"] for each in await _statuses_told(pool)] == ["pending", "sent"]


async def test_what_is_held_stays(pool, judge, send, server):
    """Review means review."""
    await judge(violations(FAULT), release="review")
    await send()
    assert server.taken == []
    assert await _ledger(pool) == [("held", 0)]


async def test_many_notices_use_one_connection(pool, judge, listed, send, server):
    """A batch is a batch."""
    await listed(*(Agency(str(n), f"样例{n}局", mailbox=f"a{n}@example.invalid") for n in range(5)))
    for n in range(5):
        await judge(violations(FAULT, agency_id=str(n)))
    await send()
    assert (server.connections, len(server.taken)) == (1, 5)
    assert set(await _ledger(pool)) == {("sent", 1)}


async def test_the_mailbox_is_the_one_the_directory_has_now(judge, listed, send, server):
    """A mailbox corrected before release is the one that gets the mail."""
    await judge(violations(FAULT))
    await listed(Agency("1", "样例市数据局", mailbox="new@example.invalid"))
    await send()
    assert [recipient for recipient, _ in server.taken] == ["new@example.invalid"]


@pytest.mark.parametrize(
    ("agencies", "reason"),
    [((Agency("1", "样例市数据局"),), "no_mailbox"), ((Agency("9", "样例市他局"),), "unknown_agency")],
)
async def test_a_mailbox_that_is_gone_holds_the_notice(pool, judge, listed, send, server, agencies, reason):
    """It waits for an operator instead."""
    await judge(violations(FAULT))
    await listed(*agencies)
    await send()
    assert server.taken == []
    assert tuple(await pool.fetchrow("select status, hold_reason from notice")) == ("held", reason)


async def test_a_temporary_refusal_is_tried_again_later(pool, judge, send, server):
    """450: deferred, with a wait that grows; nothing is lost."""
    await judge(violations(FAULT))
    server.answers["RCPT"] = ["450 4.2.1 busy", "450 4.2.1 busy"]
    for attempts, least, most in ((1, 23, 37), (2, 95, 145)):
        await _make_due(pool)
        await send()
        row = await pool.fetchrow(
            "select status, attempts, extract(epoch from due_at - changed_at)::float as wait from notice"
        )
        assert (row["status"], row["attempts"]) == ("deferred", attempts)
        assert least < row["wait"] < most
    assert await send()
    assert server.taken == []
    await _make_due(pool)
    await send()
    assert await _ledger(pool) == [("sent", 3)]


async def test_a_final_refusal_suppresses_the_mailbox(pool, judge, send, server):
    """550: failed, told to the operator, and nothing more goes to that mailbox by itself."""
    await judge(violations(FAULT))
    server.answers["RCPT"] = ["550 5.1.1 no such user"]
    await send()
    assert await _ledger(pool) == [("failed", 1)]
    assert await pool.fetchval("select mailbox from contact_state") == "data@example.invalid"
    await judge(violations(OTHER, number=2))
    await send()
    assert server.taken == []
    assert tuple(await pool.fetchrow("select status, hold_reason from notice where judgement_no = 2")) == (
        "held",
        "suppressed",
    )


async def test_a_refusal_of_ours_suppresses_nobody(pool, judge, send, server):
    """Relaying denied says nothing about the mailbox."""
    await judge(violations(FAULT))
    server.answers["RCPT"] = ["554 5.7.1 relay access denied"]
    await send()
    assert await _ledger(pool) == [("failed", 1)]
    assert await pool.fetchval("select count(*) from contact_state") == 0


async def test_while_the_server_is_away_one_notice_asks_for_all(pool, judge, listed, send, server):
    """421: the round ends, the others keep their place and their attempts."""
    await listed(*(Agency(str(n), f"样例{n}局", mailbox=f"a{n}@example.invalid") for n in range(3)))
    for n in range(3):
        await judge(violations(FAULT, agency_id=str(n)))
    server.answers["MAIL"] = ["421 4.3.2 closing down"]
    assert not await send()
    assert Counter(status for status, _ in await _ledger(pool)) == {"pending": 2, "deferred": 1}
    await _make_due(pool)
    assert await send()
    assert len(server.taken) == 3


async def test_a_server_that_is_down_loses_nothing(pool, judge, send):
    """Connection refused: deferred, and sent when it is back."""
    await judge(violations(FAULT))
    async with mail_server() as gone:
        pass
    assert not await send(smtp_port=gone.port)
    assert await _ledger(pool) == [("deferred", 1)]
    await _make_due(pool)
    await send()
    assert await _ledger(pool) == [("sent", 2)]


async def test_a_server_that_dies_after_taking_the_mail_gets_it_once_more(pool, judge, send, server):
    """The one window of a second copy: the very same mail, the same Message-ID, and never a third."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["drop", "drop"]
    await send()
    assert await _ledger(pool) == [("unknown", 1)]
    for _ in range(3):
        await _make_due(pool)
        await send()
    assert await _ledger(pool) == [("unknown", 2)]
    (first, again) = server.taken
    assert first == again
    assert len({message["Message-ID"] for message in server.messages}) == 1


async def test_a_second_copy_may_be_forbidden(pool, judge, send, server):
    """`resend_unknown = false`: an operator decides."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["drop"]
    await send(resend_unknown=False)
    await _make_due(pool)
    await send(resend_unknown=False)
    assert await _ledger(pool) == [("unknown", 1)]
    assert len(server.taken) == 1


async def _settle(pool, act, **more):
    async with pool.acquire() as connection:
        await act(connection, await connection.fetchval("select notice_id from notice"), by="王工", **more)


async def test_a_mail_that_an_operator_found_in_the_servers_log_is_not_sent_again(pool, judge, send, server):
    """He says that it arrived: it is sent, by his word, though it was due for a second copy."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["drop"]
    await send()
    await _settle(pool, operate.arrived, reason="邮件服务器日志有记录")
    await _make_due(pool)
    await send()
    assert await _ledger(pool) == [("sent", 1)]
    assert len(server.taken) == 1
    assert [each["s"] for each in await _statuses_told(pool)] == ["pending", "unknown", "sent"]


async def test_a_mail_that_an_operator_did_not_find_there_is_sent_again(pool, judge, send, server):
    """He releases it: the same notice under the same Message-ID, however often it was tried before."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["drop", "drop"]
    for _ in range(3):
        await _make_due(pool)
        await send()
    assert await _ledger(pool) == [("unknown", 2)]
    await _settle(pool, operate.release)
    await send()
    assert await _ledger(pool) == [("sent", 3)]
    assert (len(server.taken), len({message["Message-ID"] for message in server.messages})) == (3, 1)


async def test_a_sender_that_comes_back_late_does_not_undo_what_an_operator_settled(pool, judge, settings, server):
    """Its claim has ended, the notice was unknown, and a person has said what it came to."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["451 4.3.0 try again"]

    async def settle_meanwhile():
        await pool.execute("update notice set status = 'unknown', lease_until = null")
        await _settle(pool, operate.arrived, reason=None)

    server.on_data = settle_meanwhile
    await Sender(pool, settings, open_mailbox(settings)).round(asyncio.Event())
    assert await _ledger(pool) == [("sent", 1)]


async def test_a_second_copy_that_was_not_taken_is_tried_again(pool, judge, send, server):
    """It stays unknown whether the first one arrived, so it is still owed."""
    await judge(violations(FAULT))
    server.answers["DATA"] = ["drop"]
    await send()
    server.answers["RCPT"] = ["450 4.2.1 busy"]
    for expected in ("unknown", "sent"):
        await _make_due(pool)
        await send()
        assert (await _ledger(pool))[0][0] == expected
    assert len(server.taken) == 2


async def test_two_senders_never_send_one_notice_twice(pool, judge, listed, settings, server):
    """However many machines share a ledger."""
    await listed(*(Agency(str(n), f"样例{n}局", mailbox=f"a{n}@example.invalid") for n in range(12)))
    for n in range(12):
        await judge(violations(FAULT, agency_id=str(n)))
    senders = [Sender(pool, settings, open_mailbox(settings)) for _ in range(3)]
    await asyncio.gather(*(sender.round(asyncio.Event()) for sender in senders))
    assert Counter(recipient for recipient, _ in server.taken) == {f"a{n}@example.invalid": 1 for n in range(12)}
    assert set(await _ledger(pool)) == {("sent", 1)}


async def test_a_newer_judgement_overtakes_a_mail_that_could_not_go(pool, judge, send, server):
    """What was deferred about an older version never goes out."""
    await judge(violations(FAULT))
    server.answers["RCPT"] = ["450 4.2.1 busy"]
    await send()
    await judge(violations(OTHER, number=2))
    await _make_due(pool)
    await send()
    assert await _ledger(pool) == [("superseded", 1), ("sent", 1)]


async def test_a_newer_judgement_that_comes_while_a_mail_is_on_its_way(pool, judge, send, server):
    """The older one, if it does not get through, is not tried again."""
    await judge(violations(FAULT))

    async def newer():
        server.on_data = None
        await judge(violations(OTHER, number=2))

    server.on_data, server.answers["DATA"] = newer, ["451 4.3.0 try again"]
    await send()
    await _make_due(pool)
    await send()
    assert [status for status, _ in await _ledger(pool)] == ["superseded", "sent"]
    assert len(server.taken) == 1


async def test_a_mail_that_cannot_be_written_fails_and_the_others_go(pool, judge, listed, settings, server):
    """A template with a slip stops that mail whole; an operator is told."""
    await listed(
        Agency("1", "样例市数据局", mailbox="data@example.invalid"),
        Agency("2", "样例县财政局", mailbox="b@example.invalid"),
    )
    await judge(violations(FAULT))
    await judge(violations(FAULT, agency_id="2", agency_name="样例县财政局"))
    slip = "{% if agency == '样例市数据局' %}{{ agancy }}{% endif %}x"
    texts = {f"correction/{name}": slip for name in ("subject.txt", "body.txt", "body.html")}
    sender = Sender(pool, settings, open_mailbox(settings), environment(DictLoader(texts)))
    await sender.round(asyncio.Event())
    assert [recipient for recipient, _ in server.taken] == ["b@example.invalid"]
    failed = await pool.fetchrow("select status, reply, mail from notice where agency_id = '1'")
    assert (failed["status"], failed["mail"]) == ("failed", None)
    assert "UndefinedError" in failed["reply"]


async def test_the_history_says_what_the_server_said(pool, judge, send, server):
    """Every attempt, with its answer."""
    await judge(violations(FAULT))
    server.answers["RCPT"] = ["450 4.2.1 busy"]
    await send()
    rows = await pool.fetch("select by, what, detail from case_event order by id")
    assert [tuple(row) for row in rows] == [
        ("notify", "pending", None),
        ("sender", "sending", None),
        ("sender", "deferred", "450 4.2.1 busy"),
    ]


async def test_told_to_stop_it_finishes_the_mail_on_its_way(pool, judge, listed, settings, server):
    """And leaves the rest as it was."""
    await listed(*(Agency(str(n), f"样例{n}局", mailbox=f"a{n}@example.invalid") for n in range(3)))
    for n in range(3):
        await judge(violations(FAULT, agency_id=str(n)))
    stop = asyncio.Event()

    async def ask_to_stop():
        stop.set()

    server.on_data = ask_to_stop
    await Sender(pool, settings, open_mailbox(settings)).run(stop)
    assert Counter(status for status, _ in await _ledger(pool)) == {"sent": 1, "pending": 2}


async def test_a_database_that_is_away_is_said_once_and_waited_for(database, pool, judge, settings):
    """However long it is away and however often it is asked: one line at the start, one when it goes on."""
    line, stop = Line(database), asyncio.Event()
    async with line as address, pool_on(address) as through:
        with capture_logs() as told:
            sending = asyncio.create_task(Sender(through, settings, open_mailbox(settings)).run(stop))
            line.cut()
            await until(lambda: _has_refused(line, 4))
            await judge(violations(FAULT))
            line.mend()
            await until(lambda: pool.fetchval("select exists (select from notice where status = 'sent')"))
            stop.set()
            await sending
    said = [each["event"] for each in told if each.get("who") == "sender"]
    assert said == ["waiting", "going on"]
    assert await _ledger(pool) == [("sent", 1)]


async def _has_refused(line, times):
    return line.refused >= times


async def test_a_folder_gets_the_mail(pool, judge, send, tmp_path):
    """The embedded way: one file, whose path is the answer."""
    await judge(violations(FAULT))
    await send(mail="folder", mail_folder=tmp_path)
    (path,) = tmp_path.iterdir()
    assert await pool.fetchval("select reply from notice") == str(path)
    assert path.read_bytes() == await pool.fetchval("select mail from notice")


RUN_A_SENDER = """
import asyncio, sys
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from shared.database.pool import connect

async def main():
    settings = NotifySettings()
    async with await connect(settings.database) as pool:
        await Sender(pool, settings, open_mailbox(settings)).run(asyncio.Event())

asyncio.run(main())
"""


@pytest.fixture
def start(database, settings):
    """Give a way to start a sender in a process of its own."""
    environ = {name.upper(): str(value) for name, value in settings.model_dump(mode="json", exclude_unset=True).items()}
    given = {
        **os.environ,
        "NIANBAO_DATABASE": database,
        **{f"NIANBAO_{name}": value for name, value in environ.items()},
    }
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", RUN_A_SENDER], env=given, cwd=ROOT)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


async def _kill(process):
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.wait)


async def test_killed_between_the_servers_answer_and_our_record(pool, judge, start, send, server):
    """Kill -9 in the window: after the lease it is unknown, sent once more under the same Message-ID, and then known."""
    await judge(violations(FAULT))
    arrived, killed = asyncio.Event(), asyncio.Event()

    async def hold_the_answer():
        arrived.set()
        await killed.wait()

    server.on_data = hold_the_answer
    process = start()
    await asyncio.wait_for(arrived.wait(), 60)
    await _kill(process)
    killed.set()
    server.on_data = None
    await send()
    assert await _ledger(pool) == [("sending", 1)]
    await pool.execute("update notice set lease_until = now() - interval '1 second'")
    await send()
    assert await _ledger(pool) == [("sent", 2)]
    assert len(server.taken) == 2
    assert server.taken[0] == server.taken[1]
    assert [each["s"] for each in await _statuses_told(pool)] == ["pending", "unknown", "sent"]


async def test_killed_again_and_again_everything_is_accounted_for(pool, judge, listed, start, send, server):
    """After any number of kills each notice is sent, and a second copy exists only where the ledger says so."""
    count, kills = 30, 4
    await listed(*(Agency(str(n), f"样例{n}局", mailbox=f"a{n}@example.invalid") for n in range(count)))
    for n in range(count):
        await judge(violations(FAULT, agency_id=str(n)))
    for _ in range(kills):
        progress, before = asyncio.Event(), len(server.taken)

        async def notice_progress(progress=progress, before=before):
            if len(server.taken) >= before + 3:
                progress.set()

        server.on_data = notice_progress
        process = start()
        await asyncio.wait_for(progress.wait(), 60)
        await _kill(process)
        await pool.execute("update notice set lease_until = now() where status = 'sending'")
    server.on_data = None
    while await pool.fetchval("select count(*) from notice where status <> 'sent'"):
        await _make_due(pool)
        await send()
    copies = Counter(message["Message-ID"] for message in server.messages)
    doubled = await pool.fetchval("select count(*) from notice where resent")
    assert len(copies) == count
    assert max(copies.values()) <= 2
    assert sum(copies.values()) - count <= doubled <= kills
