"""One small error family of the store. Each carries a sentence an operator can act on."""


class StoreError(Exception):
    """Something about the database or the key; `str()` is the sentence to show."""


class StoreUnusable(StoreError):
    """The data folder or file cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another running instance owns this data folder."""


class KeyUnusable(StoreError):
    """The key file is missing, malformed, or not the one this database was written with."""
