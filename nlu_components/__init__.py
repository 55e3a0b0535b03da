"""Our Rasa graph components. Imported by Rasa alone (Python 3.10), named in config.yml."""
