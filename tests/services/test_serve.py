"""`nianbao serve` as its operator runs it: what it waits for, what it says of itself, how it ends."""

import asyncio
import json
import signal
from contextlib import asynccontextmanager

import httpx2
import pytest

from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.stream.topics import STRUCTURED
from shared.testing.command import run
from shared.testing.fleet import GONE_SECONDS, SERVICES, fleet, lines, unready
from shared.testing.kafka import broker_from_jars
from shared.testing.line import Line
from shared.testing.waiting import until


@pytest.fixture
def broker():
    """Give a broker of the test's own."""
    with broker_from_jars() as own:
        yield own


async def apply_topics(settings: KafkaSettings) -> None:
    """Make the topics."""
    async with cluster.admin(settings) as admin:
        await topics_admin.apply(admin, settings)


async def ask(replica, path: str):
    """Return what a replica answers."""
    address = lines(replica, "listening")[-1]["address"]
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
        return await client.get(f"http://{address}{path}")


@asynccontextmanager
async def started(*arguments, **options):
    """Give services that were started and listen."""
    with fleet(*arguments, **options) as services:
        services.start()
        for replica in services.all:
            await replica.listening()
        yield services


async def test_each_service_is_alive_ready_and_measured_and_ends_with_0(database, kafka_settings, tmp_path):
    """/healthz, /readyz and /metrics answer; SIGTERM ends each with exit code 0 and without a traceback."""
    await apply_topics(kafka_settings)
    async with started(tmp_path, database, kafka_settings, {}) as services:
        for service in SERVICES:
            (replica,) = services[service]
            await until(lambda replica=replica: is_ready(replica))
            for path in ("/healthz", "/readyz"):
                answer = await ask(replica, path)
                assert answer.json() == {"service": service, "ok": True, "reasons": {}}
            assert {"nianbao_ready 1.0", "nianbao_build_info"} <= await shown(replica)
        assert await services.stop() == {0}
        assert [each.arguments for each in services.all if "Traceback" in each.said] == []


async def shown(replica) -> set[str]:
    """Return what a replica shows to Prometheus: a line for each series, and the names of all."""
    lines = (await ask(replica, "/metrics")).text.splitlines()
    return {*lines, *(line.partition("{")[0] for line in lines)}


async def is_ready(replica) -> bool:
    """Return whether a replica says that it is ready."""
    return await unready(replica) is None


async def test_missing_topics_are_one_line_that_says_what_to_run(database, kafka_settings, tmp_path):
    """Nothing is made by itself; the exit code is that of a wrong use."""
    settings = {"database": database, "data_dir": str(tmp_path), "http_port": "0", "kafka": kafka_settings.kafka}
    done = run("serve", "validate", settings={**settings, "kafka_prefix": kafka_settings.kafka_prefix})
    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert done.returncode == 2
    assert len(said) == 1
    assert "nianbao topics apply" in said[0]


async def test_a_port_that_is_taken_is_one_line(database, kafka_settings, tmp_path):
    """A second replica on one port says which setting or option to change."""
    await apply_topics(kafka_settings)
    async with started(tmp_path, database, kafka_settings, {}, services=["validate"]) as services:
        port = lines(services["validate"][0], "listening")[0]["address"].rpartition(":")[2]
        done = run("serve", "validate", "--port", port, settings={"database": database, "data_dir": str(tmp_path)})
    assert done.returncode == 2
    assert "NIANBAO_HTTP_PORT" in done.stderr


async def test_broker_and_database_down_at_the_start_are_waited_for(database, broker, tmp_path):
    """Alive but not ready, with the reason, said once; it goes on when each has come."""
    settings, line = KafkaSettings(kafka=broker.address), Line(database)
    await apply_topics(settings)
    await asyncio.to_thread(broker.kill)
    async with line as address:
        line.cut()
        async with started(tmp_path, address, settings, {}, services=["validate"]) as services:
            (replica,) = services["validate"]
            await until(lambda: waits_for(replica, "数据库"))
            assert "nianbao_ready 0.0" in await shown(replica)
            assert (await ask(replica, "/healthz")).status_code == 200
            line.mend()
            await until(lambda: waits_for(replica, "Kafka"))
            assert (await ask(replica, "/healthz")).status_code == 200
            await asyncio.to_thread(broker.start)
            await until(lambda: is_ready(replica), seconds=60)
            assert len(lines(replica, "waiting")) == 2
            assert await services.stop() == {0}


