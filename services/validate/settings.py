"""Settings of validate."""

import pathlib

from pydantic import Field, field_validator

from shared.ops.settings import CommonSettings


class ValidateSettings(CommonSettings):
    """By what rules reports are judged."""

    ruleset: pathlib.Path | None = Field(
        default=None,
        description="规则集文件（样本用 nianbao rules template 取得）：本单位定的级别、限值、适用年度、停用的规则和本地要求；"
        "改动后重启，再运行 nianbao rerun validate --all。",
    )

    @field_validator("ruleset", mode="before")
    @classmethod
    def _nothing_is_none(cls, written: object) -> object:
        """Read an empty setting as none, as a container passes on what is not set."""
        return None if written == "" else written
