"""Real Apache Kafka for tests and the demo: an address given, a container, or the broker's own jars; never a stand-in.

The jars are fetched once by Maven (deploy/kafka/pom.xml) into a cache and run with the machine's Java 17 or newer.
"""

import ctypes
import os
import pathlib
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import fasteners

from shared.testing.kafka_version import broker_version

VERSION = "4.3.0"
_POM = pathlib.Path(__file__).resolve().parents[2] / "deploy" / "kafka" / "pom.xml"
_CACHE = pathlib.Path(os.environ.get("NIANBAO_CACHE", _POM.parents[2] / ".cache"))
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_START_SECONDS, _STOP_SECONDS = 30, 10
_JAVA = ("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=WARN")

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
"""


class KafkaMissingError(RuntimeError):
    """There is no way to a real broker on this machine; the message says what is missing."""


@dataclass
class Broker:
    """A broker of our own, from the jars, that a test may kill, freeze and start again on the same data."""

    folder: pathlib.Path
    port: int
    controller: int
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Host and port for a client."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until a metadata answer names a live broker; KafkaMissingError quotes the log where it does not."""
        with (self.folder / "broker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*_java(), "kafka.Kafka", str(self.folder / "server.properties")],
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one call into libc
            )
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError, struct.error):
                if _live_brokers(self.port):
                    return
            time.sleep(0.05)
        tail = (self.folder / "broker.log").read_text(errors="replace").splitlines()[-5:]
        self.kill()
        raise KafkaMissingError("the broker did not start: " + " | ".join(tail))

    def stop(self) -> None:
        """Stop cleanly, by force after 10 s."""
        if self.process is None:
            return
        self.thaw()
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """End at once, as by a power cut of the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self) -> None:
        """Stop answering without closing a connection."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Answer again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def broker_from_jars(more: str = "") -> Iterator[Broker]:
    """Run a broker of our own on free ports with empty data; raises KafkaMissingError where Java or Maven is missing.

    `more` are properties that count more than ours; {port}, {controller} and {data} stand for what they are.
    """
    formatted = _formatted()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nianbao-kafka-"))
    port, controller = free_ports(2)
    data = folder / "data"
    shutil.copytree(formatted, data)
    (folder / "server.properties").write_text((_PROPERTIES + more).format(port=port, controller=controller, data=data))
    broker = Broker(folder, port, controller)
    try:
        broker.start()
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kafka() -> Iterator[tuple[str, str]]:
    """Give (address, "Apache Kafka 4.3.0, where it came from"): NIANBAO_TEST_KAFKA if set, else a container, else the jars."""
    given = os.environ.get("NIANBAO_TEST_KAFKA")
    if given:
        yield given, f"{broker_version(given)}, the address given"
    elif _engine_answers():
        from testcontainers.kafka import KafkaContainer  # noqa: PLC0415 - only where an engine runs

        with KafkaContainer(f"apache/kafka:{VERSION}").with_kraft() as container:
            address = container.get_bootstrap_server()
            yield address, f"{broker_version(address, VERSION)}, a container"
    else:
        with broker_from_jars() as broker:
            yield broker.address, f"{broker_version(broker.address, VERSION)}, its own jars"


def _engine_answers() -> bool:
    command = shutil.which("docker") or shutil.which("podman")
    if command is None:
        return False
    return subprocess.run([command, "info"], capture_output=True, check=False, timeout=20).returncode == 0


def _java() -> list[str]:
    return _java_with(_jars())


def _java_with(jars: pathlib.Path) -> list[str]:
    return [_demand("java", "Java 17 or newer"), *_JAVA, "-cp", str(jars / "*")]


def _demand(command: str, what: str) -> str:
    found = shutil.which(command)
    if found is None:
        raise KafkaMissingError(f"{what} is not installed (command {command})")
    return found


def _jars() -> pathlib.Path:
    """Return the folder of the broker's jars, fetched once; parallel and interrupted runs never see half a folder."""
    jars = _CACHE / f"kafka-{VERSION}"
    if (jars / "ok").exists():
        return jars
    _CACHE.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(_CACHE / "kafka.lock"):
        if not (jars / "ok").exists():
            _fetch(jars)
    return jars


def _fetch(jars: pathlib.Path) -> None:
    maven = _demand("mvn", "Maven")
    part = _CACHE / f".part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    options = ["-B", "-q", "-Dstyle.color=never", "-DincludeScope=runtime", f"-DoutputDirectory={part}"]
    done = subprocess.run(
        [maven, "-f", str(_POM), _COPY, *options], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        errors = [line for line in done.stdout.splitlines() if line.startswith("[ERROR]")]
        raise KafkaMissingError("Maven could not fetch the broker: " + " ".join(errors[:1]))
    shutil.rmtree(jars, ignore_errors=True)
    part.rename(jars)
    _format(jars)
    (jars / "ok").touch()


def _format(jars: pathlib.Path) -> None:
    """Format a data folder once and keep it: each broker starts on a copy."""
    formatted = jars / "formatted"
    properties = jars / "format.properties"
    properties.write_text(_PROPERTIES.format(port=9092, controller=9093, data=formatted))
    done = subprocess.run(
        [*_java_with(jars), "kafka.tools.StorageTool", "format", "-t", cluster_id(), "-c", str(properties)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise KafkaMissingError("the broker's data folder could not be formatted: " + done.stderr.strip()[-300:])


def cluster_id() -> str:
    """Return a new id of a cluster: 16 bytes in 22 characters, the first no dash, which the program takes for an option."""
    return urlsafe_b64encode(b"n" + uuid.uuid4().bytes[1:]).rstrip(b"=").decode()


def _formatted() -> pathlib.Path:
    return _jars() / "formatted"


def free_ports(count: int) -> list[int]:
    """Return free ports below the ephemeral range: a client that retries a closed port there connects to itself."""
    ports = []
    for port in random.sample(range(20000, 32000), 200):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            ports.append(port)
        if len(ports) == count:
            break
    return ports


def _live_brokers(port: int) -> int:
    """Return how many brokers a metadata answer (version 1, no topics) names; OSError, struct.error: not yet."""
    with socket.create_connection(("127.0.0.1", port), 1) as connection, connection.makefile("rb") as reply:
        connection.settimeout(1)
        connection.sendall(struct.pack(">ihhihi", 14, 3, 1, 1, -1, 0))
        (size,) = struct.unpack(">i", reply.read(4))
        brokers: int = struct.unpack(">i", reply.read(size)[4:8])[0]
        return brokers


def die_with_parent() -> None:
    """Have this process killed when the test run that started it dies; Linux only."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
