"""The topics of a cluster against the one table: what differs, and how it is brought in line."""

from dataclasses import dataclass
from typing import Any

from aiokafka.admin import NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import for_code

from shared.ops.errors import Transient, UsageError
from shared.stream.settings import KafkaSettings
from shared.stream.topics import TOPICS, Topic

_DAY_MS = 24 * 60 * 60 * 1000
_SET_ON_TOPIC = 1  # config_source of DescribeConfigs: dynamic topic configuration
_EXISTS = 36


@dataclass(frozen=True, slots=True)
class Difference:
    """What a topic has and what it should have; `what` is "topic", "partitions", "replication" or a configuration.

    Partitions and replication are only told: more partitions would send an agency's next events elsewhere than its last.
    """

    topic: str
    what: str
    have: str | None
    want: str | None

    @property
    def is_applied(self) -> bool:
        """Whether `apply` brings it in line."""
        return self.what not in {"partitions", "replication"}


def configuration(topic: Topic, copies: int) -> dict[str, str]:
    """Return all that is set on a topic of which there are so many copies: one may be away, an event is in the others."""
    return {
        "cleanup.policy": "delete",
        "retention.ms": str(topic.retention_days * _DAY_MS),
        "max.message.bytes": str(topic.max_bytes),
        "min.insync.replicas": str(max(1, copies - 1)),
    }


async def missing(admin: Any, settings: KafkaSettings) -> list[str]:
    """Return the names of topics that the cluster lacks."""
    there = set(await admin.list_topics())
    return [name for topic in TOPICS if (name := settings.kafka_prefix + topic.name) not in there]


async def demand_topics(admin: Any, settings: KafkaSettings) -> None:
    """Raise UsageError where topics are missing."""
    names = await missing(admin, settings)
    if names:
        raise UsageError(f"Kafka里还没有主题 {'、'.join(names)}；请先运行 nianbao topics apply")


async def differences(admin: Any, settings: KafkaSettings) -> list[Difference]:
    """Return what differs from the table, topic by topic."""
    names = {settings.kafka_prefix + topic.name: topic for topic in TOPICS}
    # All are asked for: to ask for one by its name makes it, where brokers may make topics by themselves.
    described = {each["topic"]: each for each in await admin.describe_topics()}
    configured = await _configured(admin, [name for name in names if name in described])
    found = []
    for name, topic in names.items():
        if name in configured:
            copies = _copies(described[name])
            found += _layout(name, topic, settings, described[name])
            found += _set(name, configuration(topic, copies), configured[name])
        else:
            found.append(Difference(name, "topic", None, f"{topic.partitions} partitions"))
    return found


async def apply(admin: Any, settings: KafkaSettings) -> list[Difference]:
    """Create what is missing and set what differs; return what there was to do, with what is left to a person.

    Raises UsageError with the cluster's reason where it refuses.
    """
    found = await differences(admin, settings)
    topics = {settings.kafka_prefix + topic.name: topic for topic in TOPICS}
    absent = [each.topic for each in found if each.what == "topic"]
    if absent:
        await _create(admin, {name: topics[name] for name in absent}, settings.kafka_replication)
    changed = {each.topic for each in found if each.is_applied} - set(absent)
    if changed:
        await _configure(admin, {name: topics[name] for name in changed})
    return found


def _layout(name: str, topic: Topic, settings: KafkaSettings, described: Any) -> list[Difference]:
    partitions, copies = len(described["partitions"]), _copies(described)
    found = []
    if partitions != topic.partitions:
        found.append(Difference(name, "partitions", str(partitions), str(topic.partitions)))
    if copies < settings.kafka_replication:
        found.append(Difference(name, "replication", str(copies), str(settings.kafka_replication)))
    return found


def _copies(described: Any) -> int:
    return min((len(partition["replicas"]) for partition in described["partitions"]), default=0)


def _set(name: str, wanted: dict[str, str], configured: dict[str, str]) -> list[Difference]:
    return [
        Difference(name, key, configured.get(key), wanted.get(key))
        for key in sorted({*wanted, *configured})
        if configured.get(key) != wanted.get(key)
    ]


async def _configured(admin: Any, names: list[str]) -> dict[str, dict[str, str]]:
    """Return what is set on each topic itself, not inherited from the broker."""
    if not names:
        return {}
    found = {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    for answer in await admin.describe_configs(resources):
        for resource in answer.to_object()["resources"]:
            _check(resource["error_code"], resource["resource_name"], resource["error_message"])
            found[resource["resource_name"]] = {
                entry["config_names"]: entry["config_value"]
                for entry in resource["config_entries"]
                if entry["config_source"] == _SET_ON_TOPIC
            }
    return found


async def _create(admin: Any, topics: dict[str, Topic], copies: int) -> None:
    new = [
        NewTopic(name, topic.partitions, copies, topic_configs=configuration(topic, copies))
        for name, topic in topics.items()
    ]
    answer = await admin.create_topics(new)
    for name, code, message, *_ in answer.topic_errors:
        if code != _EXISTS:  # another did the same meanwhile
            _check(code, name, message)


async def _configure(admin: Any, topics: dict[str, Topic]) -> None:
    # The request resets what it does not name: it carries the whole set.
    copies = {each["topic"]: _copies(each) for each in await admin.describe_topics(list(topics))}
    resources = [
        ConfigResource(ConfigResourceType.TOPIC, name, configs=configuration(topic, copies[name]))
        for name, topic in topics.items()
    ]
    for answer in await admin.alter_configs(resources):
        for code, message, _, name in answer.resources:
            _check(code, name, message)


def _check(code: int, name: str, message: str | None) -> None:
    if code:
        error = for_code(code)
        kind = Transient if getattr(error, "retriable", False) else UsageError
        raise kind(f"Kafka拒绝了主题 {name}：{message or error.__name__}")
