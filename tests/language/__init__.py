"""How people write."""
