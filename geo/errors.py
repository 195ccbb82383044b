"""Define the one tree of errors; each is also a built-in error.

    OneMapError
    ├── CampaignError (ValueError)        campaign.toml cannot be used, so there is nothing to open
    └── NaiveInstantError (ValueError)    an instant without a time zone was passed in

Faults of data files are no errors but `geo.problems.Problem`s: they are listed and the rest is
drawn.
"""

from datetime import datetime

from geo.problems import Problem
from geo.status import Lang


class OneMapError(Exception):
    """Be the root of every error that this product raises on purpose."""


class CampaignError(ValueError, OneMapError):
    """Say why a campaign cannot be opened: file, key, value and mend, in both languages."""

    def __init__(self, problem: Problem) -> None:
        """Wrap the problem of one key of campaign.toml."""
        super().__init__(problem.sentence("en"))
        self.problem = problem

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.problem.file

    @property
    def key(self) -> str:
        """Dotted key, empty where the whole file is meant."""
        return self.problem.column

    @property
    def value(self) -> str:
        """Value as it was written, empty where there is none."""
        return self.problem.value

    def message(self, lang: Lang) -> str:
        """Return what is wrong, with the value and what is allowed."""
        return self.problem.message(lang)

    def mend(self, lang: Lang) -> str:
        """Return how to mend it."""
        return self.problem.mend(lang)


class NaiveInstantError(ValueError, OneMapError):
    """Say that an instant carries no time zone, so that no day can be told from it."""

    def __init__(self, instant: datetime) -> None:
        """Name the instant."""
        super().__init__(f"instant {instant.isoformat()!r} has no time zone; pass an aware datetime, such as UTC")
