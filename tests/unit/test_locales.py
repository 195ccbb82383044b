"""Every text that a person reads stands in the catalogue, and the catalogue holds no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.pofile import read_po

from locales import (
    CATALOGUE,
    CLAUSES,
    LANGUAGE_NAMES,
    NOTHING,
    Day,
    Name,
    Text,
    joined,
    language_of,
    parse_language,
    same,
    translations,
)
from settings import ROOT

Id = tuple[str, str, str]
"""Context, message id, plural; what a text does not have is empty."""

FOLDERS = ("geo", "data", "layers", "exports", "services", "server", "views", "locales")
GETTEXT = ("_", "gettext", "ngettext", "plural", "bilingual")
SINGLE, PLURAL = ("_", "gettext", "Text", "bilingual"), ("plural", "ngettext")
OURS = re.compile(r"^from locales import \(?[^)]*?\bText\b|^class Text\b", re.MULTILINE)
FIELD = re.compile(r"\{(\w*)(?::(?!small|capital|lower)[^}]*)?(?::(?:small|capital|lower))?\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Calls that name a text, with the place where they stand; those inside f-strings too."""
    modules = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    for path in [*modules, *sorted(ROOT.glob("*.py"))]:
        source = path.read_text(encoding="utf-8")
        names = SINGLE + PLURAL if OURS.search(source) else GETTEXT
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and _name(node) in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _texts(call: ast.Call) -> list[str]:
    return [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def _id(call: ast.Call) -> Id | None:
    texts = _texts(call)[: 2 if _name(call) in PLURAL else 1]
    context = [one.value.value for one in call.keywords if one.arg == "context" and isinstance(one.value, ast.Constant)]
    return (str(context[0]) if context else "", texts[0], texts[1] if len(texts) > 1 else "") if texts else None


def _catalogue() -> dict[Id, str]:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {_key(message.context, message.id): _chinese(message.string) for message in messages}


def _key(context: str | None, ids: object) -> Id:
    one, *many = (ids,) if isinstance(ids, str) else tuple(ids)  # type: ignore[arg-type]
    return context or "", one, many[0] if many else ""


def _chinese(text: object) -> str:
    return text if isinstance(text, str) else text[0]  # type: ignore[index]


def test_the_catalogue_has_every_text_of_the_code_and_no_other() -> None:
    said = {key for _, call in _calls() if (key := _id(call)) is not None}
    known = set(_catalogue())
    assert said - known == set()
    assert known - said == set()


def test_no_chinese_stands_in_the_program_beside_the_catalogue() -> None:
    modules = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    found = [path for path in [*modules, *ROOT.glob("*.py")] if CHINESE.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_every_text_is_written_where_it_is_used_so_that_the_catalogue_can_be_checked() -> None:
    unwritten = [
        place
        for place, call in _calls()
        if _name(call) in {"Text", "plural"} and len(_texts(call)) < 1 + (_name(call) in PLURAL)
    ]
    assert unwritten == []


def test_a_translation_has_the_fields_of_its_message() -> None:
    for key, text in _catalogue().items():
        assert text, key
        assert set(FIELD.findall(text)) == set(FIELD.findall(key[2] or key[1])), key


def test_a_text_is_given_in_the_language_of_its_reader_with_what_fills_it() -> None:
    text = Text("{label} at {percent}%", label=Text("In progress"), percent=40)
    assert (text.zh, text.en) == ("推进中 40%", "In progress at 40%")
    assert text == Text("{label} at {percent}%", percent=40, label=Text("In progress"))
    assert len({text, Text("{label} at {percent}%").fill(label=Text("In progress"), percent=40)}) == 1


def test_values_are_never_templates() -> None:
    hostile = Name("{0} {percent} %s", "{label.zh.__class__}")
    assert Text("{label} {percent}%", label=hostile, percent=1).en == "{label.zh.__class__} 1%"


@pytest.mark.parametrize(("days", "zh", "en"), [(1, "剩 1 天", "1 day left"), (3, "剩 3 天", "3 days left")])
def test_a_plural_follows_its_number(days: int, zh: str, en: str) -> None:
    text = Text.plural("{n} day left", "{n} days left", days)
    assert (text.zh, text.en) == (zh, en)


def test_a_context_tells_apart_what_is_one_text_in_english() -> None:
    assert (Text("Due").zh, Text("Due", context="ledger").zh) == ("期限", "完成时限")
    assert Text("Due").en == Text("Due", context="ledger").en


def test_parts_are_joined_with_the_separator_of_the_language() -> None:
    assert (joined((Text("land"), "X")).zh, joined((Text("land"), "X")).en) == ("征地腾地、X", "land, X")
    assert joined((same(1), same(2)), CLAUSES).zh == "1，2"
    assert NOTHING.zh == NOTHING.en == ""


def test_a_day_is_written_as_the_language_writes_it() -> None:
    day = Day(date(2020, 9, 3), Text("d MMMM", context="pattern of a day"))
    assert (day.zh, day.en) == ("9 月 3 日", "3 September")


def test_letters_of_an_inserted_text_fit_their_place_in_an_english_sentence() -> None:
    assert Text("Red: {clauses:small}", clauses=Name("甲", "Two Days")).en == "Red: two Days"
    assert Text("{clauses:capital}", clauses=Name("甲", "two days")).en == "Two days"


def test_a_name_stands_for_the_other_where_it_is_empty() -> None:
    assert (Name("路", "").en, Name("路", "").get("en"), Name("", "road").get("zh")) == ("", "路", "road")


def test_languages_are_called_by_their_own_names() -> None:
    assert LANGUAGE_NAMES == {"zh": "中文", "en": "English"}


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
