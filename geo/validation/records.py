"""Read one record of a table, noting what is wrong with its cells."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from geo.model.campaign import NAME_MAX
from geo.validation.codes import ProblemCode
from geo.validation.problem import ProblemLog

Rows = Sequence[tuple[int, Mapping[str, str]]]
"""Line on which each record starts, and its cells by column; absent columns are reported before."""


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one record with an id of its own; problems of its cells go to `log`."""

    row: int
    id: str
    cells: Mapping[str, str]
    log: ProblemLog

    def text(self, column: str) -> str:
        """Return a cell without white space around it, empty where the column is absent."""
        return self.cells.get(column, "").strip()

    def verbatim(self, column: str) -> str:
        """Return a cell as it was written, empty where the column is absent."""
        return self.cells.get(column, "")

    def note(self, code: ProblemCode, column: str, value: str, **params: str) -> None:
        """Note a problem of a cell; an absent column is reported once for the file, not here.

        The problem has the id of the record as its parameter `record`.
        """
        if column in self.cells:
            self.log.add(code, row=self.row, column=column, value=value, record=self.id, **params)

    def one_of(self, column: str, allowed: Collection[str], code: ProblemCode) -> str:
        """Return a cell as `text` does; note it where it is not among what is allowed."""
        value = self.text(column)
        if value not in allowed:
            self.note(code, column, value, allowed=", ".join(allowed))
        return value

    def known(self, column: str, ids: Collection[str], code: ProblemCode) -> str:
        """Return the id in a cell; note it where there is no such id."""
        value = self.text(column)
        if value not in ids:
            self.note(code, column, value)
        return value

    def both(self, column_zh: str, column_en: str) -> tuple[str, str]:
        """Return the names of both languages; the other or the id stands in for an empty one."""
        for column in (column_zh, column_en):
            if column in self.cells:
                check_name(self.cells[column], row=self.row, column=column, log=self.log)
        return stand_in(self.verbatim(column_zh), self.verbatim(column_en), self.id)


def records_of(rows: Rows, log: ProblemLog) -> list[Record]:
    """Return the rows that have an id of their own, the first of each id; note the others."""
    found: dict[str, Record] = {}
    for row, cells in rows:
        key = cells.get("id", "").strip()
        if key and key not in found:
            found[key] = Record(row, key, cells, log)
        elif key:
            log.add(ProblemCode.DUPLICATE_ID, row=row, column="id", value=key)
        elif "id" in cells:
            log.add(ProblemCode.MISSING_ID, row=row, column="id", value=cells["id"])
    return list(found.values())


def check_name(text: str, *, row: int, column: str, log: ProblemLog) -> None:
    """Note a name that is empty or longer than `NAME_MAX` characters."""
    if not text.strip():
        log.add(ProblemCode.MISSING_NAME, row=row, column=column, value=text)
    elif len(text) > NAME_MAX:
        size = {"length": str(len(text)), "allowed": str(NAME_MAX)}
        log.add(ProblemCode.LONG_NAME, row=row, column=column, value=text, **size)


def stand_in(zh: str, en: str, key: str) -> tuple[str, str]:
    """Return both names, with the other one or else the id in place of one that is blank."""
    first, second = (name if name.strip() else "" for name in (zh, en))
    return first or second or key, second or first or key
