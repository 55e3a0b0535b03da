"""What a file is, decided by what is in it: its name and the browser's word for it may say anything."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

# Ending of the name under which a type is downloaded. What does not stand here goes out as bytes without a meaning.
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "audio/ogg": "ogg",
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac", "audio/amr": "amr", "audio/wav": "wav",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/3gpp": "3gp", "video/webm": "webm",
    "application/pdf": "pdf", "text/plain": "txt", _WORD: "docx", _SHEET: "xlsx",
}  # fmt: skip


@dataclass(frozen=True)
class FileType:
    """`kind` as evidence knows it, and the type it is stored with."""

    kind: str
    mime: str


# What a file begins with. Pictures are drawn anew before they are kept, whatever their type was.
_BEGINNINGS = (
    (rb"\xff\xd8\xff", FileType("photo", "image/jpeg")),
    (rb"\x89PNG\r\n\x1a\n", FileType("photo", "image/png")),
    (rb"GIF8[79]a", FileType("photo", "image/gif")),
    (rb"RIFF....WEBP", FileType("photo", "image/webp")),
    (rb"II\*\0|MM\0\*", FileType("photo", "image/tiff")),
    (rb"BM....\0\0\0\0", FileType("photo", "image/bmp")),
    (rb"....ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avif|avis)", FileType("photo", "image/heic")),
    (rb"....ftypM4[ABP] ", FileType("voice", "audio/mp4")),
    (rb"....ftypqt  ", FileType("video", "video/quicktime")),
    (rb"....ftyp3g", FileType("video", "video/3gpp")),
    (rb"....ftyp", FileType("video", "video/mp4")),
    (rb"\x1a\x45\xdf\xa3", FileType("video", "video/webm")),
    (rb"OggS", FileType("voice", "audio/ogg")),
    (rb"ID3|\xff[\xfa\xfb\xf2\xf3]", FileType("voice", "audio/mpeg")),
    (rb"\xff[\xf0\xf1\xf8\xf9]", FileType("voice", "audio/aac")),
    (rb"#!AMR", FileType("voice", "audio/amr")),
    (rb"RIFF....WAVE", FileType("voice", "audio/wav")),
    (rb"%PDF-", FileType("document", "application/pdf")),
)
_PICTURES_MOVE = re.compile(
    rb"hdlr.{8}vide", re.DOTALL
)  # a film; recorders of phones write sound into the same box
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def recognised(content: bytes) -> FileType | None:
    """What this is; None for anything that is not to be kept: web pages, drawings with scripts, programs, the unknown."""
    for beginning, found in _BEGINNINGS:
        if re.match(beginning, content, re.DOTALL):
            sound_alone = found.mime in ("video/mp4", "video/3gpp") and not _PICTURES_MOVE.search(content)
            return FileType("voice", "audio/mp4") if sound_alone else found
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return FileType("document", "text/plain") if _is_plain_text(content) else None


def _office(content: bytes) -> FileType | None:
    """A letter or a table of an office program. Those with programs in them are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {name.lower() for name in packed.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.endswith(("vbaproject.bin", ".exe", ".js")) for name in names):
        return None
    if "word/document.xml" in names:
        return FileType("document", _WORD)
    return FileType("document", _SHEET) if "xl/workbook.xml" in names else None


def _is_plain_text(content: bytes) -> bool:
    """A chat someone exported, a list: words, and no page a browser would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _CONTROL.search(text) and not text.lstrip().startswith("<")
