"""The conversation and its front ends: guard, NLU client, dialogue, Telegram, terminal."""
