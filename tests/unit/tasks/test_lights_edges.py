"""Lights at their edges: 30 September 24:00 in Shanghai, the leap day, no due date; and once late, always late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.status import FINISHED, Light, Status
from geo.tasks.attention import ReasonKind, attention, blocked_since
from geo.tasks.joins import Board, build_board
from tests.support.strategies import CAMPAIGN, World, light_of, worlds

MIDNIGHT = datetime(2020, 9, 30, 16, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
OPEN = [status for status in Status if status not in FINISHED]
instants = st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants naive bounds


def light(status: Status, due: date | None, as_of: datetime) -> Light:
    return light_of(status=status, due=due, as_of=as_of, rules=CAMPAIGN.lights, tz=CAMPAIGN.tz)


def board_of(world: World, due: date | None, status: Status, as_of: datetime) -> Board:
    """A board of one task, reported a year before."""
    task = Task("T0", "services", "一", "One", "roads", (), None, due, "low", ())
    told = StatusUpdate("U1", "T0", "", status, 5, "", "", "", "", "roads", as_of - timedelta(days=365))
    frames = tasks_frame([task]), updates_frame([told])
    return build_board(world.features, *frames, CAMPAIGN, as_of)


@pytest.mark.parametrize(("as_of", "expected"), [(MIDNIGHT - MICROSECOND, Light.YELLOW), (MIDNIGHT, Light.RED)])
@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS])
def test_the_deadline_passes_at_midnight_in_shanghai(status: Status, as_of: datetime, expected: Light) -> None:
    assert light(status, date(2020, 9, 30), as_of) is expected
    assert as_of.astimezone(CAMPAIGN.tz).isoformat()[:16] in {"2020-09-30T23:59", "2020-10-01T00:00"}


@given(worlds(), st.sampled_from([Status.IN_PROGRESS, Status.DONE, Status.ACCEPTED]))
def test_board_and_list_pass_the_deadline_at_the_same_instant(world: World, status: Status) -> None:
    late = []
    for as_of in (MIDNIGHT - MICROSECOND, MIDNIGHT):
        board = board_of(world, date(2020, 9, 30), status, as_of)
        needs = attention(board, CAMPAIGN, updates_frame(()))
        kinds = {reason.kind for need in needs for reason in need.reasons}
        late.append((board.tasks.at["T0", "light"] == Light.RED, ReasonKind.OVERDUE in kinds))
    assert late == [(False, False), (status not in FINISHED,) * 2]


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ((2020, 2, 21), Light.GREEN),
        ((2020, 2, 22), Light.YELLOW),
        ((2020, 2, 28), Light.YELLOW),
        ((2020, 2, 29), Light.YELLOW),
        ((2020, 3, 1), Light.RED),
    ],
)
def test_a_task_due_on_the_leap_day_has_that_day(local: tuple[int, int, int], expected: Light) -> None:
    for hour in (0, 23):
        assert light(Status.IN_PROGRESS, date(2020, 2, 29), datetime(*local, hour, tzinfo=CAMPAIGN.tz)) is expected


@given(st.sampled_from(OPEN), st.dates(date(2019, 12, 1), date(2021, 1, 31)), st.lists(instants, min_size=2))
def test_once_late_a_task_stays_late(status: Status, due: date, times: list[datetime]) -> None:
    red = [light(status, due, as_of) is Light.RED for as_of in sorted(times)]
    assert red == sorted(red)


@given(worlds(), instants)
def test_a_finished_task_is_never_red_on_the_board_nor_in_the_list(world: World, as_of: datetime) -> None:
    board = world.board(as_of)
    needs = {need.task for need in attention(board, CAMPAIGN, updates_frame(world.updates))}
    finished = board.tasks[board.tasks["status"].isin(list(FINISHED))]
    assert set(finished["light"]) <= {Light.DONE}
    assert not needs & set(finished.index)


@given(worlds(), instants)
def test_every_red_or_yellow_task_is_in_the_list(world: World, as_of: datetime) -> None:
    board = world.board(as_of)
    needs = attention(board, CAMPAIGN, updates_frame(world.updates))
    loud = board.tasks.index[board.tasks["light"].isin([Light.RED, Light.YELLOW])]
    assert set(loud) <= {need.task for need in needs}
    reds = [need.light is Light.RED for need in needs]
    assert reds == sorted(reds, reverse=True)


@given(worlds(), st.sampled_from(OPEN), instants)
def test_a_task_without_due_date_is_never_late_nor_due_soon(world: World, status: Status, as_of: datetime) -> None:
    board = board_of(world, None, status, as_of)
    kinds = [reason.kind for need in attention(board, CAMPAIGN, updates_frame(())) for reason in need.reasons]
    assert not set(kinds) & {ReasonKind.OVERDUE, ReasonKind.DUE_SOON}
    assert light(status, None, as_of) in {Light.NONE, Light.GREEN, Light.RED}


def silent(world: World, status: Status, start: date, told_on: date, today: date) -> list[tuple[ReasonKind, int]]:
    """What a task without a due date needs that was reported on once."""
    task = Task("T0", "services", "一", "One", "roads", (), start, None, "low", ())
    updates = updates_frame(
        [StatusUpdate("U1", "T0", "", status, 5, "", "", "", "", "roads", CAMPAIGN.instant_of(told_on))]
    )
    board = build_board(world.features, tasks_frame([task]), updates, CAMPAIGN, CAMPAIGN.instant_of(today))
    return [(one.kind, one.days) for need in attention(board, CAMPAIGN, updates) for one in need.reasons]


@given(worlds())
@hypothesis_settings(max_examples=1)
def test_silence_counts_from_the_planned_start_unless_somebody_spoke_on_it_or_after(world: World) -> None:
    start, stale = date(2020, 9, 1), timedelta(days=CAMPAIGN.lights.stale_days)
    for told_on, kind in ((start - timedelta(days=1), ReasonKind.UNREPORTED), (start, ReasonKind.STALE)):
        given_days = [
            silent(world, Status.NOT_STARTED, start, told_on, start + stale - timedelta(days=n)) for n in (1, 0)
        ]
        assert given_days == [[], [(kind, stale.days)]]


@given(worlds())
@hypothesis_settings(max_examples=1)
def test_a_task_is_blocked_from_the_report_at_the_instant_itself(world: World) -> None:
    at = [datetime(2020, 9, day, 4, tzinfo=UTC) for day in (1, 3, 5)]
    told = zip(at, (Status.BLOCKED, Status.IN_PROGRESS, Status.BLOCKED), strict=True)
    updates = updates_frame(
        [StatusUpdate(f"U{n}", "T0", "", one, 5, "", "", "", "", "roads", when) for n, (when, one) in enumerate(told)]
    )
    task = Task("T0", "services", "一", "One", "roads", (), None, None, "low", ())
    board = build_board(world.features, tasks_frame([task]), updates, CAMPAIGN, at[2])
    assert blocked_since(board, CAMPAIGN, updates) == {"T0": date(2020, 9, 5)}
