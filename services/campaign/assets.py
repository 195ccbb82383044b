"""Address the assets of the map by the hash of their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from geo.model.kinds import KIND_LABELS
from geo.model.status import LIGHT_ORDER
from layers.screen.legend import kind_swatch, light_swatch, ring_swatch
from layers.screen.payload import compact_json
from layers.screen.rings import RINGS
from layers.style import THEMES, Theme, style_table
from services.campaign import urls

HASH_CHARACTERS = 12


def digest(*contents: bytes) -> str:
    """Short hash for an address."""
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:HASH_CHARACTERS]


@cache
def style_document() -> bytes:
    """The style table as JSON."""
    return compact_json(style_table()).encode()


@cache
def style_url() -> str:
    """Address of the style table."""
    return urls.STYLE.format(hash=digest(style_document()))


@cache
def leaflet_url() -> str:
    """Address of the folder of the installed Leaflet."""
    return urls.LEAFLET.format(hash=version("XStatic-Leaflet"))


@cache
def frontend_url(folder: Path, name: str) -> str:
    """Address of a front-end module; the hash covers its whole folder, since modules import each other."""
    contents = (path.read_bytes() for path in sorted(folder.glob("*.js")))
    return urls.FRONTEND.format(hash=digest(*contents), name=name)


@cache
def _swatch_hash() -> str:
    lights = [light_swatch(light, theme) for light in LIGHT_ORDER for theme in THEMES]
    kinds = [kind_swatch(kind, theme) for kind in KIND_LABELS for theme in THEMES]
    rings = [ring_swatch(rung, theme) for rung in RINGS for theme in THEMES]
    return digest(*(text.encode() for text in lights + kinds + rings))


def swatch_url(name: str, theme: Theme) -> str:
    """Address of the swatch ``light-…``, ``kind-…`` or ``ring-…`` on a theme."""
    return urls.SWATCH.format(hash=_swatch_hash(), theme=theme, name=name)
