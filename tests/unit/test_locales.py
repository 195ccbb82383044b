"""Every word of the screen stands in both languages, and no catalogue holds what no screen says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from locales import LANGUAGES, catalogue_path, language_of, parse_language, translations
from settings import ROOT

Id = str | tuple[str, str]
SINGLE, PLURAL = ("_", "gettext"), ("plural", "ngettext")
FIELD = re.compile(r"\{\w*\}")


def _said() -> set[Id]:
    """Message ids in the code, those inside f-strings too."""
    calls = (node for path in _modules() for node in ast.walk(ast.parse(path)) if isinstance(node, ast.Call))
    return {said for call in calls if (said := _id(call)) is not None}


def _modules() -> Iterator[str]:
    for folder in ("views", "services", "server"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.read_text(encoding="utf-8")


def _id(call: ast.Call) -> Id | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if name in SINGLE and texts:
        return texts[0]
    return (texts[0], texts[1]) if name in PLURAL and len(texts) > 1 else None


def _catalogue(language: str) -> dict[Id, tuple[str, ...]]:
    path = catalogue_path("zh" if language == "zh" else "en")
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {_key(message.id): _texts(message.string) for message in messages}


def _key(key: object) -> Id:
    return key if isinstance(key, str) else tuple(key)  # type: ignore[arg-type, return-value]


def _texts(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_chinese_has_every_word_that_the_screen_says_and_no_other() -> None:
    assert set(_catalogue("zh")) == _said()


def test_english_has_the_plurals() -> None:
    assert set(_catalogue("en")) == {said for said in _said() if isinstance(said, tuple)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_fields_of_its_message(language: str) -> None:
    for key, texts in _catalogue(language).items():
        fields = set(FIELD.findall(key if isinstance(key, str) else key[1]))
        assert all(text and set(FIELD.findall(text)) == fields for text in texts), key


def test_plurals_follow_the_number() -> None:
    english = translations("en").ngettext
    assert english("{n} day left", "{n} days left", 1) == "{n} day left"
    assert english("{n} day left", "{n} days left", 3) == "{n} days left"
    assert translations("zh").ngettext("{n} day left", "{n} days left", 3) == "剩 {n} 天"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh-Hant-TW", "zh"), ("en-GB", "en"), ("de", "en"), ("", "zh"), (None, "zh")],
)
def test_the_browsers_locale_chooses_the_language(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_only_known_languages_are_parsed() -> None:
    assert parse_language("en") == "en"
    assert parse_language("xx") is None
