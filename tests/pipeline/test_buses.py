"""The same documents over the local bus and over Kafka, on two databases: row by row, event by event, mail by mail."""

import asyncio
import importlib.resources
import json
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

from services.ingest.store import take
from services.notify.app import NotifyStage
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import FolderMailbox
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from services.validate.app import ValidateStage
from shared.directory import store
from shared.directory.rows import read_rows
from shared.documents import documents_at
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.bus.local import LocalBus
from shared.stream.topics import STATUS, TOPICS
from shared.testing.database import copied_database, pool_on
from shared.testing.records import read_records
from shared.testing.season import season
from shared.testing.waiting import until

SEEN = datetime(2025, 1, 20, 9, 0, tzinfo=UTC)
SERVICES = ("ingest", "parse", "validate", "notify")
SAMPLES = importlib.resources.files("shared.testing") / "samples"

TABLES = (
    "document", "observation", "attachment", "reading", "report", "operand", "judgement", "finding",
    "correction_case", "case_event", "notice", "contact_state", "inbox", "dead_letter",
)  # fmt: skip
# What tells one run from another: moments, what random numbers and sequences give, and where a mail was written.
PASSING = re.compile(r".*_at|lease_until|first_seen|at|id|traceparent|mail|content|reply|detail")
KEPT = {"observed_at"}

AT_REST = """
select not exists (select from outbox where published_at is null)
   and (select count(*) from inbox) >= (select count(*) from outbox where topic <> $1)
   and not exists (select from notice where status in ('pending', 'sending', 'deferred'))
"""


@asynccontextmanager
async def running(*parts):
    """Run parts, and stop them at the end."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(part.run(stop)) for part in parts]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def test_both_buses_do_the_same(database_template, kafka_settings, workers, tmp_path):
    """Rows, findings, event ids, bodies, headers and mails are the same; on Kafka the topics hold what the outbox does."""
    async with cluster.admin(kafka_settings) as admin:
        await topics_admin.apply(admin, kafka_settings)
    books = []
    for name in ("local", "kafka"):
        async with copied_database(database_template) as address, pool_on(address) as pool:
            stages = ParseStage(pool, workers, ParseSettings()), ValidateStage(), NotifyStage(auto(tmp_path))
            bus = [LocalBus(pool, stages)]
            if name == "kafka":
                relays = [KafkaRelay(pool, service, kafka_settings) for service in SERVICES]
                bus = [*(KafkaBus(pool, stage, kafka_settings) for stage in stages), *relays]
            mails = tmp_path / name
            await hand_in(pool)
            async with running(*bus, Sender(pool, auto(tmp_path), FolderMailbox(mails))):
                await until(lambda pool=pool: pool.fetchval(AT_REST, STATUS.name), seconds=120)
            books.append({"rows": await rows(pool), "events": await events(pool), "mails": await letters(pool, mails)})
            if name == "kafka":
                assert await published(kafka_settings) == sorted(await outgoing(pool))
    local, kafka = books
    assert all(local["rows"][table] for table in ("finding", "judgement", "notice"))
    assert len(local["mails"]) > 10
    for part in ("rows", "events", "mails"):
        assert local[part].keys() == kafka[part].keys()
        for name in local[part]:
            assert local[part][name] == kafka[part][name], name


def auto(folder) -> NotifySettings:
    """Return settings that let mails go out by themselves."""
    return NotifySettings(release="auto", mail="folder", mail_folder=folder)


async def hand_in(pool) -> None:
    """Hand the sample reports and a small season in, with their directory."""
    submissions = list(season(20))
    with importlib.resources.as_file(SAMPLES) as folder:
        samples = [(each.source.rpartition("/")[2], each.data) for each in documents_at(str(folder)) if each.data]
    listed = [*read_rows((SAMPLES / "agencies.csv").read_bytes()), *(each.agency for each in submissions)]
    async with pool.acquire() as connection:
        await store.replace(connection, listed, by="test")
    for name, data in [*samples, *((each.name, each.data) for each in submissions)]:
        await take(pool, data, source=f"/reports/{name}", source_kind="folder", name=name, observed_at=SEEN)


async def rows(pool) -> dict[str, list[str]]:
    """Return every row of every table without what tells one run from another, in an order of their own."""
    found = {}
    numbers = await case_numbers(pool)
    for table in TABLES:
        fetched = await pool.fetch(f"select to_jsonb({table}) - 'content' as row from {table}")
        found[table] = sorted(lasting(row["row"], numbers) for row in fetched)
    return found


def lasting(row: dict, numbers: dict[str, str]) -> str:
    """Return a row without what tells one run from another; a case's number as the case that it is of."""
    kept = {name: value for name, value in row.items() if name in KEPT or not PASSING.fullmatch(name)}
    return json.dumps({**kept, "number": numbers.get(row.get("number"))}, ensure_ascii=False, sort_keys=True)


async def case_numbers(pool) -> dict[str, str]:
    """Return agency and year by the number that the case happened to get."""
    fetched = await pool.fetch("select number, agency_key, year from correction_case where number is not null")
    return {row["number"]: f"{row['agency_key']} {row['year']}" for row in fetched}


async def events(pool) -> dict[str, list[tuple]]:
    """Return what was published, by event id: topic, key, headers and body, moments apart.

    The id of a status holds its moment: what changes at two moments is two events. It stands under notice and status.
    """
    found = {}
    for row in await pool.fetch("select * from outbox"):
        headers = {name: value for name, value in row["headers"] if name not in {"ce_time", "traceparent"}}
        body = json.loads(row["payload"])
        known_by = headers["ce_id"]
        if body.pop("at", None):
            del headers["ce_id"]
            known_by = f"{body['notice_id']} {body['status']}"
        found.setdefault(known_by, []).append((row["service"], row["topic"], row["key"], headers, body))
    return found


async def letters(pool, folder) -> dict[str, tuple]:
    """Return the mails by Message-ID: who, subject and texts, with the case's number as the case that it is of."""
    numbers, found = await case_numbers(pool), {}
    for file in folder.glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=SMTP)
        texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
        told = json.dumps([mail["From"], mail["To"], mail["Subject"], *texts], ensure_ascii=False)
        for number, case in numbers.items():
            told = told.replace(number, case)
        found[mail["Message-ID"]] = told
    return found


async def published(settings) -> list[tuple]:
    """Return all records of all topics."""
    found = [each for topic in TOPICS for each in await read_records(settings, topic.name)]
    return sorted((each.topic, each.key, dict(each.headers)["ce_id"].decode(), each.value) for each in found)


async def outgoing(pool) -> list[tuple]:
    """Return all rows of the outbox in the same shape."""
    found = await pool.fetch("select * from outbox")
    return [(row["topic"], row["key"], dict(row["headers"])["ce_id"], row["payload"]) for row in found]
