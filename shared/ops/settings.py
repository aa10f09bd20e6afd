"""How settings are read: environment variables NIANBAO_…, then the file nianbao.toml, then the default."""

import os
import pathlib
import tomllib
from collections.abc import Mapping
from typing import Any, get_args

import platformdirs
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError

from shared.ops.errors import UsageError
from shared.ops.toml import toml_said


def settings_file() -> pathlib.Path:
    """Return the settings file: NIANBAO_SETTINGS if set, else nianbao.toml in the working folder."""
    return pathlib.Path(os.environ.get("NIANBAO_SETTINGS", "nianbao.toml"))


class Settings(BaseSettings):
    """Root of all settings classes; a service's own class adds its fields with a description each."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_", extra="ignore", hide_input_in_errors=True, frozen=True)

    def __init__(self, **values: Any) -> None:
        """Read the settings; UsageError names what cannot be used, never its value."""
        try:
            super().__init__(**values)
        except ValidationError as fault:
            raise UsageError(f"设置有误：{_told(fault)}") from None
        except SettingsError as fault:
            raise UsageError(f"设置有误：{fault}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
            raise UsageError(f"设置文件 {settings_file()}：{toml_said(fault)}") from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments, environment, settings file, secret files."""
        del dotenv_settings
        written = TomlConfigSettingsSource(settings_cls, settings_file()).toml_data
        file = InitSettingsSource(settings_cls, _beside_the_file(settings_cls, written))
        return init_settings, env_settings, file, file_secret_settings


def _beside_the_file(settings: type[BaseSettings], written: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a settings file says, a path in it that is not absolute taken from the folder of the file."""
    fields = settings.model_fields
    return {
        name: _placed(value) if name in fields and _names_paths(fields[name]) else value
        for name, value in written.items()
    }


def _names_paths(field: FieldInfo) -> bool:
    return pathlib.Path in {field.annotation, *get_args(field.annotation)}


def _placed(value: Any) -> Any:
    if isinstance(value, list):
        return [_placed(each) for each in value]
    return str(settings_file().parent / value) if isinstance(value, str) and value else value


_SAID: dict[str, str] = {
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "finite_number": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为加引号的文字",
    "list_type": "应为方括号中的一列",
    "path_type": "应为加引号的路径",
    "ip_any_network": "应为网段，例如 10.1.2.0/24",
    "greater_than": "应大于 {gt:g}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt:g}",
    "less_than_equal": "不能大于 {le}",
    "value_error": "{error}",
}


def _told(fault: ValidationError) -> str:
    told = ((".".join(map(str, error["loc"])), _said(error)) for error in fault.errors(include_input=False))
    return "；".join(f"{place}：{said}" if place else said for place, said in told)


def _said(error: ErrorDetails) -> str:
    """Return what is wrong in Chinese, never the value; what has no word here in pydantic's own."""
    context = error.get("ctx", {})
    if error["type"] == "literal_error":
        return "只能是" + str(context["expected"]).replace(" or ", "或").replace(", ", "、")
    said = _SAID.get(error["type"])
    return said.format(**context) if said else error["msg"]


class CommonSettings(Settings):
    """What every service needs."""

    data_dir: pathlib.Path = Field(
        default_factory=lambda: pathlib.Path(platformdirs.user_data_dir("nianbao", appauthor=False)),
        description="数据文件夹：内置数据库、自动生成的令牌和写出的邮件都在其中。",
    )
    database: str = Field(
        default="embedded",
        description="PostgreSQL地址（postgresql://用户:密码@主机:端口/库名）；embedded 为内置数据库。",
        json_schema_extra={"secret": True},
    )
    allow_root: bool = Field(
        default=False,
        description="允许由 root 启动内置数据库（容器和测试环境）；数据库本身以 nobody 身份运行。",
    )
