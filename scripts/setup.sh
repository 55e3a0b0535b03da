#!/bin/sh
# Prepare both environments inside the project's folder: .venv (bot, console, tools) and .venv-nlu (Rasa, Python 3.10).
# Needs git, make and a Python 3. Fetches uv where it is missing, and through uv the Pythons that are missing.
set -eu
cd "$(dirname "$0")/.."

export UV_CACHE_DIR="$PWD/.cache/uv"
export UV_PYTHON_INSTALL_DIR="$PWD/.cache/python"
export UV_NO_PROGRESS=1
unset VIRTUAL_ENV || true

case "$(uname -sm)" in
    "Linux x86_64") ;;
    *) echo "setup: Kawan Rantau runs on Linux x86-64 (Rasa's last open release has no other builds in use here)." >&2; exit 2 ;;
esac
grep -qm1 avx2 /proc/cpuinfo || { echo "setup: this processor lacks AVX2, which the sentence encoder needs." >&2; exit 2; }

done_file=.cache/setup-done
if [ -x .venv/bin/kawan ] && [ -x .venv-nlu/bin/rasa ] && [ -f "$done_file" ] &&
    [ "$done_file" -nt uv.lock ] && [ "$done_file" -nt pyproject.toml ]; then
    exit 0
fi

mkdir -p .cache
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    uv="$PWD/.cache/uv-tool/bin/uv"
    [ -x "$uv" ] || python3 scripts/fetch_uv.py .cache/uv-tool
fi

# A Python of that version on this machine, by its path; else the bare version, which lets uv download one.
find_python() {
    for version in "$@"; do
        found=$("$uv" python find --no-project --no-python-downloads "$version" 2>/dev/null) && { echo "$found"; return; }
        for found in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
            [ -x "$found" ] && { echo "$found"; return; }
        done
    done
    echo "$1"
}

echo "setup: the bot's environment (.venv) …"
UV_COMPILE_BYTECODE=1 "$uv" sync --quiet --locked --python "$(find_python 3.13 3.12)"
echo "setup: Rasa's environment (.venv-nlu; 1.7 GB, compiled once) …"
UV_PROJECT_ENVIRONMENT=.venv-nlu UV_COMPILE_BYTECODE=1 \
    "$uv" sync --quiet --locked --only-group nlu --python "$(find_python 3.10)"
touch "$done_file"
