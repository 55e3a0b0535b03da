#!/bin/sh
# A Chromium for the browser tests: the one that is here, else Debian's package (as root) or Playwright's own download.
# Prints its path. Where none can be had the tests are skipped, or fail when CI=true.
set -eu
cd "$(dirname "$0")/.."
export PLAYWRIGHT_BROWSERS_PATH="${PLAYWRIGHT_BROWSERS_PATH:-$PWD/.cache/playwright}"

find_one() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    own=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)')
    [ -x "$own" ] && echo "$own"
}

find_one && exit 0
echo "browser: no Chromium here, getting one …" >&2
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >&2 || true
else
    .venv/bin/playwright install chromium >&2 || true
fi
find_one && exit 0
echo "browser: none could be had; the browser tests are skipped." >&2
[ "${CI:-}" != true ]
