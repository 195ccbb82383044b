"""Translate the words of the screen: gettext catalogues, read from their text files.

The message id is the English text; the catalogue ``en`` holds the plural forms only.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
_FOLDERS: dict[Language, str] = {"zh": "zh_CN", "en": "en"}


def catalogue_path(language: Language) -> Path:
    """File of a language's catalogue."""
    return Path(__file__).parent / _FOLDERS[language] / "LC_MESSAGES" / "onemap.po"


@cache
def translations(language: Language) -> gettext.GNUTranslations:
    """Translations of a language; ``gettext`` and ``ngettext`` give the message id where the catalogue lacks it."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=_FOLDERS[language])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def noop(text: str) -> str:
    """Mark a text for the catalogues that is translated where it is shown; it stays as it is."""
    return text


def language_of(locale: str | None) -> Language:
    """Language for a browser's locale such as ``zh-CN``: Chinese where none is given, else English for all others."""
    if not locale:
        return "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def parse_language(text: str) -> Language | None:
    """The language with this code, if there is one."""
    return next((language for language in LANGUAGES if language == text), None)
