"""The one thread that owns the database connection; everything asynchronous goes through it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate

from sqlite_utils import Database

from store.database import write


class Writer:
    """Runs functions one after another, each in a transaction of its own."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def run[**P, R](
        self, function: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call function(db, …) inside a write transaction; what it raises is raised here, after a rollback."""

        def whole() -> R:
            with write(self.db):
                return function(self.db, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, whole)

    def close(self) -> None:
        """Finish what is running and close the connection."""
        self._thread.shutdown(wait=True)
        self.db.close()
