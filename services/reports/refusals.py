"""Leave a trace of what was refused: an event in the store, and without a database a line in the log."""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from data.store.protocol import Author, Write
from geo.model.errors import StoreUnavailableError
from services.access.errors import NotAllowedError, TransitionError
from services.reports.forms import tidy_text

if TYPE_CHECKING:
    from data.store.protocol import Source, Store
    from geo.model.errors import UnknownTaskError
    from services.access.policy import Person
    from services.reports.reports import Sending

_LOG: Final = logging.getLogger("onemap.reports")
_SUBJECT_MAX: Final = 80


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
    sending: Sending,
    refusal: UnknownTaskError | NotAllowedError | TransitionError,
) -> None:
    """Leave an event of a kind, once for the same refusal of the same sending; `task` may be forged."""
    _LOG.warning("refused: %s %s", kind, type(refusal).__name__)
    detail = {"error": type(refusal).__name__}
    if isinstance(refusal, NotAllowedError):
        detail["action"] = str(refusal.action)
    if isinstance(refusal, TransitionError):
        detail["fields"] = ";".join(demand.field for demand in refusal.demands)
    subject = tidy_text(str(task)[:_SUBJECT_MAX])
    print_ = sha256(repr((sending.key, subject, person, sorted(detail.items()))).encode("utf-8", "replace")).hexdigest()
    try:
        write = Write(author_of(person, sending.source), f"refused:{print_}", sending.now)
        store.append_event(kind, subject, detail, write)
    except StoreUnavailableError as error:
        _LOG.warning("a refusal could not be noted: %s %s (%s)", subject, detail, error)
