"""The outbox: an event is written in the transaction that made it, or not at all."""

import asyncio
import json

from shared.stream import outbox
from shared.stream.envelope import event_id
from shared.stream.relay import due, mark_published, mark_unread
from shared.testing.stages import PING, ping, send

ALL_SHARDS = list(range(outbox.SHARDS))


async def test_an_event_of_a_rolled_back_transaction_was_never_there(pool):
    """Rows and events stand or fall together."""
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await outbox.append(connection, "ingest", ping(1), correlation_id="c", causation_id=None, traceparent=None)
        await transaction.rollback()
    assert await pool.fetchval("select count(*) from outbox") == 0


async def test_what_is_written_can_be_read_in_the_table(pool):
    """An operator sees service, topic and headers as text; the returned id is the event's."""
    async with pool.acquire() as connection:
        id_ = await outbox.append(
            connection, "ingest", ping(1, "样例市"), correlation_id="c", causation_id=None, traceparent=None
        )
    row = await pool.fetchrow("select service, topic, key, headers::text from outbox")
    assert (row["service"], row["topic"], row["key"].decode()) == ("ingest", PING.name, "样例市")
    assert id_ == event_id(ping(1))
    assert ["ce_id", str(id_)] in json.loads(row["headers"])


async def test_whoever_publishes_is_woken_at_the_commit(pool):
    """The notification names the topic and does not come before the row can be seen."""
    heard: asyncio.Queue[str] = asyncio.Queue()

    def hear(_connection: object, _pid: int, _channel: str, topic: str) -> None:
        heard.put_nowait(topic)

    async with pool.acquire() as listening:
        await listening.add_listener(outbox.CHANNEL, hear)
        await send(pool, [1])
        assert await asyncio.wait_for(heard.get(), 30) == PING.name
        assert len(await due(listening, PING.name, ALL_SHARDS, 10)) == 1
        await listening.remove_listener(outbox.CHANNEL, hear)


def test_a_key_has_one_shard_everywhere():
    """The shard is a plain checksum, not Python's hash, which differs from process to process."""
    assert outbox.shard_of("样例市".encode()) == 1
    assert outbox.shard_of(None) == outbox.shard_of(b"") == 0
    assert {outbox.shard_of(str(n).encode()) for n in range(500)} == set(ALL_SHARDS)


async def test_due_rows_come_in_the_order_written_and_only_from_the_shards_asked_for(pool):
    """So order of a key holds whoever publishes."""
    await send(pool, range(20), keys=4)
    everything = await due(pool, PING.name, ALL_SHARDS, 50)
    assert [json.loads(record.value)["n"] for record in everything] == list(range(20))
    assert [record.offset for record in everything] == sorted(record.offset for record in everything)
    mine = [outbox.shard_of(b"k1")]
    assert {record.key for record in await due(pool, PING.name, mine, 50)} == {b"k1"}
    assert await due(pool, PING.name, [], 50) == []


async def test_what_is_marked_is_due_no_more(pool):
    """Marking names the rows; the unread topics are marked by shard."""
    await send(pool, range(3))
    first, *rest = await due(pool, PING.name, ALL_SHARDS, 50)
    await mark_published(pool, [first])
    assert await due(pool, PING.name, ALL_SHARDS, 50) == rest
    await mark_unread(pool, [PING.name], ALL_SHARDS)
    assert await due(pool, PING.name, ALL_SHARDS, 50) == rest
    await mark_unread(pool, ["another"], ALL_SHARDS)
    assert await due(pool, PING.name, ALL_SHARDS, 50) == []


async def test_published_rows_are_pruned_after_their_topics_retention_and_due_ones_never(pool):
    """14 days for raw reports; what is due stays however old it is."""
    await pool.execute(
        """insert into outbox (service, topic, shard, headers, created_at, published_at)
        select 'ingest', 'reports.raw.v1', 0, '[]', now() - age, case when done then now() - age end
        from (values (interval '15 days', true), ('13 days', true), ('99 days', false)) as given (age, done)"""
    )
    await outbox.prune(pool)
    ages = await pool.fetch("select extract(day from now() - created_at)::int as days from outbox order by 1")
    assert [row["days"] for row in ages] == [13, 99]
