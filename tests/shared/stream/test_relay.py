"""Shards: each has one publisher at a time, and none for longer than its holder lives."""

import asyncio

from shared.stream.outbox import SHARDS
from shared.stream.relay import Claim
from shared.testing.database import pool_on


def ignore(_topic: str) -> None:
    """Hear nothing."""


async def test_a_shard_is_held_by_one_at_a_time(database, pool):
    """The second gets nothing while the first holds them, and all when it has let go."""
    async with pool_on(database) as other, Claim(other, ignore) as second:
        async with Claim(pool, ignore) as first:
            assert sorted(await first.shards()) == list(range(SHARDS))
            assert await second.shards() == []
            assert sorted(await first.shards()) == list(range(SHARDS))
        assert sorted(await second.shards()) == list(range(SHARDS))


async def test_shards_of_a_cut_connection_are_claimed_anew(pool):
    """After an outage the lock is gone with the connection: what was held counts no more."""
    async with Claim(pool, ignore) as claim:
        await claim.shards()
        await pool.execute(
            """select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
            limit 1"""
        )
        while await pool.fetchval("select exists (select from pg_stat_activity where query like 'listen%')"):
            pass
        assert sorted(await claim.shards()) == list(range(SHARDS))


async def test_a_claim_leaves_the_pool_as_it_was(pool):
    """Its connection goes back without locks and without a listener (asyncpg warns of one, and warnings are errors)."""
    async with Claim(pool, ignore) as claim:
        await claim.shards()
    assert await pool.fetchval("select count(*) from pg_locks where locktype = 'advisory'") == 0


async def test_a_connection_that_broke_goes_back_too(database):
    """One that the driver gave up, as a server killed in mid-answer makes it do, leaves the pool whole, and it can be closed."""
    async with pool_on(database) as pool:
        async with Claim(pool, ignore) as claim:
            async with claim.held() as (connection, _):
                connection._protocol.abort()
            assert sorted(await claim.shards()) == list(range(SHARDS))
        async with asyncio.timeout(10):
            await pool.close()
