"""Name every kind of problem that data can have, and the form of what is said about it."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Literal

from locales import Text

Severity = Literal["error", "warning"]


class ProblemCode(StrEnum):
    """Name of each kind of problem."""

    MISSING_FILE = auto()
    UNREADABLE_FILE = auto()
    EMPTY_FILE = auto()
    NOT_TEXT = auto()
    OTHER_ENCODING = auto()
    NOT_JSON = auto()
    TOO_DEEP = auto()
    NOT_FEATURE_COLLECTION = auto()
    WRONG_CRS = auto()
    NOT_CSV = auto()
    MISSING_COLUMN = auto()
    WRONG_CELL_COUNT = auto()
    NOT_A_FEATURE = auto()
    MISSING_ID = auto()
    DUPLICATE_ID = auto()
    UNKNOWN_KIND = auto()
    NO_GEOMETRY = auto()
    BROKEN_GEOMETRY = auto()
    NOT_FINITE = auto()
    WRONG_GEOMETRY_TYPE = auto()
    INVALID_GEOMETRY = auto()
    COORDINATES_IN_METRES = auto()
    SWAPPED_LON_LAT = auto()
    OUTSIDE_EXTENT = auto()
    MISSING_NAME = auto()
    LONG_NAME = auto()
    BAD_ACCURACY = auto()
    BAD_PLAUSIBLE = auto()
    LONG_SIGN = auto()
    ZONES_DIFFER = auto()
    FEATURE_LEFT_OUT = auto()
    NO_FEATURE = auto()
    UNKNOWN_FEATURE = auto()
    REFERENCES_UNCHECKED = auto()
    UNKNOWN_UNIT = auto()
    UNKNOWN_CATEGORY = auto()
    UNKNOWN_PRIORITY = auto()
    UNKNOWN_TASK = auto()
    UNKNOWN_STATUS = auto()
    UNKNOWN_DIFFICULTY = auto()
    NOT_A_DATE = auto()
    DUE_BEFORE_START = auto()
    NOT_A_TIME = auto()
    NO_OFFSET = auto()
    BAD_PERCENT = auto()
    DUTY_NOBODY = auto()
    DUTY_BAD_PHONE = auto()
    DUTY_NOT_A_TIME = auto()
    DUTY_END_NOT_AFTER_START = auto()
    DUTY_OVERLAP = auto()
    DUTY_GAP = auto()
    ACT_UNKNOWN_TASK = auto()
    UNKNOWN_RUNG = auto()
    UNKNOWN_ACT = auto()
    ACT_NOT_A_TIME = auto()
    ACT_OUT_OF_ORDER = auto()
    ACT_WRONG_UNIT = auto()
    ACT_NO_TEXT = auto()
    ACT_WRONG_DEADLINE = auto()
    NOT_TOML = auto()
    MISSING_KEY = auto()
    WRONG_TYPE = auto()
    BAD_SETTING = auto()
    BOOK_TOO_LARGE = auto()
    BOOK_NOT_XLSX = auto()
    BOOK_ENCRYPTED = auto()
    BOOK_MACROS = auto()
    BOOK_BOMB = auto()
    BOOK_BROKEN = auto()
    BOOK_NO_LEDGER = auto()
    BOOK_MISSING_COLUMN = auto()
    BOOK_TOO_MANY_ROWS = auto()
    BOOK_OTHER_CAMPAIGN = auto()
    BOOK_BASE_BROKEN = auto()
    BOOK_NO_BASE = auto()
    BOOK_UNITS_FIXED = auto()
    ROW_WITHOUT_ID = auto()
    ROW_REPEATED = auto()
    ROW_REMOVED = auto()
    PAST_UPDATE_CHANGED = auto()
    TWO_STATEMENTS = auto()
    CELL_FAULT = auto()
    CELL_MISSING = auto()
    CELL_UNKNOWN = auto()
    CELL_NOT_A_DATE = auto()
    CELL_NOT_A_TIME = auto()
    CELL_FUTURE = auto()
    CELL_BAD_PERCENT = auto()
    CELL_TOO_LONG = auto()
    CELL_MOVE = auto()
    CELL_SIGN_OFF = auto()
    CELL_DEMANDED = auto()


@dataclass(frozen=True, slots=True)
class ProblemText:
    """Hold what is said about one kind of problem."""

    severity: Severity
    message: Text
    remedy: Text


def error_text(message: Text, remedy: Text) -> ProblemText:
    """Make the text of a problem that keeps something from being used."""
    return ProblemText("error", message, remedy)


def warning_text(message: Text, remedy: Text) -> ProblemText:
    """Make the text of a problem that keeps nothing from being used."""
    return ProblemText("warning", message, remedy)
