"""Watched folders with real files and real PostgreSQL; only the clock is the test's own."""

import asyncio
import itertools
import os
import pathlib

import pytest

from services.ingest import store
from services.ingest.sources.folder import Watcher
from shared.database.pool import connect
from shared.documents import LIMIT
from shared.ops.errors import Transient, UsageError
from shared.testing.archives import nameless, zipped
from shared.testing.line import Line
from shared.testing.waiting import until


@pytest.fixture
def folder(tmp_path) -> pathlib.Path:
    """Give an empty watched folder."""
    made = tmp_path / "收件"
    made.mkdir()
    return made


class Watched:
    """A watcher whose clock stands still until told otherwise."""

    def __init__(self, folder, pool):
        self.now = 100.0
        self.watcher = Watcher(folder, pool, clock=lambda: self.now)

    async def look(self, after: float = 0.0) -> int:
        """Let so many seconds pass and look once."""
        self.now += after
        return await self.watcher.look()

    async def settle(self) -> int:
        """Look, wait until what is there has settled, look again."""
        return await self.look() + await self.look(after=2.0)


async def sources(pool) -> list[tuple[str, int]]:
    """Return the observations: the last part of their source, and their number."""
    rows = await pool.fetch("select source, sequence from observation order by source, sequence")
    return [(row["source"].rpartition("收件/")[2], row["sequence"]) for row in rows]


async def test_a_file_is_taken_once_it_is_left_alone(folder, pool):
    """Not at the first look, not before two seconds, then once."""
    watched = Watched(folder, pool)
    (folder / "年报.html").write_text("<p>一</p>")
    assert [await watched.look(), await watched.look(1.9), await watched.look(0.1), await watched.look(5)] == [
        0,
        0,
        1,
        0,
    ]
    assert await sources(pool) == [("年报.html", 1)]


async def test_a_file_that_still_grows_is_not_taken(folder, pool):
    """Each change starts the wait again; what is taken is the whole."""
    watched = Watched(folder, pool)
    for part in ("第一部分", "第二部分", "第三部分"):
        with (folder / "年报.txt").open("a") as file:
            file.write(part)
        assert await watched.look(after=1.9) == 0
    assert await watched.look(after=2.0) == 1
    assert await pool.fetchval("select content from document") == "第一部分第二部分第三部分".encode()


async def test_a_file_that_changes_while_it_is_read_is_left_for_later(folder, pool):
    """Between the look and the end of reading the file must not have changed, else half of it could be taken."""
    watched = Watched(folder, pool)
    path = folder / "年报.txt"
    path.write_text("旧")
    await watched.look()
    sightings = watched.watcher._sightings
    path.write_text("新的内容")
    assert await watched.watcher._take(str(path)) == 0
    assert not sightings[str(path)].done
    assert await watched.settle() == 1


async def test_a_changed_file_is_a_new_version_and_a_restored_one_another(folder, pool):
    """A → B → A under one name: three observations of one source; touched without change it is none."""
    watched = Watched(folder, pool)
    for time, text in enumerate(("一", "二", "一")):
        (folder / "年报.txt").write_text(text)
        os.utime(folder / "年报.txt", (time, time))
        assert await watched.settle() == 1
    os.utime(folder / "年报.txt", (9, 9))
    assert await watched.settle() == 0
    assert await sources(pool) == [("年报.txt", 1), ("年报.txt", 2), ("年报.txt", 3)]


async def test_a_renamed_file_is_another_source(folder, pool):
    """The new name is taken; nothing is said of the old one, and the bytes are stored once."""
    watched = Watched(folder, pool)
    (folder / "甲.txt").write_text("一")
    assert await watched.settle() == 1
    (folder / "甲.txt").rename(folder / "乙.txt")
    assert await watched.settle() == 1
    assert await pool.fetchval("select count(*) from document") == 1


async def test_what_is_no_document_is_passed_over(folder, pool):
    """Hidden files and folders, lock files and downloads under way."""
    for name in ("~$年报.docx", "年报.tmp", "年报.html.crdownload", ".年报.html.swp"):
        (folder / name).write_text("x")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "年报.txt").write_text("x")
    assert await Watched(folder, pool).settle() == 0


async def test_a_download_is_taken_under_the_name_it_ends_with(folder, pool):
    """Browsers write to a temporary name and rename."""
    watched = Watched(folder, pool)
    (folder / "年报.html.crdownload").write_text("x")
    assert await watched.settle() == 0
    (folder / "年报.html.crdownload").rename(folder / "年报.html")
    assert await watched.settle() == 1


