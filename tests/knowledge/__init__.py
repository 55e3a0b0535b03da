"""The knowledge base and what holds it together."""