async def waits_for(replica, what: str) -> bool:
    """Return whether a replica says that it is not ready because it waits for this."""
    return what in json.dumps((await ask(replica, "/readyz")).json(), ensure_ascii=False)


async def test_a_topic_deleted_meanwhile_is_told_with_what_to_run(database, kafka_settings, tmp_path):
    """The consumer sees no error, it only has nothing assigned; ready again once the topic is made."""
    await apply_topics(kafka_settings)
    async with started(tmp_path, database, kafka_settings, {}, services=["validate"]) as services:
        (replica,) = services["validate"]
        await until(lambda: is_ready(replica))
        async with cluster.admin(kafka_settings) as admin:
            await admin.delete_topics([kafka_settings.kafka_prefix + STRUCTURED.name])
        await until(lambda: waits_for(replica, f"{STRUCTURED.name}；请先运行 nianbao topics apply"))
        assert (await ask(replica, "/healthz")).status_code == 200
        await apply_topics(kafka_settings)
        await until(lambda: is_ready(replica), seconds=60)
        assert await services.stop() == {0}


@pytest.mark.parametrize(("how", "told"), [("kill", "连不上Kafka"), ("freeze", "没有及时应答")])
async def test_it_says_what_is_away_and_ends_in_time_all_the_same(database, broker, tmp_path, how, told):
    """With the broker gone it is alive and not ready; SIGTERM ends it within 36 s."""
    settings = KafkaSettings(kafka=broker.address)
    await apply_topics(settings)
    async with started(tmp_path, database, settings, {}, services=["notify"]) as services:
        (replica,) = services["notify"]
        await until(lambda: is_ready(replica))
        await asyncio.to_thread(getattr(broker, how))
        await until(lambda: waits_for(replica, f'"broker": "{told}'))
        assert (await ask(replica, "/healthz")).status_code == 200
        assert replica.stop(signal.SIGTERM, seconds=GONE_SECONDS) == 0


async def test_a_database_that_freezes_keeps_no_process(database, kafka_settings, tmp_path):
    """Connected and without an answer: after its time the process ends itself, with exit code 1 and a line that says so."""
    await apply_topics(kafka_settings)
    async with (
        Line(database) as address,
        started(tmp_path, address, kafka_settings, {}, services=["validate"]) as services,
    ):
        (replica,) = services["validate"]
        await until(lambda: is_ready(replica))
        assert (
            replica.stop(signal.SIGTERM, seconds=GONE_SECONDS) == 1
        )  # the loop stands still meanwhile, and so the line
        assert len(lines(replica, "ended by force")) == 1


async def test_told_to_end_while_it_waits_it_ends(database, tmp_path):
    """SIGTERM while nothing is there yet: exit code 0."""
    settings = KafkaSettings(kafka="127.0.0.1:9")
    async with started(tmp_path, database, settings, {}, services=["parse"]) as services:
        (replica,) = services["parse"]
        await until(lambda: waits_for(replica, "Kafka"))
        assert await services.stop() == {0}


def test_a_folder_that_is_not_there_is_refused_before_anything_starts(tmp_path):
    """One line and exit code 2, whether or not a database or Kafka would answer."""
    settings = {"database": "postgresql://nobody@127.0.0.1:9/none", "kafka": "127.0.0.1:9", "http_port": "0"}
    done = run("serve", "ingest", "--watch", str(tmp_path / "nowhere"), settings=settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"nianbao: 找不到要监视的文件夹：{tmp_path / 'nowhere'}\n"
