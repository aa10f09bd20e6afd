"""The stage on a real database: one transaction a judgement, nothing doubled, nobody mailed who must not be."""

import asyncio

import pytest

from shared.model.agency import Agency
from shared.model.finding import CellPlace
from shared.testing.judgements import finding, same_document, violations
from shared.testing.waiting import until

_SOMEBODY_WAITS = "select exists (select from pg_locks where not granted and locktype = 'transactionid')"
FAULT = finding()
OTHER = finding(read=7, expected=9)


async def _case(pool, key="1"):
    return await pool.fetchrow("select * from correction_case where agency_key = $1", key)


async def _notices(pool):
    rows = await pool.fetch("select kind, status, hold_reason from notice order by judgement_no")
    return [tuple(row) for row in rows]


async def test_a_faulty_report_opens_a_case_and_writes_a_notice(pool, judge):
    """With a printed number, and an event that tells the notice's status."""
    assert await judge(violations(FAULT)) == [("correction", "pending")]
    case = await _case(pool)
    assert (case["status"], case["number"], case["agency_name"]) == ("open", "2024-00001", "样例市数据局")
    assert case["finding_numbers"] == {FAULT.key: 1}
    assert await pool.fetchval("select count(*) from outbox where topic = 'notices.status.v1'") == 1


async def test_review_holds_every_notice(pool, judge):
    """Nothing goes out before an operator has seen it."""
    assert await judge(violations(FAULT), release="review") == [("correction", "held")]
    assert await _notices(pool) == [("correction", "held", "review")]


async def test_an_applicant_named_holds_the_notice_although_mails_go_out_by_themselves(pool, judge):
    """Until an operator releases this one; a corrected version takes its place and goes out."""
    named = finding("P-05", "W", read=None, expected=None, attention="confirm")
    assert await judge(violations(FAULT, named), release="auto") == [("correction", "held")]
    assert await _notices(pool) == [("correction", "held", "confirm")]
    await judge(violations(FAULT, number=2), release="auto")
    assert (await _notices(pool))[-1] == ("correction", "pending", None)


async def test_the_same_event_again_changes_nothing(pool, judge):
    """A replay under another consumer version finds judgement and notice there."""
    await judge(violations(FAULT))
    assert await judge(violations(FAULT)) == []
    assert len(await _notices(pool)) == 1


async def test_an_older_judgement_that_arrives_late_opens_nothing(pool, judge):
    """Also when the newer one was clean and left no case."""
    await judge(violations(number=2))
    assert await judge(violations(FAULT, number=1)) == []
    assert (await _case(pool))["status"] == "clean"
    assert (await _case(pool))["number"] is None


async def test_the_newest_judgement_takes_the_place_of_an_unsent_notice(pool, judge):
    """One mail goes out, about the report as it is now."""
    await judge(violations(FAULT))
    assert await judge(violations(OTHER, number=2)) == [("correction", "superseded"), ("correction", "pending")]
    assert await _notices(pool) == [("correction", "superseded", None), ("correction", "pending", None)]


async def test_a_rerun_is_held_and_says_so(pool, judge):
    """A new rule set must not storm the agencies."""
    await judge(violations(FAULT, held=True))
    assert await _notices(pool) == [("correction", "held", "rerun")]


async def test_an_unknown_agency_waits_for_an_operator(pool, judge):
    """Nobody is mailed; the case says why."""
    event = violations(FAULT, agency_id=None, agency_name="样例市无名局")
    assert await judge(event) == [("correction", "held")]
    case = await _case(pool, "样例市无名局")
    assert (case["status"], case["reason"]) == ("waiting", "unknown_agency")


async def test_an_agency_without_a_mailbox_waits_for_an_operator(pool, judge):
    """The address printed in a report is never used."""
    await judge(violations(FAULT, agency_id="2", agency_name="样例县财政局"))
    case = await _case(pool, "2")
    assert (case["status"], case["reason"]) == ("waiting", "no_mailbox")
    assert await _notices(pool) == [("correction", "held", "no_mailbox")]


async def test_an_agency_taken_off_the_list_is_unknown(pool, judge, listed):
    """Its id in an event is not enough."""
    await listed(Agency("2", "样例县财政局"))
    await judge(violations(FAULT))
    assert await _notices(pool) == [("correction", "held", "unknown_agency")]


async def test_a_report_that_entered_the_directory_leaves_no_task_behind(pool, judge):
    """What waited under the printed name is closed once the same report belongs to an agency."""
    await judge(violations(FAULT, agency_id=None, agency_name="数据局"))
    assert await judge(violations(FAULT)) == [("correction", "superseded"), ("correction", "pending")]
    before = await _case(pool, "数据局")
    assert (before["status"], before["reason"]) == ("closed", "rekeyed")


