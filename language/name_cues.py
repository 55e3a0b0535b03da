"""What stands before names: titles, "nama saya", kinds of houses, streets and areas. Patterns are for small letters."""

from __future__ import annotations

import re

from language.detect import ENGLISH, INDONESIAN

LEADS = {"di", "d", "ke", "k", "dari", "dr", "dri", "in", "at", "from", "to", "near", "daerah", "dekat"}
GATES = {"bandara", "pelabuhan", "terminal", "airport", "port"}  # everybody passes through the place after it
# After a house or street these tell its kind ("kos putri", "toko emas"), and these are never part of its name.
KINDS = {"putri", "putra", "bintang", "bagus", "emas", "gede", "raya", "utama"}
FUNCTION = ENGLISH | INDONESIAN | {"no", "nomor", "blok"}
# In English they stand after the name: "Sunset Villa".
HOUSES = {"hotel", "villa", "villas", "resort", "cafe", "restaurant", "spa", "bar"}

ME = r"(?:saya|sa|sy|sya|aku|beta|bet|be|b|kami)"
WHOSE = rf"(?:lengkap|asli|panggilan|dia|de|suami|istri|anak|adik|bos|pemilik|teman|mandor|agen|pelaku|korban|{ME})"
KIN = r"(?:teman|tmn|kawan|suami|istri|pacar|adik|ade|adek|anak|ana|sepupu|bos|majikan|mandor)"
TITLE = (
    r"(?:pak|bapak|bpk|bapa|ibu|bu|om|oom|tante|tanta|kak|kaka|kakak|bang|bli|mbok|mbo|mba|mbak|mas|mr|mrs|ms|miss|mister|"
    r"madam|suster|sr|bruder|romo|rm|pater|padre|pastor|pdt|pendeta|ustad|haji|mama|mami|opa|oma|nona|non|usi|jero|dokter|"
    r"sister|dik|dek|prof|umbu|rambu|anak\s+agung|ida\s+bagus|ida\s+ayu)\b(?:\.(?=\w)|\s+)|"
    r"(?:bpk|mr|mrs|ms|sr|rm|pdt|prof)\.\s+"
)
ROLE = r"(?:kos|kost|haji|kelian|klian|kaling|mandor|guru|polisi|rt|tua|besar|kecil)"  # "pak mandor Budi"
HOUSE = (
    r"(?:hotel|villas?|vila|warung|wrg|toko|resto|restoran|restaurant|cafe|kafe|bar|spa|pt|cv|ud|kost?|kosan|proyek|sekolah|"
    r"gereja|paroki|kapela|kampus|universitas|rs|rsu|rsud|rumah\s+sakit|klinik|salon|laundry|bengkel|homestay|guesthouse|"
    r"resort|pabrik|yayasan)\b\s+|(?:pt|cv|ud|rs|rsu)\b\.\s*"
)
AREA = (
    r"(?:desa|ds|banjar|kelurahan|kecamatan|kec|dusun|lingkungan|kampung|kampong|pantai|perumahan|perum|kompleks?|pasar)\b"
    r"\s+(?:(?:adat|dinas)\s+)?|(?:br|kel|kec|ds)\.\s*"
)
# "me" is the weakest: it must be followed by where the person is from, or say what someone is called.
CUE = re.compile(
    rf"""(?:
    (?P<sure>nama(?:nya|ku)?\b(?:\s+{WHOSE}\b)*(?:\s+(?:adalah|itu))?(?:\s*[:=,]\s*|\s+)|bernama\s+
        |(?:my|his|her)\s+name(?:\s+is|'s)\s+|(?:atas\s+nama|an\.|a/n|a\.n\.?)\s*:?\s*)
    |(?P<account>(?:ig|instagram|fb|facebook|tiktok|telegram|tele|line|user\ ?name|akun)(?:\s+{ME})?\s*[:=]\s*)
    |(?P<me>(?:di)?panggil(?:\s+(?:saja|{ME}))*\s+|called\s+
        |(?:{ME}|i'm|i\ am|im|ini|this\ is|dengan)\s+(?=[^\W\d]\S*(?:\s\S+)?\s(?:dari|dr|dri|asal|from)\b))
    |(?P<kin>{KIN}\s+{ME}\s+)
    |(?P<title>(?:{TITLE})(?:{ROLE}\s+)?)
    |(?P<street>(?:(?:jl|jln|gg)\b\.?|(?:jalan|gang|lorong|lrg)\b)\s*)
    |(?P<house>{HOUSE})
    |(?P<area>{AREA})
    )(?=\w)""",
    re.X,
)
PEOPLE = {"sure", "me", "kin", "title"}  # cues of persons
# How many of the words after a cue may be the name.
LENGTHS = {"sure": 4, "account": 1, "me": 3, "kin": 2, "title": 2, "street": 4, "house": 4, "area": 3}

_SMALL = {sign: sign + 32 for sign in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """The text in small letters, each in its place (str.lower makes two of some). Faster than patterns with re.I."""
    return text.translate(_SMALL)
