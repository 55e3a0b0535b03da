"""The Telegram front end: updates into the inbox, replies out of the outbox (python-telegram-bot)."""
