"""Describe how a form was sent, and leave a trace of what was refused: an event, or without a database a log line."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from data.store.protocol import Store
from data.store.rows import Author, Source, Write
from geo.model.errors import StoreUnavailableError, UnknownTaskError
from services.access.policy import NotAllowedError, Person
from services.reports.forms import TransitionError, tidy_text

_LOG: Final = logging.getLogger("onemap.reports")
_SUBJECT_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what goes with one sending of a form.

    `key` makes it idempotent: the same report sent again with the same key is stored once. `based_on` is the `seq` of
    the task's last report that the person saw, 0 where there was none. `now` is what the campaign's clock shows, and
    `source` the door through which the report came.
    """

    key: str
    based_on: int
    now: datetime
    source: Source = Source.WEB


def author_of(person: Person | None, source: Source) -> Author:
    """Return who writes, empty for nobody."""
    if person is None:
        return Author("", "", "", source)
    return Author(person.name, person.unit, str(person.role), source)


def note_refusal(
    store: Store,
    kind: str,
    task: object,
    person: Person | None,
    *,
    submission: Submission,
    refusal: UnknownTaskError | NotAllowedError | TransitionError,
) -> None:
    """Leave an event of a kind, once for the same refusal of the same sending; `task` may be forged."""
    _LOG.warning("refused: %s %s", kind, type(refusal).__name__)
    detail = {"error": type(refusal).__name__}
    if isinstance(refusal, NotAllowedError):
        detail["action"] = str(refusal.action)
    if isinstance(refusal, TransitionError):
        detail["fields"] = ";".join(one.field for one in refusal.field_errors)
    subject = tidy_text(str(task)[:_SUBJECT_MAX])
    print_ = sha256(
        repr((submission.key, subject, person, sorted(detail.items()))).encode("utf-8", "replace")
    ).hexdigest()
    try:
        write = Write(author_of(person, submission.source), f"refused:{print_}", submission.now)
        store.append_event(kind, subject, detail, write)
    except StoreUnavailableError as error:
        _LOG.warning("a refusal could not be noted: %s %s (%s)", subject, detail, error)
