"""The way to a cluster that encrypts and asks who is there, and to one that is away."""

import asyncio

import pytest

from shared.ops.errors import Transient, UsageError
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.settings import KafkaSettings
from shared.testing.certificate import self_signed
from shared.testing.kafka import broker_from_jars, free_ports
from shared.testing.records import make_topics
from shared.testing.stages import PING, Pinger, make_tables, send
from shared.testing.waiting import until

SECURE = """
listeners=PLAINTEXT://127.0.0.1:{{port}},CONTROLLER://127.0.0.1:{{controller}},SECURE://127.0.0.1:{secure}
advertised.listeners=PLAINTEXT://127.0.0.1:{{port}},SECURE://127.0.0.1:{secure}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL
ssl.keystore.type=PEM
ssl.keystore.location={keystore}
sasl.enabled.mechanisms=PLAIN
listener.name.secure.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
    user_nianbao="secret";
"""


@pytest.fixture(scope="module")
def secured(tmp_path_factory):
    """Give settings for a broker that speaks TLS only and asks for a password."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = self_signed(folder)
    keystore = folder / "keystore.pem"
    keystore.write_text(key.read_text() + certificate.read_text())
    (port,) = free_ports(1)
    with broker_from_jars(SECURE.format(secure=port, keystore=keystore)):
        yield KafkaSettings(
            kafka=f"127.0.0.1:{port}",
            kafka_security="tls",
            kafka_ca_file=certificate,
            kafka_login="plain",
            kafka_user="nianbao",
            kafka_password="secret",
        )


async def test_topics_relay_and_consumer_go_over_tls_with_a_login(pool, secured):
    """Every client of ours is told the same."""
    await make_tables(pool)
    await make_topics(secured, [PING.name])
    await send(pool, range(5))
    stop = asyncio.Event()
    parts = KafkaRelay(pool, "ingest", secured), KafkaBus(pool, Pinger(), secured)
    tasks = [asyncio.create_task(part.run(stop)) for part in parts]
    await until(lambda: pool.fetchval("select count(*) = 5 from pinged"))
    stop.set()
    await asyncio.gather(*tasks)
    async with cluster.admin(secured) as admin:
        assert len(await topics_admin.missing(admin, secured)) == 4


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kafka_password": "else"}, "拒绝登录"),
        ({"kafka_ca_file": None}, "证书没有通过验证"),
        ({"kafka_login": "scram-sha-256"}, "不接受这种登录方式"),
        ({"kafka_security": "plain"}, "连不上"),
    ],
)
async def test_a_broker_that_refuses_is_told_from_one_that_is_away_and_no_secret_is_said(secured, wrong, said):
    """It is waited for all the same: another broker may be asked, and the certificate may be renewed."""
    settings = KafkaSettings(**{**secured.model_dump(), **wrong})
    with pytest.raises(Transient, match=said) as told:
        await cluster.answers(settings)
    assert "else" not in str(told.value)


async def test_a_cluster_that_is_away_is_transient():
    """Whoever asks decides whether to wait."""
    with pytest.raises(Transient, match=r"127\.0\.0\.1:9"):
        await cluster.answers(KafkaSettings(kafka="127.0.0.1:9"))


def test_a_certificate_file_that_is_not_there_is_one_line(tmp_path):
    """The setting is named."""
    with pytest.raises(UsageError, match="NIANBAO_KAFKA_CA_FILE"):
        cluster.security(KafkaSettings(kafka_security="tls", kafka_ca_file=tmp_path / "none.pem"))


def test_a_user_needs_a_password():
    """Half a login is refused before anything is tried."""
    with pytest.raises(UsageError, match="kafka_password"):
        KafkaSettings(kafka_user="nianbao")