async def test_what_could_not_be_checked_waits_and_nobody_is_mailed(pool, judge):
    """A mail about an older version that was not sent yet does not go out either."""
    await judge(violations(FAULT))
    await judge(violations(verdict="无法核验", number=2))
    case = await _case(pool)
    assert (case["status"], case["reason"]) == ("waiting", "not_assessable")
    assert await _notices(pool) == [("correction", "superseded", None)]


async def test_a_corrected_version_closes_an_unmailed_case_silently(pool, judge):
    """The agency never heard of it."""
    await judge(violations(FAULT))
    await judge(violations(number=2))
    case = await _case(pool)
    assert (case["status"], case["closed_at"] is None) == ("closed", False)
    assert await _notices(pool) == [("correction", "superseded", None)]


async def test_a_corrected_version_of_a_mailed_case_writes_one_closing_notice(pool, judge):
    """Once, however often the clean report is judged again; new faults open the same case."""
    await judge(violations(FAULT))
    await pool.execute("update notice set status = 'sent'")
    clean = violations(number=2)
    assert await judge(clean) == [("closing", "pending")]
    assert await judge(same_document(clean, 3)) == []
    await pool.execute("update notice set status = 'sent' where kind = 'closing'")
    assert await judge(violations(FAULT, number=4)) == [("correction", "pending")]
    case = await _case(pool)
    assert (case["status"], case["number"], case["closed_at"]) == ("open", "2024-00001", None)


@pytest.mark.parametrize("status", ["sent", "sending", "unknown"])
async def test_findings_that_were_told_keep_their_numbers_through_versions(pool, judge, status):
    """The clerk answers to number 2 and means the same thing as we do, also where the mail may not have arrived."""
    doubt = finding("C-02", "W", read="/", expected=None)
    await judge(violations(FAULT, doubt))
    await pool.execute("update notice set status = $1", status)
    await judge(violations(doubt, finding("T4-01", read=9, expected=4), number=2))
    assert (await _case(pool))["finding_numbers"][doubt.key] == 2
    assert (
        await pool.fetchval("select finding_numbers from notice where judgement_no = 2")
        == (await _case(pool))["finding_numbers"]
    )


@pytest.mark.parametrize("status", ["held", "pending", "deferred", "failed"])
async def test_numbers_that_nobody_was_told_are_given_anew(pool, judge, status):
    """The first mail that goes out begins with number 1; after it, numbers count on from what it told."""
    doubts = [finding("C-02", "W", places=(CellPlace("3", row, "其他"),), read="/") for row in ("本年新收", "上年结转")]
    await judge(violations(*doubts))
    await pool.execute("update notice set status = $1", status)
    await judge(violations(FAULT, number=2))
    assert (await _case(pool))["finding_numbers"] == {FAULT.key: 1}
    await pool.execute("update notice set status = 'sent' where judgement_no = 2")
    await judge(violations(*doubts, number=3))
    assert (await _case(pool))["finding_numbers"] == {FAULT.key: 1, doubts[0].key: 2, doubts[1].key: 3}


async def test_a_notice_claimed_while_a_judgement_arrives_was_told(pool, judge):
    """The judgement waits for the sender's claim, and keeps the numbers of the mail that is going out."""
    doubt = finding("C-02", "W", read="/", expected=None)
    await judge(violations(FAULT, doubt))
    async with pool.acquire() as sender:
        claim = sender.transaction()
        await claim.start()
        await sender.execute("update notice set status = 'sending'")
        judging = asyncio.create_task(judge(violations(doubt, number=2)))
        await until(lambda: pool.fetchval(_SOMEBODY_WAITS))
        await claim.commit()
        await judging
    assert (await _case(pool))["finding_numbers"][doubt.key] == 2


async def test_two_first_judgements_at_once_make_one_case(pool, judge):
    """Both consumers see what the other wrote."""
    await asyncio.gather(*(judge(violations(FAULT, number=number)) for number in (1, 2, 3, 4)))
    assert await pool.fetchval("select count(*) from correction_case") == 1
    assert (await _case(pool))["judgement_no"] == 4
    assert await pool.fetchval("select count(*) from notice where status = 'pending'") == 1


async def test_every_step_is_in_the_history(pool, judge):
    """Who did what, in order."""
    await judge(violations(FAULT))
    await judge(violations(number=2))
    rows = await pool.fetch("select by, what from case_event order by id")
    assert [tuple(row) for row in rows] == [("notify", "pending"), ("notify", "superseded")]
