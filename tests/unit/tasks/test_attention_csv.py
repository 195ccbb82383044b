"""The attention list equals what plain Python reads from the files of the campaign, by another way."""

import csv
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data.campaign.load import Loaded, load_campaign
from geo.tasks.attention import attention
from geo.tasks.joins import build_board
from settings import DEFAULT_CAMPAIGN

TOML = tomllib.loads((DEFAULT_CAMPAIGN / "campaign.toml").read_text("utf-8"))
TZ = ZoneInfo(TOML["timezone"])
SOON, STALE = TOML["lights"]["due_soon_days"], TOML["lights"]["stale_days"]
DEMONSTRATION = TOML["demonstration"]
DAYS = [DEMONSTRATION, date(2020, 2, 29), date(2020, 6, 30), date(2020, 8, 27), date(2020, 10, 1), date(2020, 11, 9)]
KINDS = ["overdue", "blocked", "reply_overdue", "no_receipt", "no_reply", "due_soon", "stale", "unreported"]


@cache
def rows(name: str) -> list[dict[str, str]]:
    path = DEFAULT_CAMPAIGN / name
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig")))) if path.exists() else []


def day_of(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(TZ).date()


def told(task: str, today: date) -> list[dict[str, str]]:
    """Reports of a task until the end of a day, oldest first."""
    mine = [row for row in rows("updates.csv") if row["task"] == task and day_of(row["reported_at"]) <= today]
    return sorted(mine, key=lambda row: datetime.fromisoformat(row["reported_at"]))


def dated(row: dict[str, str], today: date) -> dict[str, tuple[int, date]]:
    due = date.fromisoformat(row["due"])
    if today > due:
        return {"overdue": ((today - due).days, due + timedelta(days=1))}
    soon = due - timedelta(days=SOON)
    return {"due_soon": ((due - today).days, soon)} if today >= soon else {}


def blocked(reports: list[dict[str, str]], today: date) -> dict[str, tuple[int, date]]:
    since = None
    for report in reports:
        since = (since or day_of(report["reported_at"])) if report["status"] == "blocked" else None
    return {"blocked": ((today - since).days, since)} if since else {}


def silent(row: dict[str, str], reports: list[dict[str, str]], today: date) -> dict[str, tuple[int, date]]:
    start = date.fromisoformat(row["planned_start"])
    last = max((day_of(report["reported_at"]) for report in reports), default=date.min)
    begun = bool(reports) and reports[-1]["status"] != "not_started"
    kind, heard = ("stale", last) if begun or last >= start else ("unreported", start)
    days = (today - heard).days
    return {kind: (days, heard + timedelta(days=STALE))} if days >= STALE else {}


def waiting(task: str, today: date) -> dict[str, tuple[int, date]]:
    """What the addressee of the last step owes, as the acts of a task say, read one after the other."""
    acts = [row for row in rows("supervision.csv") if row["task"] == task and day_of(row["at"]) <= today]
    owed: tuple[str, date, str] | None = None
    for row in sorted(acts, key=lambda row: datetime.fromisoformat(row["at"])):
        day = day_of(row["at"])
        if row["act"] == "issue":
            owed = ("no_receipt", day, row["deadline"])
        elif row["act"] == "receipt" and owed:
            owed = ("no_reply", day, owed[2])
        else:
            owed = None
    if owed and owed[2] and today > date.fromisoformat(owed[2]):
        late = date.fromisoformat(owed[2])
        return {"reply_overdue": ((today - late).days, late + timedelta(days=1))}
    return {owed[0]: ((today - owed[1]).days, owed[1])} if owed else {}


def expected(today: date) -> list[tuple[str, list[tuple[str, int, date]], str]]:
    found = []
    for place, row in enumerate(rows("tasks.csv")):
        reports = told(row["id"], today)
        reasons = waiting(row["id"], today)
        if not reports or reports[-1]["status"] not in {"done", "accepted"}:
            reasons |= dated(row, today) | blocked(reports, today) | silent(row, reports, today)
        listed = [(kind, *reasons[kind]) for kind in KINDS if kind in reasons]
        if listed:
            kind, days, _ = listed[0]
            signed = days if kind == "due_soon" else -days
            rank = ["high", "medium", "low"].index(row["priority"])
            found.append(
                ((KINDS.index(kind), signed, -len(listed), rank, place), (row["id"], listed, row["lead_unit"]))
            )
    return [entry for _, entry in sorted(found)]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_list_equals_an_independent_computation_from_the_files(loaded: Loaded, today: date) -> None:
    campaign = loaded.campaign
    frames: tuple[Any, ...] = (loaded.features, loaded.tasks, loaded.updates, campaign, campaign.instant_of(today))
    needs = attention(build_board(*frames), campaign, loaded.updates, loaded.supervision)
    found = [(one.task, [(str(why.kind), why.days, why.since) for why in one.reasons], one.unit) for one in needs]
    assert found == expected(today)
    assert len(found) == len({one.key for one in needs})


def test_the_demonstration_day_has_every_kind_that_the_files_give() -> None:
    kinds = {kind for _, reasons, _ in expected(DEMONSTRATION) for kind, _, _ in reasons}
    assert {"overdue", "blocked", "due_soon", "stale"} <= kinds
    assert [task for task, _, _ in expected(DEMONSTRATION)][:3] == ["T29", "T01", "T12"]
