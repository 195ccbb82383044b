"""Photograph the page at both sizes, in both languages and themes, for README and docs."""

from __future__ import annotations

import io
import os
import shutil
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from settings import DEFAULT_CAMPAIGN  # noqa: E402 - the repository's root is put on the path above
from tests.browser.driver import CHROMIUM_FLAGS, open_desk, serve  # noqa: E402 - likewise

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": (1920, 1080), "phone": (390, 844)}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
COLOURS = 256
PAGES = {"tasks": "", "task": "id=T10"}
SELECTED = {"desktop": "C01", "phone": ""}


def main() -> None:
    """Write one picture per size, language and theme."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with TemporaryDirectory() as var, serve(DEFAULT_CAMPAIGN, Path(var)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        for size, lang, theme in product(SIZES, LOCALES, ("light", "dark")):
            path = FOLDER / f"{size}-{lang}-{theme}.png"
            path.write_bytes(_photograph(browser, address, size=size, lang=lang, theme=theme))
            print(path.relative_to(ROOT))
        for page, query in PAGES.items():
            path = FOLDER / f"{page}-zh-light.png"
            path.write_bytes(_photograph_page(browser, f"{address}/{page}?lang=zh&{query}"))
            print(path.relative_to(ROOT))
        browser.close()


def _photograph(browser: Browser, address: str, *, size: str, lang: str, theme: str) -> bytes:
    width, height = SIZES[size]
    phone = size == "phone"
    with open_desk(
        browser,
        address,
        viewport={"width": width, "height": height},
        locale=LOCALES[lang],
        color_scheme=theme,
        has_touch=phone,
        is_mobile=phone,
    ) as desk:
        desk.open(f"?lang={lang}" + (f"&feature={SELECTED[size]}" if SELECTED[size] else ""))
        desk.settle()
        desk.page.wait_for_timeout(800)
        return _small(desk.page.screenshot())


def _photograph_page(browser: Browser, address: str) -> bytes:
    width, height = SIZES["desktop"]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto(address)
    page.wait_for_selector("[data-testid=stDataFrame], .onemap-history")
    page.wait_for_timeout(2500)
    return _small(page.screenshot())


def _small(picture: bytes) -> bytes:
    """Return the same picture with a palette: a third of the size, no difference to the eye."""
    with Image.open(io.BytesIO(picture)) as image:
        reduced = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
