"""The list beside the map says what needs somebody now: as the core says it, filtered, reachable, new ones marked."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.campaign.load import load_campaign
from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from geo.tasks.attention import AttentionItem, attention
from geo.tasks.attention_words import sentence
from locales import Language
from services.campaign.context import CampaignContext as Campaign
from services.campaign.context import open_context as open_campaign
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve
from tests.support.fakes import FakeStore

DAY = date(2020, 9, 15)
ROWS = ".onemap-list .onemap-row"
SEEN = "onemap-attention-ciie2020"


def _needs() -> tuple[Campaign, tuple[AttentionItem, ...]]:
    campaign = Campaign(load_campaign(DEFAULT_CAMPAIGN), FakeStore())
    board = campaign.board(DAY)
    acts = campaign.supervision(board.as_of)
    return campaign, attention(board, campaign.campaign, campaign.updates(board.as_of), acts)


def _tab(desk: Desk, mode: str) -> str:
    return desk.page.locator(f".onemap-tab[data-mode={mode}] .onemap-tab-count").inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_says_what_the_core_says_in_its_order(desk: Desk, lang: Language) -> None:
    campaign, needs = _needs()
    desk.open(f"?lang={lang}")
    why = [sentence(need, campaign.board(DAY).units) for need in needs]
    expect(desk.page.locator(f"{ROWS} .onemap-why")).to_have_text([one.get(lang) for one in why])
    rows = desk.page.locator(ROWS)
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.task)") == [need.task for need in needs]
    assert _tab(desk, "attention") == str(len(needs)) == str(rows.count())
    assert all(f"onemap-row {need.light}" == row for need, row in zip(needs, _classes(desk), strict=True))


def _classes(desk: Desk) -> list[str]:
    found: list[str] = desk.page.locator(ROWS).evaluate_all("rows => rows.map(row => row.className)")
    return found


def test_the_filters_of_the_map_apply(desk: Desk) -> None:
    campaign, needs = _needs()
    tasks = campaign.board(DAY).tasks
    wanted = [need.task for need in needs if "minhang" in (need.unit, *tasks["supporting_units"][need.task])]
    desk.open("?unit=minhang&lang=zh")
    expect(desk.page.locator(ROWS)).to_have_count(len(wanted))
    assert desk.page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.task)") == wanted
    assert 0 < len(wanted) < len(needs)
    desk.changes(lambda: desk.page.locator(".st-key-filter-clear button").click())
    expect(desk.page.locator(ROWS)).to_have_count(len(needs))


def test_a_click_selects_the_feature_and_another_lifts_it(desk: Desk) -> None:
    _, needs = _needs()
    desk.open("?lang=zh")
    row = desk.page.locator(f"{ROWS}[data-task={needs[1].task}]")
    desk.changes(row.click)
    expect(desk.page.locator(".st-key-feature-panel")).to_contain_text(needs[1].task)
    expect(row).to_have_attribute("aria-selected", "true")
    assert f"feature={needs[1].features[0]}" in desk.page.url
    desk.changes(row.click)
    expect(desk.page.locator(".st-key-feature-panel")).to_have_count(0)


def test_the_keyboard_reaches_tabs_and_rows(desk: Desk) -> None:
    _, needs = _needs()
    desk.open("?lang=zh")
    desk.page.locator(".onemap-tab[data-mode=all]").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".onemap-tab[data-mode=all]")).to_have_attribute("aria-selected", "true")
    desk.page.keyboard.press("Shift+Tab")
    desk.page.keyboard.press("Enter")
    for key in ("Tab", "Tab", "ArrowDown", "ArrowDown"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(ROWS).nth(1)).to_be_focused()
    desk.changes(lambda: desk.page.keyboard.press("Enter"))
    assert f"feature={needs[1].features[0]}" in desk.page.url


def test_the_choice_of_the_tab_is_kept_for_the_visit(desk: Desk) -> None:
    desk.open("?lang=zh")
    desk.page.locator(".onemap-tab[data-mode=all]").click()
    desk.page.reload()
    expect(desk.page.locator(".onemap-tab[data-mode=all]")).to_have_attribute("aria-selected", "true")


def test_an_entry_that_came_after_the_last_visit_is_marked_as_new(browser: Browser, tmp_path: Path) -> None:
    with serve(DEFAULT_CAMPAIGN, tmp_path) as address, open_desk(browser, address) as desk:
        desk.open("?lang=zh")
        expect(desk.page.locator(".onemap-new")).to_have_count(0)
        desk.page.wait_for_function("name => localStorage.getItem(name)", arg=SEEN)
        known = json.loads(desk.js("name => localStorage.getItem(name)", SEEN))
        assert len(known) == desk.page.locator(ROWS).count()
        task = _block_one(tmp_path, {need.task for need in _needs()[1]})
        desk.open("?lang=zh")
        expect(desk.page.locator(f"{ROWS}[data-task={task}] .onemap-new")).to_have_text("新")
        expect(desk.page.locator(".onemap-new")).to_have_count(1)


def _block_one(var: Path, needed: set[str]) -> str:
    """Report blocked a task that needed nobody, as another process does; its id."""
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    tasks = desk.board(desk.today()).tasks
    task = next(str(one) for one in tasks.index[tasks["status"] == "in_progress"] if one not in needed)
    update = NewUpdate(task, "", Status.BLOCKED, 10, "", "other", "测试受阻", "", "", datetime.now(UTC))
    write = Write(Author("test", "", "command_centre", Source.API), "attention", desk.now())
    desk.store.append_update(desk.campaign.id, update, write)
    return task
