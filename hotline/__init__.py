"""The console in which hotline staff work. It meets the bot in the store alone."""
