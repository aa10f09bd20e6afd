"""Which settings there are, what they are now, and where each value comes from; secrets are masked."""

import difflib
import os
import pathlib
import tomllib
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from shared.ops.errors import UsageError
from shared.ops.settings import Settings, settings_file
from shared.ops.toml import toml_said

Origin = Literal["default", "file", "environment"]

MASK = "********"
PREFIX = "NIANBAO_"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name in the file, what it is now (masked where secret), where that comes from, what it is for."""

    name: str
    value: str | None
    origin: Origin
    description: str

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.upper()


def in_force(classes: Sequence[type[Settings]]) -> list[Setting]:
    """Return every setting of these classes once, in their order; UsageError where one cannot be used."""
    written = _written()
    return [
        Setting(name, shown(value, field), _origin(name, written), field.description or "")
        for name, (value, field) in _fields(classes).items()
    ]


def refuse_unknown(classes: Sequence[type[Settings]]) -> None:
    """Raise UsageError if the settings file sets what is no setting: a slip of the pen must not pass unnoticed."""
    known = {name for settings in classes for name in settings.model_fields}
    for name in sorted(_written().keys() - known):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"，是否应为“{near[0]}”" if near else "；全部设置见 nianbao settings"
        raise UsageError(f"设置文件 {settings_file()} 中没有“{name}”这项设置{hint}")


def default_of(field: FieldInfo) -> str:
    """Return the default as documentation shows it; one that depends on the machine is not spelled out."""
    if field.default is PydanticUndefined:
        return "依机器而定"
    return "无" if field.default in {None, ()} else _plain(field.default)


def shown(value: Any, field: FieldInfo) -> str | None:
    """Return a value as it may be shown: of a secret, only that it is set; of an address, all but the password."""
    if value is None or value == ():
        return None
    if isinstance(value, SecretStr):
        return MASK
    extra = field.json_schema_extra
    secret = isinstance(extra, dict) and bool(extra.get("secret"))
    return _without_password(str(value)) if secret and value != field.default else _plain(value)


def _plain(value: Any) -> str:
    """Return a value as it can be written into the variable: folders are parted as in PATH, everything else by commas."""
    if not isinstance(value, tuple):
        return str(value)
    return (os.pathsep if isinstance(value[0], pathlib.PurePath) else ",").join(str(part) for part in value)


def _without_password(address: str) -> str:
    try:
        parts = urllib.parse.urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return MASK
    if not parts.scheme or not host:
        return MASK
    user = f"{parts.username}:{MASK}@" if parts.username else ""
    return f"{parts.scheme}://{user}{host}{f':{port}' if port else ''}{parts.path}"


def _fields(classes: Sequence[type[Settings]]) -> dict[str, tuple[Any, FieldInfo]]:
    return {name: pair for settings in classes for name, pair in _values(settings())}


def _values(settings: Settings) -> Iterator[tuple[str, tuple[Any, FieldInfo]]]:
    for name, field in type(settings).model_fields.items():
        yield name, (getattr(settings, name), field)


def _origin(name: str, written: dict[str, Any]) -> Origin:
    if any(variable.upper() == PREFIX + name.upper() for variable in os.environ):
        return "environment"
    return "file" if name in written else "default"


def _written() -> dict[str, Any]:
    try:
        return tomllib.loads(settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        if "NIANBAO_SETTINGS" in os.environ:
            raise UsageError(f"NIANBAO_SETTINGS 指定的设置文件不存在：{settings_file()}") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageError(f"设置文件 {settings_file()}：{toml_said(fault)}") from None
