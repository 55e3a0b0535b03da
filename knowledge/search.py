"""Full-text search over the articles, for when the model does not know or is down (SQLite FTS5, in memory)."""

from __future__ import annotations

import re
import sqlite3
import weakref

from sqlite_utils import Database

from knowledge.library import Library
from language.normalise import normalise

# Words that stand in every second message and say nothing about its topic.
_EMPTY = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dengan",
        "ini",
        "itu",
        "saya",
        "aku",
        "kami",
        "kita",
        "dia",
        "mereka",
        "kamu",
        "ada",
        "sudah",
        "belum",
        "akan",
        "mau",
        "bisa",
        "harus",
        "karena",
        "kalau",
        "tapi",
        "atau",
        "juga",
        "lagi",
        "saja",
        "sama",
        "apa",
        "siapa",
        "bagaimana",
        "kapan",
        "kenapa",
        "mana",
        "berapa",
        "apakah",
        "punya",
        "tidak",
        "tolong",
        "tanya",
        "minta",
        "kak",
        "kakak",
        "pak",
        "bapak",
        "ibu",
        "orang",
        "the",
        "a",
        "is",
        "are",
        "my",
        "me",
        "you",
        "what",
        "how",
        "can",
        "to",
        "of",
        "in",
        "for",
        "and",
        "it",
        "on",
        "with",
        "do",
        "does",
        "not",
        "have",
        "has",
    ]
)
# A light stemmer: enough to bring "dipecat", "pemecatan" and "memecat" near each other by prefix search.
_PREFIX = re.compile(r"^(?:meng|mem|men|me|peng|pem|pen|pe|di|ber|ter|se|ke)(?=\w{4})")
_SUFFIX = re.compile(r"(?:kan|an|nya|i)$")


class Search:
    """Finds articles by the words of a message."""

    def __init__(self, library: Library) -> None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, connection.close)
        self._db = Database(connection, execute_plugins=False)
        table = self._db.table("articles")
        table.insert_all(
            {
                "id": article.id,
                "lang": article.lang,
                "title": _index_text(article.title),
                "body": _index_text(" ".join([article.short, *article.steps])),
            }
            for article in library.articles.values()
            if article.status == "published"
        )
        table.enable_fts(["title", "body"], tokenize="unicode61 remove_diacritics 2")

    def find(self, text: str, lang: str, most: int = 3) -> list[str]:
        """Ids of the articles that fit best, best first; empty when no word of the message occurs."""
        words = list(dict.fromkeys(w for w in _index_text(text).split() if len(w) > 2))[:24]
        if not words:
            return []
        query = " OR ".join(f'"{word}"*' for word in words)
        rows = self._db.execute(
            "select a.id from articles_fts f join articles a on a.rowid = f.rowid"
            " where articles_fts match ? and a.lang = ? order by bm25(articles_fts, 4.0, 1.0) limit ?",
            [query, lang, most],
        )
        return [row[0] for row in rows.fetchall()]


def _index_text(text: str) -> str:
    words = re.findall(r"[^\W_]+", normalise(text))
    return " ".join(_stem(w) for w in words if w not in _EMPTY)


def _stem(word: str) -> str:
    shorter = _SUFFIX.sub("", word) if len(word) > 6 else word
    return _PREFIX.sub("", shorter) if len(shorter) > 6 else shorter
