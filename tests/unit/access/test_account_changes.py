"""Role, unit and name of an account change; its name, password and the last administrator stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.model.errors import ConflictError
from services.access import accounts
from services.access.accounts import NewAccount
from services.access.errors import AccountError
from services.access.policy import NotAllowedError, Person, Role
from tests.support.account_samples import LEAD, NOW, act
from tests.support.fakes import FakeStore


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def test_role_unit_and_name_are_changed_and_the_password_stays(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act(), units={"minhang"}).account
    to = NewAccount("somebody.else", "command_centre", "qingpu", " Li  Wei 2 ")
    changed = accounts.change_account(store, made, to, act(), units={"minhang", "qingpu"})
    assert (
        changed
        == store.account("li.wei")
        == replace(made, role="command_centre", unit="qingpu", display_name="Li Wei 2", seq=changed.seq)
    )
    assert changed.seq > made.seq
    assert store.account("somebody.else") is None
    version = store.version()
    assert accounts.change_account(store, changed, to, act()) == changed
    assert store.version() == version


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewAccount("", "wizard"), "There is no role 'wizard'"),
        (NewAccount("", "field_lead"), "A field lead needs a unit"),
        (NewAccount("", "viewer", "nowhere"), "There is no unit 'nowhere'"),
    ],
)
def test_an_account_is_not_changed_into_what_cannot_be(store: FakeStore, new: NewAccount, said: str) -> None:
    made = accounts.add_account(store, LEAD, act()).account
    with pytest.raises(AccountError) as error:
        accounts.change_account(store, made, new, act(), units={"minhang"})
    assert error.value.message("en").startswith(said)
    assert store.account("li.wei") == made


def test_the_units_that_may_be_taken_are_named_and_no_empty_one(store: FakeStore) -> None:
    made = accounts.add_account(store, NewAccount("centre", "command_centre"), act()).account
    with pytest.raises(AccountError) as error:
        accounts.change_account(store, made, NewAccount("", "viewer", "nowhere"), act(), units={"qingpu", "minhang"})
    assert error.value.message("en").endswith("take one of minhang, qingpu.")


def test_the_last_administrator_stays_one(store: FakeStore) -> None:
    first = accounts.first_administrator(store, NOW)
    assert first is not None
    viewer = NewAccount("admin", "viewer")
    with pytest.raises(AccountError, match="last active administrator"):
        accounts.change_account(store, first.account, viewer, act())
    accounts.add_account(store, NewAccount("second", "administrator"), act())
    assert accounts.change_account(store, first.account, viewer, act()).role == Role.VIEWER


def test_who_may_not_manage_accounts_changes_none(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act()).account
    lead = Person("li.wei", "Li Wei", Role.FIELD_LEAD, "minhang")
    with pytest.raises(NotAllowedError):
        accounts.change_account(store, made, NewAccount("li.wei", "administrator"), act(lead))


def test_of_two_changes_of_one_version_the_second_is_told(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act()).account
    accounts.change_account(store, made, NewAccount("", "viewer"), act())
    with pytest.raises(ConflictError):
        accounts.change_account(store, made, NewAccount("", "command_centre", "minhang"), act())
