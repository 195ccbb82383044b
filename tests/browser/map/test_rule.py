"""The browser applies the same rule as the core: for any filter, both show the same features."""

from __future__ import annotations

import random
from datetime import date

import pytest

from data.campaign.load import load_campaign
from geo.tasks.filters import Filters, match
from services.campaign.context import CampaignContext as Campaign
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk
from tests.support.fakes import FakeStore
from views.shared.map_view import rule
from views.shared.url import choices_of

APPLY = """async ([rule, letters]) => { const { data } = oneMap.component;
  const module = name => import(new URL(data.module.replace('map.js', name), location.origin).href);
  const [{ match }, { loadAll }] = await Promise.all([module('rule.js'), module('store.js')]);
  const { features, board } = await loadAll(data);
  return features.ids.filter((_, i) => match(rule, features, board, letters)[i]); }"""
TEXTS = (
    *("", "", "", "路", "Road", "c0", "ＥＸＰＲＥＳＳ", "桥", "nothing like this"),
    *("虹桥 步廊", "诸光 路", "T01", "t1 c0", "青浦区", "Qingpu road", " 路\u3000闵行 ", "road nothing"),
)


def _some(rng: random.Random, values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(rng.sample(values, rng.randint(1, len(values)))) if rng.random() < 0.4 else frozenset()


@pytest.mark.parametrize("day", ["2020-05-01", "2020-09-15", "2020-10-08"])
def test_browser_and_core_show_the_same_features(desk: Desk, day: str) -> None:
    desk.open(f"?date={day}")
    campaign = Campaign(load_campaign(DEFAULT_CAMPAIGN), FakeStore())
    choices = choices_of(campaign)
    board = campaign.board(type(campaign.loaded.campaign.start).fromisoformat(day))
    rng = random.Random(day)  # noqa: S311 - drawn the same at every run
    for _ in range(60):
        parts = ("zones", "kinds", "categories", "units", "statuses", "lights")
        chosen = {part: _some(rng, getattr(choices, part)) for part in parts}
        filters = Filters(**chosen, text=rng.choice(TEXTS), lead_only=rng.random() < 0.5)
        expected = list(board.features.index[match(board, filters)])
        assert desk.js(APPLY, [rule(filters), desk.js("oneMap.scene.state.style.letters")]) == expected, filters


@pytest.mark.parametrize("text", [text for text in TEXTS if len(text.split()) > 1 or text == "T01"])
def test_browser_and_core_find_the_same_words(desk: Desk, text: str) -> None:
    desk.open("?date=2020-09-15")
    campaign = Campaign(load_campaign(DEFAULT_CAMPAIGN), FakeStore())
    board, filters = campaign.board(date(2020, 9, 15)), Filters(text=text)
    expected = list(board.features.index[match(board, filters)])
    assert bool(expected) == ("nothing" not in text)
    assert desk.js(APPLY, [rule(filters), desk.js("oneMap.scene.state.style.letters")]) == expected
