"""A foreign client of the cluster: makes topics, sends any bytes as records, reads what is there."""

from collections.abc import Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import NewTopic

from shared.stream.bus import cluster
from shared.stream.envelope import Record
from shared.stream.settings import KafkaSettings
from shared.stream.topics_admin import apply


async def make_topics(
    settings: KafkaSettings, names: Iterable[str], *, partitions: int = 1, configs: dict[str, str] | None = None
) -> None:
    """Make topics, with the settings' prefix."""
    new = [NewTopic(settings.kafka_prefix + name, partitions, 1, topic_configs=configs or {}) for name in names]
    async with cluster.admin(settings) as admin:
        await admin.create_topics(new)


async def make_our_topics(settings: KafkaSettings) -> KafkaSettings:
    """Make every topic of the pipeline, with the settings' prefix; return the settings."""
    async with cluster.admin(settings) as admin:
        await apply(admin, settings)
    return settings


async def send_records(settings: KafkaSettings, records: Sequence[Record]) -> None:
    """Send records as they are; one with a partition goes there."""
    async with AIOKafkaProducer(**cluster.client_options(settings), max_request_size=8 * 1024 * 1024) as producer:
        for each in records:
            topic = settings.kafka_prefix + each.topic
            await producer.send_and_wait(
                topic, each.value, key=each.key, partition=each.partition, headers=list(each.headers)
            )


async def read_records(settings: KafkaSettings, topic: str) -> list[Record]:
    """Return all records of a topic, by partition and offset."""
    found = []
    async with AIOKafkaConsumer(**cluster.client_options(settings)) as consumer:
        parts = await _partitions(consumer, settings.kafka_prefix + topic)
        ends = await consumer.end_offsets(parts)
        for part in parts:
            consumer.assign([part])
            await consumer.seek_to_beginning(part)
            while await consumer.position(part) < ends[part]:
                found += [_record(topic, raw) for raw in (await consumer.getmany(part, timeout_ms=500)).get(part, [])]
    return found


async def committed(settings: KafkaSettings, group: str, topic: str) -> dict[int, int]:
    """Return the offset that a group has committed in each partition, 0 where none."""
    async with AIOKafkaConsumer(
        **cluster.client_options(settings), group_id=settings.kafka_prefix + group, enable_auto_commit=False
    ) as consumer:
        parts = await _partitions(consumer, settings.kafka_prefix + topic)
        return {part.partition: await consumer.committed(part) or 0 for part in parts}


async def _partitions(consumer: Any, topic: str) -> list[TopicPartition]:
    await consumer._client.add_topic(topic)  # noqa: SLF001 - a consumer that subscribes would join the group
    return [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]


def _record(topic: str, raw: Any) -> Record:
    return Record(topic, raw.partition, raw.offset, raw.key, raw.value, tuple(raw.headers))
