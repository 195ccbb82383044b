"""Make a photo safe to keep: decoded within limits, upright, without metadata, of one size and format.

What arrives is a file that somebody chose; its name and its declared type are worth nothing. What is kept is a JPEG
that this module wrote: no location, no device, no comment, no second picture hidden behind the first. It is kept by the
hash of its content, whole or not at all.
"""

from __future__ import annotations

import errno
import math
import re
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final, Protocol

from PIL import ExifTags, Image

from data.atomic_write import atomic_write, settle
from data.store.rows import Photo
from geo.model.errors import OneMapError, StoreFullError, StoreUnavailableError, shown
from locales import Label, Text, joined
from services.campaign import urls
from settings import settings

PHOTOS: Final = "photos"
"""Folder of photos in `VAR_DIR`."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class PhotoStorage(Protocol):
    """Keep the bytes of photos. A digest is the SHA-256 of the content as 64 lower-case hexadecimal digits."""

    def put(self, digest: str, content: bytes) -> None:
        """Keep a photo; what is kept already stays as it is. When this returns, the photo survives a power cut.

        Raises
        ------
        StoreUnavailableError
            If it cannot be kept; `StoreFullError` where there is no room. Nothing is kept then.
        """

    def get(self, digest: str) -> bytes | None:
        """Return a photo, or None where there is none under this digest.

        Raises
        ------
        StoreUnavailableError
            If it is there but cannot be read.
        """


def is_digest(text: str) -> bool:
    """Tell whether a text has the form of a digest; nothing else may become part of a path."""
    return _DIGEST.fullmatch(text) is not None


class FolderShelf:
    """Keep photos as `ab/<digest>.jpg` in a folder, `ab` being the first two digits.

    Several processes and machines may share the folder: a file appears under its name only when it is complete.

    Parameters
    ----------
    folder
        Made when the first photo is put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, digest: str, content: bytes) -> None:
        """Write beside the final name, wait for the disk, then rename.

        Raises
        ------
        StoreUnavailableError
            If it cannot be kept; `StoreFullError` where there is no room. Nothing is kept then.
        ValueError
            If `digest` is not that of the content.
        """
        if sha256(content).hexdigest() != digest:
            raise ValueError(f"digest {digest!r} is not the SHA-256 of the content")
        path = self._path(digest)
        with _storage_errors():
            if path.is_file() and path.stat().st_size == len(content):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(path, force=True) as file:
                file.write(content)
            settle(self._folder)

    def get(self, digest: str) -> bytes | None:
        """Return a photo, or None where there is none under this digest.

        Raises
        ------
        StoreUnavailableError
            If it is there but cannot be read.
        """
        if not is_digest(digest):
            return None
        with _storage_errors():
            try:
                return self._path(digest).read_bytes()
            except FileNotFoundError:
                return None

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.jpg"


def open_photo_storage() -> FolderShelf:
    """The storage in the folder that the settings name for what the program writes."""
    return FolderShelf(settings().var_dir / PHOTOS)


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = StoreFullError if error.errno in _FULL else StoreUnavailableError
        raise kind(f"photo storage: {error}") from error


class PhotoError(OneMapError, ValueError):
    """Say why a file is not taken as a photo, and what to do."""

    def __init__(self, name: str, reason: Label) -> None:
        """Name the file and the reason, a sentence without its subject."""
        super().__init__(Text("{name} {reason}", name=shown(name)[1:-1] or Text("The photo"), reason=reason))


def _open_heic() -> bool:
    """Teach Pillow HEIC where pillow-heif is installed: it has no wheel for every platform."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415  # optional
    except ImportError:
        return False
    register_heif_opener(thumbnails=False)
    return True


HEIC: Final = _open_heic()
BYTES_MAX: Final = 10 * 1024 * 1024
PIXELS_MAX: Final = 50_000_000
SIDE_MAX_PX: Final = 20_000
KEPT_SIDE_PX: Final = 2048
MEDIA_TYPE: Final = "image/jpeg"
PHOTO_PATH: Final = urls.PREFIX + "/photo/{digest}"
"""Address of a photo. It names the content, so what it answers never changes."""

_FORMATS: Final = ("JPEG", "PNG", "HEIF") if HEIC else ("JPEG", "PNG")
_ACCEPTED: Final = ("JPEG", "PNG", "HEIC") if HEIC else ("JPEG", "PNG")
_QUALITY: Final = 85
_NAME_MAX: Final = 100
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each value of the EXIF tag Orientation asks for (CIPA DC-008, 4.6.4); 1 and unknown values ask for nothing."""

_DECODING: Final = BoundedSemaphore(2)
"""A transparent PNG of 50 million pixels takes some 440 MB while it is made smaller: two at a time, the others wait."""

_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, struct.error, RuntimeError)
"""What Pillow and its plugins raise over files that are cut off or forged."""


def photo_url(digest: str) -> str:
    """Address of a photo that is kept."""
    return PHOTO_PATH.format(digest=digest)


