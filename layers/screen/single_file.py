"""Put modules of the front-end, Leaflet, styles and data into a page that is one file and asks nobody for anything.

A browser loads no module from a file on disk, so the modules that a page needs become one script: each is a function
of its own that gives back what it exports, in the order in which they need each other. Data are JSON in a block that no
browser runs, with every `<` escaped; a text of the data is never code.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from layers.screen.documents import compact_json

FRONTEND: Final = Path(__file__).parents[2] / "frontend"
_IMPORT: Final = re.compile(r'^import \{ ([^}]+) \} from "\./([a-z_]+\.js)";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_UNREAD: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def script(entry: str) -> str:
    """Return a module and all that it imports as one script.

    Raises
    ------
    ValueError
        A module imports or exports in a form that is not understood: only names in braces are, each on one line.
    """
    modules: dict[str, str] = {}
    _take(entry, modules)
    parts = (f'modules["{name}"] = (() => {{\n{text}}})();\n' for name, text in modules.items())
    return f'(() => {{\n"use strict";\nconst modules = {{}};\n{"".join(parts)}}})();\n'


def _take(name: str, modules: dict[str, str]) -> None:
    """Add a module behind those that it imports."""
    text = file_text(name)
    for _, needed in _IMPORT.findall(text):
        if needed not in modules:
            _take(needed, modules)
    text = _IMPORT.sub(lambda found: f'const {{ {found[1].replace(" as ", ": ")} }} = modules["{found[2]}"];', text)
    exported = _EXPORT.findall(text)
    text = _EXPORT.sub("", text)
    if unread := _UNREAD.search(text):
        message = f"{name}: cannot put {unread[0]!r} into one script; import and export names in braces, on one line"
        raise ValueError(message)
    modules[name] = f"{text}return {{ {', '.join(exported)} }};\n"


def data_block(element_id: str, document: object) -> str:
    """Return the element that holds a document as JSON, in which nothing ends the element or opens a comment."""
    text = compact_json(document)
    for sign in "<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{element_id}">{text}</script>\n'


@cache
def file_text(name: str) -> str:
    """Return a file of the front-end with the line ends that a browser hashes."""
    return _text(FRONTEND / name)


@cache
def leaflet_script() -> str:
    """Return Leaflet without the address of its source map, which a browser would ask for."""
    return re.sub(r"//# sourceMappingURL=\S+", "", _leaflet("leaflet.js")).replace("</script", "<\\/script")


@cache
def leaflet_styles() -> str:
    """Return Leaflet's style sheet without its pictures, which stand in files of their own and are not used."""
    return re.sub(r"[^{};]*url\([^)]*\)[^;}]*;?", "", _leaflet("leaflet.css"))


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet  # noqa: PLC0415  `cli.py check` must start where it is missing, to say so

    return _text(Path(leaflet.BASE_DIR) / name)


def _text(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")
