"""All settings in one place, from the environment or `.env` (see docs/settings.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from actions.hours import Hours
from actions.turn import Hotline
from hotline.config import LOOPBACK, is_safe_address
from kawan import PROJECT
from kawan.errors import UserError
from store import deadlines


class Settings(BaseSettings):
    """Names are KAWAN_<FIELD>, except the bot's token, which keeps the name everyone knows."""

    model_config = SettingsConfigDict(
        env_prefix="KAWAN_", env_file=PROJECT / ".env", env_file_encoding="utf-8", extra="ignore"
    )

    telegram_bot_token: SecretStr | None = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN", description="Token from @BotFather; without it: terminal"
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Another Bot API server (self-hosted, or a test server)"
    )
    data_dir: Path = Field(PROJECT / "data", description="Folder of the database, mode 0700")
    key_file: Path = Field(
        PROJECT / "secrets" / "kawan.key",
        description="Key the database is encrypted with; outside the data folder",
    )
    operator_name: str | None = Field(None, description="Who runs the hotline; shown before a report begins")
    operator_contact: str | None = Field(
        None, description="How people reach the operator; without it reports stay closed"
    )
    answers_within: str | None = Field(
        None, description="When people may expect an answer, in words; unset: two days"
    )
    hours: str | None = Field(
        None,
        description="When staff are there, in Bali's time: Mon-Fri 08:00-20:00, Sat 09:00-13:00; unset: not told",
    )
    deadlines: str = Field(
        "normal=48, urgent=4",
        description="Hours until a first answer is due, Saturdays and Sundays too; also for one kind of case alone:"
        " help=24, help.urgent=2",
    )
    keep_evidence_days: int = Field(
        90, ge=1, description="Days after closing a case until its files are erased"
    )
    keep_case_days: int = Field(
        180,
        ge=1,
        description="Days after closing a case until the case is erased; under 120 statistics miss some",
    )
    silent_hours: int = Field(
        72, ge=1, description="Hours without a sign of its assignee after which a case goes back to the queue"
    )
    staff_group: int | None = Field(
        None,
        description="Number of the staff's Telegram group, where urgent cases are announced by their code",
    )
    digest_hour: int = Field(
        8, ge=0, le=23, description="Hour (Bali) of the daily digest to the staff's group and mailbox"
    )
    mail_server: SecretStr | None = Field(
        None,
        description="Server for alerts by e-mail: smtp://user:password@host:587 or smtps://…:465; unset: no e-mail",
    )
    mail_from: str | None = Field(None, description="Sender of alerts by e-mail")
    mail_to: str | None = Field(None, description="Who gets alerts by e-mail, by commas")
    webhook_url: str | None = Field(
        None, description="Public https address of this machine; set: webhook, unset: long polling"
    )
    webhook_secret: SecretStr | None = Field(None, description="Secret Telegram sends with each webhook call")
    webhook_host: str = Field("127.0.0.1", description="Address the webhook listens on (behind a TLS proxy)")
    webhook_port: int = Field(8443, ge=1, le=65535, description="Port the webhook listens on")
    console_host: str = Field(
        "127.0.0.1", description="Address the staff console listens on (behind a TLS proxy)"
    )
    console_port: int = Field(
        8650, ge=0, le=65535, description="Port the staff console listens on; 0: no console"
    )
    console_url: str | None = Field(
        None, description="Address staff type, https://…; unset: only this machine reaches the console"
    )
    console_proxy: str = Field(
        "127.0.0.1",
        description="Addresses or networks of your proxy, by commas; only theirs X-Forwarded-For is believed",
    )
    model: Path = Field(PROJECT / "models" / "kawan.tar.gz", description="Trained Rasa model")
    nlu_note: Path = Field(
        PROJECT / ".cache" / "nlu-server.json", description="Where a running NLU server says how to reach it"
    )
    nlu_python: Path = Field(
        PROJECT / ".venv-nlu" / "bin" / "python", description="Python of the Rasa environment"
    )

    @field_validator(
        "telegram_bot_token",
        "operator_name",
        "operator_contact",
        "answers_within",
        "hours",
        "staff_group",
        "mail_server",
        "mail_from",
        "mail_to",
        "webhook_url",
        "webhook_secret",
        "console_url",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("telegram_api_url", "webhook_url", "console_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, value: str | None) -> str | None:
        if value is not None:
            Hours.read(value)
        return value

    @field_validator("deadlines")
    @classmethod
    def _are_deadlines(cls, value: str) -> str:
        deadlines.read(value)
        return value

    @model_validator(mode="after")
    def _mail_is_whole(self) -> "Settings":
        if self.mail_server is not None:
            scheme = self.mail_server.get_secret_value().partition("://")[0]
            if scheme not in ("smtp", "smtps"):
                raise ValueError("KAWAN_MAIL_SERVER must begin with smtp:// or smtps://")
            if not (self.mail_from and self.mail_to):
                raise ValueError("KAWAN_MAIL_SERVER needs KAWAN_MAIL_FROM and KAWAN_MAIL_TO")
        return self

    @model_validator(mode="after")
    def _key_lies_elsewhere(self) -> "Settings":
        if self.key_file.resolve().is_relative_to(self.data_dir.resolve()):
            raise ValueError(
                "KAWAN_KEY_FILE lies inside KAWAN_DATA_DIR; keep the key apart from the database"
            )
        return self

    @model_validator(mode="after")
    def _console_is_not_open_to_listeners(self) -> "Settings":
        if self.console_url is None and self.console_host not in LOOPBACK:
            raise ValueError(
                "KAWAN_CONSOLE_HOST is not this machine alone; set KAWAN_CONSOLE_URL to the https address"
            )
        if self.console_url and not is_safe_address(self.console_url):
            raise ValueError(
                "KAWAN_CONSOLE_URL must be https://name without a path (http:// only on this machine)"
            )
        return self

    @property
    def hotline(self) -> Hotline:
        """Who stands behind reports."""
        return Hotline(
            self.operator_name,
            self.operator_contact,
            self.answers_within,
            Hours.read(self.hours) if self.hours else None,
            case_days=self.keep_case_days,
            evidence_days=self.keep_evidence_days,
            deadlines=deadlines.read(self.deadlines),
        )


def load_settings() -> Settings:
    """The settings, or one clear sentence (UserError) for the first that is wrong. Never shows a secret's value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        name = "TELEGRAM_BOT_TOKEN" if "TOKEN" in field.upper() else f"KAWAN_{field.upper()}"
        message = first["msg"].removeprefix("Value error, ")
        raise UserError(f"{name}: {message}." if field else f"{message}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The file .env cannot be read: {error}.") from None
