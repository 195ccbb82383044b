"""Rows of the ledger are shown as a person reads them."""

from __future__ import annotations

import pytest

from geo.ledger.form import LIST_JOINER, Choice, Choices, Column, Kind
from geo.ledger.rows import JOINER, shown
from locales import same

SPELLING = {Choice.UNIT: Choices({"roads": "市道路局", "parks": "停车集团"}, {})}


@pytest.mark.parametrize(
    ("value", "kind", "choice", "text"),
    [
        ("90", Kind.PERCENT, None, "90%"),
        ("", Kind.PERCENT, None, ""),
        ("90", Kind.TEXT, None, "90"),
        ("parks", Kind.CHOICE, Choice.UNIT, "停车集团"),
        (f"parks{JOINER}roads", Kind.CHOICES, Choice.UNIT, f"停车集团{LIST_JOINER}市道路局"),
        (f"parks{JOINER}roads", Kind.CHOICE, Choice.UNIT, f"parks{JOINER}roads"),
    ],
)
def test_a_canonical_text_is_shown_with_names_and_per_cent(
    value: str, kind: Kind, choice: Choice | None, text: str
) -> None:
    assert shown(value, Column("field", same("Field"), 10, kind, choice), SPELLING) == text
