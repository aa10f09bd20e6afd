"""Settings of ingest."""

import json
import os
import pathlib
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from shared.ops.settings import CommonSettings


def _folders(value: Any) -> Any:
    """Read the folders of an environment variable: one, several as in PATH, or a JSON list."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else [part for part in value.split(os.pathsep) if part]


class IngestSettings(CommonSettings):
    """Where documents come from."""

    watch: Annotated[tuple[pathlib.Path, ...], NoDecode, BeforeValidator(_folders)] = Field(
        default=(), description="Watched folders; in the environment several are separated as in PATH."
    )
    watch_poll_seconds: float = Field(
        default=1.0,
        gt=0,
        description="Pause between two looks at a watched folder; longer spares a slow network share.",
    )
    upload_host: str = Field(
        default="127.0.0.1",
        description="Address that the upload server listens on; 127.0.0.1 admits this machine only.",
    )
    upload_port: int = Field(default=8719, ge=0, le=65535, description="Port of the upload server; 0 picks a free one.")
    upload_url: str | None = Field(
        default=None,
        description="Where `nianbao submit` finds the upload server (a proxy with TLS, another machine); default: host and port.",
    )
    upload_token: SecretStr | None = Field(
        default=None,
        description="Bearer token of uploads; none: generated into the file upload-token in data_dir, which only its owner can read.",
        json_schema_extra={"secret": True},
    )
