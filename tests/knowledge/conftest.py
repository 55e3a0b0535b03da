"""The real knowledge base, and a small valid one to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import Library, load_library
from tests.knowledge.small import Small


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "knowledge")
