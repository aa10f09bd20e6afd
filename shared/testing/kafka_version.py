"""Which Apache Kafka a broker is, by its own word."""

import socket
import struct

_API_VERSIONS, _VERSION = 18, 3
_FEATURE = b"metadata.version"
# org.apache.kafka.server.common.MetadataVersion: the highest level that each release can be raised to.
_RELEASES = {25: "4.0", 27: "4.1", 29: "4.2", 30: "4.3", 31: "4.4"}


def broker_version(address: str, started: str | None = None) -> str:
    """Return "Apache Kafka 4.3" as the broker at host:port tells; with the patch of the version we started, if it is one of these.

    The protocol tells features, not the patch. Raises OSError where nothing answers.
    """
    level = _feature_level(_api_versions(address))
    release = _RELEASES.get(level, f"with metadata.version {level}")
    return f"Apache Kafka {started if started and started.startswith(release + '.') else release}"


def _api_versions(address: str) -> bytes:
    """Return the body of a broker's answer to ApiVersions 3 (KIP-482 header, KIP-584 features)."""
    host, _, port = address.split(",", maxsplit=1)[0].strip().rpartition(":")
    request = struct.pack(">hhih", _API_VERSIONS, _VERSION, 1, -1) + b"\0" + b"\x08nianbao\x021\0"
    with socket.create_connection((host.strip("[]"), int(port)), 5) as connection, connection.makefile("rb") as reply:
        connection.sendall(struct.pack(">i", len(request)) + request)
        (size,) = struct.unpack(">i", reply.read(4))
        return reply.read(size)


def _feature_level(answer: bytes) -> int:
    """Return the highest metadata.version that a broker supports, 0 where it tells none."""
    _, _, levels = answer.partition(_FEATURE)  # what is supported stands before what is in force
    return int(struct.unpack_from(">hh", levels)[1]) if levels else 0
