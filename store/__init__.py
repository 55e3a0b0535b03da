"""Everything that outlives a message: SQLite through sqlite-utils, encrypted where it is about a person."""
