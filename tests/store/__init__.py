"""The store: real SQLite files, real keys, real processes."""
