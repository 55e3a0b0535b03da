"""Our components in Rasa's own environment: what is learned while training is what is read while talking."""

from __future__ import annotations

import json
import subprocess

from kawan import PROJECT
from kawan.nlu_server import bare_environment
from kawan.settings import Settings
from knowledge.examples import held_out

# Reads texts from standard input; writes how far the vectors of a batch lie from those of its texts one by one.
ENCODE = """
import json, sys
import numpy
from nlu_components.e5 import E5Featurizer

texts = json.load(sys.stdin)
featurizer = E5Featurizer(E5Featurizer.get_default_config(), "e5")
batch = featurizer._encode_all(texts)
alone = numpy.vstack([featurizer._encode(text) for text in texts])
print(json.dumps({"shape": batch.shape, "apart": float(abs(batch - alone).max()), "kinds": len({v.tobytes() for v in batch})}))
"""


# Writes how far the features of a saved and loaded model lie from those of the one in memory, and how large the file is.
SAVE = """
import json, os, sys, tempfile
import numpy, skops.io
from nlu_components.classifier import IntentAndArticleClassifier
from nlu_components.features import Texts, fit, kept, restored, rows

texts = Texts.of(json.load(sys.stdin))
config = IntentAndArticleClassifier.get_default_config()
vectors = numpy.random.default_rng(1).normal(size=(len(texts.typed), 384)).astype(numpy.float32)
state = fit(texts, vectors, config)
with tempfile.NamedTemporaryFile(suffix=".skops") as file:
    skops.io.dump(kept(state, config), file.name)
    strange = skops.io.get_untrusted_types(file=file.name)
    size = os.path.getsize(file.name)
    loaded = restored(skops.io.load(file.name, trusted=[]), config)
before, after = (rows(s, texts, vectors, config) for s in (state, loaded))
print(json.dumps({"shape": after.shape, "apart": float(abs(before - after).max()), "strange": strange, "bytes": size}))
"""

# A model file with a type in it that is none of ours.
STRANGE = """
import contextlib, pathlib, sys, tempfile
import skops.io
from fractions import Fraction
from nlu_components.classifier import IntentAndArticleClassifier


class Storage:
    @contextlib.contextmanager
    def read_from(self, resource):
        yield pathlib.Path(folder)


with tempfile.TemporaryDirectory() as folder:
    skops.io.dump({"features": Fraction(1, 3)}, pathlib.Path(folder) / "classifier.skops")
    try:
        IntentAndArticleClassifier.load(IntentAndArticleClassifier.get_default_config(), Storage(), None, None)
    except ValueError as problem:
        print("refused" if "fractions.Fraction" in str(problem) else problem)
"""


def test_a_batch_gives_the_same_vectors_as_one_text_at_a_time() -> None:
    texts = [*held_out()[:20], "a" * 400, "?", "gaji"]
    found = json.loads(_told(ENCODE, texts))
    assert found["shape"] == [len(texts), 384]
    assert found["apart"] < 1e-6
    assert found["kinds"] > len(texts) * 0.9


def test_a_saved_model_reads_as_it_did_before_and_stays_small() -> None:
    texts = held_out()[:300]
    found = json.loads(_told(SAVE, texts))
    assert found["shape"][0] == len(texts)
    assert found["apart"] < 1e-6
    assert found["strange"] == []
    assert found["bytes"] < 20 * sum(map(len, texts))


def test_a_model_with_strange_types_is_not_loaded() -> None:
    assert _told(STRANGE, []) == "refused"


def _told(program: str, texts: list[str]) -> str:
    """The last line a program in Rasa's environment prints, given texts."""
    done = subprocess.run(
        [str(Settings().nlu_python), "-c", program],
        cwd=PROJECT,
        input=json.dumps(texts).encode(),
        capture_output=True,
        env=bare_environment(),
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode().splitlines()[-1]
