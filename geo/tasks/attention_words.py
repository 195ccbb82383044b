"""Put into one sentence, in both languages, what a task needs and why a light is what it is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from geo.model.kinds import UnitKind
from geo.model.status import DIFFICULTY_LABELS, DifficultyKind, Label
from geo.supervision.acts import RUNG_LABELS, Rung
from geo.tasks.attention import Need, Reason, ReasonKind

_NOTICES: Final[Mapping[Rung, str]] = MappingProxyType(
    {
        Rung.REMIND: "reminder",
        Rung.URGE: "urging notice",
        Rung.SUPERVISE: "supervision notice",
        Rung.CIRCULATE: "circular",
        Rung.CLOSE: "closing notice",
    },
)


def days_en(days: int) -> str:
    """Return a number of days in English: "1 day", "2 days"."""
    return f"{days} day" if days == 1 else f"{days} days"


def unit_label(units: pd.DataFrame | None, unit: str) -> Label:
    """Return the short name of a unit as a sentence uses it, its id where it is not known.

    A district is called so in English, where its short name alone would be a place.
    """
    if units is None or unit not in units.index:
        return Label(unit, unit)
    row = units.loc[unit]
    district = " district" if row["kind"] == UnitKind.DISTRICT else ""
    return Label(str(row["short_zh"]), f"{row['short_en']}{district}")


def sentence(need: Need, units: pd.DataFrame | None) -> Label:
    """Return why a task needs somebody, and who answers: "7 days overdue, no report for 16 days, Changning district".

    Parameters
    ----------
    need
        One entry of `geo.tasks.attention.attention`.
    units
        UNIT_COLUMNS, indexed by id; ids stand for names without it.
    """
    clauses = [clause(reason) for reason in need.reasons]
    for place, reason in enumerate(need.reasons):
        if reason.addressee not in {"", need.unit}:
            clauses[place] = _bracketed(clauses[place], unit_label(units, reason.addressee))
    return joined([*clauses, unit_label(units, need.unit)])


def joined(clauses: list[Label]) -> Label:
    """Return clauses as one sentence without a full stop; the English one begins with a capital."""
    en = ", ".join(one.en for one in clauses)
    return Label("，".join(one.zh for one in clauses), en[:1].upper() + en[1:])


def clause(reason: Reason) -> Label:
    """Return one reason as a clause of a sentence."""
    return _CLAUSES[reason.kind](reason)


def _bracketed(label: Label, inner: Label) -> Label:
    return Label(f"{label.zh}（{inner.zh}）", f"{label.en} ({inner.en})")


def _overdue(reason: Reason) -> Label:
    return Label(f"超期 {reason.days} 天", f"{days_en(reason.days)} overdue")


def _due_soon(reason: Reason) -> Label:
    if reason.days == 0:
        return Label("今天到期", "due today")
    return Label(f"还有 {reason.days} 天到期", f"due in {days_en(reason.days)}")


def _blocked(reason: Reason) -> Label:
    label = Label(f"受阻 {reason.days} 天", f"blocked for {days_en(reason.days)}")
    if reason.days == 0:
        label = Label("今天受阻", "blocked since today")
    kind = difficulty_label(reason.difficulty_kind)
    return _bracketed(label, kind) if kind else label


def difficulty_label(kind: Any) -> Label | None:  # noqa: ANN401  a cell of a frame
    """Return the name of a kind of difficulty where it says something: not of `other`, nor of none."""
    known = kind in DIFFICULTY_LABELS and kind != DifficultyKind.OTHER
    return DIFFICULTY_LABELS[DifficultyKind(kind)] if known else None


def _stale(reason: Reason) -> Label:
    return Label(f"{reason.days} 天未报进展", f"no report for {days_en(reason.days)}")


def _unreported(reason: Reason) -> Label:
    if reason.days == 0:
        return Label("计划今天开工，未报进展", "no report since the planned start today")
    return Label(
        f"计划开工已 {reason.days} 天未报进展", f"no report since the planned start {days_en(reason.days)} ago"
    )


def _notice(reason: Reason) -> tuple[str, str]:
    rung = reason.rung or Rung.SUPERVISE
    return RUNG_LABELS[rung].zh, _NOTICES[rung]


def _reply_overdue(reason: Reason) -> Label:
    zh, en = _notice(reason)
    return Label(f"{zh}回复超期 {reason.days} 天", f"reply to the {en} {days_en(reason.days)} overdue")


def _no_receipt(reason: Reason) -> Label:
    zh, en = _notice(reason)
    if reason.days == 0:
        return Label(f"{zh}今天发出未签收", f"{en} sent today without receipt")
    return Label(f"{zh} {reason.days} 天未签收", f"{en} without receipt for {days_en(reason.days)}")


def _no_reply(reason: Reason) -> Label:
    zh, en = _notice(reason)
    if reason.days == 0:
        return Label(f"{zh}今天签收未回复", f"{en} received today without reply")
    return Label(f"{zh}签收 {reason.days} 天未回复", f"{en} without reply for {days_en(reason.days)}")


_CLAUSES: Final[Mapping[ReasonKind, Callable[[Reason], Label]]] = MappingProxyType(
    {
        ReasonKind.OVERDUE: _overdue,
        ReasonKind.BLOCKED: _blocked,
        ReasonKind.REPLY_OVERDUE: _reply_overdue,
        ReasonKind.NO_RECEIPT: _no_receipt,
        ReasonKind.NO_REPLY: _no_reply,
        ReasonKind.DUE_SOON: _due_soon,
        ReasonKind.STALE: _stale,
        ReasonKind.UNREPORTED: _unreported,
    },
)
