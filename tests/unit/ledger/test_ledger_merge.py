from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from geo.ledger.merge import Base, ChangeKind, Conflict, Rows, merge, pack, unpack

TASKS = ("T01", "T02", "T03")
FIELDS = ("title_zh", "due", "percent", "note")
ledgers = st.fixed_dictionaries(
    {task: st.fixed_dictionaries({field: st.sampled_from("abcd") for field in FIELDS}) for task in TASKS}
)
places = st.tuples(st.sampled_from(TASKS), st.sampled_from(FIELDS))
edits = st.dictionaries(places, st.sampled_from("vwxyz"))

Ledger = dict[str, dict[str, str]]
Edits = dict[tuple[str, str], str]


def apply(ledger: Ledger, changes: Edits) -> Ledger:
    changed = {task: dict(row) for task, row in ledger.items()}
    for (task, field), value in changes.items():
        changed[task][field] = value
    return changed


def clash(mine: Edits, theirs: Edits) -> set[tuple[str, str]]:
    return {place for place in mine.keys() & theirs.keys() if mine[place] != theirs[place]}


def rows_of(merged: Rows) -> Ledger:
    return {task: dict(row) for task, row in merged.items()}


@given(ledgers, edits)
def test_an_edit_of_the_workbook_alone_is_never_lost(base: Ledger, mine: Edits) -> None:
    merged = merge(base, base, apply(base, mine))
    assert rows_of(merged.rows) == apply(base, mine)
    assert {(one.task, one.field): one.after for one in merged.changes} == mine
    assert merged.conflicts == ()


@given(ledgers, edits)
def test_an_edit_of_the_system_alone_is_never_undone(base: Ledger, theirs: Edits) -> None:
    merged = merge(base, apply(base, theirs), base)
    assert rows_of(merged.rows) == apply(base, theirs)
    assert (merged.changes, merged.conflicts) == ((), ())


@given(ledgers, edits)
def test_the_same_edit_on_both_sides_is_no_conflict(base: Ledger, both: Edits) -> None:
    changed = apply(base, both)
    merged = merge(base, changed, changed)
    assert (merged.changes, merged.conflicts) == ((), ())
    assert rows_of(merged.rows) == changed


@given(ledgers, edits, edits)
def test_different_edits_of_a_field_are_always_a_conflict_and_nothing_else_is(
    base: Ledger, mine: Edits, theirs: Edits
) -> None:
    merged = merge(base, apply(base, theirs), apply(base, mine))
    assert {one.key for one in merged.conflicts} == clash(mine, theirs)
    assert rows_of(merged.rows) == apply(apply(base, mine), theirs)
    assert all((one.base, one.mine, one.theirs) == _three(base, mine, theirs, one) for one in merged.conflicts)


@given(ledgers, edits, edits, st.randoms(use_true_random=False))
def test_decisions_settle_each_conflict_for_its_side(
    base: Ledger, mine: Edits, theirs: Edits, luck: random.Random
) -> None:
    sides = {place: luck.choice(("mine", "theirs")) for place in sorted(clash(mine, theirs))}
    merged = merge(base, apply(base, theirs), apply(base, mine), sides)  # type: ignore[arg-type]
    wanted = apply(apply(base, mine), theirs)
    kept = {place: mine[place] for place, side in sides.items() if side == "mine"}
    assert merged.conflicts == ()
    assert rows_of(merged.rows) == apply(wanted, kept)


@given(ledgers, edits, edits, st.permutations(TASKS), st.permutations(FIELDS))
def test_the_order_of_rows_and_columns_does_not_matter(
    base: Ledger, mine: Edits, theirs: Edits, tasks: list[str], fields: list[str]
) -> None:
    now, book = apply(base, theirs), apply(base, mine)
    shuffled = {task: {field: book[task][field] for field in fields} for task in tasks}
    first, second = merge(base, now, book), merge(base, now, shuffled)
    assert rows_of(first.rows) == rows_of(second.rows)
    assert set(first.changes) == set(second.changes)
    assert set(first.conflicts) == set(second.conflicts)


@given(ledgers, edits, st.sets(st.sampled_from(FIELDS)))
def test_columns_that_the_workbook_lacks_are_left_alone(base: Ledger, theirs: Edits, kept: set[str]) -> None:
    now = apply(base, theirs)
    book = {task: {field: row[field] for field in kept} for task, row in base.items()}
    merged = merge(base, now, book)
    assert rows_of(merged.rows) == now


@given(ledgers, edits)
def test_a_workbook_made_by_hand_says_what_counts(now: Ledger, mine: Edits) -> None:
    merged = merge(None, now, apply(now, mine))
    assert rows_of(merged.rows) == apply(now, mine)
    assert merged.conflicts == ()


@given(ledgers, st.sets(st.sampled_from(TASKS)))
def test_tasks_that_the_workbook_lacks_stay_and_are_told(base: Ledger, kept: set[str]) -> None:
    merged = merge(base, base, {task: base[task] for task in kept})
    assert set(merged.rows) == kept
    assert {one.task for one in merged.changes if one.kind is ChangeKind.REMOVED} == set(TASKS) - kept


def test_a_new_task_is_new_and_the_same_id_added_on_both_sides_is_a_conflict() -> None:
    new = {"T09": {"note": "mine"}}
    assert [one.kind for one in merge({}, {}, new).changes] == [ChangeKind.NEW]
    both = merge({}, {"T09": {"note": "theirs"}}, new)
    assert both.conflicts == (Conflict("T09", "note", "", "theirs", "mine"),)


def _three(base: Ledger, mine: Edits, theirs: Edits, one: Conflict) -> tuple[str, str, str]:
    return base[one.task][one.field], mine[one.key], theirs[one.key]


def test_a_task_that_is_there_is_changed_and_one_that_is_not_is_new() -> None:
    now = {"T1": {"title": "one"}}
    found = merge(now, now, {"T1": {"title": "two"}, "T2": {"title": "new"}}).changes
    assert [(one.task, one.kind) for one in found] == [("T1", ChangeKind.CHANGED), ("T2", ChangeKind.NEW)]


def test_a_base_that_was_packed_comes_back_and_a_damaged_one_does_not() -> None:
    base = Base("ciie2020", 7, {"T1": {"b": "2", "a": "1"}})
    digest, *chunks = pack(base)
    assert unpack((digest, *chunks)) == base
    assert pack(Base("ciie2020", 7, {"T1": {"a": "1", "b": "2"}})) == (digest, *chunks)
    other = pack(Base("ciie2020", 8, {}))
    assert unpack((digest, *other[1:])) is None
