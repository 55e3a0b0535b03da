"""Photos without what a camera writes into them: place, time, owner, device."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

PICTURES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/tiff",
    "image/bmp",
    "image/heic",
    "image/heif",
)
MOST_PIXELS = 60_000_000  # a small file may unfold into gigabytes


class NotAPicture(ValueError):
    """It says it is a picture and cannot be read as one."""


def without_metadata(content: bytes) -> tuple[bytes, str]:
    """The same picture, drawn anew: only what is seen is kept. Returns (bytes, mime type). Raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotAPicture("too many pixels")
                turned = ImageOps.exif_transpose(opened)
                if turned.mode.startswith("I"):  # grey in 16 bits: converted as it is, all would be white
                    turned = turned.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
                has_holes = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
                plain = turned.convert("RGBA" if has_holes else "RGB")
    except NotAPicture:
        raise
    except Exception as error:  # Pillow raises whatever the broken part of a file happens to cause
        raise NotAPicture(type(error).__name__) from None
    clean = Image.new(plain.mode, plain.size)  # a new image holds no info, profile or comment of the old one
    clean.paste(plain)
    out = io.BytesIO()
    if plain.mode == "RGBA":
        clean.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png"
    clean.save(out, "JPEG", quality=88)
    return out.getvalue(), "image/jpeg"
