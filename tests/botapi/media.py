"""What a person can send besides text, each as the part of a message that Telegram makes of it."""

from . import samples
from .state import State
from .wire import JSON


def photo(state: State, content: bytes = samples.JPEG) -> JSON:
    size = {"width": 90, "height": 90}
    return {"photo": [state.keep_file("photos", "jpg", content) | size]}


def voice(state: State, content: bytes = samples.OGG, duration: int = 1) -> JSON:
    kept = state.keep_file("voice", "oga", content)
    return {"voice": kept | {"duration": duration, "mime_type": "audio/ogg"}}


def document(state: State, content: bytes, file_name: str, mime_type: str, file_size: int | None) -> JSON:
    suffix = file_name.rpartition(".")[2] or "bin"
    kept = state.keep_file("documents", suffix, content, file_size)
    return {"document": kept | {"file_name": file_name, "mime_type": mime_type}}


def sticker(state: State, emoji: str) -> JSON:
    kept = state.keep_file("stickers", "webp", samples.WEBP)
    shape = {"type": "regular", "width": 512, "height": 512}
    return {"sticker": kept | shape | {"is_animated": False, "is_video": False, "emoji": emoji}}


def poll(number: int, question: str, options: list[str]) -> JSON:
    listed = [
        {"persistent_id": str(place), "text": text, "voter_count": 0} for place, text in enumerate(options)
    ]
    return {
        "poll": {
            "id": f"51{number:08d}",
            "question": question,
            "options": listed,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }
