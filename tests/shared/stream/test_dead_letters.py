"""Dead letters: kept byte for byte, replayed once, discarded with a reason; shown without their bodies."""

import asyncio
import dataclasses
import json

import pytest
from typer.testing import CliRunner

from shared.ops.errors import UsageError
from shared.stream.cli import dead_letters as command
from shared.stream.consumer import Consumer
from shared.stream.dead_letters import discard, find, get, replay
from shared.stream.envelope import headers_from_json, id_of
from shared.stream.relay import due
from shared.testing.stages import PING, Pinger, make_tables, nothing, record

ALL_SHARDS = list(range(16))


@pytest.fixture(autouse=True)
async def tables(pool):
    """Give every test the tables of the two small stages."""
    await make_tables(pool)


@pytest.fixture
async def connection(pool):
    """Give one connection, as a command has."""
    async with pool.acquire() as acquired:
        yield acquired


async def broken(_n: int) -> None:
    """Raise, as a bug does."""
    raise ValueError


async def a_letter(pool, n: int = 1) -> int:
    """Let a consumer fail at a number and return the letter's."""
    await Consumer(Pinger(in_work=broken), pool).handle([record(n)])
    return (await find(pool))[-1].id


async def replayed(pool, stage: Pinger) -> list:
    """Hand what is due to a consumer, as a bus does, and return it."""
    records = await due(pool, PING.name, ALL_SHARDS, 50)
    await Consumer(stage, pool).handle(records)
    return records


async def test_a_replay_publishes_the_original_bytes_and_id(pool, connection):
    """After the repair the event goes through as if nothing had been."""
    number = await a_letter(pool)
    assert await replay(connection, number, by="甲") == "replayed"
    (again,) = await replayed(pool, Pinger())
    original = record(1)
    assert (again.key, again.value, id_of(again)) == (original.key, original.value, id_of(original))
    assert await pool.fetchval("select n from pinged") == 1
    letter = await get(pool, number)
    assert (letter.resolution, letter.resolved_by) == ("replayed", "甲")
    assert await find(pool) == []


async def test_headers_come_back_as_they_were_even_the_unreadable(pool, connection):
    """Null and bytes that are no text are replayed too: another consumer may understand them."""
    strange = dataclasses.replace(record(1), headers=(("ce_id", None), ("x", b"\xff\x00"), ("中", "文".encode())))
    await Consumer(Pinger(), pool).handle([strange])
    (letter,) = await find(pool)
    await replay(connection, letter.id, by="x")
    row = await pool.fetchrow("select key, payload, headers from outbox")
    assert (row["key"], row["payload"]) == (strange.key, strange.value)
    assert headers_from_json(row["headers"]) == strange.headers


async def test_replaying_twice_publishes_once(pool):
    """Also when two operators do it at the same moment."""
    number = await a_letter(pool)

    async def once() -> str:
        async with pool.acquire() as connection:
            return await replay(connection, number, by="x")

    assert await asyncio.gather(once(), once(), once()) == ["replayed"] * 3
    assert await pool.fetchval("select count(*) from outbox") == 1


async def test_a_replay_that_fails_again_is_a_letter_again(pool, connection):
    """The first letter stays as replayed; a new one waits for a person."""
    number = await a_letter(pool)
    await replay(connection, number, by="x")
    await replayed(pool, Pinger(in_work=broken))
    (letter,) = await find(pool)
    assert letter.id != number
    assert len(await find(pool, resolved=True)) == 2


async def test_what_was_handled_meanwhile_is_not_replayed(pool, connection):
    """A newer version of the consumer has read the event: a replay could only double it."""
    number = await a_letter(pool)
    await Consumer(Pinger(version="2"), pool).handle([record(1)])
    assert await replay(connection, number, by="x") == "handled"
    assert await pool.fetchval("select count(*) from outbox where topic = $1", PING.name) == 0


async def test_an_earlier_version_s_result_does_not_stop_a_replay(pool, connection):
    """A rerun by a new parser failed; that the old one had a result is no reason to leave it."""
    await Consumer(Pinger(version="1"), pool).handle([record(1)])
    await Consumer(Pinger(version="2", in_work=broken), pool).handle([record(1)])
    (letter,) = await find(pool)
    assert await replay(connection, letter.id, by="x") == "replayed"
    await replayed(pool, Pinger(version="2"))
    assert await pool.fetchval("select count(*) from pinged") == 2


