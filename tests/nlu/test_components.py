"""Sentence vectors, in Rasa's own environment: what is encoded in batches while training is what is read while talking."""

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


def test_a_batch_gives_the_same_vectors_as_one_text_at_a_time() -> None:
    texts = [*held_out()[:20], "a" * 400, "?", "gaji"]
    done = subprocess.run(
        [str(Settings().nlu_python), "-c", ENCODE],
        cwd=PROJECT,
        input=json.dumps(texts).encode(),
        capture_output=True,
        env=bare_environment(),
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["shape"] == [len(texts), 384]
    assert found["apart"] < 1e-6
    assert found["kinds"] > len(texts) * 0.9
