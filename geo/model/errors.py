"""Define the one tree of errors; each is also a built-in error.

    OneMapError
    ├── ConflictError (ValueError)             what was written is based on a version that is no longer the last
    ├── NaiveInstantError (ValueError)         an instant without a time zone was passed in
    ├── StoreUnavailableError (OSError)        the database does not answer
    │   └── StoreFullError                     it has no room for another write
    ├── UnknownTaskError (LookupError)         a campaign has no such task
    └── UnstorableTextError (ValueError)       a text that no database can keep

`geo.validation.problem.CampaignError` and those of other rooms stand beside what raises them. Faults of data
files are no errors but `geo.validation.problem.Problem`s: they are listed and the rest is
drawn.
"""

from datetime import datetime
from typing import ClassVar, Final

from locales import Label, Language, Text, same

VALUE_MAX: Final = 80

_CONFLICT: Final = Text(
    "{subject} has a newer version {current}; you saw version {based_on}, so nothing was saved. Compare "
    "the two versions, then decide."
)
_REUSED_KEY: Final = Text(
    "This report on {subject} was already saved as version {current}; what was changed afterwards was "
    "not. Compare the two versions, then decide."
)
_UNAVAILABLE: Final = Text(
    "The database does not answer, so nothing was saved or read anew. Try again in a moment; if it goes "
    "on, ask the administrator to check the database."
)
_FULL: Final = Text(
    "The disk of the database is full, so nothing was saved. Ask the administrator to free space, then try again."
)
_UNKNOWN_TASK: Final = Text("The campaign has no task {task}. Choose one from the list of tasks.")
_UNSTORABLE: Final = Text("The text {value} holds a character that cannot be saved. Remove it and try again.")


def shown(value: str, limit: int = VALUE_MAX) -> str:
    """Return a value in quotes, unprintable characters escaped, cut to `limit` characters."""
    return repr(value if len(value) <= limit else value[: limit - 1] + "…")


class OneMapError(Exception):
    """Be the root of every error that this product raises on purpose.

    `text` says what is wrong and what to do, in both languages; what no reader sees is a `str`.
    """

    def __init__(self, text: Label | str) -> None:
        """Hold a whole sentence."""
        self.text = same(text) if isinstance(text, str) else text
        super().__init__(self.text.en)

    def message(self, lang: Language) -> str:
        """Return what is wrong and what to do."""
        return self.text.get(lang)


class ConflictError(OneMapError, ValueError):
    """Say that a write is based on a version of its subject that is no longer the last.

    `current` is the `seq` of the version that is stored, `attempted` what was to be stored.
    `based_on` is None where the same key had been used for something else.
    """

    def __init__(self, subject: str, *, current: int, attempted: object, based_on: int | None = None) -> None:
        """Hold both versions."""
        self.subject = subject
        self.current = current
        self.attempted = attempted
        self.based_on = based_on
        text = _REUSED_KEY if based_on is None else _CONFLICT
        super().__init__(text.fill(subject=shown(subject)[1:-1], current=current, based_on=based_on))


class NaiveInstantError(OneMapError, ValueError):
    """Say that an instant carries no time zone, so that no day can be told from it."""

    def __init__(self, instant: datetime) -> None:
        """Name the instant."""
        super().__init__(f"instant {instant.isoformat()!r} has no time zone; pass an aware datetime, such as UTC")


class StoreUnavailableError(OneMapError, OSError):
    """Say that the database does not answer; `detail` is for the log, not for the reader."""

    says: ClassVar[Label] = _UNAVAILABLE

    def __init__(self, detail: str) -> None:
        """Hold what the database or its driver said."""
        super().__init__(self.says)
        self.detail = detail

    def __str__(self) -> str:
        """Return the text with the detail, for the log."""
        return f"{self.text.en} ({self.detail})"


class StoreFullError(StoreUnavailableError):
    """Say that the database has no room for another write."""

    says = _FULL


class UnknownTaskError(OneMapError, LookupError):
    """Say that a campaign has no such task."""

    def __init__(self, task: str) -> None:
        """Name the task."""
        self.task = task
        super().__init__(_UNKNOWN_TASK.fill(task=shown(task)))


class UnstorableTextError(OneMapError, ValueError):
    """Say that a text holds a NUL or half a character, which databases refuse or cut."""

    def __init__(self, value: str) -> None:
        """Hold the text."""
        self.value = value
        super().__init__(_UNSTORABLE.fill(value=shown(value)))
