"""Submit acts of supervision to a store that holds the small campaign."""

from __future__ import annotations

from datetime import date, datetime

from data.campaign.load import Loaded
from data.store.protocol import Store
from data.store.rows import Receipt
from geo.model.supervision import EscalationLevel, SupervisionEvent
from geo.supervision.ladder import Ladder, ladders
from services.access.policy import Person
from services.reports.forms import Submission
from services.supervision import acts as supervision
from tests.support.fixtures_reports import CENTRE, NOW

URGE = supervision.issue("T01", EscalationLevel.URGE, "roads", "请加快", date(2020, 9, 18))


def ladder_of(store: Store, loaded: Loaded, as_of: datetime = NOW, task: str = "T01") -> Ladder:
    """The ladder of a task as the store knows it."""
    return ladders(store.supervision(loaded.campaign.id, as_of), as_of, loaded.campaign.tz)[task]


def act(
    store: Store,
    loaded: Loaded,
    event: SupervisionEvent,
    person: Person | None = CENTRE,
    *,
    key: str = "",
    based_on: int | None = None,
    now: datetime = NOW,
) -> Receipt:
    """Submit an act; with a key of its own and based on the last one where nothing else is said."""
    campaign = loaded.campaign
    seen = supervision.last_act(store, campaign.id, str(event.task)) if based_on is None else based_on
    submission = Submission(key or f"{event.act}:{store.version()}", seen, now)
    tasks = store.tasks(campaign.id)
    return supervision.submit_act(store, campaign, tasks=tasks, person=person, event=event, submission=submission)