async def test_folders_and_archives_are_walked_and_left_as_they_are(folder, pool):
    """Sub-folders and ZIPs count alike; files are neither moved nor changed."""
    (folder / "区县" / "样例县").mkdir(parents=True)
    (folder / "区县" / "样例县" / "年报.txt").write_text("一")
    data = zipped({"样例区/年报.txt": b"2", "样例区/~$x.txt": b"3", "年报.txt": b"4"})
    (folder / "包.zip").write_bytes(data)
    assert await Watched(folder, pool).settle() == 3
    assert await sources(pool) == [("包.zip/年报.txt", 1), ("包.zip/样例区/年报.txt", 1), ("区县/样例县/年报.txt", 1)]
    assert (folder / "包.zip").read_bytes() == data


async def test_an_archive_with_one_name_twice_settles(folder, pool):
    """Both members are taken, and looking again, as after a restart, makes no new version."""
    archive = zipped({"甲.txt": b"1", "乙.txt": b"2"}).replace("乙".encode(), "甲".encode())
    (folder / "包.zip").write_bytes(archive)
    assert await Watched(folder, pool).settle() == 2
    assert await Watched(folder, pool).settle() == 0


async def test_a_restart_takes_only_what_is_new(folder, pool):
    """The database knows what was taken, not the watcher."""
    (folder / "甲.txt").write_text("一")
    assert await Watched(folder, pool).settle() == 1
    (folder / "乙.txt").write_text("二")
    assert await Watched(folder, pool).settle() == 1


async def test_two_watchers_on_one_folder_take_each_file_once(folder, database):
    """Two replicas, or one folder named twice and through another path."""
    for number in range(20):
        (folder / f"{number}.txt").write_text(str(number))
    async with await connect(database) as first, await connect(database) as second:
        watchers = [Watched(folder, first), Watched(folder / ".." / folder.name, second)]
        taken = await asyncio.gather(*(watched.settle() for watched in watchers))
        assert sum(taken) == await first.fetchval("select count(*) from observation") == 20


async def test_two_folders_never_share_a_source(folder, tmp_path, pool):
    """The same name in two watched folders is two sources."""
    other = tmp_path / "另一收件"
    other.mkdir()
    for place in (folder, other):
        (place / "年报.txt").write_text("一")
        assert await Watched(place, pool).settle() == 1


async def test_a_file_too_large_waits_for_a_person_and_stops_nobody(folder, pool):
    """It is told once, also over a restart; the others are taken; cut to size it is taken and the task is gone."""
    with (folder / "大.pdf").open("wb") as file:
        file.truncate(LIMIT + 1)
    (folder / "年报.txt").write_text("一")
    watched = Watched(folder, pool)
    assert await watched.settle() == 1
    assert [(one.problem, one.bytes) for one in await store.refusals(pool)] == [("too_large", LIMIT + 1)]
    restarted = Watched(folder, pool)
    assert await restarted.settle() == 0
    assert len(await store.refusals(pool)) == 1
    (folder / "大.pdf").write_bytes(b"%PDF-1.7")
    assert await restarted.settle() == 1
    assert await store.refusals(pool) == []


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_refused_file_that_is_gone_waits_for_nobody(folder, pool, restarted):
    """Deleted while watched, or while nobody watched."""
    with (folder / "大.pdf").open("wb") as file:
        file.truncate(LIMIT + 1)
    watched = Watched(folder, pool)
    await watched.settle()
    assert len(await store.refusals(pool)) == 1
    (folder / "大.pdf").unlink()
    await (Watched(folder, pool) if restarted else watched).look()
    assert await store.refusals(pool) == []


async def test_an_archive_bomb_is_refused_and_its_neighbours_are_taken(folder, pool):
    """A member that unpacks to far more than its size is refused under the archive's file."""
    (folder / "包.zip").write_bytes(zipped({"弹.txt": b"\0" * (LIMIT + 1), "年报.txt": b"1"}))
    assert await Watched(folder, pool).settle() == 1
    assert [(one.file.rpartition("/")[2], one.problem) for one in await store.refusals(pool)] == [
        ("包.zip", "archive_limit")
    ]


