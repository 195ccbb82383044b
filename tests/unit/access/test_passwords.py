"""Passwords are hashed with Argon2id, bounded before that, and one whichever input method typed them."""

from __future__ import annotations

import pytest

from services.access import passwords
from services.access.errors import PasswordError

GOOD = "footbridge four opens"
LONG = "密" * 342  # 1,026 bytes


def test_a_password_is_recognised_however_it_was_typed() -> None:
    hashed = passwords.hash_password("passwordｗｉｄｅ１")
    assert hashed.startswith("$argon2id$")
    assert passwords.verify_password(hashed, "passwordwide1")
    assert not passwords.verify_password(hashed, "passwordwide2")


def test_the_same_password_is_hashed_differently_each_time() -> None:
    assert passwords.hash_password(GOOD) != passwords.hash_password(GOOD)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "xx-li.wei-xx", LONG, "x" * 10**6, "\ud800" * 12])
def test_a_bad_password_is_refused_before_it_is_hashed(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", None)
    with pytest.raises(PasswordError) as refusal:
        passwords.check_new_password(password, "li.wei")
    assert refusal.value.message("zh") != refusal.value.message("en")


@pytest.mark.parametrize("password", [LONG, "x" * 10**6, "\ud800"])
def test_what_is_too_long_is_neither_hashed_nor_checked(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", None)
    assert not passwords.verify_password("$argon2id$whatever", password)
    with pytest.raises(PasswordError):
        passwords.hash_password(password)


def test_a_forged_hash_fits_no_password() -> None:
    assert not passwords.verify_password("plain text", "plain text")


def test_one_time_passwords_are_long_different_and_accepted() -> None:
    made = {passwords.one_time_password() for _ in range(100)}
    assert len(made) == 100
    for password in made:
        passwords.check_new_password(password, "li.wei")
