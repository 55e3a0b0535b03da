"""A browser in two words, so that a member recognises her own sessions: "Firefox, Android"."""

from __future__ import annotations

# Order matters: most browsers also call themselves by the names of others.
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung Internet", "Firefox/": "Firefox",
             "Chrome/": "Chrome", "Safari/": "Safari"}  # fmt: skip
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS X": "macOS",
            "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


def device_of(user_agent: str) -> str:
    """Browser and system, as far as they are known; "?" for what is not."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "?")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "?")
    return f"{browser}, {system}"
