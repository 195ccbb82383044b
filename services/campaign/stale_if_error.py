"""Read the history of a task and the names of people; while the database is away, as they were read last."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from data.store.rows import HistoryEntry
from geo.model.errors import StoreUnavailableError
from services.campaign.context import CampaignContext


def history_of(context: CampaignContext, task: str) -> tuple[HistoryEntry, ...]:
    """All that was written of a task, newest first.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this history was not read since the campaign's last write.
    """
    return _history(context, task, context.version)


@lru_cache(maxsize=64)
def _history(context: CampaignContext, task: str, _version: str) -> tuple[HistoryEntry, ...]:
    return context.store.history(context.campaign.id, task)


def names_of(context: CampaignContext) -> Mapping[str, str]:
    """Display names of people by the names of their accounts; empty where the store never answered."""
    kept = _kept(context)
    try:
        accounts = context.store.accounts()
    except StoreUnavailableError:
        return kept[-1]
    kept[:] = [{account.name: account.display_name for account in accounts}]
    return kept[-1]


@lru_cache(maxsize=4)
def _kept(_context: CampaignContext) -> list[Mapping[str, str]]:
    """Names as they were read last; a list of one, since a cache cannot be written to."""
    return [{}]
