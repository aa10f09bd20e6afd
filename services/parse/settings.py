"""Settings of parse."""

import os

from pydantic import Field, SecretStr

from shared.ops.settings import CommonSettings


class ParseSettings(CommonSettings):
    """How documents are read."""

    parse_workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="同时读取文件的进程数。")
    parse_deadline_seconds: float = Field(
        default=60.0,
        gt=0,
        le=120,  # five times that is as long as a consumer may be at work between two polls
        description="读取一个文件的时限（秒）；超过时限的，按无法读取处理。扫描件每识别一页延长六分之一，最长为五倍。",
    )
    mark_key: SecretStr | None = Field(
        default=None,
        description="密钥：用来辨认已遮盖的个人信息是否与以前相同（HMAC）；不设则不保留。",
        json_schema_extra={"secret": True},
    )