async def test_others_who_read_the_topic_are_not_disturbed(pool, connection):
    """A replay reaches every consumer; those that handled the event drop it."""
    number = await a_letter(pool)
    other = Pinger(name="notify")
    await Consumer(other, pool).handle([record(1)])
    await replay(connection, number, by="x")
    await replayed(pool, other)
    assert await pool.fetchval("select count(*) from pinged") == 1


async def test_a_discarded_letter_keeps_reason_and_name_and_is_not_replayed(pool, connection):
    """The decision is final and stands in the row."""
    number = await a_letter(pool)
    await discard(connection, number, by="乙", note="重复上报")
    letter = await get(pool, number)
    assert (letter.resolution, letter.resolved_by, letter.note) == ("discarded", "乙", "重复上报")
    assert letter.record.value == b'{"n":1}'
    with pytest.raises(UsageError, match="作废"):
        await replay(connection, number, by="x")


async def test_a_replayed_letter_cannot_be_discarded(pool, connection):
    """The event is on its way; nor does a letter that is not there pass as done."""
    number = await a_letter(pool)
    await replay(connection, number, by="x")
    with pytest.raises(UsageError, match="已重放"):
        await discard(connection, number, by="x", note="…")
    with pytest.raises(UsageError, match="999"):
        await discard(connection, 999, by="x", note="…")


@pytest.fixture
def run(database, monkeypatch):
    """Give a function that runs `nianbao dead-letters …` on the test's database."""
    monkeypatch.setenv("NIANBAO_DATABASE", database)
    monkeypatch.setenv("NIANBAO_OPERATOR", "值班员")

    async def run_command(*arguments: str):
        return await asyncio.to_thread(CliRunner().invoke, command, arguments)

    return run_command


async def test_the_command_lists_shows_replays_and_discards(pool, run):
    """One life of two letters, as an operator lives it."""
    first, second = await a_letter(pool, 1), await a_letter(pool, 2)
    listed = [json.loads(line) for line in (await run("list", "--format", "json")).stdout.splitlines()]
    assert [(each["id"], each["reason"], each["bytes"]) for each in listed] == [(first, "bug", 7), (second, "bug", 7)]
    assert "已重放" in (await run("replay", str(first))).stdout
    assert "已作废" in (await run("discard", str(second), "--reason", "测试")).stdout
    assert "没有死信" in (await run("list")).stdout
    everything = (await run("list", "--all", "--format", "json")).stdout.splitlines()
    assert [json.loads(line)["resolved_by"] for line in everything] == ["值班员", "值班员"]


async def test_the_command_never_prints_a_body(pool, run, tmp_path):
    """A body may hold a report; it is written to a file, byte for byte, when asked for."""
    secret = dataclasses.replace(record(1), value="{某某正文".encode())
    await Consumer(Pinger(in_work=nothing), pool).handle([secret])
    (letter,) = await find(pool)
    file = tmp_path / "body"
    for arguments in (["show", str(letter.id)], ["show", str(letter.id), "--format", "json"], ["list"]):
        printed = await run(*arguments)
        assert printed.exit_code == 0
        assert "正文" not in printed.output
        assert "schema" in printed.output or "内容不合约定" in printed.output
    assert "ce_id" in (await run("show", str(letter.id), "--body", str(file))).stdout
    assert file.read_bytes() == secret.value


async def test_replaying_all_needs_to_be_said(pool, run):
    """No number and no --all is a question back, not a replay of everything."""
    await a_letter(pool)
    assert isinstance((await run("replay")).exception, UsageError)
    assert await pool.fetchval("select count(*) from outbox") == 0
    assert "已重放" in (await run("replay", "--all")).stdout


async def test_nothing_to_show_is_one_line(run):
    """An unknown number is the user's matter; an unknown reason too."""
    assert isinstance((await run("show", "7")).exception, UsageError)
    assert isinstance((await run("discard", "7", "--reason", " ")).exception, UsageError)
