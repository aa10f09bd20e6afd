"""What the tables give back is what was written."""

from services.notify import store
from services.notify.core import Earlier
from shared.testing.judgements import explained, finding, violations

FAULT, DOUBT = finding(), finding("C-02", "W", read="/", expected=None)


async def test_a_case_comes_back_with_what_was_told_and_what_was_not(pool, judge):
    """The newest notice that may have gone out, and the newest that did not."""
    first, second = violations(FAULT, DOUBT), violations(FAULT, number=2)
    async with pool.acquire() as connection:
        assert await store.lock_case(connection, first) is None
        await judge(first)
        await connection.execute("update notice set status = 'sent'")
        await judge(second, release="review")
        case = await store.lock_case(connection, second)
    both, numbers = frozenset({FAULT.fingerprint, DOUBT.fingerprint}), {FAULT.key: 1, DOUBT.key: 2}
    assert case.told == Earlier("correction", None, both, first.sha256, numbers)
    assert case.unsent == Earlier("correction", "review", frozenset({FAULT.fingerprint}), second.sha256, numbers)
    assert (case.number, case.judgement_no, case.status) == ("2024-00001", 2, "open")


async def test_a_notice_carries_the_whole_judgement(pool, judge):
    """Its mail can be written again years later, whatever the rules say then."""
    event = violations(FAULT, DOUBT)
    await judge(event)
    notice = await store.get(pool, await pool.fetchval("select notice_id from notice"))
    assert notice.violations == event
    assert (notice.agency_name, notice.year, notice.case_number) == ("样例市数据局", 2024, "2024-00001")


async def test_a_summary_counts_what_is_asked(pool, judge):
    """Waived findings are not counted."""
    await judge(violations(FAULT, DOUBT, explained(finding("C-03", "E", read=-1, expected=None))))
    (summary,) = await store.summaries(pool)
    assert (summary.errors, summary.warnings) == (1, 1)


async def test_summaries_fit_all_that_is_given(pool, judge):
    """Words in a name are words, not patterns."""
    await judge(violations(FAULT))
    await judge(violations(FAULT, agency_id="2", agency_name="样例县财政局", year=2023))
    assert [each.year for each in await store.summaries(pool)] == [2024, 2023]
    assert [each.year for each in await store.summaries(pool, agency="财政", year=2023, status="held")] == [2023]
    assert await store.summaries(pool, agency="%") == []


async def test_numbers_run_on_through_years(pool, judge):
    """A case number is never given twice."""
    for year in (2024, 2023):
        await judge(violations(FAULT, year=year))
    assert {row["number"] for row in await pool.fetch("select number from correction_case")} == {
        "2024-00001",
        "2023-00002",
    }