@pytest.mark.skipif(not pathlib.Path("/proc/self/mem").exists(), reason="needs a file that exists and cannot be read")
async def test_a_file_that_cannot_be_read_now_is_tried_again(folder, pool):
    """It waits for a person, is tried at every look, and is taken as soon as it can be."""
    (folder / "年报.txt").symlink_to("/proc/self/mem")
    (folder / "乙.txt").write_text("二")
    watched = Watched(folder, pool)
    assert await watched.settle() == 1
    assert await watched.look(1) == 0
    assert [one.problem for one in await store.refusals(pool)] == ["no_access"]
    (folder / "年报.txt").unlink()
    (folder / "年报.txt").write_text("一")
    assert await watched.settle() == 1
    assert await store.refusals(pool) == []


async def test_links_that_lead_nowhere_or_round_stop_nobody(folder, pool):
    """A dangling link and a link to the folder above are nothing; a link to itself cannot be read, and that is said."""
    (folder / "断.txt").symlink_to(folder / "没有.txt")
    (folder / "环.txt").symlink_to(folder / "环.txt")
    (folder / "上级").symlink_to(folder.parent)
    (folder / "年报.txt").write_text("一")
    assert await Watched(folder, pool).settle() == 1
    assert [one.source.rpartition("/")[2] for one in await store.refusals(pool)] == ["环.txt"]


async def test_a_hostile_archive_stops_nobody(folder, pool):
    """A member without a name, an archive cut in half, one that is not an archive: each ends somewhere, the next is taken."""
    (folder / "乙.zip").write_bytes(nameless(zipped({"x": b"1", "y.txt": b"2"})))
    (folder / "丙.zip").write_bytes(zipped({"x.txt": b"1" * 1000})[:60])
    (folder / "年报.txt").write_text("一")
    await Watched(folder, pool).settle()
    assert ("年报.txt", 1) in await sources(pool)


async def test_a_file_that_the_program_fails_on_is_told_and_stops_nobody(folder, pool):
    """A failure is about us: it waits for a person, and the file is taken when it is copied again."""
    (folder / "年报.txt").write_text("一")
    await pool.execute("alter table document rename to document_away")
    watched = Watched(folder, pool)
    assert await watched.settle() == 0
    assert [one.problem for one in await store.refusals(pool)] == ["failed"]
    await pool.execute("alter table document_away rename to document")
    os.utime(folder / "年报.txt", (1, 1))
    assert await watched.settle() == 1
    assert await store.refusals(pool) == []


async def test_a_folder_that_is_not_there_is_refused_at_the_start(tmp_path, pool):
    """One line for the person who started it."""
    with pytest.raises(UsageError, match="没有"):
        Watcher(tmp_path / "没有", pool)


async def test_a_folder_that_goes_away_is_waited_for(folder, pool):
    """A share unmounted and mounted again: nothing is lost, nothing taken twice."""
    (folder / "甲.txt").write_text("一")
    watched = Watched(folder, pool)
    assert await watched.settle() == 1
    folder.rename(folder.parent / "离线")
    with pytest.raises(Transient):
        await watched.look(after=1)
    (folder.parent / "离线").rename(folder)
    (folder / "乙.txt").write_text("二")
    assert await watched.settle() == 1


async def test_a_name_in_another_encoding_is_taken(folder, pool):
    """A share written by a system that names files in GB18030."""
    (folder / os.fsdecode("年报.txt".encode("gb18030"))).write_text("一")
    assert await Watched(folder, pool).settle() == 1
    assert await sources(pool) == [("年报.txt", 1)]


async def test_watching_goes_on_through_an_outage_and_ends_when_told(folder, database, pool, capsys):
    """The database goes away and comes back; what came meanwhile is taken, and the wait is said once."""
    stop, line = asyncio.Event(), Line(database)
    async with line as address, await connect(address) as watched_pool:
        watcher = Watcher(folder, watched_pool, clock=itertools.count(0, 3).__next__)
        watching = asyncio.create_task(watcher.watch(stop, 0.02))
        (folder / "甲.txt").write_text("一")
        await until(lambda: pool.fetchval("select count(*) = 1 from observation"))
        line.cut()
        (folder / "乙.txt").write_text("二")
        await until(lambda: asyncio.sleep(0, watcher._away))
        line.mend()
        await until(lambda: pool.fetchval("select count(*) = 2 from observation"))
        stop.set()
        await watching
    assert "".join(capsys.readouterr()).count("watch_waits") == 1
