"""Fetch uv into a folder with nothing but a Python 3: by pip if there is one, else the wheel itself.

Usage: python3 scripts/fetch_uv.py FOLDER    (puts FOLDER/bin/uv)
The package index is the one uv.lock names, or PIP_INDEX_URL / UV_DEFAULT_INDEX.
"""

import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request
import zipfile


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    by_pip(folder) or by_hand(folder)
    if not (folder / "bin" / "uv").exists():
        sys.exit("setup: uv could not be fetched. Install it by hand, then run make again.")


def by_pip(folder: pathlib.Path) -> bool:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "uv"]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def by_hand(folder: pathlib.Path) -> None:
    """Read the index (PEP 691), take the newest wheel for this platform, check its hash, unpack the binary."""
    request = urllib.request.Request(
        index().rstrip("/") + "/uv/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        files = json.load(answer)["files"]
    pattern = re.compile(r"uv-(\d+)\.(\d+)\.(\d+)-py3-none-manylinux.*x86_64.*\.whl")
    wheels = [(tuple(map(int, m.groups())), f) for f in files if (m := pattern.fullmatch(f["filename"]))]
    newest = max(wheels, key=lambda pair: pair[0])[1]
    with urllib.request.urlopen(newest["url"], timeout=300) as answer:
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != newest["hashes"]["sha256"]:
        sys.exit("setup: the uv wheel does not have the hash its index promises.")
    target = folder / "bin" / "uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
        target.write_bytes(archive.read(name))
    target.chmod(0o755)


def index() -> str:
    named = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
    if named:
        return named
    lock = pathlib.Path(__file__).parent.parent.joinpath("uv.lock").read_text()
    found = re.search(r'registry = "([^"]+)"', lock)
    return found.group(1) if found else ""


if __name__ == "__main__":
    main()
