"""What bench_stage measures against: a bare confluent-kafka consumer that parses, and writes one row a report or none.

Arguments: brokers, topic, records to expect in all, database or "-". Prints "assigned", then a line of JSON: how many
records after the first batch, and when the first batch and the last were done (seconds of the epoch).
"""

import asyncio
import json
import sys
import time

import asyncpg
from confluent_kafka import Consumer
from pydantic import TypeAdapter

from services.parse.core import parse
from shared.model.report import Document
from shared.stream.events import RawReport
from shared.testing.season import season

BATCH = 50
IDLE_SECONDS = 3
_DOCUMENT = TypeAdapter(Document)


async def main(brokers, topic, records, database):
    """Consume until nothing has come for a while."""
    connection = await asyncpg.connect(database) if database != "-" else None
    contents = {each.name: each.data for each in season(int(records))}
    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": "bare",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": 6000,
        }
    )
    consumer.subscribe([topic], on_assign=lambda *_: print("assigned", flush=True))
    first, last, count = None, 0.0, 0
    while first is None or time.time() - last < IDLE_SECONDS:
        batch = consumer.consume(BATCH, 0.2)
        for message in batch:
            raw = RawReport.model_validate_json(message.value())
            content = contents[raw.source]
            if connection:
                content = await connection.fetchval("select content from document where sha256 = $1", raw.sha256)
            document = parse(content, source=raw.source)
            if connection:
                await connection.execute(
                    "insert into bare (observation_id, structured) values ($1, $2)",
                    raw.observation_id,
                    _DOCUMENT.dump_json(document).decode(),
                )
        if batch:
            consumer.commit(asynchronous=False)
            count += len(batch) if first else 0
            last = time.time()
            first = first or last
    print(json.dumps({"reports": count, "first": first, "last": last}))
    consumer.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
