"""Accounts are versions in the store; passwords are hashed, bounded and never told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.store.rows import Account
from services.access import accounts, passwords
from services.access.accounts import NewAccount, is_name, normal_name, tidy
from services.access.errors import AccountError, PasswordError, SignInError
from services.access.policy import NotAllowedError, Person, Role
from services.access.sign_in import account_of_oidc
from tests.support.account_samples import LEAD, NOW, act
from tests.support.fakes import FakeStore

GOOD = "footbridge four opens"


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def test_the_first_administrator_is_made_once(store: FakeStore) -> None:
    first = accounts.first_administrator(store, NOW)
    assert first is not None
    assert first.account == store.account("admin")
    assert first.account.role == Role.ADMINISTRATOR
    assert first.account.must_change
    assert passwords.verify_password(first.account.password_hash, first.password)
    assert accounts.first_administrator(store, NOW) is None


def test_of_two_processes_one_makes_the_first_administrator(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "accounts", tuple)  # both looked before either wrote
    made = [accounts.first_administrator(store, NOW) for _ in range(2)]
    winner = next(one for one in made if one)
    assert made.count(None) == 1
    assert store.account("admin") == winner.account


def test_secrets_do_not_show_in_what_is_printed(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act())
    assert made.password not in repr(made)
    assert "argon2" not in repr(made)


def test_an_added_account_must_change_its_one_time_password(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act(), units={"minhang"})
    assert made.account == store.account("li.wei")
    assert (made.account.role, made.account.unit, made.account.display_name) == ("field_lead", "minhang", "Li Wei")
    assert made.account.must_change
    assert passwords.verify_password(made.account.password_hash, made.password)


@pytest.mark.parametrize(
    "new",
    [
        replace(LEAD, name="x"),
        replace(LEAD, name="<script>"),
        replace(LEAD, name="a\nb"),
        replace(LEAD, name="a" * 65),
        replace(LEAD, name="\ud800\ud800"),
        replace(LEAD, name="nul\0"),
        replace(LEAD, role="king"),
        replace(LEAD, unit=""),
        replace(LEAD, unit="atlantis"),
    ],
)
def test_an_unusable_account_is_refused_with_what_is_allowed(store: FakeStore, new: NewAccount) -> None:
    with pytest.raises(AccountError) as refusal:
        accounts.add_account(store, new, act(), units={"minhang"})
    assert refusal.value.message("zh").encode()
    assert store.version() == 0


def test_a_name_is_taken_in_any_spelling(store: FakeStore) -> None:
    accounts.add_account(store, LEAD, act())
    with pytest.raises(AccountError):
        accounts.add_account(store, replace(LEAD, name=" ＬＩ.WEI "), act())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_changes_accounts(store: FakeStore, role: Role) -> None:
    accounts.add_account(store, LEAD, act())
    version = store.version()
    by = act(Person("other", "Other", role, "minhang"))
    for change in (accounts.disable_account, accounts.enable_account, accounts.reset_password):
        with pytest.raises(NotAllowedError):
            change(store, "li.wei", by)
    with pytest.raises(NotAllowedError):
        accounts.add_account(store, replace(LEAD, name="new"), by)
    assert store.version() == version


def test_a_disabled_account_can_be_opened_again(store: FakeStore) -> None:
    accounts.add_account(store, LEAD, act())
    assert not accounts.disable_account(store, "LI.WEI", act()).active
    assert [event.subject for event in store.events("sign-out")] == ["li.wei"]
    assert accounts.enable_account(store, "li.wei", act()).active


def test_disabling_twice_writes_once(store: FakeStore) -> None:
    accounts.add_account(store, LEAD, act())
    accounts.disable_account(store, "li.wei", act())
    version = store.version()
    accounts.disable_account(store, "li.wei", act())
    assert store.version() == version


def test_the_last_administrator_stays(store: FakeStore) -> None:
    accounts.first_administrator(store, NOW)
    with pytest.raises(AccountError):
        accounts.disable_account(store, "admin", act())
    accounts.add_account(store, NewAccount("second", "administrator"), act())
    assert not accounts.disable_account(store, "admin", act()).active


def test_a_reset_makes_the_old_password_void(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act())
    again = accounts.reset_password(store, "li.wei", act())
    assert again.account.must_change
    assert not passwords.verify_password(again.account.password_hash, made.password)
    assert passwords.verify_password(again.account.password_hash, again.password)


@pytest.mark.parametrize("name", ["nobody", "", "<b>", "\ud800", "x" * 10**6])
def test_an_unknown_account_is_named(store: FakeStore, name: str) -> None:
    with pytest.raises(AccountError) as refusal:
        accounts.reset_password(store, name, act())
    assert len(refusal.value.message("en")) < 400


def test_a_changed_password_ends_the_duty_to_change_it(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act())
    changed = accounts.change_password(store, made.account, made.password, GOOD, NOW)
    assert changed == store.account("li.wei")
    assert not changed.must_change
    assert passwords.verify_password(changed.password_hash, GOOD)


def test_the_current_password_is_asked_for(store: FakeStore) -> None:
    made = accounts.add_account(store, LEAD, act())
    with pytest.raises(SignInError):
        accounts.change_password(store, made.account, "a wild guess", GOOD, NOW)
    with pytest.raises(PasswordError):
        accounts.change_password(store, made.account, made.password, made.password, NOW)
    assert store.account("li.wei") == made.account


@given(st.text(max_size=80))
@hypothesis_settings(max_examples=300)
def test_the_normal_spelling_of_a_name_is_stable_and_storable(text: str) -> None:
    name = normal_name(text)
    if is_name(name):
        assert normal_name(name) == name
        assert name.encode()
        assert name.isprintable()
    assert tidy(tidy(text)) == tidy(text)


def account_of(name: str, *, active: bool = True) -> Account:
    return Account(name, "Li Wei", "field_lead", "minhang", "no hash", active=active, must_change=True)


@pytest.mark.parametrize(
    ("account", "claims"),
    [
        ("li@minhang.gov.cn", {"sub": "7f", "email": "Li@Minhang.gov.cn", "email_verified": "true"}),
        ("li@minhang.gov.cn", {"sub": "7f", "email": "li@minhang.gov.cn", "email_verified": True}),
        ("sub:aB7f", {"sub": "aB7f", "email": "other@minhang.gov.cn"}),
    ],
)
def test_an_identity_provider_names_an_account(store: FakeStore, account: str, claims: dict[str, object]) -> None:
    store.append_account(account_of(account), act().write(0))
    assert account_of_oidc(claims, store, NOW) == store.account(account)
    assert len(store.accounts()) == 1


@pytest.mark.parametrize(
    ("account", "claims"),
    [
        ("li@minhang.gov.cn", {"sub": "7f", "email": "li@minhang.gov.cn"}),
        *(
            ("li@minhang.gov.cn", {"sub": "7f", "email": "li@minhang.gov.cn", "email_verified": said})
            for said in (False, None, "", "false", 1, ["true"])
        ),
        ("sub:aB7f", {"sub": "ab7F"}),
        ("admin", {"sub": "admin", "name": "admin", "preferred_username": "admin"}),
        ("admin", {"sub": "7f", "email": "admin"}),
    ],
)
def test_a_stranger_of_the_provider_only_looks(store: FakeStore, account: str, claims: dict[str, object]) -> None:
    store.append_account(account_of(account), act().write(0))
    stranger = account_of_oidc(claims, store, NOW)
    assert stranger is not None
    assert (stranger.name, stranger.role) == (f"sub:{claims['sub']}", Role.VIEWER)
    assert account_of_oidc(claims, store, NOW) == stranger
    assert not passwords.verify_password(stranger.password_hash, stranger.password_hash)


def test_a_stranger_on_two_pages_at_once_is_added_once(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first = account_of_oidc({"sub": "7f", "name": "Li"}, store, NOW)
    with monkeypatch.context() as patch:
        known = store.account
        answers = iter([None, *[known("sub:7f")] * 2])  # looked before the other page wrote
        patch.setattr(store, "account", lambda _name: next(answers))
        assert account_of_oidc({"sub": "7f", "name": "Li Wei"}, store, NOW) == first


@pytest.mark.parametrize(
    "claims", [{}, {"sub": 7}, {"sub": "x" * 1000}, {"email": "li@minhang.gov.cn"}, {"sub": "7f"}, {"sub": "a b"}]
)
def test_a_disabled_account_and_claims_without_a_subject_are_nobody(
    store: FakeStore, claims: dict[str, object]
) -> None:
    store.append_account(account_of("sub:7f", active=False), act().write(0))
    assert account_of_oidc(claims, store, NOW) is None
    assert len(store.accounts()) == 1
