r"""Say which act of supervision may follow which: one table, which services ask and the fold keeps to.

stands \ act    issue             receipt   reply   close
never, closed  any rung          -         -       -
issued         not below         yes       yes     yes
received       not below         -         yes     yes
answered       not below         -         yes     yes

Issuing and closing are the supervising side's, receipt and reply the addressee's.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo.model.status import Label
from geo.supervision.acts import ACT_LABELS, RUNG_LABELS, RUNG_RANK, RUNGS, Act, Rung, SupervisionEvent

if TYPE_CHECKING:
    from geo.supervision.ladder import Ladder


class Standing(StrEnum):
    """Where a ladder stands, as far as it decides what may follow."""

    NONE = "none"
    ISSUED = "issued"
    RECEIVED = "received"
    ANSWERED = "answered"


FOLLOWS: Final[Mapping[Standing, frozenset[Act]]] = MappingProxyType(
    {
        Standing.NONE: frozenset({Act.ISSUE}),
        Standing.ISSUED: frozenset({Act.ISSUE, Act.RECEIPT, Act.REPLY, Act.CLOSE}),
        Standing.RECEIVED: frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE}),
        Standing.ANSWERED: frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE}),
    },
)
"""Which acts may come next."""

TEXT_ACTS: Final = frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE})
"""Acts that must say something."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Say what is wrong with one field of an act: `need` is a sentence that tells what to do."""

    field: str
    need: Label


def permits(standing: Standing, rung: Rung | None, event: SupervisionEvent) -> bool:
    """Tell whether an act may follow.

    Parameters
    ----------
    standing
        Where the task's ladder stands.
    rung
        Rung of its last step; counts where the ladder is open.
    event
        The act. An answer must name the rung that it answers.
    """
    if event.act not in FOLLOWS[standing]:
        return False
    if event.act is Act.ISSUE:
        return event.rung in RUNGS and (standing is Standing.NONE or rung is None or not _below(event.rung, rung))
    return event.act is Act.CLOSE or event.rung == rung


def issuable(ladder: "Ladder | None") -> tuple[Rung, ...]:
    """Return the rungs that may be issued next, mildest first."""
    if ladder is None or not ladder.open:
        return RUNGS
    return tuple(rung for rung in RUNGS if not _below(rung, ladder.last.rung))


def check_act(
    ladder: "Ladder | None",
    event: SupervisionEvent,
    *,
    units: Collection[str],
    today: date,
) -> tuple[Fault, ...]:
    """Return everything that is wrong with an act before it is stored, empty where nothing is.

    Parameters
    ----------
    ladder
        The task's ladder as it stands, None where it was never supervised.
    event
        The act that somebody wants.
    units
        Lead and supporting units of the task; one of them is addressed.
    today
        Day of the act in the campaign's time zone.
    """
    return (*_order(ladder, event), *_addressee(ladder, event, units), *_content(event, today))


def _below(rung: Rung, other: Rung) -> bool:
    return RUNG_RANK[rung] < RUNG_RANK[other]


def _order(ladder: "Ladder | None", event: SupervisionEvent) -> Iterator[Fault]:
    standing = Standing.NONE if ladder is None else ladder.standing
    rung = None if ladder is None else ladder.last.rung
    if event.act not in FOLLOWS[standing]:
        yield Fault("act", _impossible(standing, event.act))
    elif not permits(standing, rung, event):
        choices = issuable(ladder) if event.act is Act.ISSUE else tuple(filter(None, (rung,)))
        yield Fault("rung", _wrong_rung(event.rung, choices))


def _addressee(ladder: "Ladder | None", event: SupervisionEvent, units: Collection[str]) -> Iterator[Fault]:
    if event.act is Act.ISSUE and event.unit not in units:
        yield Fault(
            "addressee",
            Label("应为任务的牵头或配合单位，请重选。", "is the lead or a supporting unit of the task; choose one."),
        )
    if event.act is not Act.ISSUE and ladder is not None and ladder.open and event.unit != ladder.last.unit:
        yield Fault(
            "addressee",
            Label("本次督办已改送其他单位，请刷新后再试。", "has changed since; open the task anew and try again."),
        )


def _content(event: SupervisionEvent, today: date) -> Iterator[Fault]:
    if event.act in TEXT_ACTS and not event.text.strip():
        yield Fault("text", _TEXT_NEEDS[event.act])
    if event.act is Act.ISSUE and event.deadline is not None and event.deadline < today:
        day = today.isoformat()
        yield Fault("deadline", Label(f"不能早于 {day}。", f"cannot be before {day}."))
    if event.act is not Act.ISSUE and event.deadline is not None:
        yield Fault("deadline", Label("只在发出督办时设定。", "is set only where a rung is issued."))


def _impossible(standing: Standing, act: Act) -> Label:
    state, name = _STANDINGS[standing], ACT_LABELS[act]
    return Label(
        f"{state.zh}，不能再“{name.zh}”。请刷新后查看最新情况。",
        f"{state.en}, so it cannot be “{name.en.lower()}” now. Open the task anew to see where it stands.",
    )


def _wrong_rung(rung: Rung, choices: tuple[Rung, ...]) -> Label:
    names = [RUNG_LABELS[one] for one in choices]
    return Label(
        f"不能是“{RUNG_LABELS[rung].zh}”。可选：{'、'.join(name.zh for name in names)}。",
        f"cannot be “{RUNG_LABELS[rung].en}”. Choose one of: {', '.join(name.en for name in names)}.",
    )


_TEXT_NEEDS: Final[Mapping[Act, Label]] = MappingProxyType(
    {
        Act.ISSUE: Label("请写明要求。", "say what is demanded."),
        Act.REPLY: Label("请写明办理情况。", "say what was done."),
        Act.CLOSE: Label("请写明办结理由。", "say why it is closed."),
    },
)
_STANDINGS: Final[Mapping[Standing, Label]] = MappingProxyType(
    {
        Standing.NONE: Label("该任务没有进行中的督办", "No supervision of this task is open"),
        Standing.ISSUED: Label("督办已发出", "The supervision has been issued"),
        Standing.RECEIVED: Label("督办已签收", "Its receipt has been confirmed"),
        Standing.ANSWERED: Label("督办已回复", "It has been answered"),
    },
)
