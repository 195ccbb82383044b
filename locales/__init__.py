"""Make every text that a person reads: sentences of the gettext catalogue, names of the data, lists and days.

The message id is the English text, and the catalogue holds the Chinese of each. A text carries its values along and is
put into words when it is known who reads it:

    Text("{count} of {all}", count=3, all=40).get("zh")

Values only ever fill the named places of a sentence; they are never templates themselves.
"""

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, Protocol, Self, get_args

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: Final[dict[Language, str]] = {"zh": "zh_CN", "en": "en"}
"""Locale of each language, as Babel and gettext name it."""

LANGUAGE_NAMES: Final[dict[Language, str]] = {
    language: str(Locale.parse(LOCALES[language]).language_name) for language in LANGUAGES
}
"""Name of each language in that language itself."""

CATALOGUE: Final = Path(__file__).parent / LOCALES["zh"] / "LC_MESSAGES" / "onemap.po"
"""File with the Chinese of each message id."""


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """Translations of a language; `gettext` and `ngettext` give the message id where the catalogue lacks it."""
    if language == "en":
        return gettext.NullTranslations()
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale=LOCALES[language])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def bilingual(message: str) -> str:
    """Return a text of the catalogue in English and Chinese, one after the other, for a reader who is not known yet."""
    return f"{message} {translations('zh').gettext(message)}"


class Label(Protocol):
    """What a person reads, in the language of each reader."""

    @property
    def zh(self) -> str:
        """The Chinese text."""

    @property
    def en(self) -> str:
        """The English text."""

    def get(self, lang: Language) -> str:
        """Return the text in one language."""


@dataclass(frozen=True, slots=True)
class Name:
    """Hold what the data names in both languages, such as `name_zh` and `name_en` of a feature."""

    zh: str
    en: str

    def get(self, lang: Language) -> str:
        """Return the name in one language, or the other language's where that one is empty."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


def same(value: object) -> Name:
    """Return the label of what reads the same in both languages, such as an id."""
    return Name(str(value), str(value))


class _Inserted(str):
    """Be a text inside a sentence; `{place:small}`, `{place:capital}` and `{place:lower}` fit English letters to it."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the text with its first letter small or capital, or with all of them small."""
        if spec == "lower":
            return self.lower()
        if spec in {"small", "capital"}:
            return (self[:1].lower() if spec == "small" else self[:1].upper()) + self[1:]
        return super().__format__(spec)


class _Worded:
    """Give both languages of a text that is put into words for its reader."""

    __slots__ = ()

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return self.get("zh")

    @property
    def en(self) -> str:
        """The English text."""
        return self.get("en")

    def get(self, lang: Language) -> str:
        """Return the text in one language."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, init=False)
class Text(_Worded):
    """Hold a sentence of the catalogue and the values that fill it.

    `context` tells apart what is one text in English and two in Chinese. A value may itself be a label; it is then
    given in the reader's language. Two texts are equal when they say the same by the same message id.
    """

    message: str
    many: str
    context: str
    params: tuple[tuple[str, object], ...]

    def __init__(self, message: str, many: str = "", /, *, context: str = "", **params: object) -> None:
        """Hold a message id, that of its plural where it has one, and what fills their named places."""
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "many", many)
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "params", tuple(sorted(params.items(), key=lambda param: param[0])))

    @classmethod
    def plural(cls, one: str, many: str, n: int, /, *, context: str = "", **params: object) -> Self:
        """Return the text whose form follows the number `n`, which also fills its place `{n}`."""
        return cls(one, many, context=context, **{**params, "n": int(n)})

    def fill(self, **params: object) -> Self:
        """Return the same text with more of its places filled."""
        return type(self)(self.message, self.many, context=self.context, **{**dict(self.params), **params})

    def get(self, lang: Language) -> str:
        """Return the sentence in one language; its places stay as they are where there are no values at all."""
        values = {name: _given(value, lang) for name, value in self.params}
        sentence = self._sentence(translations(lang), values.get("n"))
        return sentence.format_map(values) if values else sentence

    def _sentence(self, words: gettext.NullTranslations, number: object) -> str:
        if self.many and isinstance(number, int):
            if self.context:
                return words.npgettext(self.context, self.message, self.many, number)
            return words.ngettext(self.message, self.many, number)
        return words.pgettext(self.context, self.message) if self.context else words.gettext(self.message)


@dataclass(frozen=True, slots=True)
class Joined(_Worded):
    """Hold several texts that are read as one."""

    parts: tuple[Label | str, ...]
    separator: Label

    def get(self, lang: Language) -> str:
        """Return the texts in one language, with its separator between them."""
        return self.separator.get(lang).join(str(_given(part, lang)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Day(_Worded):
    """Hold a day that is written in the reader's way; `pattern` is a text with a pattern of the Unicode CLDR."""

    day: date
    pattern: Label

    def get(self, lang: Language) -> str:
        """Return the day as one language writes it."""
        return format_date(self.day, self.pattern.get(lang), locale=LOCALES[lang])


NOTHING: Final = Name("", "")
"""The label where there is nothing to say."""

LIST: Final = Text(", ", context="between the items of a list")
CLAUSES: Final = Text(", ", context="between clauses")
GROUPS: Final = Text("; ", context="between groups")


def joined(parts: Iterable[Label | str], separator: Label = LIST) -> Joined:
    """Return several texts as one; a part that is a string is a value of the data, and stays as it is."""
    return Joined(tuple(parts), separator)


def language_of(locale: str | None) -> Language:
    """Language for a browser's locale such as ``zh-CN``: Chinese where none is given, else English for all others."""
    if not locale:
        return "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def parse_language(text: str) -> Language | None:
    """The language with this code, if there is one."""
    return next((language for language in LANGUAGES if language == text), None)


def _given(value: object, lang: Language) -> object:
    return _Inserted(value.get(lang)) if isinstance(value, _Worded | Name) else value
