"""What an operator may do with a notice, and that it is written down with his name."""

import asyncio

import pytest

from services.notify import release as operate
from shared.model.agency import Agency
from shared.ops.errors import UsageError
from shared.testing.judgements import finding, violations

FAULT = finding()


@pytest.fixture
async def connection(pool):
    """Give one connection."""
    async with pool.acquire() as acquired:
        yield acquired


async def _only(connection):
    return await connection.fetchrow("select * from notice where status <> 'superseded'")


async def _history(connection):
    return [tuple(row) for row in await connection.fetch("select by, what, detail from case_event order by id")]


async def test_a_released_notice_goes_and_is_dated_that_day(connection, judge):
    """The term for correction runs from the release."""
    await judge(violations(FAULT), release="review")
    await connection.execute("update notice set dated_at = now() - interval '9 days'")
    (id_,) = await operate.held(connection)
    await operate.release(connection, id_, by="王工")
    row = await _only(connection)
    assert (row["status"], row["hold_reason"], row["dated_at"]) == ("pending", None, row["changed_at"])
    assert (await _history(connection))[-1] == ("王工", "pending", "放行")


async def test_a_release_finds_the_agency_that_was_added_since(connection, judge, listed):
    """By its exact name; before that it says what is missing and changes nothing."""
    await judge(violations(FAULT, agency_id=None, agency_name="样例市新局"))
    id_ = (await _only(connection))["notice_id"]
    with pytest.raises(UsageError, match="名录中没有这个机关：样例市新局"):
        await operate.release(connection, id_, by="王工")
    await listed(Agency("7", "样例市新局"))
    with pytest.raises(UsageError, match="没有邮箱：样例市新局"):
        await operate.release(connection, id_, by="王工")
    await listed(Agency("7", "样例市新局", mailbox="new@example.invalid"))
    await operate.release(connection, id_, by="王工")
    assert ((await _only(connection))["status"], (await _only(connection))["agency_id"]) == ("pending", "7")
    assert await connection.fetchval("select status from correction_case") == "open"


async def test_releasing_to_a_refused_mailbox_takes_back_the_refusal(connection, judge):
    """The operator has asked and knows that it works again."""
    await judge(violations(FAULT))
    row = await _only(connection)
    await connection.execute("update notice set status = 'failed'")
    await connection.execute(
        "insert into contact_state (mailbox, reason, notice_id) values ('data@example.invalid', '550', $1)",
        row["notice_id"],
    )
    await operate.release(connection, row["notice_id"], by="王工")
    assert await connection.fetchval("select count(*) from contact_state") == 0


@pytest.mark.parametrize("status", ["sent", "sending", "pending", "superseded"])
async def test_what_is_gone_cannot_be_released(connection, judge, status):
    """A second mail is not made by pressing twice."""
    await judge(violations(FAULT))
    await connection.execute("update notice set status = $1", status)
    row = await connection.fetchrow("select notice_id from notice")
    with pytest.raises(UsageError, match="不能放行"):
        await operate.release(connection, row["notice_id"], by="王工")


@pytest.mark.parametrize("status", ["sent", "sending", "unknown"])
async def test_what_is_on_its_way_cannot_be_held(connection, judge, status):
    """It may be there already."""
    await judge(violations(FAULT))
    await connection.execute("update notice set status = $1", status)
    with pytest.raises(UsageError, match="不能暂缓"):
        await operate.hold(connection, (await _only(connection))["notice_id"], by="王工", reason=None)


async def test_it_is_written_down_who_settled_that_a_mail_arrived_and_why(connection, judge):
    """In the history, and as the answer that stands beside the notice."""
    await judge(violations(FAULT))
    await connection.execute("update notice set status = 'unknown'")
    await operate.arrived(connection, (await _only(connection))["notice_id"], by="王工", reason="机关来电说已收到")
    row = await _only(connection)
    assert (row["status"], row["reply"]) == ("sent", "人工认定已送达：机关来电说已收到")
    assert (await _history(connection))[-1] == ("王工", "sent", "机关来电说已收到")


@pytest.mark.parametrize("status", ["held", "pending", "sending", "sent", "deferred", "failed", "superseded"])
async def test_only_what_is_unknown_is_settled(connection, judge, status):
    """Of every other notice the server has said what became of it."""
    await judge(violations(FAULT))
    await connection.execute("update notice set status = $1", status)
    id_ = await connection.fetchval("select notice_id from notice")
    with pytest.raises(UsageError, match="不能认定"):
        await operate.arrived(connection, id_, by="王工", reason=None)


async def test_what_a_newer_notice_has_overtaken_is_not_released(connection, judge):
    """No sender would take it up, and it would wait for ever; that it arrived may still be said."""
    await judge(violations(FAULT))
    await connection.execute("update notice set status = 'unknown'")
    first = (await _only(connection))["notice_id"]
    await judge(violations(finding(read=7, expected=9), number=2))
    with pytest.raises(UsageError, match="已有更新的通知，不能放行"):
        await operate.release(connection, first, by="王工")
    await operate.arrived(connection, first, by="王工", reason=None)
    rows = await connection.fetch("select status from notice order by judgement_no")
    assert [row["status"] for row in rows] == ["sent", "pending"]


async def test_a_held_notice_stays_held_through_newer_judgements(connection, judge):
    """Until the operator releases it; `--all` does not include it."""
    await judge(violations(FAULT))
    await operate.hold(connection, (await _only(connection))["notice_id"], by="王工", reason="先电话核实")
    assert (await _history(connection))[-1] == ("王工", "held", "先电话核实")
    await judge(violations(finding(read=7, expected=9), number=2))
    assert (await _only(connection))["hold_reason"] == "operator"
    assert await operate.held(connection) == []


async def test_two_operators_release_one_notice_once(pool, connection, judge):
    """The second is told that it is on its way."""
    await judge(violations(FAULT), release="review")
    (id_,) = await operate.held(connection)

    async def release():
        async with pool.acquire() as own:
            await operate.release(own, id_, by="王工")

    results = await asyncio.gather(release(), release(), return_exceptions=True)
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "UsageError"]


async def test_a_notice_is_named_by_the_beginning_of_its_id(connection, judge):
    """As long as only one begins so."""
    await judge(violations(FAULT))
    id_ = (await _only(connection))["notice_id"]
    assert await operate.find_notice(connection, str(id_)[:8].upper()) == id_
    for wrong in ("", "zz", "%", str(id_) + "0"):
        with pytest.raises(UsageError, match=r"没有|不止一个"):
            await operate.find_notice(connection, wrong)


async def test_a_mail_of_yesterday_does_not_count_as_one_of_today(connection, judge):
    """Days are those of China."""
    await judge(violations(FAULT, year=2023), release="review")
    await judge(violations(FAULT), release="review")
    id_ = await connection.fetchval(
        "select notice_id from notice join correction_case using (case_id) where year = 2024"
    )
    assert await operate.mailed_today(connection, [id_]) == []
    await connection.execute("update notice set status = 'sent' where notice_id <> $1", id_)
    assert await operate.mailed_today(connection, [id_]) == ["样例市数据局"]
    await connection.execute("update notice set changed_at = now() - interval '1 day' where notice_id <> $1", id_)
    assert await operate.mailed_today(connection, [id_]) == []
