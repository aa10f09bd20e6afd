"""The inbox: an event is entered once for each consumer and version."""

from uuid import UUID

from shared.stream import inbox

ONE, TWO = UUID(int=1), UUID(int=2)


async def test_an_event_is_entered_once(pool):
    """The second time it stood there already; another version or consumer has its own entry."""
    assert await inbox.remember(pool, "parse", "1", ONE)
    assert not await inbox.remember(pool, "parse", "1", ONE)
    assert await inbox.remember(pool, "parse", "2", ONE)
    assert await inbox.remember(pool, "validate", "1", ONE)
    assert await inbox.known(pool, "parse", "1", [ONE, TWO]) == {ONE}
    assert await inbox.known(pool, "parse", "1", []) == set()


async def test_a_letter_does_not_hide_a_result(pool):
    """An event once handled cannot become dead by a second delivery."""
    assert await inbox.remember(pool, "parse", "1", ONE)
    assert not await inbox.remember(pool, "parse", "1", ONE, dead=True)
    assert await pool.fetchval("select dead from inbox") is False


async def test_entries_outlive_every_topic(pool):
    """As long as a bus may deliver an event again, its entry stands."""
    await pool.execute(
        """insert into inbox (consumer, consumer_version, event_id, received_at) values
        ('parse', '1', $1, now() - make_interval(days => $3 - 1)),
        ('parse', '1', $2, now() - make_interval(days => $3 + 1))""",
        ONE,
        TWO,
        inbox.RETENTION_DAYS,
    )
    await inbox.prune(pool)
    assert await inbox.known(pool, "parse", "1", [ONE, TWO]) == {ONE}


async def test_several_are_entered_at_one_go_and_only_the_new_ones_named(pool):
    """What stood there already, or is given twice, is entered once."""
    async with pool.acquire() as connection:
        assert await inbox.remember_all(connection, "parse", "1", [ONE]) == {ONE}
        assert await inbox.remember_all(connection, "parse", "1", [TWO, ONE, TWO]) == {TWO}
        assert await inbox.remember_all(connection, "parse", "1", []) == set()
        assert await inbox.known(connection, "parse", "1", [ONE, TWO]) == {ONE, TWO}
