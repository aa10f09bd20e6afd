"""The services of deploy/compose.yaml run as it is written: on real Kafka configured by it, PostgreSQL and SMTP; no engine."""

import asyncio
import json
import os
import pathlib
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.testing.command import Command
from shared.testing.compose import OURS, SERVICES, SERVING, Containers
from shared.testing.database import empty_database
from shared.testing.fleet import GONE_SECONDS, unready
from shared.testing.kafka import Broker, _java, free_ports
from shared.testing.mailserver import MailServer, mail_server
from shared.testing.waiting import until

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"
GIVEN = {
    "NIANBAO_DATABASE_PASSWORD": "0f1e2d",
    "NIANBAO_UPLOAD_TOKEN": "a-token-of-the-test",
    "NIANBAO_MAIL_FROM": "office@example.invalid",
    "NIANBAO_SMTP_HOST": "127.0.0.1",
    "NIANBAO_SMTP_TLS": "none",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> pathlib.Path:
    """Give a folder for the broker's data, the reports and the logs."""
    return tmp_path_factory.mktemp("compose")


@pytest.fixture(scope="module")
def broker(folder) -> Iterator[Broker]:
    """Give the broker that the file describes, configured by the program that the image starts with."""
    port, controller = free_ports(2)
    places = {"kafka:9092": f"127.0.0.1:{port}", ":9092": f":{port}", ":9093": f":{controller}"}
    given = {key: str(value) for key, value in SERVICES["kafka"]["environment"].items()}
    given["KAFKA_LOG_DIRS"] = str(folder / "data")
    for place, stands_for in places.items():
        given = {key: value.replace(place, stands_for) for key, value in given.items()}
    defaults, mounted = folder / "defaults", folder / "mounted"
    defaults.mkdir()
    mounted.mkdir()
    for name in ("server.properties", "log4j2.yaml", "tools-log4j2.yaml"):
        (defaults / name).write_text("Configuration:\n" if name.endswith("yaml") else "")
    folders = {"default": defaults, "mounted": mounted, "final": folder}
    options = [part for kind, path in folders.items() for part in (f"--{kind}-configs-dir", str(path))]
    done = subprocess.run(
        [*_java(), "kafka.docker.KafkaDockerWrapper", "setup", *options],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    described = Broker(folder, port, controller)
    described.start()
    yield described
    described.stop()


@pytest.fixture(scope="module")
async def mails() -> AsyncIterator[MailServer]:
    """Give a mail server."""
    async with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
async def running(folder, broker, database_server, mails) -> AsyncIterator[Containers]:
    """Give the services, set up and started as the file says."""
    (folder / "reports").mkdir()
    (folder / "files").mkdir(mode=0o700)
    ports = dict(zip((*OURS, "upload"), free_ports(len(OURS) + 1), strict=True))
    async with empty_database(database_server) as database:
        places = {
            "postgresql://nianbao:0f1e2d@postgres:5432/nianbao": database,
            "kafka:9092": broker.address,
            "ingest:8719": f"127.0.0.1:{ports['upload']}",
            "/reports": str(folder / "reports"),
            "/files": str(folder / "files"),
        }
        made = Containers(folder, places, {**GIVEN, "NIANBAO_SMTP_PORT": str(mails.port)}, ports)
        done = await asyncio.to_thread(made.run, "setup", *SERVICES["setup"]["command"])
        assert done.returncode == 0, done.stderr
        try:
            for process in [made.start(name) for name in SERVING]:
                await until(lambda process=process: _is_ready(process), seconds=60)
            yield made
        finally:
            for process in made.processes.values():
                process.kill()


async def _is_ready(process: Command) -> bool:
    return await unready(process) is None


async def test_the_broker_is_what_the_file_says(broker):
    """Every KAFKA_ variable became a property that the broker knows, with that value; so topics are never made by themselves."""
    lines = (broker.folder / "server.properties").read_text().splitlines()
    written = dict(line.split("=", 1) for line in lines if line)
    asked = {name.removeprefix("KAFKA_").lower().replace("_", ".") for name in SERVICES["kafka"]["environment"]}
    assert asked - set(written) == {"cluster.id", "heap.opts", "extra.args"}
    async with cluster.admin(KafkaSettings(kafka=broker.address)) as admin:
        (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.BROKER, "1")])
    (*_, entries) = answer.resources[0]
    known = {name: value for name, value, *_ in entries}
    assert {name: known.get(name) for name in written} == written
    assert known["auto.create.topics.enable"] == "false"


@pytest.mark.parametrize("name", SERVING)
async def test_a_service_runs_as_written_and_its_health_check_finds_it_well(running, name):
    """Command, settings and health check are those of the file; only places and ports are this machine's."""
    await until(lambda: running.is_healthy(name))


async def test_a_report_that_comes_in_leaves_as_a_mail(running, mails):
    """One by the folder and one by upload; the command line imports the directory and finds all that it leans on."""
    listed = await asyncio.to_thread(running.run, "cli", "agencies", "import", str(SAMPLES / "agencies.csv"), "--yes")
    assert listed.returncode == 0, listed.stderr
    shutil.copy(SAMPLES / "样例市教育局-2022.md", running.folder / "reports")
    handed_in = await asyncio.to_thread(running.run, "cli", "submit", str(SAMPLES / "样例市市场监督管理局-2022.html"))
    assert handed_in.returncode == 0, handed_in.stderr
    try:
        await until(lambda: _has(mails, 2), seconds=120)
    except TimeoutError:
        pytest.fail(f"{len(mails.taken)} of 2 mails came\n{running.said}")
    assert len(mails.taken) == 2
    looked = await asyncio.to_thread(running.run, "cli", "doctor", "--format", "json")
    found = {each["check"]: each["state"] for each in map(json.loads, looked.stdout.splitlines())}
    assert {found[each] for each in ("数据库", "数据表", "Kafka", "Kafka主题", "邮件", "时钟", "权限")} == {"ok"}


async def _has(mails: MailServer, number: int) -> bool:
    await asyncio.sleep(0)
    return len(mails.taken) >= number


@pytest.mark.parametrize("answer", ["nothing", 503])
async def test_a_health_check_tells_a_service_that_is_not_well(running, answer):
    """Where nothing answers, and where the answer is that a restart is needed."""
    async with _ill(answer) as port:
        ill = replace(running, ports={**running.ports, "parse": port})
        assert not await ill.is_healthy("parse")


@asynccontextmanager
async def _ill(answer: str | int) -> AsyncIterator[int]:
    """Give a port where a request gets this status, or where nothing listens."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {answer} Ill\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        if answer == "nothing":
            server.close()
        yield server.sockets[0].getsockname()[1] if server.sockets else free_ports(1)[0]


async def test_told_to_end_a_service_ends_well(running):
    """SIGTERM, as a stop of the container sends it: exit code 0, which `on-failure` does not start again."""
    replica = running.processes["more-parse"]
    assert await asyncio.to_thread(replica.stop, seconds=GONE_SECONDS) == 0
    assert not await running.is_healthy("more-parse")
