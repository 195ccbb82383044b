"""Read the environment: the only module that does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
DEFAULT_CAMPAIGN = ROOT / "data" / "campaigns" / "ciie2020"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; each field is the environment variable of the same name in capitals.

    Parameters
    ----------
    campaign_dir
        Folder of the campaign that is shown.
    tianditu_key
        Key for the Tianditu basemap; without it that basemap is not offered.
    """

    campaign_dir: Path = DEFAULT_CAMPAIGN
    tianditu_key: str = ""


@cache
def settings() -> Settings:
    """Settings of this process, read once. An empty variable counts as unset."""
    folder = os.environ.get("CAMPAIGN_DIR") or DEFAULT_CAMPAIGN
    return Settings(campaign_dir=Path(folder), tianditu_key=os.environ.get("TIANDITU_KEY", ""))
