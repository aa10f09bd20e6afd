"""Claim checks: an event too large for its topic leaves its body in the outbox."""

from dataclasses import replace

from shared.stream import outbox
from shared.stream.claim_check import HEADER, check_in, is_too_large, redeem
from shared.stream.envelope import Record
from shared.stream.topics import STRUCTURED

BODY = b"x" * STRUCTURED.max_bytes


async def stored(pool) -> Record:
    """Write a large event to the outbox, and return it as the relay reads it."""
    async with pool.acquire() as connection:
        await outbox.write(connection, "parse", STRUCTURED.name, b"k", BODY, [("a", b"1")])
    id_ = await pool.fetchval("select max(id) from outbox")
    return Record(STRUCTURED.name, None, id_, b"k", BODY, (("a", b"1"),))


async def test_a_body_checked_in_is_fetched_again(pool):
    """Key and other headers travel along; the body comes back byte for byte, as often as asked."""
    record = await stored(pool)
    travelling = replace(check_in(record), partition=3, offset=77)
    assert is_too_large(record)
    assert (travelling.value, travelling.key) == (b"", b"k")
    for _ in range(2):
        (fetched,) = await redeem(pool, [travelling])
        assert (fetched.value, fetched.partition, fetched.offset) == (BODY, 3, 77)


async def test_it_is_checked_in_anew_under_its_new_number(pool):
    """A dead letter that is replayed has the old reference among its headers."""
    record = await stored(pool)
    again = check_in(replace(check_in(record), value=BODY, offset=record.offset + 1))
    assert [value for name, value in again.headers if name == HEADER] == [
        f"urn:nianbao:outbox:{record.offset + 1}".encode()
    ]


async def test_other_records_are_left_alone(pool):
    """One with a body, a tombstone, references that are none of ours or lead nowhere: nothing raises, nothing is made up."""
    plain = Record("t", 0, 1, b"k", b"body", ())
    others = [
        plain,
        replace(plain, value=None),
        replace(plain, headers=((HEADER, b"urn:nianbao:outbox:1"),)),
        *(
            replace(plain, value=b"", headers=((HEADER, reference),))
            for reference in (
                None,
                b"",
                b"\xff",
                b"https://example.invalid/1",
                b"urn:nianbao:outbox:-1",
                b"9" * 40,
                b"4711",
            )
        ),
    ]
    assert await redeem(pool, others) == others


def test_what_fits_travels_whole():
    """Half of a topic's limit is room for key, headers and the batch."""
    record = Record(STRUCTURED.name, None, 1, b"k", b"x" * (STRUCTURED.max_bytes // 2), ())
    assert not is_too_large(record)
    assert not is_too_large(replace(record, value=None))
