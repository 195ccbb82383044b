"""The interval holds the truth at its rate in 1,000 simulated campaigns; docs/forecast.md tells what was measured."""

import re
from datetime import date

import pytest

from data.campaign.load import load_campaign
from geo.tasks.forecast import RATE, forecast
from settings import DEFAULT_CAMPAIGN, ROOT
from tests.support.simulated_campaigns import CHANGING, CONSTANT, Truth, coverage, coverage_of_ledgers

CHANCE = 0.025
"""Two standard errors of a share of 80 % in 1,000."""


@pytest.mark.parametrize("truth", CONSTANT, ids=lambda truth: truth.name)
def test_it_holds_at_its_rate_while_the_pace_stays(truth: Truth) -> None:
    assert coverage(truth) >= RATE - CHANCE


def test_it_is_no_wider_than_counts_demand() -> None:
    """Where counts are so many that steps do not matter, the share is the rate itself."""
    many = max(CONSTANT, key=lambda truth: truth.before)
    assert coverage(many) == pytest.approx(RATE, abs=CHANCE)


def test_the_same_comes_out_through_tasks_and_reports() -> None:
    assert coverage_of_ledgers(CONSTANT[0]) == coverage(CONSTANT[0])


@pytest.mark.parametrize("truth", [*CONSTANT, *CHANGING], ids=lambda truth: truth.name)
def test_the_documentation_tells_what_is_measured(truth: Truth) -> None:
    text = (ROOT / "docs" / "forecast.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| {re.escape(truth.name)} \| (\d+) % \|$", text, re.MULTILINE)
    assert row is not None
    assert int(row[1]) == pytest.approx(100 * coverage(truth), abs=1)


def test_the_documentation_tells_what_the_sample_campaign_was_told() -> None:
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    campaign, day = loaded.campaign, loaded.campaign.deadline
    text = (ROOT / "docs" / "forecast.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (2020-\d\d-\d\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+)–(\d+) \| (yes|no) \|$", text, re.MULTILINE
    )
    truth = forecast(loaded.tasks, loaded.updates, campaign, day=day, as_of=campaign.instant_of(day)).left
    assert len(rows) == 5
    for as_of, *told, held in rows:
        now = campaign.instant_of(date.fromisoformat(as_of))
        one = forecast(loaded.tasks, loaded.updates, campaign, day=day, as_of=now)
        assert one.misses is not None
        assert [int(cell) for cell in told] == [one.days_ahead, one.left, one.pace, one.misses.low, one.misses.high]
        assert held == ("yes" if one.misses.low <= truth <= one.misses.high else "no")
