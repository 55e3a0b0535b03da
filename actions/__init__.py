"""What the assistant does about an intent. Knows no Telegram: a Turn comes in, a Reply goes out."""
