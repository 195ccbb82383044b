"""Hold what a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from geo.model.status import Label

_NOTHING: Final = Label("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing: where it was looked for, what was found, how it is mended, and how bad it is."""

    area: Label
    what: Label
    mend: Label = _NOTHING
    severity: Literal["fine", "warning", "error"] = "fine"


def fine(area: Label, what: Label) -> Finding:
    """Say that something is as it should be."""
    return Finding(area, what)


def wrong(area: Label, what: Label, mend: Label) -> Finding:
    """Say what is wrong and how it is mended."""
    return Finding(area, what, mend, "error")
