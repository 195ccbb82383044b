"""Export the ledger as a workbook and bring one in: as a plan that writes nothing, then, confirmed, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.store.protocol import Store
from data.store.rows import Author, Receipt, Write
from data.workbook.ledger import read_book
from exports.ledger.workbook import LedgerContent, ledger_workbook
from geo.ledger.form import FIELD_LABELS
from geo.ledger.merge import Change, ChangeKind, Conflict, Decisions, Side
from geo.model.campaign import Campaign, tasks_frame
from geo.model.errors import ConflictError
from services.access.policy import Action, Person, Role, require
from services.ledger.plan import ImportPlan, ImportRefusedError, Outcome, outcome_of
from services.ledger.present import Present, Setting, present_ledger

__all__ = [
    "FIELD_LABELS",
    "Change",
    "ChangeKind",
    "Conflict",
    "Decisions",
    "ImportPlan",
    "ImportRefusedError",
    "Side",
    "confirm_import",
    "export_ledger",
    "plan_import",
]

ATTEMPTS: Final = 3
"""How often a confirmed import is worked out anew when somebody writes at the same moment."""

_NOTHING_DECIDED: Final[Decisions] = MappingProxyType({})


def export_ledger(
    store: Store,
    campaign: Campaign,
    units: pd.DataFrame,
    now: datetime,
    *,
    features: pd.DataFrame | None = None,
) -> bytes:
    """Return the ledger as it is known now, as an .xlsx workbook.

    Parameters
    ----------
    store, campaign, units
        Where the ledger stands, and the units that it names.
    now
        What the campaign's clock shows, in UTC; the workbook says it.
    features
        Features for a sheet to look their ids up; left out, there is no such sheet.

    Raises
    ------
    StoreUnavailableError
        The database does not answer.
    """
    present = present_ledger(store, Setting(campaign, units, features), now)
    content = LedgerContent(
        campaign=campaign,
        base=present.base,
        updates=present.updates,
        units=units,
        features=features,
        spelling=present.spelling,
        now=now,
    )
    return ledger_workbook(content)


def plan_import(
    book: bytes,
    store: Store,
    campaign: Campaign,
    *,
    units: pd.DataFrame,
    features: pd.DataFrame | None,
    now: datetime,
    name: str = "ledger.xlsx",
) -> ImportPlan:
    """Return what importing a workbook would do; nothing is written.

    Parameters
    ----------
    book, name
        The file, and its name for the problems.
    store, campaign, units, features
        The ledger that it is compared with, and what its cells may name.
    now
        What the campaign's clock shows, in UTC.

    Raises
    ------
    StoreUnavailableError
        The database does not answer.
    """
    setting = Setting(campaign, units, features)
    read, problems = read_book(book, name)
    plan = ImportPlan(name, tuple(problems), setting=setting, book=read, book_problems=tuple(problems))
    return plan if read is None else _plan(plan, present_ledger(store, setting, now))


def confirm_import(
    plan: ImportPlan,
    store: Store,
    author: Author,
    *,
    key: str,
    now: datetime,
    decisions: Decisions = _NOTHING_DECIDED,
) -> Receipt:
    """Write what a plan says, all or nothing, worked out anew against the ledger as it is now.

    Parameters
    ----------
    plan
        What `plan_import` returned.
    author, key
        Who imports, and the key that makes it idempotent.
    now
        What the campaign's clock shows, in UTC.
    decisions
        Which side counts, for each conflict of the plan. One that looks otherwise by now is open again.

    Returns
    -------
    The store's receipt; where the ledger says all of it already nothing is written, and the
    receipt names the last write as a repeated one.

    Raises
    ------
    NotAllowedError
        The author's role may not import a ledger.
    ImportRefusedError
        The workbook has errors, or conflicts without a decision, perhaps new ones.
    ConflictError
        Others wrote all the while, or the key was used for something else.
    StoreUnavailableError
        It cannot be stored.
    """
    require(Person(author.name, author.name, Role(author.role), author.unit), Action.IMPORT_LEDGER)
    for _ in range(ATTEMPTS - 1):
        try:
            return _confirm(plan, store, Write(author, key, now), decisions)
        except ConflictError as conflict:
            if conflict.based_on is None:
                raise
    return _confirm(plan, store, Write(author, key, now), decisions)


def _plan(plan: ImportPlan, present: Present) -> ImportPlan:
    """Return a plan worked out against the ledger as it is, with all its conflicts open."""
    return plan if plan.book is None else _told(plan, present, outcome_of(plan.book, present, _NOTHING_DECIDED))


def _told(plan: ImportPlan, present: Present, outcome: Outcome) -> ImportPlan:
    return replace(
        plan,
        problems=(*plan.book_problems, *outcome.problems),
        changes=outcome.changes,
        new_updates=outcome.updates,
        conflicts=outcome.conflicts,
        spelling=present.spelling,
    )


def _confirm(plan: ImportPlan, store: Store, write: Write, decisions: Decisions) -> Receipt:
    """Write what a plan comes to now; a decision counts as long as its conflict is the one that was shown."""
    present = present_ledger(store, plan.setting, write.now)
    fresh = _plan(plan, present)
    seen = set(plan.conflicts)
    valid = {one.key: decisions[one.key] for one in fresh.conflicts if one in seen and one.key in decisions}
    if plan.book is None:
        raise ImportRefusedError(fresh)
    outcome = outcome_of(plan.book, present, valid)
    settled = _told(fresh, present, outcome)
    if settled.errors or settled.conflicts:
        raise ImportRefusedError(settled)
    if not outcome.tasks and not outcome.updates:
        return Receipt(present.version, repeated=True)
    based = replace(write, based_on=present.version)
    return store.append_ledger(plan.setting.campaign.id, tasks_frame(outcome.tasks), outcome.updates, based)
