"""How settings are read: environment variables NIANBAO_…, then the file nianbao.toml, then the default."""

import os
import pathlib

import platformdirs
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def settings_file() -> pathlib.Path:
    """Return the settings file: NIANBAO_SETTINGS if set, else nianbao.toml in the working folder."""
    return pathlib.Path(os.environ.get("NIANBAO_SETTINGS", "nianbao.toml"))


class Settings(BaseSettings):
    """Root of all settings classes; a service's own class adds its fields with a description each."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_", extra="ignore", hide_input_in_errors=True, frozen=True)

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
        file = TomlConfigSettingsSource(settings_cls, settings_file())
        return init_settings, env_settings, file, file_secret_settings


class CommonSettings(Settings):
    """What every service needs."""

    data_dir: pathlib.Path = Field(
        default_factory=lambda: pathlib.Path(platformdirs.user_data_dir("nianbao", appauthor=False)),
        description="Folder for the embedded database, generated secrets and written mails.",
    )
    database: str = Field(
        default="embedded",
        description="PostgreSQL address (postgresql://user:password@host:port/name), or 'embedded' for the built-in one.",
        json_schema_extra={"secret": True},
    )
    allow_root: bool = Field(
        default=False,
        description="Let the embedded database be started by root (in containers and tests); it then runs as 'nobody'.",
    )
