"""A picture sent with a report shows what it showed, and tells nothing else: no place, no device, no owner."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from store.pictures import MOST_PIXELS, NotAPicture, without_metadata

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (240, 240, 240)
CAMERA, OWNER = "Kamera-Rahasia-9", "Yublina Wadhi"


def scene() -> Image.Image:
    """Wider than high, with another colour in each corner."""
    image = Image.new("RGB", (64, 32), WHITE)
    for corner, colour in (((0, 0), RED), ((48, 0), GREEN), ((0, 16), BLUE)):
        image.paste(colour, (*corner, corner[0] + 16, corner[1] + 16))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: who, with what, and where to the metre."""
    found = Image.Exif()
    found[Base.Orientation] = orientation
    found[Base.Model] = CAMERA
    found[Base.Artist] = OWNER
    found[Base.DateTime] = "2026:11:20 21:14:00"
    gps = found.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "S", (8.0, 39.0, 12.5)
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (115.0, 12.0, 40.25)
    return found


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def seen(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def corners(image: Image.Image) -> list[str]:
    """The colours of the four corners, clockwise from the upper left, by name."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    right, low = image.width - 5, image.height - 5
    found = []
    for place in ((4, 4), (right, 4), (right, low), (4, low)):
        pixel = image.convert("RGB").getpixel(place)
        assert isinstance(pixel, tuple)
        found.append(min(names, key=lambda n: sum(abs(a - b) for a, b in zip(names[n], pixel, strict=True))))
    return found


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )  # fmt: skip


def test_a_photo_loses_place_time_device_and_owner() -> None:
    original = saved(scene(), "JPEG", exif=exif(), quality=95, comment=OWNER.encode())
    assert seen(original).getexif().get_ifd(IFD.GPSInfo)  # the picture we begin with does tell the place
    assert CAMERA.encode() in original
    content, mime = without_metadata(original)
    assert mime == "image/jpeg"
    assert not seen(content).getexif()
    assert set(seen(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (CAMERA, OWNER, "2026:11:20", "Exif", "GPS"):
        assert trace.encode() not in content, trace


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_keeps_the_side_up_that_people_saw(orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    as_seen = scene().transpose(turns[orientation]) if orientation in turns else scene()
    content, _mime = without_metadata(saved(scene(), "JPEG", exif=exif(orientation), quality=95))
    assert seen(content).size == as_seen.size
    assert corners(seen(content)) == corners(as_seen)


def test_a_photo_that_names_no_side_stays_as_it_is() -> None:
    content, _mime = without_metadata(saved(scene(), "JPEG", quality=95))
    assert corners(seen(content)) == ["red", "green", "white", "blue"]


def test_what_is_see_through_stays_so() -> None:
    image = scene().convert("RGBA")
    image.paste((0, 0, 0, 0), (48, 16, 64, 32))
    about = PngInfo()
    about.add_text("Author", OWNER)
    about.add_itxt("XML:com.adobe.xmp", f"<x>{CAMERA}</x>")
    content, mime = without_metadata(saved(image, "PNG", pnginfo=about, exif=exif()))
    assert mime == "image/png"
    assert seen(content).getpixel((60, 28)) == (0, 0, 0, 0)
    assert seen(content).getpixel((4, 4)) == (*RED, 255)
    assert not seen(content).info
    for trace in (CAMERA, OWNER, "Exif", "eXIf"):
        assert trace.encode() not in content, trace


def test_a_palette_with_a_hole_stays_see_through() -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (0, 0, 10, 20))
    content, mime = without_metadata(saved(image, "PNG", transparency=1))
    assert mime == "image/png"
    found = seen(content).convert("RGBA")
    hole, full = found.getpixel((2, 2)), found.getpixel((15, 15))
    assert isinstance(hole, tuple)
    assert (hole[3], full) == (0, (255, 0, 0, 255))


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_other_kinds_of_picture_come_out_clean_too(form: str) -> None:
    more: dict[str, object] = {"comment": OWNER.encode()} if form == "GIF" else {"exif": exif()}
    original = saved(scene(), form, **({} if form == "BMP" else more))
    content, mime = without_metadata(original)
    assert mime == "image/jpeg"
    assert corners(seen(content)) == ["red", "green", "white", "blue"]
    assert not seen(content).getexif()
    for trace in (CAMERA, OWNER):
        assert trace.encode() not in content, trace


def test_a_colour_profile_does_not_tell_the_device() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = saved(scene(), "JPEG", icc_profile=profile)
    assert "icc_profile" in seen(original).info
    content, _mime = without_metadata(original)
    assert "icc_profile" not in seen(content).info


def test_what_hangs_behind_the_picture_is_left_behind() -> None:
    second = saved(scene(), "JPEG", exif=exif())  # some phones store another, larger picture after the first
    content, _mime = without_metadata(saved(scene(), "JPEG") + b"LAMPIRAN RAHASIA" + second)
    assert b"RAHASIA" not in content
    assert CAMERA.encode() not in content


@pytest.mark.parametrize("mode", ["L", "1", "CMYK", "I;16", "LA"])
def test_a_picture_without_red_green_and_blue_can_still_be_seen(mode: str) -> None:
    """Scans and copied letters: dark on light must stay dark on light."""
    if mode == "I;16":
        letter = Image.new("I", (20, 20), 60_000)
        letter.paste(3_000, (0, 0, 10, 20))
        letter = letter.convert("I;16")
    else:
        letter = Image.new("L", (20, 20), 240)
        letter.paste(10, (0, 0, 10, 20))
        letter = letter.convert(mode)
    content, _mime = without_metadata(saved(letter, "TIFF" if mode == "CMYK" else "PNG"))
    row = seen(content).convert("L").crop((0, 10, 20, 11)).tobytes()
    dark, light = row[3], row[16]
    assert dark < 80
    assert light > 170


@pytest.mark.parametrize(
    "content",
    [
        b"", b"halo", b"%PDF-1.1\n%%EOF", b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200,  # what newer iPhones send as a file
        saved(scene(), "JPEG")[:300],
        saved(scene(), "PNG")[:60],
        saved(scene(), "PNG").replace(b"IDAT", b"IDAX"),
    ],
    ids=["empty", "text", "pdf", "jpeg-head", "gif-head", "png-head", "svg", "heic", "cut-jpeg", "cut-png", "odd-png"],
)  # fmt: skip
def test_what_cannot_be_read_as_a_picture_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        without_metadata(content)


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 9_500), (MOST_PIXELS // 1000 + 1, 1000)])
def test_a_small_file_that_would_unfold_into_gigabytes_is_refused_unread(size: tuple[int, int]) -> None:
    with pytest.raises(NotAPicture):
        without_metadata(png_that_claims(*size))


def test_why_it_is_none_holds_nothing_of_the_file() -> None:
    with pytest.raises(NotAPicture) as raised:
        without_metadata(OWNER.encode() * 10)
    assert OWNER not in str(raised.value)
