"""Puts the rooms together: settings, the `kawan` command, the running system. Imported by none of them."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
