"""Settings of parse."""

import os

from pydantic import Field, SecretStr

from shared.ops.settings import CommonSettings


class ParseSettings(CommonSettings):
    """How documents are read."""

    parse_workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="Worker processes that read documents."
    )
    parse_deadline_seconds: float = Field(
        default=60.0, gt=0, description="A document that takes longer to read than this is given up as unreadable."
    )
    mark_key: SecretStr | None = Field(
        default=None,
        description="Key of the HMAC under which masked personal data can be recognised again; none: no HMAC is kept.",
        json_schema_extra={"secret": True},
    )
