"""The way to a Kafka cluster: what every client of ours is told, and whether the cluster answers."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import (
    IllegalSaslStateError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from faststream.kafka.security import parse_security
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.ops.errors import Transient, UsageError
from shared.stream.settings import KafkaSettings

REQUEST_MS = 10_000
"""An answer that takes longer is none; also what a process waits for at its end when a broker is frozen."""
_ADMIN_MS = 5_000
_REFUSAL_MS = 1_000
_LOGINS = {"plain": SASLPlaintext, "scram-sha-256": SASLScram256, "scram-sha-512": SASLScram512}


def security(settings: KafkaSettings) -> BaseSecurity:
    """Return encryption and login as FastStream takes them; UsageError where the CA file cannot be read."""
    context = None
    if settings.kafka_security == "tls":
        try:
            context = ssl.create_default_context(cafile=settings.kafka_ca_file)
        except OSError as fault:
            raise UsageError(f"读不了证书文件 {settings.kafka_ca_file}（设置 NIANBAO_KAFKA_CA_FILE）") from fault
    encrypted = context is not None
    if settings.kafka_user is None or settings.kafka_password is None:
        return BaseSecurity(ssl_context=context, use_ssl=encrypted)
    return _LOGINS[settings.kafka_login](
        settings.kafka_user, settings.kafka_password.get_secret_value(), ssl_context=context, use_ssl=encrypted
    )


def client_options(settings: KafkaSettings) -> dict[str, Any]:
    """Return what an aiokafka client of ours takes."""
    return {"bootstrap_servers": settings.servers, "client_id": "nianbao", **parse_security(security(settings))}


@asynccontextmanager
async def admin(settings: KafkaSettings) -> AsyncIterator[Any]:
    """Give an admin client; Transient where the cluster does not answer, or stops answering meanwhile."""
    client = AIOKafkaAdminClient(**client_options(settings), request_timeout_ms=_ADMIN_MS)
    try:
        await client.start()
        yield client
    except (KafkaError, OSError) as error:
        raise Transient(await _why(settings, error)) from error
    finally:
        await client.close()


async def _why(settings: KafkaSettings, error: Exception) -> str:
    """Return why no broker can be used; the admin client only says that none can, so each is asked once more."""
    fault: Exception | None = error
    if isinstance(error, KafkaConnectionError):
        fault = await _first_refusal(settings)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return (
            f"Kafka {settings.kafka} 的证书没有通过验证（{fault.verify_message}）：请核对主机名和 NIANBAO_KAFKA_CA_FILE"
        )
    if isinstance(fault, SaslAuthenticationFailed):
        return f"Kafka {settings.kafka} 拒绝登录：请核对设置 NIANBAO_KAFKA_USER 和 NIANBAO_KAFKA_PASSWORD"
    if isinstance(fault, UnsupportedSaslMechanismError | IllegalSaslStateError):
        return f"Kafka {settings.kafka} 不接受这种登录方式：请核对端口和设置 NIANBAO_KAFKA_LOGIN"
    return f"连不上Kafka {settings.kafka}（{type(error).__name__}）：请确认它已启动"


async def _first_refusal(settings: KafkaSettings) -> Exception | None:
    """Return the fault of the first broker that is there and refuses, None where none does."""
    options = client_options(settings)
    for host, port, _ in collect_hosts(options.pop("bootstrap_servers")):
        try:
            (await create_conn(host, port, **options, request_timeout_ms=_REFUSAL_MS)).close()
        except (
            ssl.SSLCertVerificationError,
            SaslAuthenticationFailed,
            UnsupportedSaslMechanismError,
            IllegalSaslStateError,
        ) as fault:
            return fault
        except (KafkaError, OSError):
            continue
    return None


async def answers(settings: KafkaSettings, seconds: float = 5.0) -> None:
    """Return when a broker answers; raise Transient where none does in time."""
    try:
        async with asyncio.timeout(seconds), admin(settings) as client:
            await client.describe_cluster()
    except TimeoutError as error:
        raise Transient(f"Kafka {settings.kafka} 没有应答") from error
