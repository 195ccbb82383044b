"""Each page offers to each role what the policy allows, in both languages, with no tasks, and with no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fixtures_campaign import write_campaign
from tests.support.screens import PEOPLE, Screen, screen_of
from views import pages

PAGES = (
    *("", "tasks", "task", "changes", "progress", "incidents", "supervision", "units", "unit", "ledger", "people"),
    "guide",
)
FOR_SOME = ("report-", "supervise-", "incident-", "book-", "account-", "new-account")
ANSWERS = {"report-", "supervise-acts-", "supervise-reply-"}
OFFERED = {
    ("tasks", ""): {},
    ("task", "T29"): {"lead": ANSWERS, "centre": ANSWERS | {"supervise-issue-", "supervise-close-"}},
    ("task", "T01"): {"centre": ANSWERS | {"supervise-issue-", "supervise-close-"}},
    ("incidents", ""): {"lead": {"incident-new"}, "centre": {"incident-new"}},
    ("ledger", ""): {"admin": {"book-"}},
    ("people", ""): {"admin": {"account-name", "account-shown", "new-account"}},
}
WORDS = {
    ("tasks", "zh"): "44 项任务",
    ("tasks", "en"): "44 tasks",
    ("task", "zh"): "历史记录",
    ("task", "en"): "History",
    ("ledger", "zh"): "仅管理员可导入台账",
    ("ledger", "en"): "Only an administrator brings in the ledger",
    ("people", "zh"): "仅管理员可查看此页",
    ("people", "en"): "Only an administrator sees this page",
    ("incidents", "zh"): "尚无突发事件记录",
    ("incidents", "en"): "No incident has been logged",
}


def _said(screen: Screen) -> str:
    page = screen.page
    return "\n".join([screen.html(), *(str(one.value) for one in (*page.info, *page.caption, *page.warning))])


def test_pages_have_names_and_places_of_their_own_and_the_map_is_first() -> None:
    every = pages.PAGES
    assert len({page.name for page in every}) == len({page.place for page in every}) == len(every)
    assert [page.place for page in every] == sorted(page.place for page in every)
    assert every[0].name == "map"


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize(("name", "task"), OFFERED)
def test_a_page_offers_what_the_role_may_do_and_nothing_else(screen: Screen, name: str, task: str, role: str) -> None:
    screen.signs_in(role)
    screen.open(name, id=task)
    offered = {re.sub(r"(?<=^book-).*|T\d\d$", "", key) for key in screen.offered() if key.startswith(FOR_SOME)}
    assert offered == OFFERED[name, task].get(role, set())


@pytest.mark.parametrize("role", PEOPLE)
def test_the_head_links_to_the_pages_of_the_role_and_names_the_person(screen: Screen, role: str) -> None:
    screen.signs_in(role)
    html = screen.open("tasks", lang="en")
    assert {"Ledger", "People"} & set(screen.links()) == ({"Ledger", "People"} if role == "admin" else set())
    assert ("Sign in</a>" in html) == (role == "visitor")
    assert PEOPLE[role].display_name in html


@pytest.mark.parametrize(("name", "lang"), WORDS)
def test_a_page_speaks_both_languages(screen: Screen, name: str, lang: str) -> None:
    screen.open(name, lang=lang, **({"id": "T29"} if name == "task" else {}))
    assert WORDS[name, lang] in _said(screen)


@pytest.mark.parametrize("task", ["T99", "<img src=x onerror=alert(1)>", "T29' OR '1'='1", "x" * 5000])
def test_an_unknown_task_is_said_to_be_unknown(screen: Screen, task: str) -> None:
    screen.signs_in("centre")
    html = screen.open("task", id=task, lang="en")
    assert [one.value for one in screen.page.info] == ["There is no such task. Choose one from the list of tasks."]
    assert "<img" not in html
    assert not {key for key in screen.offered() if key.startswith(FOR_SOME)}


def test_the_tasks_are_all_there_when_one_comes_from_the_map(screen: Screen) -> None:
    screen.open("")
    screen.open("tasks")
    assert "44 项任务" in _said(screen)
    assert "hide" not in screen.page.query_params


def test_the_links_of_the_head_keep_day_and_language(screen: Screen) -> None:
    screen.open("tasks", lang="en", date="2020-06-01")
    links = [str(link.proto.query_string) for link in screen.page.get("page_link")]
    assert set(links) == {"date=2020-06-01&lang=en", "date=2020-06-01&lang=en&go=1"}
    assert links.count("date=2020-06-01&lang=en&go=1") == 1  # the link to this page itself


@pytest.mark.parametrize("day", ["2020-01-01", "2020-06-01", "2020-12-31"])
def test_reports_are_offered_on_the_day_of_the_campaign_only(screen: Screen, day: str) -> None:
    screen.signs_in("centre")
    screen.open("task", id="T29", date=day, lang="en")
    assert "report-T29" not in screen.offered()
    assert "A report is about today" in _said(screen)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Screen]:
    """A screen over the small campaign without tasks, reports, nodes, supervision and roster."""
    folder = write_campaign(tmp_path / "campaign")
    for name in ("tasks.csv", "updates.csv", "duty.csv"):
        head = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        (folder / name).write_text(head + "\n", encoding="utf-8")
    with screen_of(folder, tmp_path / "var") as opened:
        yield opened


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_an_empty_campaign_opens(bare: Screen, name: str, lang: str) -> None:
    bare.signs_in("centre")
    html = bare.open(name, lang=lang, id="T01" if name == "task" else "")
    assert ("One Map of Hongqiao" if lang == "en" else "虹桥保障一张图") in html


@pytest.mark.parametrize("name", [name for name in PAGES if name != "people"])
def test_a_page_shows_the_last_state_while_the_database_is_away(screen: Screen, name: str) -> None:
    screen.signs_in("centre")
    unit = {"task": "T29", "unit": "minhang"}.get(name, "")
    screen.open(name, id=unit)
    seen = screen.html()
    screen.store.away = True
    assert screen.run() == seen
    screen.store.away = False
    assert screen.run() == seen


def test_the_accounts_say_that_the_database_is_away(screen: Screen) -> None:
    screen.signs_in("admin")
    screen.open("people", lang="en")
    screen.store.away = True
    assert "The database does not answer" in screen.run()


def test_a_day_that_nobody_looked_at_says_that_the_database_is_away(screen: Screen) -> None:
    screen.open("tasks", lang="en")
    screen.store.away = True
    assert "The database is gone" in screen.open("tasks", date="2020-05-05")
    screen.store.away = False
    assert "The database is gone" not in screen.run()
