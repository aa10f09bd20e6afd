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
        description="review：每份通知等待人工放行；auto：通知自动发出，疑似写出申请人姓名的（P-05）仍等待放行。",
    )
    mail: Literal["folder", "smtp"] = Field(
        default="folder", description="folder：邮件写成 .eml 文件；smtp：交给邮件服务器发送。"
    )
    mail_folder: pathlib.Path | None = Field(
        default=None, description="写出 .eml 文件的文件夹；不设则为数据文件夹中的 mails。"
    )
    mail_from: str = Field(default=_NOBODY, description="发件人邮箱；mail = smtp 时必须设置。")
    mail_from_name: str = Field(default="政府信息公开年度报告核验", description="发件人名称。")
    mail_reply_to: str | None = Field(default=None, description="接收答复的邮箱；不设则为发件人邮箱。")
    mail_contact: str | None = Field(
        default=None,
        description="咨询方式，印在每封邮件中（科室或人员、电话、时间）；不设则请对方直接回复。",
    )
    deadline_days: int = Field(default=10, ge=1, le=365, description="给机关更正的天数（自然日）。")
    smtp_host: str | None = Field(default=None, description="邮件服务器名称；mail = smtp 时必须设置。")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="邮件服务器端口。")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="starttls：连接后必须加密；tls：一开始就加密（465端口）；none：不加密。",
    )
    smtp_ca_file: pathlib.Path | None = Field(
        default=None, description="可以为邮件服务器作证的根证书文件（PEM）；不设则用系统自带的。"
    )
    smtp_user: str | None = Field(default=None, description="邮件服务器账号；不设则不登录。")
    smtp_password: SecretStr | None = Field(
        default=None, description="该账号的密码。", json_schema_extra={"secret": True}
    )
    smtp_seconds: float = Field(
        default=60.0, gt=0, le=600, description="发送一封邮件的时限（秒）；超过时限的稍后再发。"
    )
    resend_unknown: bool = Field(
        default=True,
        description="不知道服务器是否已收下一封邮件时，是否用同一个 Message-ID 再发一次。",
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
