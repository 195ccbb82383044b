"""Give tests of reports a seeded store, people of every role, and forms that meet every demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from data.campaign.load import Loaded
from data.store.protocol import Store
from data.store.rows import Author, NewUpdate, Receipt, Source, Write
from data.store.sql import real_now
from geo.model.status import Status
from services.access.policy import Person, Role
from services.reports.forms import ReportForm, Submission
from services.reports.reports import status_of, submit_report
from tests.support.fakes import FakeStore

NOW = datetime(2020, 9, 15, 4, 0, tzinfo=UTC)
SEEDED = datetime(2020, 9, 12, tzinfo=UTC)
LEAD = Person("li", "李工", Role.FIELD_LEAD, "roads")
SUPPORT = Person("pan", "潘工", Role.FIELD_LEAD, "parks")
STRANGER = Person("shi", "施工", Role.FIELD_LEAD, "trees")
CENTRE = Person("wang", "王处", Role.COMMAND_CENTRE, "office")
VIEWER = Person("guest", "来宾", Role.VIEWER, "roads")
ADMINISTRATOR = Person("root", "管理员", Role.ADMINISTRATOR, "office")
EVERYBODY = (None, LEAD, SUPPORT, STRANGER, CENTRE, VIEWER, ADMINISTRATOR)
SEED_AUTHOR = Author("", "", "", Source.SEED)


def seeded_store(loaded: Loaded, real_now: Callable[[], datetime] = real_now) -> FakeStore:
    """A store with the small campaign, in which a report of 20 September is later than `NOW`.

    Lead of T01 is roads, its support office and parks; it is 40 % in progress.
    """
    store = FakeStore(real_now)
    store.seed(loaded.campaign.id, loaded.tasks, loaded.updates, Write(SEED_AUTHOR, "seed", SEEDED))
    return store


def full_form(status: Status, /, **more: object) -> ReportForm:
    """A report that meets the demands of every move to a status."""
    texts = {"note": "说明", "difficulty_kind": "land", "difficulty": "困难", "suggestion": "建议"}
    return ReportForm(**{"task": "T01", "status": status, "percent": status.rule.percents[0]} | texts | more)  # type: ignore[arg-type]


def put(store: Store, loaded: Loaded, status: Status, task: str = "T01") -> int:
    """Bring a task to a status past all rules; the seq of that report."""
    update = NewUpdate(task, "", status, status.rule.percents[0], "", "", "", "", "roads", SEEDED)
    write = Write(SEED_AUTHOR, f"put:{store.version()}", SEEDED + timedelta(seconds=store.version()))
    return store.append_update(loaded.campaign.id, update, write).seq


def send(
    store: Store,
    loaded: Loaded,
    person: Person | None,
    form: ReportForm,
    *,
    key: str = "key",
    based_on: int | None = None,
) -> Receipt:
    """Submit a report; based on the task's last report where nothing else is said."""
    campaign = loaded.campaign
    seen = status_of(store, campaign.id, form.task, NOW)[1] if based_on is None else based_on
    submission = Submission(key, seen, NOW)
    return submit_report(
        store, campaign, tasks=store.tasks(campaign.id), person=person, form=form, submission=submission
    )
