"""getFile."""

from ..parameters import string
from ..state import State
from ..wire import JSON, bad_request
from .registry import method

SIZE_LIMIT = 20 * 1024 * 1024


@method("getFile")
def get_file(state: State, parameters: JSON) -> JSON:
    file = state.files.get(string(parameters, "file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > SIZE_LIMIT:
        raise bad_request("file is too big")
    return file.identifiers | {"file_path": file.path}