@dataclass(frozen=True, slots=True)
class Upload:
    """Hold a file as it arrived; `name` is what its owner calls it, kept for the reader, never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Uploads:
    """Hold what came with a report, nothing of it decoded yet, and the storage that it goes to."""

    storage: PhotoStorage
    files: tuple[Upload, ...]


def take_photos(uploads: Uploads) -> tuple[Photo, ...]:
    """Clean photos and store them: all, or none where one is no photo.

    Returns
    -------
    What a report refers to, in their order. The same file gives the same digest and is kept once.

    Raises
    ------
    PhotoError
        If it is no photo, or too large.
    StoreUnavailableError
        If the storage cannot be written; `StoreFullError` where the disk is full.
    """
    cleaned = [_cleaned(upload) for upload in uploads.files]
    for photo, content in cleaned:
        uploads.storage.put(photo.digest, content)
    return tuple(photo for photo, _ in cleaned)


def _cleaned(upload: Upload) -> tuple[Photo, bytes]:
    content, (width_px, height_px) = clean_photo(upload.content, upload.name)
    digest = sha256(content).hexdigest()
    return Photo(digest, MEDIA_TYPE, width_px, height_px, len(content), tidy_name(upload.name)), content


def clean_photo(content: bytes, name: str = "") -> tuple[bytes, tuple[int, int]]:
    """Return a photo as a JPEG of at most `KEPT_SIDE_PX` on its longer side, and its width and height in pixels.

    Of several frames the first is taken, transparency becomes white, the EXIF orientation is applied, and nothing but
    the picture is written. The same bytes give the same result under the same Pillow.

    Raises
    ------
    PhotoError
        If `content` is no photo of an accepted format, is cut off, or is beyond `BYTES_MAX`, `PIXELS_MAX` or
        `SIDE_MAX_PX`. Size is judged by the header, before anything is decoded.
    """
    if len(content) > BYTES_MAX:
        raise PhotoError(name, _too_heavy(len(content)))
    with _DECODING, _translated(name), Image.open(BytesIO(content), formats=_FORMATS) as image:
        _check_size(image.size, name)
        orientation = _orientation(image)
        image.draft(None, (KEPT_SIDE_PX, KEPT_SIDE_PX))
        picture = _in_full_colour(image)
        picture.thumbnail((KEPT_SIDE_PX, KEPT_SIDE_PX), Image.Resampling.LANCZOS)
        picture = _on_white(picture)
        if orientation in _UPRIGHT:
            picture = picture.transpose(_UPRIGHT[orientation])
        written = BytesIO()
        picture.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=False)
    return written.getvalue(), picture.size


def tidy_name(name: str) -> str:
    """Return the last part of a file name, without control characters and cut to `_NAME_MAX` characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()[:_NAME_MAX]


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except PhotoError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(name, _too_many_pixels(None)) from error
    except _BROKEN as error:
        raise PhotoError(name, _NO_PHOTO) from error


def _check_size(size: tuple[int, int], name: str) -> None:
    width_px, height_px = size
    if max(size) > SIDE_MAX_PX:
        raise PhotoError(name, _too_long(width_px, height_px))
    if width_px * height_px > PIXELS_MAX:
        raise PhotoError(name, _too_many_pixels(size))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:  # a photo whose notes are broken is still a photo
        return 1


def _in_full_colour(image: Image.Image) -> Image.Image:
    """Return the first frame as RGB, or as RGBA where it is transparent somewhere."""
    if image.mode.startswith("I"):  # 16 bits of grey: convert() would cut at 255 instead of scaling
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in an image of its own, which knows none of the metadata."""
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(image, mask=image if image.mode == "RGBA" else None)
    return canvas


_NO_PHOTO: Final = Text(
    "is no photo that can be read, or the file is cut off. Choose a photo in {accepted} format.",
    accepted=joined(_ACCEPTED),
)


def _too_heavy(size_bytes: int) -> Label:
    size, limit = f"{math.ceil(size_bytes / 1024**2 * 10) / 10:.1f}", f"{BYTES_MAX // 1024**2}"
    return Text(
        "has {size} MB; at most {limit} MB are allowed. Make it smaller on the phone and choose it again.",
        size=size,
        limit=limit,
    )


def _too_long(width_px: int, height_px: int) -> Label:
    return Text(
        "is {width_px} × {height_px} px; no side may be longer than {side_max_px} px. Crop it or make it smaller.",
        width_px=width_px,
        height_px=height_px,
        side_max_px=SIDE_MAX_PX,
    )


def _too_many_pixels(size: tuple[int, int] | None) -> Label:
    limit = PIXELS_MAX // 1_000_000
    shown = f" ({size[0]} × {size[1]} px)" if size else ""
    return Text(
        "has too many pixels{shown}; at most {limit} million are allowed. Crop it or make it smaller.",
        shown=shown,
        limit=limit,
    )
