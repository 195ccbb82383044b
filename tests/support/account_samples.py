"""A new account, and who adds it when, for tests of accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from data.store.rows import Source
from services.access.accounts import Act, NewAccount
from services.access.policy import OPERATOR, Person

NOW = datetime(2020, 9, 15, 1, tzinfo=UTC)
LEAD = NewAccount("Li.Wei", "field_lead", "minhang", "Li Wei")


def act(by: Person = OPERATOR) -> Act:
    """An act of somebody at the terminal."""
    return Act(by, Source.CLI, NOW)
