"""What the assistant says, in every language."""
