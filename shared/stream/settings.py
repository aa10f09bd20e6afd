"""Settings of Kafka."""

import pathlib
import re
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from shared.ops.settings import Settings

Security = Literal["plain", "tls"]
Login = Literal["plain", "scram-sha-256", "scram-sha-512"]

_SERVER = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[^\s:\[\]/@]+):([0-9]{1,5})")
_LAST_PORT = 65535


class KafkaSettings(Settings):
    """The cluster, and this process's place in it; `up` and `demo` need none of it."""

    kafka: str = Field(default="127.0.0.1:9092", description="Kafka集群的地址（主机:端口），多个用逗号分隔。")
    kafka_prefix: str = Field(
        default="",
        pattern=r"^[a-zA-Z0-9._-]{0,100}$",
        description="加在每个主题和消费组名称之前，使几套系统可以共用一个集群。",
    )
    kafka_replication: int = Field(
        default=1, ge=1, le=9, description="nianbao topics apply 建立主题时的副本数；正式环境用 3。"
    )
    kafka_instance: str | None = Field(
        default=None,
        pattern=r"^[a-zA-Z0-9._-]{1,200}$",
        description="本实例的名称（group.instance.id）：重启后不变，也不与其他实例重复，这样重启不影响其他实例；没有这样的名称就不设。",
    )
    kafka_session_seconds: float = Field(
        default=15.0,
        ge=1.5,
        le=300,
        description="超过这么多秒没有消息的实例视为已停止，由其他实例接替。",
    )
    kafka_security: Security = Field(default="plain", description="plain：不加密；tls：加密，并验证服务器证书。")
    kafka_ca_file: pathlib.Path | None = Field(
        default=None, description="可以为Kafka服务器作证的根证书文件（PEM）；不设则用系统自带的。"
    )
    kafka_login: Login = Field(default="scram-sha-512", description="设置了 kafka_user 时的登录方式。")
    kafka_user: str | None = Field(default=None, description="Kafka集群账号；不设则不登录。")
    kafka_password: SecretStr | None = Field(
        default=None, description="该账号的密码。", json_schema_extra={"secret": True}
    )

    @field_validator("kafka")
    @classmethod
    def _names_brokers(cls, value: str) -> str:
        servers = _servers(value)
        if not servers or not all(map(_is_server, servers)):
            raise ValueError("应为 主机:端口，多个用逗号分隔，例如 127.0.0.1:9092")
        return value

    @model_validator(mode="after")
    def _has_password(self) -> Self:
        if (self.kafka_user is None) != (self.kafka_password is None):
            raise ValueError("kafka_user 和 kafka_password 要一起设置")
        return self

    @property
    def servers(self) -> list[str]:
        """The brokers to ask first."""
        return _servers(self.kafka)


def _servers(value: str) -> list[str]:
    return [server.strip() for server in value.split(",") if server.strip()]


def _is_server(server: str) -> bool:
    found = _SERVER.fullmatch(server)
    return found is not None and 1 <= int(found[1]) <= _LAST_PORT
