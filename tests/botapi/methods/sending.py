"""sendMessage, sendPhoto, sendDocument and sendChatAction."""

from collections.abc import Callable

from ..entities import formatted
from ..markup import Markup, read_markup
from ..messages import Attachment, as_reply_to
from ..parameters import string
from ..state import State
from ..wire import JSON, bad_request
from .attachments import read_attachment
from .registry import method

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")


def read_text(parameters: JSON) -> JSON:
    """The checked text of sendMessage and editMessageText."""
    if not string(parameters, "text"):
        raise bad_request("message text is empty")
    content = formatted(parameters, "text", TEXT_LIMIT)
    if not content:
        raise bad_request("text must be non-empty")
    return content


@method("sendMessage")
def send_message(state: State, parameters: JSON) -> JSON:
    return _send(state, parameters, read_text(parameters))


@method("sendPhoto")
def send_photo(state: State, parameters: JSON) -> JSON:
    content = formatted(parameters, "caption", CAPTION_LIMIT)
    photo = read_attachment(state, parameters, "photo")
    if not photo.content.startswith(IMAGE_STARTS):
        raise bad_request("IMAGE_PROCESS_FAILED")

    def described() -> JSON:
        kept = photo.known or state.keep_file("photos", "jpg", photo.content)
        return {"photo": [kept | {"width": 90, "height": 90}]}

    return _send(state, parameters, content, photo, described)


@method("sendDocument")
def send_document(state: State, parameters: JSON) -> JSON:
    content = formatted(parameters, "caption", CAPTION_LIMIT)
    document = read_attachment(state, parameters, "document")

    def described() -> JSON:
        suffix = document.name.rpartition(".")[2] or "bin"
        kept = document.known or state.keep_file("documents", suffix, document.content)
        return {"document": kept | {"file_name": document.name}}

    return _send(state, parameters, content, document, described)


@method("sendChatAction")
def send_chat_action(state: State, parameters: JSON) -> bool:
    if string(parameters, "action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.writable_chat(parameters.get("chat_id"))
    return True


def _send(
    state: State,
    parameters: JSON,
    content: JSON,
    attachment: Attachment | None = None,
    described: Callable[[], JSON] = dict,
) -> JSON:
    markup = read_markup(parameters.get("reply_markup"))
    chat = state.writable_chat(parameters.get("chat_id"))
    content |= _reply(state, parameters, chat.info["id"])
    # Last of all checks: a refused message does not count towards the limit, and keeps no file.
    state.faults.count_message(chat.info["id"])
    content |= described()
    content |= {"reply_markup": markup.inline} if markup.inline else {}
    message = state.store(chat, state.me, content, markup=markup, attachment=attachment)
    _change_keyboard(chat.keyboard, markup)
    return message.data


def _change_keyboard(shown: list[list[JSON]], markup: Markup) -> None:
    """A reply keyboard belongs to the chat: it stays until replaced or removed."""
    if markup.keyboard or markup.removes_keyboard:
        shown[:] = markup.keyboard


def _reply(state: State, parameters: JSON, chat_id: int) -> JSON:
    asked = parameters.get("reply_parameters") or {
        "message_id": parameters.get("reply_to_message_id"),
        "allow_sending_without_reply": parameters.get("allow_sending_without_reply"),
    }
    if not asked.get("message_id"):
        return {}
    original = state.messages.get((chat_id, asked["message_id"]))
    if original is None:
        if asked.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return as_reply_to(original.data)
