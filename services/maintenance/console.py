"""Speak to who works in a terminal, in their language, and say what became of it as an exit code.

A Chinese character is two columns wide there, and no text may steer the screen.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TextIO

from data.atomic_write import OverwriteError
from geo.model.errors import ConflictError, OneMapError, StoreUnavailableError
from geo.validation.problem import CampaignError
from locales import Label, Language, language_of, parse_language
from services.access.policy import NotAllowedError
from services.maintenance import words
from services.maintenance.serving import ListenError
from services.maintenance.terminal_tables import Table
from settings import SettingsError, settings

HUNDRED: Final = 100


def plain(text: str) -> str:
    """One line of a text whose control characters are spaces: what people wrote must not move the cursor."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else not unicodedata.combining(one) for one in text)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines of a table; columns are as wide as what stands in them, and the last one is not filled up."""
    lines = [tuple(headers), *(tuple(map(plain, row)) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


class ProgressLine:
    """Show how far long work is: one line that changes on a screen, a line at the end of each step in a log.

    Parameters
    ----------
    stream
        Where to, standard error as a rule.
    names
        Words for the steps.
    """

    def __init__(self, stream: TextIO, names: Mapping[str, str]) -> None:
        self._stream = stream
        self._names = names
        self._moves = stream.isatty()
        self._shown = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note of a step, what of it is done, and how much there is."""
        percent = 100 if done >= total else 100 * done // total
        if (step, percent) == self._shown or not (self._moves or percent == HUNDRED):
            return
        self._shown = (step, percent)
        text = f"{self._names.get(step, step)} {done:,} / {total:,}"
        end = "\n" if percent == HUNDRED else ""
        self._stream.write(f"\r{text}{end}" if self._moves else f"{text}{end}")
        self._stream.flush()


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


class Console:
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


VOICE: Final = Console()
"""The one voice of a terminal: all commands speak the language that was chosen."""
