"""What waits for a person."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from services.ingest.store import take
from shared.documents import PROBLEMS
from shared.model.agency import Agency
from shared.testing.command import run
from shared.testing.season import Submission, season

NOBODY = Agency(id="x", name="")


async def test_each_kind_of_waiting_is_listed_with_its_remedy(database, process, tmp_path):
    """An unreadable document and a notice for an unknown agency wait; a clean report does not."""
    await process([*season(2), Submission(NOBODY, "cut off.pdf", b"%PDF-1.7\n" + bytes(100), faulty=False)])
    done = run("tasks", "list", "--format", "json", settings={"database": database, "data_dir": str(tmp_path)})
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(row["stage"], row["what"]) for row in rows} == {
        ("读取", "文件已损坏，打不开。"),
        ("通知", "名录中没有这个机关"),
    }
    assert all(row["remedy"] for row in rows)


def test_where_nothing_waits_it_is_said(database, tmp_path):
    """A good day is no missing record."""
    done = run("tasks", "list", settings={"database": database, "data_dir": str(tmp_path)})
    assert done.stdout == "没有等待处理的事项\n"


async def test_what_is_urgent_is_listed_until_it_is_corrected(database, process, tmp_path):
    """Personal data on a page waits for nobody's mail and stands before all else; the corrected version takes it off the list."""
    submission = next(season(1, faulty_every=2))
    published = submission.data.decode().replace("\n一、", "\n联系人身份证号11010519491231002X\n一、", 1)

    def urgent():
        done = run("tasks", "list", "--format", "json", settings={"database": database, "data_dir": str(tmp_path)})
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["stage"] == "核验" for row in rows] == sorted(
            (row["stage"] == "核验" for row in rows), reverse=True
        )
        return [(row["agency"], row["what"]) for row in rows if row["stage"] == "核验"]

    await process([Submission(NOBODY, "empty.txt", b"", faulty=False)])
    with capture_logs() as told:
        await process([replace(submission, data=published.encode())])
    assert [line["rules"] for line in told if line["event"] == "urgent"] == [("P-01",)]
    assert urgent() == [(submission.agency.name, "公布了个人信息或者密级标志：P-01")]
    await process([submission])
    assert urgent() == []


async def test_a_newer_version_from_a_lesser_source_is_said(database, process, pool, tmp_path):
    """An upload outranks the folder: a newer file there is not adopted, and a person is told so."""
    wrong, right = next(season(1)), next(season(1, faulty_every=2))
    await take(pool, wrong.data, source="upload:a", source_kind="upload", name="a", observed_at=datetime.now(UTC))
    await process([])
    await process([Submission(wrong.agency, "folder.txt", right.data + b"\n", faulty=False)])
    done = run("tasks", "list", "--format", "json", settings={"database": database, "data_dir": str(tmp_path)})
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["subject"] for row in rows if row["stage"] == "读取"] == ["folder.txt"]


async def test_an_attachment_given_up_is_said_until_it_comes(database, pool, tmp_path):
    """It waits for a person as long as its page lists it and nobody has handed it in."""
    source = "https://h.invalid/1.docx"
    page = await take(
        pool, b"1", source="https://h.invalid/", source_kind="portal", name="", observed_at=datetime.now(UTC)
    )
    await pool.execute(
        "insert into attachment_fetch (observation_id, source, settled_at, problem) values ($1, $2, now(), 'not_served')",
        page.observation_id,
        source,
    )

    def waiting():
        done = run("tasks", "list", "--format", "json", settings={"database": database, "data_dir": str(tmp_path)})
        return [(row["stage"], row["what"], row["subject"]) for row in map(json.loads, done.stdout.splitlines())]

    assert waiting() == [("收件", PROBLEMS["not_served"], source)]
    await take(pool, b"2", source=source, source_kind="portal", name="", observed_at=datetime.now(UTC))
    assert waiting() == []


