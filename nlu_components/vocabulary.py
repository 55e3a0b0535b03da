"""What a trained model keeps of its vectorizers: the terms in their order, and the weight of each.

skops writes a vectorizer term by term, as JSON: 400 MB for our 300,000 terms, and half a minute and 2 GB of memory at
every start of the server. One string and one row of numbers say the same in 5 MB.
"""

from __future__ import annotations

from typing import Any, Dict

from sklearn.feature_extraction.text import TfidfVectorizer

# No term holds a line break: words are made of \w, pieces of words lie between white space.
BETWEEN = "\n"


def kept(vectorizer: TfidfVectorizer) -> Dict[str, Any]:
    """`terms`: one string; `weights`: the inverse document frequency of each term, in the same order."""
    return {"terms": BETWEEN.join(vectorizer.get_feature_names_out()), "weights": vectorizer.idf_}


def restored(untrained: TfidfVectorizer, saved: Dict[str, Any]) -> TfidfVectorizer:
    """The vectorizer that was kept; `untrained` has the settings it was trained with."""
    untrained.set_params(vocabulary=saved["terms"].split(BETWEEN))
    untrained.idf_ = saved["weights"]
    return untrained
