"""Keep views under a name for everybody: filters, extent and selection, to be opened and exported again.

A view is an event of the store; the last one of a name counts, and one that was removed is no more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from data.store.rows import Source, Write
from geo.model.campaign import Extent
from geo.tasks.filters import Filters
from locales import Language, Text
from services.access.policy import Action, Person, require
from services.campaign.context import CampaignContext
from services.reports.forms import FieldError, TransitionError, author_of, tidy_text
from services.snapshots.export_view import extent_of_text, filters_of, json_of
from services.snapshots.snapshots import SnapshotRequest, link, preset_asked, preset_for

KIND: Final = "view"
NAME_MAX: Final = 40
VIEWS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """Hold one view; `extent` is None for that of its filters, `saved_by` the account's name."""

    name: str
    filters: Filters
    extent: Extent | None
    feature: str
    saved_by: str


def save_view(
    context: CampaignContext, person: Person | None, *, name: str, rule: str, bounds: str, feature: str, key: str
) -> SavedView:
    """Keep a view; a view of the same name is replaced.

    Raises
    ------
    NotAllowedError
        The person may not.
    TransitionError
        The name is empty or too long, or there are too many views.
    StoreUnavailableError
        It could not be stored.
    """
    require(person, Action.SAVE_VIEW)
    tidy = tidy_text(name).replace("\n", " ")
    if not 0 < len(tidy) <= NAME_MAX:
        need = Text("give it a name of 1 to {name_max} characters.", name_max=NAME_MAX)
        raise TransitionError(tidy, (FieldError("name", need),))
    names = {view.name.casefold() for view in saved_views(context)}
    if len(names) >= VIEWS_MAX and tidy.casefold() not in names:
        need = Text("there are {views_max} already; remove one first.", views_max=VIEWS_MAX)
        raise TransitionError(tidy, (FieldError("name", need),))
    extent = extent_of_text(bounds)
    detail = {
        "name": tidy,
        "rule": json.dumps(json_of(rule), ensure_ascii=False),
        "bounds": bounds if extent else "",
        "feature": feature if feature in context.loaded.features.index else "",
    }
    _append(context, person, tidy, detail, key)
    return SavedView(tidy, filters_of(detail["rule"]), extent, detail["feature"], person.name if person else "")


def remove_view(context: CampaignContext, person: Person | None, name: str, *, key: str) -> None:
    """Take a view away; raises as `save_view`."""
    require(person, Action.SAVE_VIEW)
    _append(context, person, tidy_text(name), {"removed": "1"}, key)


def saved_views(context: CampaignContext) -> tuple[SavedView, ...]:
    """The views that everybody sees, by name."""
    return _views(context, context.version)


def asked_for(context: CampaignContext, name: str, asked: SnapshotRequest) -> SnapshotRequest:
    """Ask for a saved view or a preset by name, in the language and on the paper of something asked for.

    Raises
    ------
    SnapshotError
        There is neither.
    """
    views = saved_views(context)
    found = next((view for view in views if view.name.casefold() == name.casefold()), None)
    if found is None:
        return preset_asked(preset_for(context, name, beside=tuple(view.name for view in views)), context, asked)
    title = asked.title or f"{context.campaign.name.get(asked.lang)} · {found.name}"
    return replace(asked, filters=found.filters, extent=found.extent, selected=found.feature, title=title)


def address_of(context: CampaignContext, view: SavedView, lang: Language) -> str:
    """Address that opens a view as of the day on which pages open."""
    asked = SnapshotRequest(lang, filters=view.filters, extent=view.extent, selected=view.feature)
    return link(context, context.campaign.instant_of(context.today()), asked)


def _append(context: CampaignContext, person: Person | None, name: str, detail: dict[str, str], key: str) -> None:
    write = Write(author_of(person, Source.WEB), f"{KIND}:{key}", context.now())
    context.store.append_event(KIND, name.casefold(), detail, write, campaign=context.campaign.id)


@lru_cache(maxsize=4)
def _views(context: CampaignContext, _version: str) -> tuple[SavedView, ...]:
    last = {event.subject: event for event in context.store.events(KIND, campaign=context.campaign.id)}
    kept = [event for event in last.values() if not event.detail.get("removed")]
    views = (
        SavedView(
            event.detail["name"],
            filters_of(event.detail["rule"]),
            extent_of_text(event.detail["bounds"]),
            event.detail["feature"],
            event.author.name,
        )
        for event in kept
    )
    return tuple(sorted(views, key=lambda view: view.name.casefold()))
