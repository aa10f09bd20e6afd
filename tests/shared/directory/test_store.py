"""The directory in the database: replaced as a whole, found exactly, its mailboxes never overwritten without a trace."""

import asyncio

from shared.directory import store
from shared.model.agency import Agency

OFFICE = Agency("1", "样例市人民政府办公室", ("市府办",), "样例市", "市", "政府办公室", "office@example.invalid")
BUREAU = Agency("2", "样例市数据局（样例市大数据局）", supervisor="市府办")


async def _replace(pool, *agencies, by="王工"):
    async with pool.acquire() as connection:
        return await store.replace(connection, agencies, by=by)


async def test_what_is_written_is_loaded(pool):
    """Every field comes back; a second import of the same list changes nothing."""
    assert await _replace(pool, OFFICE, BUREAU)
    assert set((await store.load(pool)).agencies) == {OFFICE, BUREAU}
    assert not await _replace(pool, OFFICE, BUREAU)


async def test_a_name_is_found_as_it_may_be_printed(pool):
    """Name or alias, in any width; never a part of one."""
    await _replace(pool, OFFICE, BUREAU)
    assert await store.find(pool, "样例市数据局 (样例市大数据局)") == BUREAU
    assert await store.find(pool, "市府办") == OFFICE
    assert await store.find(pool, "样例市数据局") is None
    assert await store.find(pool, "") is None


async def test_an_agency_that_left_the_list_is_not_found(pool):
    """No mail goes to an agency that the operator removed; put back, it is the same agency."""
    await _replace(pool, OFFICE, BUREAU)
    difference = await _replace(pool, BUREAU)
    assert difference.gone == (OFFICE,)
    assert await store.load_agency(pool, "1") is None
    assert await store.find(pool, "市府办") is None
    await _replace(pool, OFFICE, BUREAU)
    assert await store.load_agency(pool, "1") == OFFICE


async def test_every_mailbox_leaves_its_trace(pool):
    """Who entered it, who ended it: an address once mailed to can be explained."""
    moved = Agency("1", OFFICE.name, mailbox="new@example.invalid")
    await _replace(pool, OFFICE, by="王工")
    await _replace(pool, moved, by="李工")
    await _replace(pool, Agency("1", OFFICE.name), by="赵工")
    history = await store.mailbox_history(pool, "1")
    assert [(row["mailbox"], row["entered_by"], row["ended_by"]) for row in history] == [
        ("office@example.invalid", "王工", "李工"),
        ("new@example.invalid", "李工", "赵工"),
    ]
    assert (await store.load_agency(pool, "1")).mailbox is None


async def test_a_name_may_pass_to_another_agency(pool):
    """Two agencies may exchange names in one import."""
    await _replace(pool, OFFICE, BUREAU)
    await _replace(pool, Agency("1", BUREAU.name), Agency("2", OFFICE.name))
    assert (await store.find(pool, OFFICE.name)).id == "2"


async def test_two_imports_at_once_leave_one_of_the_lists(pool):
    """Never a mixture."""
    await asyncio.gather(_replace(pool, OFFICE, BUREAU), _replace(pool, BUREAU))
    assert set((await store.load(pool)).agencies) in ({OFFICE, BUREAU}, {BUREAU})
