"""Read campaigns from folders of files."""

from data.campaign.load import Loaded, load_campaign

__all__ = ["Loaded", "load_campaign"]
