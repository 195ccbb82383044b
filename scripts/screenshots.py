"""Photograph the pages of today in both languages, for README, the guide and docs; see `SCENES` and `PAGES`."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from scripts.pages import PAGES, page_picture  # noqa: E402 - the repository's root is put on the path above
from scripts.pictures import SCENES, Scene, begin_drill  # noqa: E402 - likewise
from settings import DEFAULT_CAMPAIGN  # noqa: E402 - likewise
from tests.support.driver import CHROMIUM_FLAGS, open_desk, serve  # noqa: E402 - likewise

FOLDER = ROOT / "docs" / "screenshots"
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
COLOURS = 256
REST_MS = 1500


def main() -> None:
    """Write one picture per scene, language and theme, and of each exported page; with names, those alone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _export()
    wanted = [scene for scene in SCENES if not sys.argv[1:] or scene.name in sys.argv[1:]]
    if not wanted:
        return
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with TemporaryDirectory() as var, serve(DEFAULT_CAMPAIGN, Path(var)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        for scene in sorted(wanted, key=lambda one: one.drill):
            drill = begin_drill(Path(var)) if scene.drill else ""
            for lang in LOCALES:
                for theme in scene.themes:
                    path = FOLDER / scene.file(lang, theme)
                    path.write_bytes(_photograph(browser, address + scene.path(lang, drill), scene, lang, theme))
                    print(path.relative_to(ROOT), flush=True)
        browser.close()


def _export() -> None:
    for page in PAGES:
        for lang in page.languages if not sys.argv[1:] or page.name in sys.argv[1:] else ():
            with TemporaryDirectory() as var:
                (FOLDER / page.file(lang)).write_bytes(page_picture(page, lang, Path(var)))
            print((FOLDER / page.file(lang)).relative_to(ROOT), flush=True)


def _photograph(browser: Browser, address: str, scene: Scene, lang: str, theme: str) -> bytes:
    width, height = scene.size
    context = {
        "viewport": {"width": width, "height": height},
        "locale": LOCALES[lang],
        "color_scheme": theme,
        "has_touch": scene.phone,
        "is_mobile": scene.phone,
        "device_scale_factor": 2 if scene.phone else 1,
    }
    if scene.place is not None:
        lon, lat = scene.place
        context |= {
            "geolocation": {"longitude": lon, "latitude": lat, "accuracy": 12},
            "permissions": ["geolocation"],
        }
    with open_desk(browser, address[: address.index("/", len("http://"))], **context) as desk:
        desk.page.goto(address)
        for selector in scene.wait:
            desk.page.wait_for_selector(selector)
        desk.page.wait_for_timeout(REST_MS)
        return _small(desk.page.screenshot())


def _small(picture: bytes) -> bytes:
    """Return the same picture with a palette: a quarter of the size, no difference to the eye.

    Half of the palette are the colours of the large areas as they are, which a mean would tint; the other half covers
    what is left evenly, so that the few dots of a light are not lost.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    flat = np.asarray(image, dtype=np.int32).reshape(-1, 3)
    colours, places, counts = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    frequent = colours[np.argsort(-counts, kind="stable")[: COLOURS // 2]]
    rest = image.quantize(COLOURS // 2, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = np.vstack([frequent, np.reshape(rest, (-1, 3))])
    nearest = np.concatenate([_nearest(part, palette) for part in np.array_split(colours, 64)])
    reduced = Image.fromarray(nearest[places].astype(np.uint8).reshape(image.height, image.width), "P")
    reduced.putpalette(palette.ravel().tolist())
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


def _nearest(colours: NDArray[np.int32], palette: NDArray[np.int32]) -> NDArray[np.intp]:
    """Place in the palette of the colour that is nearest to each."""
    distances = np.sum((colours[:, None, :] - palette[None, :, :]) ** 2, axis=2)
    places: NDArray[np.intp] = np.argmin(distances, axis=1)
    return places


if __name__ == "__main__":
    main()
