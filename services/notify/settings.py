"""Settings of notify."""

import pathlib
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from services.notify.core import Release
from services.notify.message import Office
from shared.ops.settings import CommonSettings
from shared.output.columns import one_line

_NOBODY = "nianbao@example.invalid"


class NotifySettings(CommonSettings):
    """How mails are released, written and sent."""

    release: Release = Field(
        default="review",
        description="review: every notice waits until an operator releases it; auto: notices go out by themselves.",
    )
    mail: Literal["folder", "smtp"] = Field(
        default="folder", description="folder: mails are written as .eml files; smtp: they are handed to a mail server."
    )
    mail_folder: pathlib.Path | None = Field(
        default=None, description="Folder for .eml files; none: the folder 'mails' in the data folder."
    )
    mail_from: str = Field(default=_NOBODY, description="Address that mails come from; it must be set for smtp.")
    mail_from_name: str = Field(default="政府信息公开年度报告核验", description="Name shown beside that address.")
    mail_reply_to: str | None = Field(
        default=None, description="Address that answers go to; none: where mails come from."
    )
    mail_contact: str | None = Field(
        default=None,
        description="Whom to ask, printed in every mail (person or office, telephone, hours); none: to answer the mail.",
    )
    deadline_days: int = Field(
        default=10, ge=1, le=365, description="Calendar days that an agency is given for a correction."
    )
    smtp_host: str | None = Field(default=None, description="Name of the mail server; it must be set for smtp.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="starttls: encryption is required after connecting; tls: from the first byte (port 465); none: plain.",
    )
    smtp_ca_file: pathlib.Path | None = Field(
        default=None, description="PEM file of the authorities that may vouch for the mail server; none: the system's."
    )
    smtp_user: str | None = Field(default=None, description="Account at the mail server; none: no login.")
    smtp_password: SecretStr | None = Field(
        default=None, description="Password of that account.", json_schema_extra={"secret": True}
    )
    smtp_seconds: float = Field(
        default=60.0, gt=0, le=600, description="A mail that has not been handed over after this time is tried later."
    )
    resend_unknown: bool = Field(
        default=True,
        description="Send a mail once more, under the same Message-ID, when it is not known whether the server took it.",
    )

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        if address is not None and (address.count("@") != 1 or one_line(address) != address or " " in address):
            raise ValueError("应为一个邮箱地址")
        return address

    @model_validator(mode="after")
    def _has_server(self) -> Self:
        if self.mail == "smtp" and (self.smtp_host is None or self.mail_from == _NOBODY):
            raise ValueError("mail = smtp 时必须设置 smtp_host 和 mail_from")
        return self

    @property
    def office(self) -> Office:
        """The letterhead."""
        return Office(self.mail_from_name, self.mail_from, self.mail_reply_to, self.mail_contact, self.deadline_days)

    @property
    def folder(self) -> pathlib.Path:
        """Where .eml files go."""
        return self.mail_folder or self.data_dir / "mails"
