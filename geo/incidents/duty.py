"""Tell who is on duty at an instant, and who comes next.

A shift holds from its start, included, to its end, excluded: at the instant of a change only the later
officer is on duty.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final

import numpy as np
import pandas as pd

from geo.model.errors import NaiveInstantError
from locales import Label, Name

DUTY_COLUMNS: Final = ("id", "unit", "post_zh", "post_en", "person", "phone", "start", "end")
"""Columns of the file, `id` first; in the frame `id` is the index, and `start` and `end` are in UTC."""

_PHONE: Final = re.compile(
    r"(?P<number>\+?[0-9][0-9 ()\-]*)(?:(?:\u8f6c|ext\.?|x) ?(?P<extension>[0-9]+))?", re.IGNORECASE
)
_SPACING: Final = re.compile(r"[ ()\-]")


@dataclass(frozen=True, slots=True)
class Shift:
    """Hold one officer on one post for a time: a row of duty.csv."""

    id: str
    unit: str
    post: Label
    person: str
    phone: str
    start: datetime
    end: datetime

    @property
    def place(self) -> tuple[str, str, str]:
        """The post itself: posts of one name belong to the unit that has them."""
        return self.unit, self.post.zh, self.post.en


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Hold who is on duty, and of each post who comes next, both in the order in which the roster names the posts."""

    now: tuple[Shift, ...]
    next: tuple[Shift, ...]

    def of_unit(self, unit: str) -> "OnDuty":
        """Return the part that concerns one unit."""
        now, following = (tuple(one for one in shifts if one.unit == unit) for shifts in (self.now, self.next))
        return OnDuty(now, following)


def duty_frame(shifts: Iterable[Shift]) -> pd.DataFrame:
    """Return shifts in their order, indexed by id, with `DUTY_COLUMNS`."""
    rows = list(shifts)
    texts = {name: [getattr(one, name) for one in rows] for name in ("unit", "person", "phone")}
    texts |= {f"post_{lang}": [one.post.get(lang) for one in rows] for lang in ("zh", "en")}
    index = pd.Index([one.id for one in rows], name="id", dtype="str")
    frame = pd.DataFrame({name: pd.Series(cells, index=index, dtype="str") for name, cells in texts.items()})
    for name in ("start", "end"):
        naive = [getattr(one, name).astimezone(UTC).replace(tzinfo=None) for one in rows]
        frame[name] = pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]")).tz_localize(UTC)
    return frame[list(DUTY_COLUMNS[1:])]


def on_duty(duty: pd.DataFrame, at: datetime) -> OnDuty:
    """Return who is on duty at an instant, and who comes next on each post.

    Parameters
    ----------
    duty
        Frame as `duty_frame` makes it.
    at
        Aware instant. A shift that starts at it is on duty, one that ends at it is not.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    if at.tzinfo is None:
        raise NaiveInstantError(at)
    instant = np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")
    start, end = (duty[name].dt.tz_localize(None).to_numpy() for name in ("start", "end"))
    later = np.flatnonzero(start > instant)
    coming = duty.iloc[later[np.argsort(start[later], kind="stable")]]
    following: dict[tuple[str, str, str], Shift] = {}
    for shift in shifts_of(coming.drop_duplicates(["unit", "post_zh", "post_en"])):
        following[shift.place] = shift
    rank = {place: number for number, place in enumerate(posts_of(duty))}
    return OnDuty(
        now=tuple(sorted(shifts_of(duty[(start <= instant) & (instant < end)]), key=lambda shift: rank[shift.place])),
        next=tuple(sorted(following.values(), key=lambda shift: rank[shift.place])),
    )


def posts_of(duty: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return the posts of a roster: unit and names, in the order of their first shift in the file."""
    columns = (duty[name] for name in ("unit", "post_zh", "post_en"))
    return list(dict.fromkeys(zip(*columns, strict=True)))


def shifts_of(duty: pd.DataFrame) -> Iterator[Shift]:
    """Yield the rows of a frame as shifts, instants in UTC."""
    for row in duty.itertuples():
        post = Name(str(row.post_zh), str(row.post_en))
        start, end = (getattr(row, name).to_pydatetime() for name in ("start", "end"))
        yield Shift(str(row.Index), str(row.unit), post, str(row.person), str(row.phone), start, end)


def dialled(phone: str) -> str:
    """Return a telephone number as a `tel:` address takes it (RFC 3966), empty where it is no number.

    A number holds digits, blanks, hyphens and brackets, at most one plus sign at its start, and an
    extension after `ext`, `x` or the Chinese sign for it.
    """
    found = _PHONE.fullmatch(phone.strip())
    if found is None:
        return ""
    number = _SPACING.sub("", found["number"])
    return f"{number};ext={found['extension']}" if found["extension"] else number


def overlapping(shifts: Iterable[Shift]) -> list[tuple[Shift, Shift]]:
    """Return each shift that begins before an earlier one of the same person has ended, after that earlier one.

    A person is known by unit and name. Of several earlier shifts it is the one that ends last.
    """
    last: dict[tuple[str, str], Shift] = {}
    found = []
    for shift in sorted(shifts, key=attrgetter("start")):
        before = last.get((shift.unit, shift.person))
        if before is not None and shift.start < before.end:
            found.append((before, shift))
        if before is None or shift.end > before.end:
            last[shift.unit, shift.person] = shift
    return found


def gaps(shifts: Iterable[Shift]) -> list[tuple[datetime, datetime]]:
    """Return the times inside a roster in which nobody is on duty, from, included, to, excluded; earliest first."""
    found = []
    reached: datetime | None = None
    for shift in sorted(shifts, key=attrgetter("start")):
        if reached is not None and shift.start > reached:
            found.append((reached, shift.start))
        reached = shift.end if reached is None else max(reached, shift.end)
    return found
