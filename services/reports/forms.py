"""Hold what a person fills in and how it was sent, check it, and leave a trace of what was refused."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType, NoneType
from typing import Any, Final

from data.store.protocol import Store
from data.store.rows import Author, Photo, Source, Write
from geo.model.errors import OneMapError, StoreUnavailableError, UnknownTaskError
from geo.model.status import DIFFICULTY_LABELS, FULL, DifficultyKind, Status
from locales import Label, Language, Name, Text, joined, same
from services.access.policy import NotAllowedError, Person

FIELD_LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        # reports
        "task": Text("Task"),
        "status": Text("Status"),
        "percent": Text("Percent done"),
        "note": Text("Note"),
        "difficulty_kind": Text("Kind of difficulty"),
        "difficulty": Text("Difficulty"),
        "suggestion": Text("Suggestion"),
        "feature": Text("Feature"),
        "unit": Text("Unit", context="form"),
        "written_at": Text("Written at"),
        "photos": Text("Photos"),
        # task definitions
        "category": Text("Category"),
        "title_zh": Text("Title (Chinese)", context="form"),
        "title_en": Text("Title (English)"),
        "lead_unit": Text("Lead unit"),
        "supporting_units": Text("Supporting units"),
        "planned_start": Text("Planned start"),
        "due": Text("Due", context="form"),
        "priority": Text("Priority"),
        "features": Text("Features"),
        # supervision
        "rung": Text("Rung", context="form"),
        "act": Text("Act"),
        "addressee": Text("Addressee"),
        "text": Text("Text"),
        "deadline": Text("Deadline"),
        # incidents
        "kind": Text("Kind"),
        "severity": Text("Severity"),
        "place": Text("Place"),
        "incident": Text("Incident"),
        # views
        "name": Text("Name", context="form"),
    },
)

SOURCE_LABELS: Final[Mapping[Source, Label]] = MappingProxyType(
    {
        Source.SEED: Text("First data"),
        Source.WEB: Text("Web"),
        Source.EXCEL: Text("Excel ledger"),
        Source.CLI: Text("Terminal", context="form"),
        Source.API: Text("API"),
    },
)


def field_label(name: str) -> Label:
    """Return the name of a field, or its id where it has none."""
    return FIELD_LABELS.get(name, same(name))


TEXT_MAX: Final = 4_000
PHOTOS_MAX: Final = 9
TEXT_FIELDS: Final = ("note", "difficulty", "suggestion")
KIND_CHOICES: Final = joined(DIFFICULTY_LABELS.values())

_UNSEEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
"""Control characters but the newline, and halves of characters, which no database keeps."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """Say what one field of a report needs: `need` is a sentence that tells what to do."""

    field: str
    need: Label

    @property
    def label(self) -> Label:
        """Name of the field."""
        return field_label(self.field)

    def sentence(self, lang: Language) -> str:
        """Return the field and what it needs in one line."""
        return f"{self.label.get(lang)}{'：' if lang == 'zh' else ': '}{self.need.get(lang)}"


class TransitionError(OneMapError, ValueError):
    """Say everything that a report lacks, field by field."""

    def __init__(self, task: str, field_errors: tuple[FieldError, ...]) -> None:
        """Name the task and what its report lacks, at least one thing."""
        self.task = task
        self.field_errors = field_errors
        super().__init__(
            Name(
                "".join(one.sentence("zh") for one in field_errors),
                " ".join(one.sentence("en") for one in field_errors),
            )
        )


@dataclass(frozen=True, slots=True)
class ReportForm:
    """Hold a report on a task as a person wrote it.

    `percent` is a whole number from 0 to 100, `difficulty_kind` a `DifficultyKind` or empty, `feature` one of the
    task's features or empty. `written_at` is when it was written on the person's device, with a time zone; None where
    that is now. `photos` are those stored already.
    """

    task: str
    status: Status
    percent: int
    note: str = ""
    difficulty_kind: str = ""
    difficulty: str = ""
    suggestion: str = ""
    feature: str = ""
    written_at: datetime | None = None
    photos: tuple[Photo, ...] = ()

    def tidied(self) -> ReportForm:
        """Return the form with texts that can be kept; what is no text stays for `faults`."""
        tidy: dict[str, Any] = {}
        for name in TEXT_FIELDS:
            text = getattr(self, name)
            tidy[name] = tidy_text(text) if isinstance(text, str) else text
        return replace(self, **tidy)


_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = MappingProxyType(
    {
        "status": Status,
        "percent": int,
        **dict.fromkeys(("task", *TEXT_FIELDS, "difficulty_kind", "feature"), str),
        "written_at": (datetime, NoneType),
        "photos": tuple,
    },
)
_WRONG_TYPE: Final = Text("holds a value of the wrong type; fill it in again.")


def tidy_text(text: str) -> str:
    """Return a text without control characters, lines ended by a newline, without white space around it."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def faults(form: ReportForm) -> tuple[FieldError, ...]:
    """Return what is wrong with a form whatever the task's status; types are checked first, since forms are forged."""
    wrong = [name for name, kind in _TYPES.items() if not _is_a(getattr(form, name), kind)]
    if wrong:
        return tuple(FieldError(name, _WRONG_TYPE) for name in wrong)
    return (*_percent(form), *_lengths(form), *_kind(form), *_written(form), *too_many_photos(len(form.photos)))


