"""The console as staff meet it: a real server, a real database file, real browsers."""
