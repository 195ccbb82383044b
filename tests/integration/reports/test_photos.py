"""What is kept of a photo is a small, upright JPEG without metadata, once and whole; what is no photo is refused."""

from __future__ import annotations

import errno
import os
import struct
import warnings
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from geo.model.errors import StoreFullError, StoreUnavailableError
from services.reports.photos import (
    BYTES_MAX,
    HEIC,
    FolderShelf,
    PhotoError,
    Upload,
    Uploads,
    clean_photo,
    photo_url,
    take_photos,
)

RED, WHITE = (254, 0, 0), (255, 255, 255)
FORMATS = ("JPEG", "PNG", *(["HEIF"] if HEIC else []))


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def red(width_px: int = 64, height_px: int = 48, mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (width_px, height_px), RED).convert(mode)


def striped() -> Image.Image:
    """White, its left quarter red."""
    image = Image.new("RGB", (64, 32), WHITE)
    image.paste(RED, (0, 0, 16, 32))
    return image


def cleaned(content: bytes) -> Image.Image:
    return Image.open(BytesIO(clean_photo(content)[0]))


def near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    pixel = image.getpixel(place)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


def png_header(width_px: int, height_px: int) -> bytes:
    """A PNG that promises a size and holds no pixel: whoever decodes it fails otherwise than by its size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_accepted_format_becomes_a_jpeg(kind: str) -> None:
    photo = cleaned(encoded(red(), kind))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (64, 48))
    assert near(photo, (30, 20), RED)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (64, 32), (4, 16)),
        (2, (64, 32), (60, 16)),
        (3, (64, 32), (60, 16)),
        (4, (64, 32), (4, 16)),
        (5, (32, 64), (16, 4)),
        (6, (32, 64), (16, 4)),
        (7, (32, 64), (16, 60)),
        (8, (32, 64), (16, 60)),
        (99, (64, 32), (4, 16)),
    ],
)
def test_a_photo_stands_upright(orientation: int, size: tuple[int, int], red_at: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    photo = cleaned(encoded(striped(), exif=exif))
    assert photo.size == size
    assert near(photo, red_at, RED)
    assert near(photo, (16, 32) if size == (32, 64) else (32, 16), WHITE)


def test_location_and_all_other_metadata_are_gone() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRET phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 11.0, 30.0)
    content = encoded(red(), exif=exif, comment=b"SECRET note", xmp=b"<x>SECRET</x>", icc_profile=b"SECRET")
    assert b"SECRET" in content
    kept = clean_photo(content)[0]
    photo = Image.open(BytesIO(kept))
    assert not photo.getexif()
    assert photo.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"SECRET" not in kept


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 32, 48))
    photo = cleaned(encoded(image, "PNG"))
    assert near(photo, (8, 20), RED)
    assert near(photo, (56, 20), WHITE)


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("1", "PNG")])
def test_every_colour_model_becomes_rgb(mode: str, kind: str) -> None:
    photo = cleaned(encoded(red(mode=mode), kind))
    assert (photo.mode, photo.size) == ("RGB", (64, 48))


def test_sixteen_bits_of_grey_are_scaled_not_cut() -> None:
    grey = Image.new("I;16", (64, 48), 256 * 100)
    assert near(cleaned(encoded(grey, "PNG")), (8, 8), (100, 100, 100))


def test_the_first_of_several_frames_is_taken() -> None:
    frames = encoded(red(), "PNG", save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")])
    assert near(cleaned(frames), (8, 8), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_longer_side_has_at_most_2048_px(kind: str) -> None:
    assert clean_photo(encoded(red(3000, 6000), kind))[1] == (1024, 2048)
    assert clean_photo(encoded(red(6000, 2), kind))[1] == (2048, 1)


def refusal(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(PhotoError) as caught:
        clean_photo(content, name)
    assert all(caught.value.message(lang).startswith(name) for lang in ("zh", "en"))
    return caught.value.message("en")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "不是照片".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        encoded(red(), "GIF"),
        encoded(red(), "TIFF"),
        *(encoded(Image.effect_noise((64, 48), 80).convert("RGB"), kind)[:-700] for kind in FORMATS),
        b"\xff\xd8\xff\xe0" + bytes(64),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert "no photo that can be read" in refusal(content)


@pytest.mark.parametrize("size", [(30_000, 100), (100, 30_000)])
def test_a_photo_30000_px_wide_is_refused_with_its_size(size: tuple[int, int]) -> None:
    assert f"is {size[0]} × {size[1]} px; no side may be longer than 20000 px" in refusal(encoded(red(*size), "PNG"))


@pytest.mark.parametrize("size", [(8_000, 7_000), (12_000, 11_000), (19_000, 19_000), (60_000, 60_000)])
@pytest.mark.parametrize("warned", ["ignore", "error"])
def test_a_decompression_bomb_is_refused_by_its_header(
    size: tuple[int, int], warned: Literal["ignore", "error"]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(warned, Image.DecompressionBombWarning)
        assert "has too many pixels" in refusal(png_header(*size))


@pytest.mark.parametrize("size", [(20_000, 1), (1, 20_000)])
def test_a_side_of_20000_px_is_taken_and_one_more_is_not(size: tuple[int, int]) -> None:
    assert max(clean_photo(encoded(red(*size), "PNG"))[1]) == 2048
    longer = tuple(side + (side > 1) for side in size)
    assert "no side may be longer than 20000 px" in refusal(png_header(*longer))


def test_50_million_pixels_are_decoded_and_a_row_more_is_refused_by_the_header() -> None:
    assert "no photo that can be read" in refusal(png_header(10_000, 5_000))
    assert "has too many pixels (10000 × 5001 px)" in refusal(png_header(10_000, 5_001))


def test_a_file_of_exactly_10_mb_is_read() -> None:
    photo = encoded(red())
    assert clean_photo(photo + bytes(BYTES_MAX - len(photo)))[1] == (64, 48)


def test_a_file_of_more_than_10_mb_is_refused_unread() -> None:
    assert "has 10.1 MB; at most 10 MB" in refusal(encoded(red()) + bytes(BYTES_MAX))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", FORMATS)
@given(data=st.data())
def test_a_forged_file_gives_a_photo_or_a_refusal(kind: str, data: st.DataObject) -> None:
    content = bytearray(encoded(striped(), kind))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    width_px, height_px = 1, 1
    with suppress(PhotoError):
        _, (width_px, height_px) = clean_photo(bytes(content[: data.draw(st.integers(1, len(content)))]))
    assert 1 <= max(width_px, height_px) <= 2048


def test_the_same_photo_is_kept_once(tmp_path: Path) -> None:
    storage = FolderShelf(tmp_path / "photos")
    files = tuple(Upload(name, encoded(striped())) for name in ("a.jpg", r"C:\DCIM\b" + "\n.jpg"))
    first, again = take_photos(Uploads(storage, files))
    kept = storage.get(first.digest)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [
        tmp_path / "photos" / first.digest[:2] / f"{first.digest}.jpg"
    ]
    assert kept is not None
    assert (sha256(kept).hexdigest(), len(kept)) == (first.digest, first.size_bytes) == (again.digest, again.size_bytes)
    assert (first.name, again.name, first.width_px, first.height_px) == ("a.jpg", "b.jpg", 64, 32)
    assert photo_url(first.digest) == f"/onemap/photo/{first.digest}"


def fail_with(code: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("call", "code", "error"),
    [
        ("os.fsync", errno.ENOSPC, StoreFullError),
        ("os.fsync", errno.EIO, StoreUnavailableError),
        ("pathlib.Path.replace", errno.EDQUOT, StoreFullError),
        ("tempfile.mkstemp", errno.EROFS, StoreUnavailableError),
    ],
)
def test_a_full_or_broken_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, error: type[Exception]
) -> None:
    monkeypatch.setattr(call, fail_with(code))
    with pytest.raises(error):
        take_photos(Uploads(FolderShelf(tmp_path), (Upload("a.jpg", encoded(red())),)))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nothing_outside_the_shelf_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    storage = FolderShelf(tmp_path / "photos")
    assert [storage.get(name) for name in ("../secret", "", "A" * 64, "0" * 64, "0" * 64 + "\n")] == [None] * 5


def test_a_content_under_a_wrong_digest_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not the SHA-256"):
        FolderShelf(tmp_path).put("0" * 64, b"content")
    assert list(tmp_path.iterdir()) == []
