"""Take a report that a phone kept until it had a network: read its fields, say how far off it was written, store it.

Every field arrives as text and may be forged. The place where it was written is compared with the project; who stood
far from it is not refused, the report says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np

from data.store.rows import Receipt
from geo.model.errors import OneMapError
from geo.model.status import Status
from geo.space.crs import Datum, convert
from geo.space.position import PositionError, PositionKind
from geo.space.rank import distance_text
from locales import Language, Text, parse_language
from services.access.policy import Person
from services.campaign.context import CampaignContext, index_of
from services.field.nearby import DATUMS, NearbyQuery, locate
from services.reports.forms import ReportForm, Submission
from services.reports.photos import Uploads
from services.reports.reports import submit_report

FAR_M: Final = 200.0
"""From so far off, beyond the accuracy of the position, a report says that it was written elsewhere."""

PROMPT: Final = timedelta(minutes=1)
"""What arrives within this time was written when it arrived: no clock of a phone is better known."""

KEPT_MOST: Final = timedelta(days=60)
"""An older draft is one of a phone whose clock is wrong."""

_KEY: Final = re.compile(r"[0-9A-Za-z-]{16,64}")
_REMARK: Final = Text("(Written about {far} from the project)")
_UNREADABLE: Final = Text("“{name}” cannot be read. Open the page Near me anew, edit the report and send it again.")


class FieldReportError(OneMapError, ValueError):
    """Say which field of a report cannot be read.

    OneMapError
    └── FieldReportError (ValueError)
    """

    def __init__(self, name: str) -> None:
        """Hold the name of the field."""
        self.name = name
        super().__init__(_UNREADABLE.fill(name=name))


@dataclass(frozen=True, slots=True)
class FieldReport:
    """Hold a report as it was written.

    `author` is the account under which it was written; `place` where, None where the phone did not know; `written_at`
    when by the phone's clock; `lang` in which language.
    """

    form: ReportForm
    key: str
    based_on: int
    author: str
    lang: Language
    written_at: datetime
    place: NearbyQuery | None = None


def read(fields: Mapping[str, str]) -> FieldReport:
    """Read the fields of a report.

    Raises
    ------
    FieldReportError
        Key, status, a number, an instant or the language is none.
    """
    if not _KEY.fullmatch(fields.get("key", "")):
        raise FieldReportError("key")
    if fields.get("status") not in set(Status):
        raise FieldReportError("status")
    names = ("task", "note", "difficulty_kind", "difficulty", "suggestion", "feature")
    texts: dict[str, Any] = {name: fields.get(name, "") for name in names}
    return FieldReport(
        form=ReportForm(status=Status(fields["status"]), percent=_whole(fields, "percent"), **texts),
        key=fields["key"],
        based_on=_whole(fields, "based_on"),
        author=fields.get("author", ""),
        lang=parse_language(fields.get("lang", "")) or "zh",
        written_at=_instant(fields),
        place=_place(fields),
    )


def submit(
    context: CampaignContext,
    person: Person | None,
    report: FieldReport,
    *,
    real_now: datetime,
    uploads: Uploads | None = None,
) -> Receipt:
    """Store a report of a phone; the same one sent again is stored once.

    Where the campaign is over and its clock stands, the report is as old on that clock as it is really.

    Raises
    ------
    UnknownTaskError, NotAllowedError, TransitionError, PhotoError, ConflictError, StoreUnavailableError
        As `services.reports.reports.submit_report`.
    """
    now = context.now()
    form = replace(
        report.form, note=_with_remark(context, report), written_at=_written(report.written_at, now, real_now)
    )
    return submit_report(
        context.store,
        context.campaign,
        tasks=context.store.tasks(context.campaign.id),
        person=person,
        form=form,
        submission=Submission(f"phone:{report.key}", report.based_on, now),
        uploads=uploads,
    )


def distance_m(context: CampaignContext, report: FieldReport) -> float | None:
    """Distance from where a report was written to the nearest of what it is about, less the accuracy of the position.

    None where the place is not known or is no place, or the report is about nothing that is on the map.
    """
    place, features = report.place, _about(context, report.form)
    if place is None or not features.any():
        return None
    position, problem = locate(context, place)
    if position is None and problem is not None and problem.kind == PositionKind.FAR:
        lon, lat = convert(place.lon, place.lat, source=place.datum, target=Datum.WGS84)
        position = float(lon), float(lat)
    if position is None:
        return None
    with suppress(PositionError):
        found = index_of(context).nearest(*position, number=1, mask=features)
        if len(found):
            return max(float(found.distance_m[0]) - (place.accuracy_m or 0.0), 0.0)
    return None


def _with_remark(context: CampaignContext, report: FieldReport) -> str:
    """Return the note, with the distance where that is more than it should be."""
    far = distance_m(context, report)
    if far is None or far <= FAR_M:
        return report.form.note
    remark = _REMARK.get(report.lang).format(far=distance_text(far).get(report.lang))
    return f"{report.form.note}\n{remark}".strip()


def _about(context: CampaignContext, form: ReportForm) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which features a report is about: the one that it names, else all of its task."""
    features, tasks = context.loaded.features, context.board(context.today()).tasks
    named: Any = tasks.loc[form.task, "features"] if form.task in tasks.index and not form.feature else (form.feature,)
    return np.array(features.index.isin(list(named)))


def _written(written_at: datetime, now: datetime, real_now: datetime) -> datetime | None:
    age = real_now - written_at
    return None if age < PROMPT or age > KEPT_MOST else now - age


def _whole(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):  # noqa: PLR2004  no number of ours is longer
        raise FieldReportError(name)
    return int(text)


def _instant(fields: Mapping[str, str]) -> datetime:
    try:
        written_at = datetime.fromisoformat(fields.get("written_at", ""))
    except ValueError as error:
        raise FieldReportError("written_at") from error
    if written_at.utcoffset() is None:
        raise FieldReportError("written_at")
    return written_at.astimezone(UTC)


def _place(fields: Mapping[str, str]) -> NearbyQuery | None:
    """Return where it was written; what is no number is no place, and no reason to refuse a report."""
    lon, lat, accuracy = (_number(fields.get(name, "")) for name in ("lon", "lat", "accuracy_m"))
    if lon is None or lat is None:
        return None
    datum = next((one for one in DATUMS if one == fields.get("datum")), Datum.WGS84)
    return NearbyQuery(lon, lat, accuracy_m=None if accuracy is None else max(accuracy, 0.0), datum=datum)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
