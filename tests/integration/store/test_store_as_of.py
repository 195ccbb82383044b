"""Rebuild the board of every past instant, over random histories, and find it as it was computed then."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.store.protocol import Store
from data.store.rows import NewUpdate
from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.tasks.joins import Board, build_board, latest_status
from tests.support.store_samples import update, write
from tests.support.strategies import AS_OF, CAMPAIGN, World, features, tasks, updates

Step = tuple[timedelta, bool, StatusUpdate, Task]
campaigns = count(1)
any_database = settings(
    max_examples=25,
    phases=[Phase.generate],  # shrinking a failure runs pandas thousands of times under a tracer
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has a campaign of its own
)


@dataclass
class History:
    """What is written to a store, written down beside it in plain lists, and the boards that were computed.

    `named` holds the tasks in the order in which they were first named.
    """

    store: Store
    world: World
    campaign: str
    named: dict[str, None] = field(default_factory=dict)
    boards: dict[datetime, Board] = field(default_factory=dict)

    def begin(self) -> None:
        ledger, reports = tasks_frame(self.world.tasks), updates_frame(self.world.updates)
        self.named = dict.fromkeys([*ledger.index, *reports["task"]])
        self.store.seed(self.campaign, ledger, reports, write("seed", minutes=-9999))

    def report(self, new: NewUpdate, now: datetime) -> None:
        if new.task not in {one.id for one in self.world.tasks}:
            return
        self.store.append_update(self.campaign, new, replace(write(self.key()), now=now))
        names = ("task", "feature", "status", "percent", "note", "difficulty_kind", "difficulty", "suggestion", "unit")
        told = {name: getattr(new, name) for name in names}
        numbers = [int(one.id[1:]) for one in self.world.updates]
        row = StatusUpdate(id=f"U{max(numbers, default=0) + 1:04d}", reported_at=now, **told)
        self.world = replace(self.world, updates=(*self.world.updates, row))
        self.boards[now] = self.world.board(now)

    def define(self, task: Task, now: datetime) -> None:
        self.store.append_ledger(self.campaign, tasks_frame([task]), [], replace(write(self.key()), now=now))
        ledger = {one.id: one for one in (*self.world.tasks, task)}
        self.named.setdefault(task.id)
        self.world = replace(self.world, tasks=tuple(ledger[one] for one in self.named if one in ledger))
        self.boards[now] = self.world.board(now)

    def key(self) -> str:
        return f"{self.campaign}/{self.store.version()}"

    def rebuilt(self, as_of: datetime) -> Board:
        ledger = self.store.tasks(self.campaign, as_of).drop(columns="seq")
        reports = self.store.updates(self.campaign, as_of)
        latest = self.store.latest_updates(self.campaign, as_of)
        assert_frame_equal(latest_status(latest, as_of), latest_status(reports, as_of))
        return build_board(self.world.features, ledger, reports, CAMPAIGN, as_of)


def assert_same(left: Board, right: Board) -> None:
    assert left.as_of == right.as_of
    for one, other in ((left.tasks, right.tasks), (left.features, right.features), (left.links, right.links)):
        assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))


worlds = st.builds(
    World,
    features(),
    st.lists(tasks, unique_by=lambda task: task.id, min_size=1).map(tuple),
    st.lists(updates, max_size=8).map(
        lambda found: tuple(replace(one, id=f"U{number:04d}") for number, one in enumerate(found)),
    ),
)
steps = st.tuples(st.timedeltas(timedelta(), timedelta(hours=5)), st.booleans(), updates, tasks)


@any_database
@given(world=worlds, history=st.lists(steps, max_size=12))
def test_every_past_board_is_rebuilt_as_it_was(empty_store: Store, world: World, history: list[Step]) -> None:
    record = History(empty_store, world, f"campaign {next(campaigns)}")
    record.begin()
    now = AS_OF - timedelta(hours=20)
    for wait, defines, report, task in history:
        now += wait
        if defines:
            record.define(task, now)
        else:
            record.report(update(task=report.task, status=report.status, percent=report.percent), now)
    for as_of, board in record.boards.items():
        assert_same(record.rebuilt(as_of), board)
