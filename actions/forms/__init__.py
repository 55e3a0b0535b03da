"""Forms are data (the YAML files here), run by one engine."""
