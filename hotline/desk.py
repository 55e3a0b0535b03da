"""What every page may use: the store behind its one writing thread, the keys, the knowledge, the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate

from sqlite_utils import Database

from actions.turn import Hotline
from hotline.config import Config
from knowledge.library import Library
from knowledge.search import Search
from store.keys import Keyring
from store.writer import Writer


@dataclass(frozen=True)
class Desk:
    """Handlers get it by naming a parameter `desk: Desk`."""

    writer: Writer
    keys: Keyring
    library: Library
    search: Search
    hotline: Hotline = field(default_factory=Hotline)
    config: Config = field(default_factory=Config)

    async def run[**P, R](
        self, function: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call function(db, …) in one transaction; what it raises is raised here, after a rollback."""
        return await self.writer.run(function, *args, **kwargs)