async def test_a_mail_of_unknown_outcome_waits_once_nobody_sends_it_again(database, process, pool, tmp_path):
    """As long as a second copy is due it is nobody's task; afterwards a person says whether it arrived."""
    faulty = next(season(1))
    await process([faulty])
    await pool.execute("update notice set status = 'unknown', hold_reason = null, reply = '发送中断'")
    settings = {"database": database, "data_dir": str(tmp_path)}

    def remedies():
        done = run("tasks", "list", "--format", "json", settings=settings)
        return [json.loads(line)["remedy"] for line in done.stdout.splitlines()]

    assert not [each for each in remedies() if "arrived" in each]
    await pool.execute("update notice set resent = true")
    assert len([each for each in remedies() if "notices arrived" in each and "notices release" in each]) == 1
    (id_,) = [row["notice_id"] for row in await pool.fetch("select notice_id from notice")]
    assert run("notices", "arrived", str(id_), settings=settings).returncode == 0
    assert not [each for each in remedies() if "arrived" in each]


@pytest.fixture
def asked(database, tmp_path):
    """Give a way to run `nianbao tasks` as an operator: its exit code, its rows, what it says beside them."""
    settings = {"database": database, "data_dir": str(tmp_path), "operator": "王工"}

    def asked(*arguments):
        done = run("tasks", *arguments, "--format", "json", settings=settings)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    return asked


def damaged(tail):
    """Return a file that cannot be read."""
    return Submission(NOBODY, "/srv/a/cut off.pdf", b"%PDF-1.7\n" + tail, faulty=False)


async def test_what_a_person_has_seen_to_waits_no_more_until_something_new_happens(asked, process):
    """By the name that the list shows; it is kept who did it and how, and another damaged version waits again."""
    await process([damaged(bytes(100))])
    assert asked("done", "cut off.pdf", "--reason", "已请机关重发")[0] == 0
    assert asked("list")[1] == []
    (row,) = asked("list", "--done")[1]
    told = ("parse", "/srv/a/cut off.pdf", "王工", "已请机关重发")
    assert tuple(row[name] for name in ("stage", "subject", "done_by", "reason")) == told
    await process([damaged(bytes(101))])
    assert [row["subject"] for row in asked("list")[1]] == ["/srv/a/cut off.pdf"]


async def test_only_what_waits_and_has_no_command_of_its_own_is_settled(asked, process, pool):
    """A slip, a name that two files have, a notice and a dead letter are refused, and nothing else on the line is settled."""
    first, second = damaged(bytes(100)), replace(damaged(bytes(101)), name="/srv/b/cut off.pdf")
    await process([next(season(1)), first, second])
    notice = str(await pool.fetchval("select notice_id from notice"))
    await pool.execute(
        """insert into dead_letter (consumer, consumer_version, topic, headers, reason, error)
           values ('parse', '1', 'reports.raw.v1', '{}', 'bug', 'x')"""
    )
    letter = next(row["subject"] for row in asked("list")[1] if row["subject"].isdecimal())
    for name, said in (("nothing", "没有"), ("cut off.pdf", "不止一个"), (notice[:8], "是通知"), (letter, "是死信")):
        code, rows, told = asked("done", first.name, name, "--reason", "x")
        assert (code, rows, said in told) == (2, [], True)
    assert asked("list", "--done")[1] == []
    assert asked("done", first.name, second.name, "--reason", "x")[0] == 0
    assert {row["subject"] for row in asked("list")[1]} == {notice, letter}


async def test_a_report_checked_by_eye_waits_no_more_however_often_it_is_judged(asked, process, pool):
    """Judging it again reads nothing new in it; it waits since it was read."""
    submission = next(season(1))
    await process([submission])
    await pool.execute("update notice set status = 'superseded'")
    await pool.execute("update correction_case set status = 'waiting', reason = 'not_assessable'")
    (row,) = asked("list")[1]
    assert row["since"] == (await pool.fetchval("select read_at from report")).isoformat()
    assert asked("done", submission.name, "--reason", "已对照原件核对")[0] == 0
    await pool.execute("update correction_case set changed_at = now()")  # as each judgement does
    assert asked("list")[1] == []
