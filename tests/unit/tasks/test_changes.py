"""What moved between two instants, applied to the first board, gives the second one."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded, load_campaign
from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.status import FINISHED, Light, Status
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from geo.tasks.changes import (
    DIRECTION_LABELS,
    MOVE_LABELS,
    Changes,
    Direction,
    Move,
    TaskChange,
    TaskState,
    apply,
    changes,
    counts_by_unit,
    counts_by_zone,
    direction_of,
    marks,
    moves_between,
    state_of,
)
from geo.tasks.joins import Board, build_board
from settings import DEFAULT_CAMPAIGN
from tests.support.strategies import CAMPAIGN, UNITS_KNOWN, World, tasks, worlds

NOON = datetime(2020, 9, 15, 4, tzinfo=UTC)
instants = st.datetimes(datetime(2020, 8, 25), datetime(2020, 10, 5), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants naive bounds


@dataclass(frozen=True)
class History:
    """A world whose reports are spread over six weeks, and whose definitions change once."""

    world: World
    later: tuple[Task, ...]
    changed_at: datetime
    updates: tuple[StatusUpdate, ...]

    def board(self, as_of: datetime) -> Board:
        ledger = tasks_frame(self.world.tasks if as_of < self.changed_at else self.later)
        frames = ledger, updates_frame(self.updates)
        return build_board(self.world.features, *frames, CAMPAIGN, as_of, units=UNITS_KNOWN)


@st.composite
def histories(draw: st.DrawFn) -> History:
    world = draw(worlds())
    fresh = draw(st.lists(tasks, unique_by=lambda task: task.id))
    kept = [task for task in world.tasks if draw(st.booleans())]
    dues = st.none() | st.dates(date(2020, 9, 1), date(2020, 10, 1))
    moved = [replace(task, due=draw(dues)) if draw(st.booleans()) else task for task in kept]
    later = {task.id: task for task in [*fresh, *moved]}
    spread = tuple(replace(one, reported_at=draw(instants)) for one in world.updates)
    return History(world, tuple(later.values()), draw(instants), spread)


@given(histories(), instants, instants)
def test_changes_applied_to_the_first_board_give_the_second(history: History, one: datetime, other: datetime) -> None:
    before, after = history.board(one), history.board(other)
    found = apply(changes(before, after), before)
    assert found == state_of(after)
    assert list(found.tasks) == list(after.tasks.index)
    assert [found.features[feature] for feature in after.features.index] == list(after.features["light"])
    told = [(state.status, state.percent, state.light) for state in found.tasks.values()]
    assert told == list(after.tasks[["status", "percent", "light"]].itertuples(index=False, name=None))


@given(histories(), instants, instants)
def test_the_lights_of_features_are_told_where_they_changed(history: History, one: datetime, other: datetime) -> None:
    before, after = history.board(one), history.board(other)
    pairs = zip(before.features["light"], after.features["light"], after.features.index, strict=True)
    assert changes(before, after).features == {feature: (was, now) for was, now, feature in pairs if was != now}


@given(histories(), instants)
def test_nothing_moves_from_an_instant_to_itself(history: History, as_of: datetime) -> None:
    found = changes(history.board(as_of), history.board(as_of))
    assert (found.tasks, found.features, marks(found)) == ((), {}, {})


@given(histories(), instants, instants)
def test_each_move_is_what_its_name_says(history: History, one: datetime, other: datetime) -> None:
    for moved in changes(history.board(one), history.board(other)).tasks:
        was, now = moved.before, moved.after
        assert (Move.ADDED in moved.moves, Move.REMOVED in moved.moves) == (was is None, now is None)
        if was and now:
            assert (Move.DONE in moved.moves) == (now.status in FINISHED and was.status not in FINISHED)
            assert (Move.NEWLY_BLOCKED in moved.moves) == (now.status == Status.BLOCKED != was.status)
            assert (Move.NEWLY_LATE in moved.moves) == (now.late and not was.late)
            slipped = was.due != now.due and (now.due is None or (was.due is not None and now.due > was.due))
            assert (Move.SLIPPED in moved.moves) == slipped
        assert moved.moves == tuple(move for move in Move if move in moved.moves) != ()


@given(histories(), instants, instants)
def test_every_feature_whose_light_changed_is_marked(history: History, one: datetime, other: datetime) -> None:
    found = changes(history.board(one), history.board(other))
    assert set(found.features) <= set(marks(found))


def test_an_act_of_supervision_moves_its_task() -> None:
    task = Task("T0", "services", "一", "One", "roads", (), None, None, "low", ())
    board = build_board(
        load_campaign(DEFAULT_CAMPAIGN).features, tasks_frame([task]), updates_frame([]), CAMPAIGN, NOON
    )
    event = SupervisionEvent("T0", EscalationLevel.URGE, Act.ISSUE, "roads", "催办", None, NOON, "officer", 7)
    found = changes(board, board, supervision_before=(), supervision_after=(event,))
    assert [(one.task, one.moves, one.steps) for one in found.tasks] == [("T0", (Move.SUPERVISED,), (event,))]
    assert changes(board, board, supervision_before=(event,), supervision_after=(event,)).tasks == ()


def _board(*ledger: Task, reports: tuple[StatusUpdate, ...] = ()) -> Board:
    features = load_campaign(DEFAULT_CAMPAIGN).features
    return build_board(features, tasks_frame(ledger), updates_frame(reports), CAMPAIGN, NOON)


@pytest.mark.parametrize(
    ("due", "moves"),
    [(date(2020, 9, 14), (Move.NEWLY_LATE, Move.SUPERVISED, Move.ADDED)), (None, (Move.SUPERVISED, Move.ADDED))],
)
def test_a_new_task_is_late_only_where_its_day_has_passed(due: date | None, moves: tuple[Move, ...]) -> None:
    new = Task("T1", "services", "一", "One", "roads", (), None, due, "low", ())
    event = SupervisionEvent("T1", EscalationLevel.URGE, Act.ISSUE, "roads", "催办", None, NOON, "officer", 7)
    found = changes(_board(), _board(new), supervision_after=(event,)).tasks
    assert [(one.task, one.moves) for one in found] == [("T1", moves)]
    assert found[0].after is not None
    assert found[0].after.due == due


@pytest.mark.parametrize(("was", "now"), [(None, date(2020, 9, 1)), (date(2020, 9, 1), None)])
def test_a_start_that_is_set_or_taken_back_redefines_a_task(was: date | None, now: date | None) -> None:
    before, after = (Task("T1", "services", "一", "One", "roads", (), start, None, "low", ()) for start in (was, now))
    (found,) = changes(_board(before), _board(after)).tasks
    assert (found.moves, found.fields) == ((Move.REDEFINED,), ("planned_start",))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture(scope="module")
def since_the_meeting(loaded: Loaded) -> Changes:
    """From the meeting of 10 September, 14:00, to the end of the demonstration day."""
    campaign = loaded.campaign
    meeting = next(one for one in campaign.meetings if one.date() == date(2020, 9, 10))
    frames = loaded.features, loaded.tasks, loaded.updates, campaign
    return changes(
        build_board(*frames, meeting),
        build_board(*frames, campaign.instant_of(campaign.demonstration)),
    )


def test_the_demonstration_day_since_the_meeting(since_the_meeting: Changes) -> None:
    found = {move: [one.task for one in since_the_meeting.having(move)] for move in Move}
    assert found[Move.NEWLY_LATE] == ["T01", "T12"]
    assert found[Move.NEWLY_BLOCKED] == found[Move.DONE] == found[Move.UNBLOCKED] == []
    assert found[Move.NEWLY_DUE_SOON] == ["T07", "T14", "T23", "T26", "T36"]
    assert {"T06", "T29"} <= set(found[Move.PROGRESSED])


def test_counts_by_zone_and_unit(loaded: Loaded, since_the_meeting: Changes) -> None:
    units = counts_by_unit(since_the_meeting)
    assert units["qingpu"][Move.NEWLY_LATE] == units["donghao"][Move.NEWLY_LATE] == 1
    zones = counts_by_zone(since_the_meeting, loaded.features["zones"])
    late = {feature for one in since_the_meeting.having(Move.NEWLY_LATE) for feature in one.states[0].features}
    touched = Counter(zone for feature in late for zone in set(loaded.features["zones"][feature]))
    assert {zone: counts[Move.NEWLY_LATE] for zone, counts in zones.items() if counts[Move.NEWLY_LATE]} == touched


def test_a_feature_is_marked_by_the_worst_of_its_tasks(since_the_meeting: Changes) -> None:
    marked = marks(since_the_meeting)
    assert (marked["C01"], marked["N10"]) == (Direction.WORSE, Direction.WORSE)
    assert marked["N06"] is Direction.MOVED
    assert "C20" not in marked


def test_every_move_and_direction_has_words() -> None:
    assert set(MOVE_LABELS) == set(Move)
    assert set(DIRECTION_LABELS) == set(Direction)


STATE = TaskState(Status.IN_PROGRESS, 40, Light.GREEN, date(2020, 9, 20), late=False, lead_unit="roads", features=())


def moved(before: dict[str, object], after: dict[str, object]) -> set[Move]:
    return set(moves_between(replace(STATE, **before), replace(STATE, **after)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        ({}, {}, set()),
        ({}, {"percent": 41}, {Move.PROGRESSED}),
        ({}, {"percent": 39}, {Move.RECEDED}),
        ({}, {"due": date(2020, 9, 21)}, {Move.SLIPPED}),
        ({}, {"due": date(2020, 9, 19)}, {Move.BROUGHT_FORWARD}),
        ({}, {"due": None}, {Move.SLIPPED}),
        ({"due": None}, {}, {Move.BROUGHT_FORWARD}),
        ({}, {"late": True}, {Move.NEWLY_LATE}),
        ({"late": True}, {}, set()),
        ({"late": True}, {"late": True}, set()),
        ({}, {"light": Light.YELLOW}, {Move.NEWLY_DUE_SOON}),
        ({"light": Light.YELLOW}, {"light": Light.YELLOW}, set()),
        ({"light": Light.YELLOW}, {}, set()),
        ({}, {"status": Status.DONE, "percent": 100}, {Move.DONE}),
        ({"status": Status.DONE}, {"status": Status.ACCEPTED}, {Move.ACCEPTED}),
        ({}, {"status": Status.ACCEPTED, "percent": 100}, {Move.DONE, Move.ACCEPTED}),
        ({"status": Status.ACCEPTED}, {"status": Status.ACCEPTED}, set()),
        ({"status": Status.ACCEPTED}, {"status": Status.DONE}, set()),
        ({"status": Status.DONE}, {}, {Move.REOPENED}),
        ({}, {"status": Status.BLOCKED}, {Move.NEWLY_BLOCKED}),
        ({"status": Status.BLOCKED}, {"status": Status.BLOCKED}, set()),
        ({"status": Status.BLOCKED}, {}, {Move.UNBLOCKED}),
        ({"status": Status.NOT_STARTED, "percent": 0}, {"percent": 10}, {Move.STARTED}),
        ({"status": Status.NOT_STARTED}, {"status": Status.BLOCKED}, {Move.NEWLY_BLOCKED}),
        ({"status": Status.NOT_STARTED}, {"status": Status.DONE}, {Move.DONE}),
        ({}, {"status": Status.NOT_STARTED}, set()),
    ],
)
def test_two_states_show_exactly_these_moves(
    before: dict[str, object], after: dict[str, object], moves: set[Move]
) -> None:
    assert moved(before, after) == moves


def test_what_is_worse_in_one_way_goes_worse_and_what_is_only_better_goes_better() -> None:
    told = [(Move.DONE, Move.SLIPPED), (Move.DONE, Move.PROGRESSED), (Move.PROGRESSED,), ()]
    assert [direction_of(one) for one in told] == [
        Direction.WORSE,
        Direction.BETTER,
        Direction.MOVED,
        Direction.MOVED,
    ]


def test_a_moved_task_counts_for_the_unit_that_has_it_now_and_a_removed_one_for_the_last() -> None:
    handed = TaskChange("T1", STATE, replace(STATE, lead_unit="parks"), (Move.REDEFINED,))
    gone = TaskChange("T2", STATE, None, (Move.REMOVED,))
    assert counts_by_unit(Changes((handed, gone), ("T1",), {})) == {
        "parks": Counter({Move.REDEFINED: 1}),
        "roads": Counter({Move.REMOVED: 1}),
    }


def test_a_feature_that_a_task_left_is_marked_as_well_and_the_worst_wins_in_any_order() -> None:
    better = TaskChange("T1", replace(STATE, features=("C01",)), replace(STATE, features=("C02",)), (Move.DONE,))
    worse = TaskChange("T2", STATE, replace(STATE, features=("C02",)), (Move.SLIPPED,))
    for tasks_moved in ((better, worse), (worse, better)):
        assert marks(Changes(tasks_moved, (), {})) == {"C01": Direction.BETTER, "C02": Direction.WORSE}
