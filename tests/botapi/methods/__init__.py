"""The methods of the Bot API that a bot may call here; any other is answered 404."""

from . import answering, editing, files, profile, sending, webhook
from .registry import METHODS, Answer

__all__ = ["METHODS", "Answer", "answering", "editing", "files", "profile", "sending", "webhook"]
