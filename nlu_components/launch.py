"""Start Rasa's own command line, quietly, quickly, and without secrets on the command line.

`python -m nlu_components.launch run …` reads one line from standard input first: the API token. It then keeps
standard input open and ends when the other side closes it, so that Rasa never outlives the process that started it.
`python -m nlu_components.launch train …` reads nothing.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SANIC_WORKERS": "1",
}
# While serving, one message is too little work for several threads: they only get in each other's way. Only the sentence
# embedding gains from a second one (18 instead of 28 ms). Its threads wait for each other two thousand turns and then let
# others have the core: with the usual 300,000, a second busy program makes the slow messages five times slower.
SERVING = {
    "OMP_NUM_THREADS": str(min(2, os.cpu_count() or 1)),
    "GOMP_SPINCOUNT": "2000",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    os.environ.update(QUIET)
    if len(sys.argv) > 1 and sys.argv[1] == "run":
        os.environ.update(SERVING)
        token = sys.stdin.readline().strip()
        sys.argv.append(f"--auth-token={token}")  # one word: a token may begin with a dash
        threading.Thread(target=_end_with_parent, daemon=True).start()
    import sanic.app  # noqa: F401  resets warning filters when imported, so it goes first

    warnings.simplefilter("ignore")
    import skops.io  # noqa: F401  before TensorFlow: its module scan takes 10 s afterwards, 1 s now
    from rasa.__main__ import main as rasa

    # Rasa switches warnings on again for itself; what it warns about (no ResponseSelector, no RegexFeaturizer)
    # is how this pipeline is meant to be.
    warnings.showwarning = lambda *_args, **_more: None
    rasa()


if __name__ == "__main__":
    main()
