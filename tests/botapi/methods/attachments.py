"""Files in sendPhoto and sendDocument: uploaded with the request, or sent before."""

from ..messages import Attachment
from ..parameters import Upload
from ..state import State
from ..wire import JSON, bad_request


def read_attachment(state: State, parameters: JSON, name: str) -> Attachment:
    """The file to send; links are refused, since this server fetches nothing."""
    value = parameters.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = parameters.get(value.removeprefix("attach://"))
    if isinstance(value, Upload):
        if not value.content:
            raise bad_request("file must be non-empty")
        return Attachment(value.name, value.content)
    if isinstance(value, str) and value in state.files:
        file = state.files[value]
        return Attachment(file.path.rpartition("/")[2], file.content, file.identifiers)
    if not value:
        raise bad_request(f"there is no {name} in the request")
    raise bad_request("wrong file identifier/HTTP URL specified")
