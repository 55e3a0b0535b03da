"""Draw pictures of conversations for the documentation, from real replies: .venv/bin/python scripts/picture.py

Needs a Chromium (or CHROMIUM=/path). Each picture is a list of lines as a person types them; ":2" presses a button.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
IMAGES = PROJECT / "docs" / "images"
PICTURES = {
    "conversation": [
        ["bos belum bayar gaji dua bulan kak"],
        ["dong tolak beta di kos kmrn karna beta orang Sumba, mo lapor", ":1"],
    ],
    "crisis": [["tolong sa dipukul suami"], ["what to do when Nyepi and someone is sick?"]],
}
HEIGHT = {"conversation": 840, "crisis": 960}
STYLE = """
body { margin: 0; font: 15px/1.38 'DejaVu Sans', sans-serif; background: #d5e3d0; }
main { display: flex; gap: 14px; padding: 14px; align-items: flex-start; }
section { width: 390px; display: flex; flex-direction: column; gap: 8px; }
.bot, .me { padding: 9px 12px; border-radius: 13px; white-space: pre-wrap; max-width: 330px; box-shadow: 0 1px 1px #0003; }
.bot { background: #fff; align-self: flex-start; } .me { background: #e3fdd0; align-self: flex-end; }
.keys { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; max-width: 354px; }
.keys span { background: #6b8a6bcc; color: #fff; border-radius: 8px; padding: 6px 4px; text-align: center; font-size: 13px; }
.keys .wide { grid-column: span 2; }
"""


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found. Set CHROMIUM=/path/to/it.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, columns in PICTURES.items():
        body = "".join(f"<section>{column(lines)}</section>" for lines in columns)
        page = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main>{body}</main>"
        shoot(chromium, page, IMAGES / f"{name}.png", width=14 * 3 + 390 * len(columns), height=HEIGHT[name])


def column(lines: list[str]) -> str:
    typed = "".join(f"{line}\n" for line in lines)
    done = subprocess.run(
        [PROJECT / ".venv/bin/kawan", "chat", "--json"],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    )
    shown, labels = [], []
    for line, answer in zip(lines, done.stdout.splitlines(), strict=True):
        pressed = labels[int(line[1:]) - 1] if line.startswith(":") else None
        turn: dict[str, Any] = json.loads(answer)
        shown.append(f"<div class=me>{html.escape(pressed or line)}</div>")
        for part in turn["reply"]:
            shown.append(f"<div class=bot>{html.escape(part['text'])}</div>{keys(part['buttons'])}")
        labels = [b["label"] for part in turn["reply"] for b in part["buttons"]]
    return "".join(shown)


def keys(buttons: list[dict[str, str]]) -> str:
    cells = "".join(
        f"<span{' class=wide' if len(b['label']) > 17 else ''}>{html.escape(b['label'])}</span>"
        for b in buttons
    )
    return f"<div class=keys>{cells}</div>" if cells else ""


def shoot(chromium: str, page: str, target: Path, width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
    print(target.relative_to(PROJECT))


if __name__ == "__main__":
    main()
