"""Messages in Javanese or Balinese: languages of the neighbours that the model was never taught."""

from __future__ import annotations

import re

LEAST_WORDS = 3
LEAST_SHARE = 0.4  # of all words; Balinese and Javanese words in an Indonesian message are everyday life
# Small words of either language that are none in Indonesian, Kupang Malay or English; thanks are left out, they are known.
_JAVANESE = """
nang kene kono kae iki iku kuwi piye pripun kepriye kabare kabeh rek cak arep ora ndak iso isoh wis wes uwis durung
opo ngopo nopo sopo endi ngendi neng ning nggon omah griyo griya kulo kula sampeyan panjenengan njenengan nggih inggih mboten
wonten saking kadospundi caranipun nembe dugi sugeng enjing dalu monggo tumbas pundi kowe koen awakmu
dhewe dewe karo mbek lan nanging mergo wong lanang wedok bocah turu mangan ngombe mulih budal kerjo duwit larang
"""
_BALINESE = """
dija dijake jani mekudang kuda aji lawar barake driki drika genah meli bras sane niki nika punika tiyang titiang
ipun ragane ida swastiastu rahajeng semeng napi sira nyen kenken apang sing sampun durung nenten ten wenten uli
lakar kal teka mulih ngajeng medaar bape meme luh adi cening
"""
_WORDS = frozenset(f"{_JAVANESE} {_BALINESE}".split())


def in_another_tongue(text: str) -> bool:
    """Whether so many small words are Javanese or Balinese that the model can only guess."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    known = sum(word in _WORDS for word in words)
    return known >= LEAST_WORDS and known >= LEAST_SHARE * len(words)
