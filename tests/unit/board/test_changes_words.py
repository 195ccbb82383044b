"""How a task moved is said in both languages; since when it is told follows the meetings of the campaign."""

from datetime import UTC, date, datetime

import pytest

from data.campaign.load import load_campaign
from geo.model.status import Light, Status
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from geo.tasks.changes import Direction, Move, TaskChange, TaskState, direction_of
from locales import Label
from services.board.changes import instant_since, meetings_before, moved_how
from settings import DEFAULT_CAMPAIGN

CAMPAIGN = load_campaign(DEFAULT_CAMPAIGN).campaign
UNTIL = CAMPAIGN.instant_of(date(2020, 9, 15))
AT = datetime(2020, 9, 12, 2, tzinfo=UTC)
WAS = TaskState(Status.IN_PROGRESS, 45, Light.YELLOW, date(2020, 9, 10), late=False, lead_unit="qingpu", features=())
NOW = TaskState(Status.BLOCKED, 45, Light.RED, date(2020, 9, 11), late=True, lead_unit="qingpu", features=())


def _said(move: Move, before: TaskState | None = WAS, after: TaskState | None = NOW) -> Label:
    steps = (
        SupervisionEvent("T01", EscalationLevel.URGE, Act.ISSUE, "qingpu", "", None, AT, "", 1),
        SupervisionEvent("T01", EscalationLevel.URGE, Act.CLOSE, "qingpu", "", None, AT, "", 2),
    )
    return moved_how(TaskChange("T01", before, after, (move,), ("lead_unit", "priority"), steps), move)


@pytest.mark.parametrize(
    ("move", "zh", "en"),
    [
        (Move.NEWLY_LATE, "2020-09-11 到期，受阻 45%", "due on 2020-09-11, blocked 45%"),
        (Move.NEWLY_BLOCKED, "推进中 45% → 受阻 45%", "In progress 45% → Blocked 45%"),
        (Move.SLIPPED, "2020-09-10 → 2020-09-11（推迟 1 天）", "2020-09-10 → 2020-09-11 (1 day later)"),
        (Move.SUPERVISED, "催办发出、办结", "Urge: issued, Closed"),
        (Move.REDEFINED, "牵头单位、优先级", "Lead unit, Priority"),
        (Move.PROGRESSED, "45% → 45%", "45% → 45%"),
        (Move.OTHER, "临近到期 → 超期或受阻", "Due soon → Late or blocked"),
    ],
)
def test_each_move_is_said_in_both_languages(move: Move, zh: str, en: str) -> None:
    assert (_said(move).zh, _said(move).en) == (zh, en)


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize(("before", "after"), [(WAS, NOW), (None, NOW), (WAS, None)])
def test_every_move_can_be_said_of_new_and_gone_tasks_too(
    move: Move, before: TaskState | None, after: TaskState | None
) -> None:
    said = _said(move, before, after)
    assert bool(said.zh) == bool(said.en)
    assert "None" not in said.zh + said.en


def test_a_due_date_that_is_taken_away_is_said() -> None:
    without = TaskState(Status.BLOCKED, 45, Light.RED, None, late=False, lead_unit="qingpu", features=())
    said = _said(Move.SLIPPED, WAS, without)
    assert (said.zh, said.en) == ("2020-09-10 → 无时限", "2020-09-10 → no due date")
    assert _said(Move.BROUGHT_FORWARD, NOW, WAS).en == "2020-09-11 → 2020-09-10 (1 day earlier)"


def test_a_move_for_the_worse_outweighs_one_for_the_better() -> None:
    assert direction_of((Move.NEWLY_LATE, Move.UNBLOCKED)) is Direction.WORSE
    assert direction_of((Move.DONE, Move.SUPERVISED)) is Direction.BETTER
    assert direction_of((Move.PROGRESSED,)) is Direction.MOVED


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, "2020-09-10T14:00:00+08:00"),
        (date(2020, 8, 27), "2020-08-27T14:00:00+08:00"),
        (date(2020, 8, 28), "2020-08-28T23:59:59.999999+08:00"),
        (date(2020, 9, 15), "2020-09-10T14:00:00+08:00"),
        (date(2020, 12, 1), "2020-09-10T14:00:00+08:00"),
    ],
)
def test_since_when_changes_are_told(day: date | None, expected: str) -> None:
    assert instant_since(CAMPAIGN, day, UNTIL) == datetime.fromisoformat(expected)


def test_a_meeting_counts_from_its_own_start() -> None:
    meeting = datetime.fromisoformat("2020-09-10T14:00:00+08:00")
    assert meetings_before(CAMPAIGN, meeting)[0] == datetime.fromisoformat("2020-08-27T14:00:00+08:00")
    assert instant_since(CAMPAIGN, None, CAMPAIGN.instant_of(date(2020, 9, 10))) == meeting


def test_before_the_first_meeting_it_is_told_from_the_first_day() -> None:
    until = CAMPAIGN.instant_of(date(2020, 3, 1))
    assert instant_since(CAMPAIGN, None, until) == CAMPAIGN.instant_of(CAMPAIGN.start)
    assert meetings_before(CAMPAIGN, until) == ()
