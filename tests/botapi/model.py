"""The small records that the server's state is made of."""

from dataclasses import dataclass, field

from .wire import JSON


@dataclass(frozen=True)
class Call:
    """One call of a method other than getUpdates, and the status it was answered with."""

    method: str
    parameters: JSON
    time: float
    status: int


@dataclass
class Chat:
    """A chat; `refusal` (status, description) is what keeps the bot from writing to it."""

    info: JSON
    refusal: tuple[int, str] | None = None
    keyboard: list[list[JSON]] = field(default_factory=list)
    mark: int = 0
    """The sequence number at the person's last action."""


@dataclass
class CallbackQuery:
    """A press of a button, until the bot answers it."""

    from_id: int
    time: float
    answers: list[JSON] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file to be had by getFile; `size` is what Telegram says, which may be a lie in a test."""

    file_id: str
    path: str
    content: bytes
    size: int

    @property
    def identifiers(self) -> JSON:
        """The fields that every kind of file has in messages."""
        unique = f"AgAD{self.file_id[-8:]}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}


@dataclass
class Webhook:
    """Where updates are pushed, and how the last push failed."""

    url: str
    secret_token: str
    max_connections: int
    last_error: JSON = field(default_factory=dict)
