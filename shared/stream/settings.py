"""Settings of Kafka."""

import pathlib
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from shared.ops.settings import Settings

Security = Literal["plain", "tls"]
Login = Literal["plain", "scram-sha-256", "scram-sha-512"]


class KafkaSettings(Settings):
    """The cluster, and this process's place in it; `up` and `demo` need none of it."""

    kafka: str = Field(
        default="127.0.0.1:9092", description="Brokers of the Kafka cluster, host:port, several separated by commas."
    )
    kafka_prefix: str = Field(
        default="",
        pattern=r"^[a-zA-Z0-9._-]{0,100}$",
        description="Put before the name of every topic and group, so that several installations can share a cluster.",
    )
    kafka_replication: int = Field(
        default=1, ge=1, le=9, description="Copies of each topic that `nianbao topics apply` asks for; 3 in production."
    )
    kafka_instance: str | None = Field(
        default=None,
        pattern=r"^[a-zA-Z0-9._-]{1,200}$",
        description="A name for this replica (group.instance.id) that it keeps through restarts and no other has: "
        "then a restart disturbs no other replica. None where the deployment gives no such name.",
    )
    kafka_session_seconds: float = Field(
        default=15.0,
        ge=1.5,
        le=300,
        description="A replica not heard of for this long is taken for dead, and its partitions go to the others.",
    )
    kafka_security: Security = Field(
        default="plain", description="plain: unencrypted; tls: encrypted, the broker's certificate is checked."
    )
    kafka_ca_file: pathlib.Path | None = Field(
        default=None, description="PEM file of the authorities that may vouch for the brokers; none: the system's."
    )
    kafka_login: Login = Field(default="scram-sha-512", description="How to log in where kafka_user is set.")
    kafka_user: str | None = Field(default=None, description="Account at the cluster; none: no login.")
    kafka_password: SecretStr | None = Field(
        default=None, description="Password of that account.", json_schema_extra={"secret": True}
    )

    @model_validator(mode="after")
    def _has_password(self) -> Self:
        if (self.kafka_user is None) != (self.kafka_password is None):
            raise ValueError("kafka_user 和 kafka_password 要一起设置")
        return self

    @property
    def servers(self) -> list[str]:
        """The brokers to ask first."""
        return [server.strip() for server in self.kafka.split(",") if server.strip()]
