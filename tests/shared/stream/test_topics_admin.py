"""The topics of a real cluster against the one table."""

import dataclasses

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from shared.ops.errors import UsageError
from shared.stream.bus import cluster
from shared.stream.topics import TOPICS
from shared.stream.topics_admin import Difference, apply, demand_topics, differences, missing
from shared.testing.records import make_topics
from shared.testing.waiting import until


@pytest.fixture
async def admin(kafka_settings):
    """Give an admin client."""
    async with cluster.admin(kafka_settings) as client:
        yield client


def names(settings) -> list[str]:
    """Return the names of all topics."""
    return [settings.kafka_prefix + topic.name for topic in TOPICS]


async def agrees(admin, settings) -> bool:
    """Return whether nothing differs; a broker's own view follows the controller's a moment later."""
    return not await differences(admin, settings)


async def test_what_is_missing_is_made_as_the_table_says(admin, kafka_settings):
    """All topics, then nothing to do; twice is no more than once."""
    assert await missing(admin, kafka_settings) == names(kafka_settings)
    assert {each.what for each in await apply(admin, kafka_settings)} == {"topic"}
    await until(lambda: agrees(admin, kafka_settings))
    assert await apply(admin, kafka_settings) == []
    await demand_topics(admin, kafka_settings)


async def test_missing_topics_are_named_with_what_to_run(admin, kafka_settings):
    """A service does not start without them."""
    with pytest.raises(UsageError, match=f"{names(kafka_settings)[0]}.*nianbao topics apply"):
        await demand_topics(admin, kafka_settings)


async def test_differing_configurations_are_brought_in_line_and_others_taken_back(admin, kafka_settings):
    """The whole set is sent, since the request resets what it does not name."""
    await apply(admin, kafka_settings)
    name = names(kafka_settings)[0]
    changed = {"cleanup.policy": "compact", "retention.ms": "1000", "segment.bytes": "1048576"}
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, configs=changed)])
    await until(lambda: differs_in(admin, kafka_settings, "segment.bytes"))
    found = {each.what: (each.have, each.want) for each in await apply(admin, kafka_settings)}
    assert found["retention.ms"] == ("1000", str(TOPICS[0].retention_days * 86400000))
    assert found["segment.bytes"] == ("1048576", None)
    assert found["max.message.bytes"] == (None, str(TOPICS[0].max_bytes))
    await until(lambda: agrees(admin, kafka_settings))


async def differs_in(admin, settings, what: str) -> bool:
    """Return whether this differs."""
    return what in {each.what for each in await differences(admin, settings)}


async def test_partitions_and_copies_are_told_and_left_alone(admin, kafka_settings):
    """More partitions would send an agency's next events elsewhere; copies are an administrator's to move."""
    await make_topics(kafka_settings, [topic.name for topic in TOPICS], partitions=2)
    await apply(admin, kafka_settings)
    wanted = kafka_settings.model_copy(update={"kafka_replication": 3})
    await until(lambda: agrees_but(admin, wanted, {"partitions", "replication"}))
    left = await apply(admin, wanted)
    assert not [each for each in left if each.is_applied]
    assert Difference(names(wanted)[0], "partitions", "2", "6") in left
    assert Difference(names(wanted)[0], "replication", "1", "3") in left


async def agrees_but(admin, settings, but: set[str]) -> bool:
    """Return whether exactly these differ."""
    return {each.what for each in await differences(admin, settings)} == but


async def test_what_the_cluster_refuses_is_said_in_its_words(admin, kafka_settings):
    """Three copies on one broker: the request itself never raises, its answer is read."""
    with pytest.raises(UsageError, match=r"replication factor"):
        await apply(admin, kafka_settings.model_copy(update={"kafka_replication": 3}))


def test_a_difference_is_plain_data():
    """The command line prints it as JSON."""
    assert dataclasses.asdict(Difference("t", "partitions", "1", "6")) == {
        "topic": "t", "what": "partitions", "have": "1", "want": "6",
    }  # fmt: skip
