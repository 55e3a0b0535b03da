#!/bin/sh
# The one gate: format, lint, types, import arrows, content, tests, and a tree as clean as before.
set -eu
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# Settings of the person running this must not reach the tests.
unset TELEGRAM_BOT_TOKEN || true
before=$(git status --porcelain 2>/dev/null || true)

step() { printf '\n== %s\n' "$1"; }
step "format and lint" # without a cache: an old answer must not hide what a fresh clone would see
ruff format --check --no-cache --quiet .
ruff check --no-cache --quiet .
step "types"; mypy
step "import arrows"; lint-imports --no-logo 2>/dev/null || lint-imports
step "knowledge"; kawan knowledge check
step "model"; kawan nlu train --if-needed
step "browser"; sh scripts/browser.sh
# Three workers on two cores: much of the time goes into waiting, as people and Telegram make a bot wait.
step "tests"; pytest -n 3 --dist loadfile --no-loadscope-reorder
after=$(git status --porcelain 2>/dev/null || true)
if [ "$before" != "$after" ]; then
    printf '\nThe run changed files that git tracks or does not ignore:\n%s\n' "$after" >&2
    exit 1
fi
