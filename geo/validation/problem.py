"""Describe what is wrong with data: where, which value, and the remedy; fold what merely follows into its cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from geo.model.errors import OneMapError, shown
from geo.validation.codes import ProblemCode, ProblemText, Severity
from geo.validation.texts import (
    BOOK_TEXTS,
    CAMPAIGN_TEXTS,
    CELL_TEXTS,
    DUTY_TEXTS,
    FEATURE_TEXTS,
    FILE_TEXTS,
    SUPERVISION_TEXTS,
    TABLE_TEXTS,
)
from locales import CLAUSES, Label, Language, Text, joined

PARAM_MAX: Final = 400

PROBLEM_TEXTS: Final[Mapping[ProblemCode, ProblemText]] = MappingProxyType(
    FILE_TEXTS
    | CAMPAIGN_TEXTS
    | FEATURE_TEXTS
    | TABLE_TEXTS
    | DUTY_TEXTS
    | SUPERVISION_TEXTS
    | BOOK_TEXTS
    | CELL_TEXTS,
)

_ROW: Final = Text("row {row}")
_FEATURE: Final = Text("feature {row}")
_COLUMN: Final = Text("column {column}")


def _plain(value: str) -> str:
    return shown(value, PARAM_MAX)[1:-1]


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold one problem of the data.

    `row` is the line of a CSV file on which the record starts (the header is line 1), the row of a
    workbook's sheet, the ordinal of a GeoJSON feature (the first is 1), or None where the whole file
    is meant. A sheet is named in `file` after the workbook: `ledger.xlsx / Ledger`. `column` is a
    column, property or dotted key, empty where none is meant. `value` is the value as it was
    written, unshortened. `params` fill the sentence.
    """

    code: ProblemCode
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """`error` where something could not be used, `warning` where it should only be checked."""
        return PROBLEM_TEXTS[self.code].severity

    @property
    def message_text(self) -> Label:
        """One sentence: what is wrong, the value, and what is allowed."""
        return self._filled(PROBLEM_TEXTS[self.code].message)

    @property
    def remedy_text(self) -> Label:
        """One sentence: how to mend it."""
        return self._filled(PROBLEM_TEXTS[self.code].remedy)

    @property
    def place_text(self) -> Label:
        """File, row and column."""
        row = _FEATURE if self.file.endswith(".geojson") else _ROW
        column = _plain(self.column) if self.file.endswith(".toml") else _COLUMN.fill(column=_plain(self.column))
        parts = [
            self.file,
            None if self.row is None else row.fill(row=self.row),
            column if self.column else None,
        ]
        return joined((part for part in parts if part), CLAUSES)

    def message(self, lang: Language) -> str:
        """Return what is wrong in one language."""
        return self.message_text.get(lang)

    def remedy(self, lang: Language) -> str:
        """Return how to mend it in one language."""
        return self.remedy_text.get(lang)

    def place(self, lang: Language) -> str:
        """Return where it is in one language."""
        return self.place_text.get(lang)

    @property
    def sentence_text(self) -> Label:
        """Place, message and remedy in one line."""
        return Text(
            "{place}: {message} {remedy}", place=self.place_text, message=self.message_text, remedy=self.remedy_text
        )

    def sentence(self, lang: Language) -> str:
        """Return place, message and remedy in one line."""
        return self.sentence_text.get(lang)

    def _filled(self, template: Text) -> Text:
        named = {name: _plain(text) for name, text in self.params.items()}
        return template.fill(
            **named,
            file=_plain(self.file),
            column=_plain(self.column),
            value=shown(self.value),
        )


class ProblemLog:
    """Collect the problems of one file."""

    def __init__(self, file: str) -> None:
        """Start empty."""
        self.file = file
        self._problems: list[Problem] = []

    def add(
        self,
        code: ProblemCode,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        **params: str,
    ) -> None:
        """Note one problem; `params` fill the places that its sentence names."""
        self._problems.append(Problem(code, self.file, row, column, value, MappingProxyType(params)))

    def in_order(self) -> list[Problem]:
        """Return the problems by row, those of the whole file first."""
        return sorted(self._problems, key=lambda problem: problem.row or 0)


Place = tuple[str, int]
"""File and ordinal of a feature."""


def fold_followers(
    problems: Sequence[Problem],
    *,
    left_out: Mapping[str, Place],
    sources: Mapping[ProblemCode, Sequence[str]],
) -> list[Problem]:
    """Return the problems with each group of mere consequences as one.

    References to a feature that was left out become one problem at that feature. Where a file could
    not be read as a whole, nobody knows which ids it holds: references that it might have satisfied
    become one problem of each file that refers to it.

    Parameters
    ----------
    problems
        Problems of all files.
    left_out
        Where each feature stands that was read and is not used, by id.
    sources
        Files that hold what a problem of this code did not find.
    """
    unread = {problem.file for problem in problems if problem.row is None and problem.severity == "error"}
    kept: list[Problem] = []
    to_feature: dict[str, list[Problem]] = {}
    to_files: dict[tuple[str, tuple[str, ...]], list[Problem]] = {}
    for problem in problems:
        causes = tuple(file for file in sources.get(problem.code, ()) if file in unread)
        if problem.code == ProblemCode.UNKNOWN_FEATURE and problem.value in left_out:
            to_feature.setdefault(problem.value, []).append(problem)
        elif causes:
            to_files.setdefault((problem.file, causes), []).append(problem)
        else:
            kept.append(problem)
    kept += [_left_out(key, left_out[key], found) for key, found in to_feature.items()]
    return kept + [_unchecked(file, causes, len(found)) for (file, causes), found in to_files.items()]


def roots_first(problems: Sequence[Problem], files: Sequence[str]) -> list[Problem]:
    """Return the problems, errors before warnings, then by file in the order given, then by row."""
    rank = {file: number for number, file in enumerate(files)}
    return sorted(problems, key=lambda one: (one.severity != "error", rank.get(one.file, len(rank)), one.row or 0))


def _left_out(feature: str, place: Place, found: Sequence[Problem]) -> Problem:
    tasks = [problem.params["record"] for problem in found if problem.column == "features"]
    reports = len(found) - len(tasks)
    params = {"tasks": ", ".join(tasks) or "0", "reports": str(reports)}
    return Problem(ProblemCode.FEATURE_LEFT_OUT, *place, column="id", value=feature, params=params)


def _unchecked(file: str, causes: Sequence[str], number: int) -> Problem:
    params = {"source": ", ".join(causes), "number": str(number)}
    return Problem(ProblemCode.REFERENCES_UNCHECKED, file, params=params)


class CampaignError(OneMapError, ValueError):
    """Say why a campaign cannot be opened: file, key, value and mend, in both languages."""

    def __init__(self, problem: Problem) -> None:
        """Wrap the problem of one key of campaign.toml."""
        super().__init__(problem.message_text)
        self.problem = problem

    def __str__(self) -> str:
        """Return place, message and remedy in English, for the log."""
        return self.problem.sentence("en")

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.problem.file

    @property
    def key(self) -> str:
        """Dotted key, empty where the whole file is meant."""
        return self.problem.column

    @property
    def value(self) -> str:
        """Value as it was written, empty where there is none."""
        return self.problem.value

    def remedy(self, lang: Language) -> str:
        """Return how to mend it."""
        return self.problem.remedy(lang)
