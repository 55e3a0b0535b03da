"""Draw a confusion matrix as a picture: `… | python -m nlu_components.confusion FILE.png`.

Reads {"names": […], "counts": [[…], …]} from standard input; a row is what was meant, a column what was understood.
Runs where Rasa is, because Rasa brings Matplotlib along.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Dict


def draw(matrix: Dict[str, Any], path: str) -> None:
    """Each row in shares of its own messages, so that rare intents show as well as frequent ones."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names, counts = matrix["names"], matrix["counts"]
    shares = [[n / max(1, sum(row)) for n in row] for row in counts]
    figure, axes = pyplot.subplots(figsize=(11, 10), dpi=80)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            if count:
                colour = "white" if shares[y][x] > 0.5 else "black"
                axes.text(x, y, str(count), ha="center", va="center", fontsize=7, color=colour)
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})


if __name__ == "__main__":
    draw(json.load(sys.stdin), sys.argv[1])
