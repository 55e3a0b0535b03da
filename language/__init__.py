"""How people write: lexicon, normaliser, language guess. Standard library only, Python 3.10 and newer."""
