"""Speak to who works in a terminal, in their language, and tell what became of it as an exit code."""

from __future__ import annotations

import sys
from typing import Final

from geo.model.errors import CampaignError, ConflictError, OneMapError, StoreUnavailableError
from geo.model.status import Label
from locales import Language, language_of, parse_language
from services.access.policy import NotAllowedError
from services.operations import words
from services.operations.atomic_write import OverwriteError
from services.operations.serving import ListenError
from services.operations.terminal import ProgressLine, plain, table
from services.operations.terminal_tables import Table
from settings import SettingsError, settings

FAILURES: Final = (OneMapError, SettingsError, OSError)
"""What is told in a sentence; anything else is a fault of the program."""

EXIT_CODES: Final = (
    ((StoreUnavailableError,), 4),
    ((SettingsError,), 2),
    ((NotAllowedError, ConflictError, OverwriteError, ListenError), 3),
    (FAILURES, 1),
)
"""Codes by kind of error; the first that fits counts."""


def exit_code(error: Exception) -> int:
    """The code that a terminal is told for an error."""
    return next(code for kinds, code in EXIT_CODES if isinstance(error, kinds))


class Voice:
    """Speak one language: the one that was chosen last."""

    lang: Language = "zh"

    def choose(self, lang: str | None) -> str | None:
        """Take the language of an option, else that of the terminal; returned as it was given."""
        self.lang = parse_language(lang or "") or language_of(settings().lang)
        return lang

    def say(self, text: Label, **values: object) -> None:
        """Print a sentence whose gaps are filled with values; without values it is taken to the letter."""
        told = text.get(self.lang)
        filled = told.format(**{name: plain(str(value)) for name, value in values.items()}) if values else told
        sys.stdout.write(f"{filled}\n")
        sys.stdout.flush()

    def show(self, what: Table) -> None:
        """Print a table under its title, where it has one."""
        title, columns, rows = what
        head = title.get(self.lang)
        if head:
            sys.stdout.write(f"{plain(head)}\n")
        sys.stdout.write(f"{table([column.get(self.lang) for column in columns], rows)}\n\n")

    def fail(self, error: Exception) -> None:
        """Print on standard error, as one line, why it did not work."""
        sys.stderr.write(f"{plain(self._reason(error))}\n")

    def progress(self) -> ProgressLine:
        """Show on standard error how far long work is."""
        return ProgressLine(sys.stderr, {step: label.get(self.lang) for step, label in words.STEPS.items()})

    def _reason(self, error: Exception) -> str:
        if isinstance(error, CampaignError):
            return error.problem.sentence(self.lang)
        if isinstance(error, OSError) and not isinstance(error, OneMapError):
            return words.FILE_TROUBLE.get(self.lang).format(what=error)
        message = getattr(error, "message", None)
        text = str(message(self.lang)) if message else str(error)
        return f"{text} ({error.detail})" if isinstance(error, StoreUnavailableError) else text


VOICE: Final = Voice()
"""The one voice of a terminal: all commands speak the language that was chosen."""
