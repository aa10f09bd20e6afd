"""Settings of ingest."""

import json
import os
import pathlib
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, IPvAnyNetwork, SecretStr
from pydantic_settings import NoDecode

from shared.ops.settings import CommonSettings


def _folders(value: Any) -> Any:
    """Read the folders of an environment variable: one, several as in PATH, or a JSON list."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else [part for part in value.split(os.pathsep) if part]


def _listed(value: Any) -> Any:
    """Read the values of an environment variable: one, several with commas between, or a JSON list."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else [part.strip() for part in value.split(",") if part]


class IngestSettings(CommonSettings):
    """Where documents come from."""

    watch: Annotated[tuple[pathlib.Path, ...], NoDecode, BeforeValidator(_folders)] = Field(
        default=(), description="监视的文件夹；在环境变量中，多个文件夹的分隔方法与 PATH 相同。"
    )
    watch_poll_seconds: float = Field(
        default=1.0,
        gt=0,
        description="两次查看监视文件夹之间的间隔（秒）；网络共享较慢时可以加长。",
    )
    upload_host: str = Field(
        default="127.0.0.1",
        description="收件服务的监听地址；127.0.0.1 只允许本机提交。",
    )
    upload_port: int = Field(default=8719, ge=0, le=65535, description="收件服务的端口；0 为自动选一个空闲端口。")
    upload_url: str | None = Field(
        default=None,
        description="nianbao submit 从哪里找到收件服务（例如经过加密代理，或者在另一台机器上）；默认按监听地址和端口。",
    )
    upload_token: SecretStr | None = Field(
        default=None,
        description="提交文件用的令牌；不设则自动生成，存入数据文件夹中只有本人可读的 upload-token 文件。",
        json_schema_extra={"secret": True},
    )
    fetch_allow: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(),
        description="允许从中读取网页的内部网段（例如本单位内网门户 10.1.2.0/24），多个用逗号分隔；默认只读取公网上的网址。",
    )
    fetch_ports: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(80, 443), description="读取网址时允许的端口，多个用逗号分隔。"
    )
    fetch_seconds: float = Field(
        default=60.0, gt=0, le=600, description="读取一个网址的时限（秒），跳转和下载都算在内。"
    )
    fetch_ca_file: pathlib.Path | None = Field(
        default=None, description="可以为网站作证的根证书文件（PEM）；不设则用系统自带的。"
    )
    attachment_wait_hours: float = Field(
        default=24.0,
        ge=0,
        le=720,
        description="页面缺表而附件一时读不到时，等附件多少小时；等待期间不发通知，过后缺的表列入未核验。",
    )
