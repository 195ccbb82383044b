"""Describe what is wrong with data: where, which value, and how to mend it, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from geo.model.status import Label, Lang
from geo.validation.codes import ProblemCode, ProblemText, Severity
from geo.validation.texts_duty import DUTY_TEXTS
from geo.validation.texts_files import CAMPAIGN_TEXTS, FILE_TEXTS
from geo.validation.texts_rows import FEATURE_TEXTS, TABLE_TEXTS
from geo.validation.texts_supervision import SUPERVISION_TEXTS
from geo.validation.texts_workbook import BOOK_TEXTS, CELL_TEXTS

__all__ = ["PROBLEM_TEXTS", "Problem", "ProblemCode", "ProblemLog", "Severity", "shown"]

VALUE_MAX: Final = 80
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

_ROW: Final = Label("第 {row} 行", "row {row}")
_FEATURE: Final = Label("第 {row} 个要素", "feature {row}")
_COLUMN: Final = Label("{column} 列", "column {column}")
_KEY: Final = Label("{column}", "{column}")


def shown(value: str, limit: int = VALUE_MAX) -> str:
    """Return a value in quotes, unprintable characters escaped, cut to `limit` characters."""
    return repr(value if len(value) <= limit else value[: limit - 1] + "…")


def _plain(value: str) -> str:
    return shown(value, PARAM_MAX)[1:-1]


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold one problem of the data.

    `row` is the line of a CSV file on which the record starts (the header is line 1), the row of a
    workbook's sheet, the ordinal of a GeoJSON feature (the first is 1), or None where the whole file
    is meant. A sheet is named in `file` after the workbook: `ledger.xlsx / 台账`. `column` is a
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

    def message(self, lang: Lang) -> str:
        """Return one sentence: what is wrong, the value, and what is allowed."""
        return self._filled(PROBLEM_TEXTS[self.code].message.get(lang))

    def mend(self, lang: Lang) -> str:
        """Return one sentence: how to mend it."""
        return self._filled(PROBLEM_TEXTS[self.code].mend.get(lang))

    def place(self, lang: Lang) -> str:
        """Return file, row and column as words."""
        row = _FEATURE if self.file.endswith(".geojson") else _ROW
        column = _KEY if self.file.endswith(".toml") else _COLUMN
        parts = [
            self.file,
            "" if self.row is None else row.get(lang).format(row=self.row),
            column.get(lang).format(column=_plain(self.column)) if self.column else "",
        ]
        return ("，" if lang == "zh" else ", ").join(part for part in parts if part)

    def sentence(self, lang: Lang) -> str:
        """Return place, message and mend in one line."""
        colon, gap = ("：", "") if lang == "zh" else (": ", " ")
        return f"{self.place(lang)}{colon}{self.message(lang)}{gap}{self.mend(lang)}"

    def _filled(self, template: str) -> str:
        named = {name: _plain(text) for name, text in self.params.items()}
        return template.format(
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
