"""Make acts of supervision, and draw random histories of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from geo.model.supervision import ESCALATION_LEVELS, Act, EscalationLevel, SupervisionEvent

TZ = ZoneInfo("Asia/Shanghai")
START = datetime(2020, 9, 1, 2, tzinfo=UTC)
TASK = "T01"


def act(
    what: Act,
    rung: EscalationLevel = EscalationLevel.REMIND,
    *,
    day: float = 0,
    deadline: date | None = None,
    unit: str = "roads",
    task: str = TASK,
) -> SupervisionEvent:
    """Make an act that the store learnt of so many days after `START`."""
    at = START + timedelta(days=day)
    return SupervisionEvent(task, rung, what, unit, f"{what} {rung}", deadline, at, "somebody", round(day * 1000) + 1)


def _event(order: int, drawn: tuple[str, Act, EscalationLevel, int, int | None]) -> SupervisionEvent:
    task, what, rung, hours, reply_days = drawn
    at = START + timedelta(hours=30 * order + hours)
    deadline = None if reply_days is None else (at + timedelta(days=reply_days)).date()
    return SupervisionEvent(task, rung, what, "roads", "text", deadline, at, "somebody", order + 1)


_drawn = st.tuples(
    st.sampled_from(("T01", "T02")),
    st.sampled_from([*Act, Act.ISSUE, Act.ISSUE]),
    st.sampled_from(ESCALATION_LEVELS),
    st.integers(0, 29),
    st.none() | st.integers(0, 4),
)
histories = st.lists(_drawn, max_size=14).map(lambda rows: tuple(_event(*one) for one in enumerate(rows)))
"""Acts on two tasks in the order of time, many of which the rules refuse."""

instants = st.integers(0, 24 * 25).map(lambda hours: START + timedelta(hours=hours))
