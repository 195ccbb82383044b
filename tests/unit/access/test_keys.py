"""The key that signs is one for all processes, and its owner's alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.access.errors import SecretKeyError
from services.access.keys import derive, key_of_file

SECRET = b"0123456789abcdef0123456789abcdef"


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(key_of_file, [path] * 16))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_others_can_read_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text("k" * 40 + "\n")
    path.chmod(0o644)
    assert key_of_file(path) == b"k" * 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40])
def test_a_key_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    with pytest.raises(SecretKeyError, match=r"secret\.key"):
        key_of_file(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(SecretKeyError, match="SECRET_KEY"):
        key_of_file(tmp_path / "var" / "secret.key")


def test_what_is_derived_tells_purposes_and_parts_apart() -> None:
    made = [derive(SECRET, "a", "b"), derive(SECRET, "a", "b", ""), derive(SECRET, "ab"), derive(SECRET, "b", "a")]
    assert len(set(made)) == len(made)
