"""`nianbao settings`: every setting, its value, where it comes from."""

import json
from typing import Annotated, Literal

import typer

from services.ingest.settings import IngestSettings
from services.notify.settings import NotifySettings
from services.parse.settings import ParseSettings
from services.validate.settings import ValidateSettings
from shared.ops.health import HttpSettings
from shared.ops.listing import Origin, Setting, in_force, refuse_unknown
from shared.ops.settings import CommonSettings, Settings, settings_file
from shared.ops.tracing import TracingSettings
from shared.stream.settings import KafkaSettings

CLASSES: tuple[type[Settings], ...] = (
    CommonSettings,
    IngestSettings,
    ParseSettings,
    ValidateSettings,
    NotifySettings,
    KafkaSettings,
    HttpSettings,
    TracingSettings,
)

_ORIGINS: dict[Origin, str] = {"default": "默认", "file": "设置文件", "environment": "环境变量"}


def refuse_unknown_settings() -> None:
    """Raise UsageError if the settings file names a setting that no service has."""
    refuse_unknown(CLASSES)


def settings(
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式。")] = "text",
) -> None:
    """列出每项设置、当前的值及其来源（默认、设置文件或环境变量）；密码不显示。"""
    refuse_unknown_settings()
    listed = in_force(CLASSES)
    if format_ == "json":
        typer.echo("".join(_line(setting) + "\n" for setting in listed), nl=False)
        return
    file = settings_file()
    typer.echo(f"设置文件：{file.absolute()}" + ("" if file.exists() else "（没有这个文件）") + "\n")
    typer.echo("\n".join(_block(setting) for setting in listed))


def _line(setting: Setting) -> str:
    return json.dumps(
        {
            "name": setting.name,
            "variable": setting.variable,
            "value": setting.value,
            "origin": setting.origin,
            "description": setting.description,
        },
        ensure_ascii=False,
    )


def _block(setting: Setting) -> str:
    value = "（未设置）" if setting.value is None else setting.value
    return f"{setting.name} = {value}　（{_ORIGINS[setting.origin]}）\n    {setting.variable}  {setting.description}"
