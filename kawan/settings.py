"""All settings in one place, from the environment or `.env` (see docs/settings.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from actions.turn import Hotline
from kawan import PROJECT
from kawan.errors import UserError


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
    webhook_url: str | None = Field(
        None, description="Public https address of this machine; set: webhook, unset: long polling"
    )
    webhook_secret: SecretStr | None = Field(None, description="Secret Telegram sends with each webhook call")
    webhook_host: str = Field("127.0.0.1", description="Address the webhook listens on (behind a TLS proxy)")
    webhook_port: int = Field(8443, ge=1, le=65535, description="Port the webhook listens on")
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
        "webhook_url",
        "webhook_secret",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _key_lies_elsewhere(self) -> "Settings":
        if self.key_file.resolve().is_relative_to(self.data_dir.resolve()):
            raise ValueError(
                "KAWAN_KEY_FILE lies inside KAWAN_DATA_DIR; keep the key apart from the database"
            )
        return self

    @property
    def hotline(self) -> Hotline:
        """Who stands behind reports."""
        return Hotline(self.operator_name, self.operator_contact, self.answers_within)


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
