"""The thresholds of joint action are read from campaign.toml, and are the usual ones where it has none."""

from pathlib import Path

import pytest

from data.campaign.load import load_campaign
from geo.model.campaign import DEFAULT_JOINT, JointRules
from geo.validation.problem import CampaignError


def with_table(folder: Path, table: str) -> JointRules:
    path = folder / "campaign.toml"
    path.write_text(path.read_text("utf-8") + table, "utf-8")
    return load_campaign(folder).campaign.joint


def test_without_a_table_the_usual_thresholds_hold(campaign_folder: Path) -> None:
    assert load_campaign(campaign_folder).campaign.joint == DEFAULT_JOINT == JointRules(500, 60, 30, 100)


def test_what_is_written_counts_and_the_rest_is_as_usual(campaign_folder: Path) -> None:
    assert with_table(campaign_folder, "\n[joint]\nnear_m = 250\nstretch_m = 0\n") == JointRules(250, 60, 30, 0)


@pytest.mark.parametrize("value", ["-1", "5001", "1.5", "true", '"60"'])
def test_what_is_no_sensible_number_is_named(campaign_folder: Path, value: str) -> None:
    with pytest.raises(CampaignError) as caught:
        with_table(campaign_folder, f"\n[joint]\nparallel_m = {value}\n")
    assert caught.value.problem.column == "joint.parallel_m"