def _is_a(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _percent(form: ReportForm) -> Iterator[FieldError]:
    if not 0 <= form.percent <= FULL:
        yield FieldError("percent", Text("is a whole number from 0 to {full}.", full=FULL))


def _lengths(form: ReportForm) -> Iterator[FieldError]:
    for name in TEXT_FIELDS:
        length = len(getattr(form, name))
        if length > TEXT_MAX:
            yield FieldError(
                name,
                Text(
                    "has {length:,} characters; at most {text_max:,} are kept. Shorten it.",
                    length=length,
                    text_max=TEXT_MAX,
                ),
            )


def _kind(form: ReportForm) -> Iterator[FieldError]:
    if form.difficulty_kind and form.difficulty_kind not in set(DifficultyKind):
        yield FieldError(
            "difficulty_kind",
            Text("is no such kind. Choose one of: {kind_choices}.", kind_choices=KIND_CHOICES),
        )


def _written(form: ReportForm) -> Iterator[FieldError]:
    if form.written_at is not None and form.written_at.utcoffset() is None:
        yield FieldError("written_at", Text("has no time zone; fill it in again."))


def too_many_photos(count: int) -> Iterator[FieldError]:
    """Demand fewer photos where there are more than a report takes."""
    if count > PHOTOS_MAX:
        yield FieldError(
            "photos",
            Text(
                "are {count}; a report takes {photos_max}. Leave some out or report twice.",
                count=count,
                photos_max=PHOTOS_MAX,
            ),
        )


_LOG: Final = logging.getLogger("onemap.reports")
_SUBJECT_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what goes with one submission of a form.

    `key` makes it idempotent: the same report sent again with the same key is stored once. `based_on` is the `seq` of
    the task's last report that the person saw, 0 where there was none. `now` is what the campaign's clock shows, and
    `source` the way by which the report came.
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


def write_of(person: Person | None, submission: Submission, seq: int) -> Write:
    """Return how the store is to write a submission that was checked against the version `seq`."""
    basis = min(seq, submission.based_on)
    return Write(author_of(person, submission.source), submission.key, submission.now, basis)


@contextmanager
def refusals_noted(
    store: Store, kind: str, task: object, person: Person | None, submission: Submission
) -> Iterator[None]:
    """Leave an event of a kind where the check within refuses, and pass the refusal on; `task` may be forged.

    The same refusal of the same submission leaves one event.
    """
    try:
        yield
    except (UnknownTaskError, NotAllowedError, TransitionError) as refusal:
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
        raise
