"""The curated knowledge base: articles, facts, directory, calendar, and the code that loads, checks and finds."""
