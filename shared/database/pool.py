"""The way to PostgreSQL: a pool of connections to the address in the settings, or to the embedded server."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import structlog

from shared.database import embedded
from shared.database.migrate import Pool, demand_current, migrate
from shared.ops.errors import Transient, UsageError
from shared.ops.settings import CommonSettings

__all__ = ["Pool", "address_of", "connect", "database", "is_away", "is_lost", "open_pool"]

_LOOK_SECONDS = 3.0

_log = structlog.get_logger("nianbao.database")

_AWAY = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InternalClientError,  # the driver's own state is upset when a connection is cut while it resets it
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby during fail-over
    asyncpg.TransactionRollbackError,  # deadlock and serialisation: the same again succeeds
)


@asynccontextmanager
async def database(settings: CommonSettings) -> AsyncIterator[Pool]:
    """Open a pool on a database that has all tables: the embedded one is migrated here, another must be already.

    Raises as `open_pool`, UsageError where tables are missing, Transient where the database goes away meanwhile.
    """
    embedded_one = settings.database == "embedded"
    try:
        async with await open_pool(settings) as pool:
            await (migrate(pool) if embedded_one else demand_current(pool))
            async with _kept_up(settings) if embedded_one else nullcontext():
                yield pool
    except Exception as error:
        if is_away(error) and not isinstance(error, Transient):
            raise Transient(f"数据库中断（{type(error).__name__}）：请确认它在运行，然后再试") from error
        raise


@asynccontextmanager
async def _kept_up(settings: CommonSettings) -> AsyncIterator[None]:
    """Start the embedded server again where it ends meanwhile: nobody else looks after it."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if embedded.lost(settings.data_dir):
                _log.warning("embedded database lost")
                with suppress(Transient):  # whoever needs it says that it is away; the disk may still be full
                    await address_of(settings)

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()


async def open_pool(settings: CommonSettings) -> Pool:
    """Return a pool on the configured database, starting the embedded one; jsonb goes in as JSON text, comes out as values.

    Raises Transient where the database is away and UsageError where the address or the password is wrong.
    """
    return await connect(await address_of(settings))


async def address_of(settings: CommonSettings) -> str:
    """Return the address of the configured database, starting the embedded one; errors as in `open_pool`."""
    if settings.database != "embedded":
        return settings.database
    return await asyncio.to_thread(embedded.start, settings.data_dir, allow_root=settings.allow_root)


async def connect(address: str) -> Pool:
    """Return a pool on a PostgreSQL address; errors as in `open_pool`."""
    try:
        return await asyncpg.create_pool(
            address,
            min_size=1,
            max_size=10,
            timeout=10,
            init=_decide_types,
            server_settings={"application_name": "nianbao"},
        )
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        raise UsageError(
            f"数据库 {_place(address)} 拒绝登录：请核对用户名、密码和库名（设置 NIANBAO_DATABASE）"
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise UsageError(
            f"数据库 {_place(address)} 的证书没有通过验证（{error.verify_message}）：请核对主机名和 sslrootcert（设置 NIANBAO_DATABASE）"
        ) from error
    except (OSError, asyncpg.PostgresError, asyncpg.InternalClientError) as error:
        raise Transient(f"连不上数据库 {_place(address)}（{type(error).__name__}）：请确认它已启动") from error
    except (ValueError, asyncpg.InterfaceError) as error:
        raise UsageError(
            "数据库地址有误；应为 postgresql://用户:密码@主机:端口/库名（设置 NIANBAO_DATABASE）"
        ) from error


def is_away(error: BaseException) -> bool:
    """Return whether an error means that the infrastructure is away, so that the same again may succeed later."""
    if isinstance(error, _AWAY):
        return True
    # asyncpg raises its plain InterfaceError for misuse too; only a lost connection or pool is the infrastructure's
    lost = ("closed", "closing", "released back to the pool")
    return type(error) is asyncpg.InterfaceError and any(words in str(error) for words in lost)


def is_lost(connection: Any) -> bool:
    """Return whether a connection was cut; the pool then takes it back, and it answers no question any more."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


def _place(address: str) -> str:
    """Return host and port of an address, without its user and password."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    return f"{host or 'localhost'}:{port or 5432}"


async def _decide_types(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_json_text, decoder=json.loads)


def _json_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"jsonb takes JSON text, not {type(value).__name__}")
    return value
