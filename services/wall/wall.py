"""Write what the wall shows: where its map is, zones, changes, curve, duty, incidents, and how old the data are."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geo.incidents.duty import on_duty
from geo.incidents.incidents import INCIDENT_LABELS, SEVERITY_LABELS, Incident
from geo.model.kinds import Layer
from geo.model.status import Light
from geo.space.crs import Datum
from geo.tasks.changes import MOVE_LABELS, Direction, TaskChange
from geo.tasks.joins import Board
from layers.screen.documents import compact_json
from locales import Language, translations
from services.board.changes import compare, meetings_before
from services.board.progress import progress_of, sentence
from services.campaign import urls
from services.campaign.context import CampaignContext
from services.campaign.words import words_url
from services.incidents.incidents import all_incidents


def wall_words(lang: Language) -> dict[str, str]:
    """Sentences and names of the wall; braces are filled by the reader."""
    return _scenes(lang) | _states(lang)


def _scenes(lang: Language) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "overview": _("Overview"),
        "attention": _("Needs attention"),
        "changes": _("Since the last meeting, {time}"),
        "curve": _("Progress"),
        "late": _("Late or blocked"),
        "none": _("Nothing is late or blocked here."),
        "more": _("and {n} more"),
        "calm": _("Nothing here needs anybody now."),
        "newRed": _("Newly late or blocked"),
        "planned": _("Planned"),
        "finished": _("Finished"),
        "forecast": _("Forecast"),
        "deadline": _("deadline"),
        "opening": _("opening"),
        "duty": _("On duty"),
        "worse": _("worse"),
        "better": _("better"),
        "moved": _("moved"),
        "readiness": _("Readiness by zone"),
    }


def _states(lang: Language) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "age": _("Last report {time} ago"),
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
        "days": _("{n} d"),
        "noReport": _("No report yet"),
        "offline": _("No connection since {time}. What you see is the last state."),
        "stale": _("The database does not answer since {time}. What you see is the last state; nothing is stored."),
        "sample": _("Sample data"),
        "demonstration": _("Demonstration day {day}"),
        "asOf": _("As of {day}"),
        "drill": _("DRILL"),
    }


ROWS_MAX = 12
STALE_MINUTES = 24 * 60
"""Age of the last report from which the wall says amber that the data are old."""


def wall_state(context: CampaignContext, lang: Language, have: str, frontend: Path) -> dict[str, Any]:
    """What the wall asks for every few seconds.

    Parameters
    ----------
    context
        The campaign.
    lang
        Language of the wall.
    have
        `key` of the document that the wall has; the document comes along only where there is a newer one.
    frontend
        Folder of the front-end's modules; a wall of other modules loads itself anew.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and its state was not read before.
    """
    now = context.now()
    day, shifts = context.today(), on_duty(context.loaded.duty, now).now
    held = len(meetings_before(context.campaign, now))
    key = f"{context.version}:{day}:{held}:{'+'.join(shift.id for shift in shifts)}:{lang}"
    stale = context.ledger.stale_since
    state: dict[str, Any] = {
        "key": key,
        "module": urls.frontend_url(frontend, "wall.js"),
        "ageMinutes": _age_minutes(context, now),
        "staleSince": stale.isoformat() if stale else None,
    }
    if key != have:
        state["document"] = _document(context, lang, day, key)
    return state


def _age_minutes(context: CampaignContext, now: datetime) -> int | None:
    reported = context.board_at(context.campaign.instant_of(context.today())).tasks["reported_at"].dropna()
    seen = reported[reported <= now]
    return int((now - seen.max()).total_seconds() // 60) if len(seen) else None


@lru_cache(maxsize=8)
def _document(context: CampaignContext, lang: Language, day: date, _key: str) -> dict[str, Any]:
    campaign, board = context.campaign, context.board(day)
    incidents = [one for one in all_incidents(context) if one.closed_at is None]
    shifts = on_duty(context.loaded.duty, context.now()).now
    return {
        "title": translations(lang).gettext("One Map of Hongqiao"),
        "campaign": campaign.short.get(lang),
        "day": day.isoformat(),
        "tz": campaign.tz.key,
        "over": context.now() == campaign.instant_of(campaign.demonstration),
        "sample": campaign.sample,
        "drill": any(one.drill for one in incidents),
        "staleMinutes": STALE_MINUTES,
        "map": _map(context, lang, day),
        "words": wall_words(lang),
        "zones": _zones(board, lang),
        "changes": _changes(context, board, lang),
        "curve": _curve(context, board, lang),
        "duty": [{"post": one.post.get(lang), "person": one.person, "phone": one.phone} for one in shifts],
        "incidents": [_incident(one, lang) for one in incidents],
    }


def _incident(one: Incident, lang: Language) -> dict[str, Any]:
    name = INCIDENT_LABELS[one.kind].get(lang)
    if one.drill:
        name = f"{translations(lang).gettext('DRILL')} · {name}"
    words = {"name": name, "severity": SEVERITY_LABELS[one.severity].get(lang), "text": one.text}
    return words | {"drill": one.drill, "lon": one.lon, "lat": one.lat}


def _map(context: CampaignContext, lang: Language, day: date) -> dict[str, Any]:
    """Data of the map component, as views.map.view hands it to the map of the page."""
    return {
        "style": urls.style_url(),
        "features": urls.features_url(context.files_version, Datum.WGS84),
        "board": urls.board_url(context.version, day),
        "words": words_url(lang),
        "script": urls.script_url(context.files_version),
        "leaflet": urls.leaflet_url(),
        "rule": {},
        "selected": None,
        "basemap": None,
        "lang": lang,
        "theme": "dark",
    }


def _zones(board: Board, lang: Language) -> list[dict[str, Any]]:
    features = board.features
    zones = features[features["layer"] == Layer.ZONES]
    late = features[(features["layer"] != Layer.ZONES) & (features["light"] == Light.RED)]
    return [
        {
            "id": zone,
            "name": str(row[f"name_{lang}"]),
            "bounds": [round(float(one), 6) for one in row["geometry"].bounds],
            "late": [str(one) for one, inside in late["zones"].items() if zone in inside],
        }
        for zone, row in zones.iterrows()
    ]


def _changes(context: CampaignContext, board: Board, lang: Language) -> dict[str, Any] | None:
    """What moved since the last meeting that was held; None before the first."""
    if not meetings_before(context.campaign, context.now()):
        return None
    comparison = compare(context, None, board.as_of)
    found, since = comparison.found, comparison.since
    order = list(Direction)
    moved = sorted(found.tasks, key=lambda one: order.index(one.direction))
    return {
        "since": f"{since.astimezone(context.campaign.tz):%m-%d %H:%M}",
        "counts": {str(one): sum(change.direction is one for change in found.tasks) for one in order},
        "rows": [_moved(board, one, lang) for one in moved[:ROWS_MAX]],
    }


def _moved(board: Board, one: TaskChange, lang: Language) -> dict[str, str]:
    known = one.task in board.tasks.index
    title = str(board.tasks.at[one.task, f"title_{lang}"]) if known else one.task
    said = "、" if lang == "zh" else ", "
    words = said.join(MOVE_LABELS[move].get(lang) for move in one.moves)
    light = str(one.after.light) if one.after else str(Light.NONE)
    return {"task": one.task, "title": title, "direction": str(one.direction), "light": light, "moves": words}


def _curve(context: CampaignContext, board: Board, lang: Language) -> dict[str, Any]:
    progress = progress_of(context, board)
    columns = {
        name: [None if np.isnan(value) else round(float(value), 1) for value in progress.curve[name].to_numpy(float)]
        for name in ("planned", "finished", "low", "high")
    }
    return {
        "start": progress.curve.index[0].date().isoformat(),
        "tasks": len(board.tasks),
        "deadline": context.campaign.deadline.isoformat(),
        "opening": context.campaign.opening.isoformat(),
        "sentence": sentence(progress.forecast).get(lang),
        **columns,
    }


def wall_json(state: dict[str, Any]) -> bytes:
    """Bytes of the state."""
    return compact_json(state).encode()
