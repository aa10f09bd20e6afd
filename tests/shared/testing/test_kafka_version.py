"""The version that a run prints is the broker's own word."""

import struct

from shared.testing.kafka import VERSION
from shared.testing.kafka_version import _feature_level, broker_version


def test_a_broker_tells_its_release_and_only_a_patch_of_it_is_added(kafka_address):
    """A version that was started and is not what answers is not printed."""
    assert broker_version(kafka_address, VERSION).startswith("Apache Kafka 4.")
    assert broker_version(kafka_address, "3.9.9") == broker_version(kafka_address)
    assert VERSION not in broker_version(kafka_address, "3.9.9")


def test_what_is_supported_counts_and_not_what_is_in_force():
    """A new broker in a cluster that was not raised yet is a new broker."""
    feature = b"metadata.version"
    answer = b"\0" + feature + struct.pack(">hh", 7, 30) + b"\0" + feature + struct.pack(">hh", 25, 25)
    assert _feature_level(answer) == 30
    assert _feature_level(b"\0\x23") == 0
