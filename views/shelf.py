"""Give the pages the one shelf of photos."""

from functools import cache

from services.photo_shelf import FolderShelf, PhotoShelf
from settings import settings


@cache
def shelf() -> PhotoShelf:
    """The shelf in the folder of what the program writes."""
    return FolderShelf(settings().var_dir / "photos")
