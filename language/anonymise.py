"""Take personal data out of a message, so that what is kept to learn from tells what was asked, not who asked.

What has a form (numbers, links, dates, codes) is found by the patterns below; names and places are found word by word
(language/names.py). When in doubt a word goes: a lost word costs little, a kept name costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.clean import clean
from language.name_cues import ME, lowered
from language.names import without_names

# In tables, because every line is one way in which people write. <TO> stands for the part of that name.
PARTS = r"""
MONTH   (?:jan(?:uar[iy])?|feb(?:ruar[iy])?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agustus|agust?|ags|agt|aug(?:ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?)\b
DIGIT   (?:nol|kosong|satu|dua|tiga|e?mpat|ampat|ampa|lima|enam|anam|tujuh|tuju|[ds]?elapan|dlapan|lapan|sembilan|sambilan|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|dobel)
DAY     (?:\d{1,2}(?:st|nd|rd|th)?|<DIGIT>(?:\s+(?:be?las|pulu?h?)(?:\s+<DIGIT>)?)?|sepuluh|sapulu|sebelas|sablas)
TO      \s*(?:-|–|&|s/?d|sampai|dan|to|and)\s*
GAP     (?:[ .()/‐-―-]{0,3}|,)
MANY    (?:[1-9]\d{0,3}(?:[.,]\d{1,3})?|0[.,]\d{1,2})
GROUPED [1-9]\d{0,2}(?:[.,]\d{3}){1,2}(?:[.,]000)*
PRICED  (?:gaji\w*|upah\w*|(?:di?)?bayar\w*|byr|sewa\w*|harga\w*|denda\w*|h?utang\w*|dp|deposit|jaminan|uang|duit|doi|potong\w*|ongkos|biaya|bonus|thr|pinjam\w*|cicil\w*|salary|wage|paid|pays?|rent|fee|um[kpr]|total|kasbon|iuran|lembur)
"""
# Read in this order: the match, or its group x, becomes the label in front. What "stays" only looks personal (money,
# times, laws, what we wrote ourselves): the lines below it pass over it. Between label and pattern stand the signs of
# which a text must have one, or the line is not worth reading (0: any digit, *: always); most texts have few.
# The patterns see small letters, only those of NOMOR see the text as typed.
FORMS = r"""
stays   [  \[(?:nama|nomor|tempat|tautan|akun|kode|tanggal)\]
akun    @( (?<![\w.+-])[\w.+-]+\s?(?:@|\(at\))\s?[\w-]+(?:\s?(?:\.|\(dot\))\s?[a-z][\w-]+)+
tautan  :. (?:https?://|www\.)[^\s\[\]]+
tautan  .  (?<![\w.-])(?:[\w-]+\.)+(?:(?:com|co|id|net|org|io|link|page|site|online|shop|xyz|gle|ly|app|gov)\b(?:/[^\s\[\]]*)?|(?:me|my|be|in|to|cc)/[^\s\[\]]+)
akun    @  (?<!\w)@(?!\d+(?:[.,]\d+)?\s?(?:rb|ribu|jt|juta|k)?\b)\w[\w.]+
akun    _  (?<!\w)[^\W_]+(?:_+[^\W_]+)+
akun    0. \b(?:ig|instagram|fb|facebook|tiktok|telegram|tele|line|user ?name|akun)(?:\s+<ME>)?(?:\s*[:=]\s*|\s+(?=[a-z.]+\d\d))(?P<x>[a-z][\w-]*(?:\d|\.\w)[\w.-]*)
kode    *  \bkr(?:-[0-9a-z]{4}[\s-]?|(?=[\s-]?\w{0,8}\s?\w{0,4}\d)[\s-]?[0-9a-z]{4}[\s-]?)[0-9a-z]{4}\b
kode    /  (?<!\S)(?=\S*/(?:19|20)\d\d)(?=\S*[a-z])[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*){2,}
kode    0  \b(?:pin|otp|kode|sandi|password)(?:\s+(?:otp|atm|verifikasi|<ME>))?(?:nya)?\s*[:=]?\s*(?P<x>\d{4,8}\b)
tanggal *  (?<![\w.,/])(?:<DAY><TO>)?<DAY>\s*(?:of\s+)?<MONTH>(?:\s*,?\s*(?:19|20)\d\d\b)?
tanggal 0  \b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d{1,2}(?:st|nd|rd|th)?(?!\w|[.,]\d)(?:,?\s+20\d\d\b)?
tanggal *  \b(?:tgl|tggl|tanggal|on the)\s*[.:]?\s*(?P<x>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:<DAY><TO>)?<DAY>)\b
tanggal 0  (?<![\w./-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)|(?:19|20)\d\d([/-])\d{1,2}\2\d{1,2})(?![\w/-]|\.\d)
tanggal 0  (?<![\w./,-])(?!24/7)(?:[0-3]\d/(?:0\d|1[0-2]|[1-9])|[1-9]/(?:0\d|1[0-2]))(?![\w/-]|[.,]\d)
tanggal 0  \b(?:ke)?(?:lahir|lahiran|born|ttl)\s+(?:(?:tahun|thn|th|in|pada)\s+)?(?P<x>(?:19|20)\d\d\b)
nomor   0  \b(?:no\s?rek|rek|rekening|nik|kk|nomor|no|nmr|number|account|va)\b\.?(?:\s+[a-z]{2,10})?\s*[:.]?\s*(?P<x>\d(?:[ .-]?\d){4,})
tempat  0  \b(?:jl|jln|jalan|gg|gang)\b\.?[ ](?P<x>(?:[^\W\d][\w'.-]*[ ,]+){1,6}?(?:no|nomor|nmr)\.?\s*\d+\w?\b)
NOMOR   0  (?<!\w)(?:DK|EB|ED|DH|DR|EA|[BDFGHKLNPRSTWZ]|A[ABDEG])\s?\d{3,4}\s?(?!K\b|ORG|BLN|THN|RB|JT|KM|HR)[A-Z]{1,3}(?!\w)
nomor   0  (?<!\w)(?:dk|eb|ed)[\s-]?\d{3,4}(?:[\s-]?[a-z]{1,3})?(?!\w)
nomor   0  \b(?:plat|nopol|plate)\s+(?:no\w*\s+)?(?P<x>[a-z]{1,2}\s?\d{1,4}(?:\s?[a-z]{1,3})?\b)
stays   0  (?<!\w)(?:rp|idr|usd|\$)\.?\s*[1-9][\d.,]{0,14}|(?<![\w.,-])(?:<MANY><TO>)?<MANY>(?:\s?(?:rb|rbu|ribu|rebu|jt|jta|juta)|k)(?:an)?\b|(?<![\w.,-])[1-9][\d.,]{0,12}\s?(?:rupiah|perak|idr|usd|dollars?|euro|aud)\b
stays   0  (?<![\w.,-])(?!8\d\d[.,]\d{3}[.,]\d\d[1-9])<GROUPED>(?:<TO><GROUPED>)?(?![.,-]?\d)|(?<![\w.,-])[1-9]\d{1,4}000(?:<TO>[1-9]\d{1,4}000)?(?![.,-]?\d)
stays   0  \b<PRICED>(?:\s+(?!ke\b|rek|no|wa\b|hp\b)[a-z]+){0,3}\s+(?P<x>[1-9]\d{4,7}(?![.-]?\d))
stays   0  (?<!\d)\d{1,2}[.:]\d\d<TO>\d{1,2}(?:[.:]\d\d)?(?![.:-]?\d)|(?<!\d)(?<!\d[ .-])(?:19|20)\d\d\s?[-–/ ]\s?(?:19|20)\d\d(?![ .-]?\d)|(?<!\d)\d{1,3}/(?:19|20)\d\d(?!\d)
stays   0  (?<!\w)(?:\d{1,4}\s?(?:st|nd|rd|th|an|cc|watts?|w|va|kg|km|cm|m|gb|mb|x\d*|jam|hari|hr|bln|bulan|thn|tahun|or?a?ng|kali))+\b
stays   *  \bngurah\s+rai|\bel\s+tari|\bom\s+(?:sw|su)asti\w*|\bom\s+sh?anti\w*(?:\s+sh?anti\w*)*(?:\s+om\b)?|\b(?:h?utang|hutang|balas|bls|lupa)\s+budi|\bbudi\s+(?:baik|pekerti)|\bcovid\S*
nomor   *  \b(?:nol|kosong|zero)(?:[\s,.-]+(?:<DIGIT>|belas|puluh|ratus|sepuluh|sebelas|\d{1,4})){4,}\b
nomor   *  \b<DIGIT>(?:[\s,.-]+(?:<DIGIT>|\d{1,4})){4,}\b
nomor   0  (?<!\w)\+?\(?(?:(?:62|0)(?:<GAP>\d){5,}|\d(?:[ ./–-]{0,2}\d){6,}|\d{5,})
kode    0  (?<!\w)(?=(?:[^\W\d]*\d){3})(?=\d*[^\W\d])\w{5,}
tempat  0  \b(?:rt\s?[./]?\s?\d+(?:\s*/?\s*rw\s?\.?\s?\d+)?|rw\s?\d+|blok\s+[a-z]{1,2}\s?-?\d+)\b(?:[\s,]*no\.?\s*\d+\w?\b)?
"""
HIDE = {sign: 0xE000 + sign for sign in range(33, 127)}  # private signs, which no pattern reads
SHOW = {hidden: sign for sign, hidden in HIDE.items()}


@dataclass(frozen=True)
class Anonymised:
    """What may be kept of a message, and how many things were taken out of it."""

    text: str
    found: int


def anonymised(text: str) -> Anonymised:
    """The message with [nama], [nomor], [tempat] … in place of personal data. Any text will do; it never raises.

    A text is read until nothing more is found, so that what comes out stays as it is when it is read once more.
    """
    text, before, found = text.translate(dict.fromkeys(SHOW)), None, 0
    while text != before:
        before, text = text, clean(text)
        low = lowered(text)
        signs = {"0" if sign.isdigit() else sign for sign in low} | {"*"}
        for label, needed, form in _FORMS:
            if signs.isdisjoint(needed):
                continue
            part = form.groupindex.get("x", 0)
            spans = [match.span(part) for match in form.finditer(text if label == "NOMOR" else low)]
            if spans:
                text, low = _labelled(text, spans, label.lower()), _labelled(low, spans, label.lower())
                found += len(spans) * (label != "stays")
        text, times = without_names(text)
        text, found = text.translate(SHOW), found + times
    return Anonymised(text, found)


def _labelled(text: str, spans: list[tuple[int, int]], label: str) -> str:
    parts, done = list[str](), 0
    for start, end in spans:
        instead = text[start:end] if label == "stays" else f"[{label}]"
        parts += [text[done:start], instead.translate(HIDE)]
        done = end
    return "".join([*parts, text[done:]])


def _forms() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    parts = {"ME": ME} | dict(line.split(None, 1) for line in PARTS.strip().splitlines())
    for label, needed, pattern in (line.split(None, 2) for line in FORMS.strip().splitlines()):
        while re.search("<[A-Z]+>", pattern):
            pattern = re.sub("<([A-Z]+)>", lambda part: parts[part[1]], pattern)
        yield label, needed, re.compile(pattern)


_FORMS = list(_forms())
