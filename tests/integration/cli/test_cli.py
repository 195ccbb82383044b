"""Every command says what it did, by a sentence and an exit code, and writes nothing that it was not told to."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.support.fixtures_campaign import edit_cell
from tests.support.fixtures_cli import installed, run, version

__all__ = ["installed", "run"]

ROOT = Path(__file__).parents[3]
PASSWORD = re.compile(r"one-time password: (\w{5}-\w{5}-\w{5}-\w{5})")
COMMANDS = (
    "init",
    "serve",
    "user",
    "export",
    "import",
    "backup",
    "restore",
    "pocket",
    "check",
    "history",
    "webhook",
    "snapshot",
    "briefing",
    "atlas",
)


def test_help_names_every_command_and_exit_code(run: Callable[..., Result]) -> None:
    text = run("--help", lang="").output
    assert [name for name in COMMANDS if not re.search(rf"^\W+{name} ", text, re.MULTILINE)] == []
    assert all(re.search(rf"\b{code} ", text) for code in range(5))


def test_init_makes_everything_and_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("init").output
    assert PASSWORD.search(told)
    assert "4 tasks" in told
    assert {path.name for path in (tmp_path / "var").iterdir()} >= {"photos", "secret.key", "onemap.sqlite"}


def test_init_again_changes_nothing(installed: Callable[..., Result], tmp_path: Path) -> None:
    before = version(tmp_path)
    told = installed("init").output
    assert version(tmp_path) == before
    assert not PASSWORD.search(told)
    assert told.count("already") == 4


def test_init_says_when_the_tables_cannot_be_taken(run: Callable[..., Result], campaign_folder: Path) -> None:
    edit_cell(campaign_folder / "tasks.csv", row=2, column="due", value="soon")
    assert "check" in run("init", code=1).output


def test_an_account_is_added_listed_disabled_enabled_and_reset(installed: Callable[..., Result]) -> None:
    added = PASSWORD.search(installed("user", "add", "Li", "--role", "field_lead", "--unit", "roads").output)
    assert "must choose a password" in installed("user", "list").output
    changed = installed("user", "change", "li", "--role", "command_centre", "--name", "李工", "--lang", "en").output
    assert "Account li is changed: Command centre roads 李工" in changed
    installed("user", "disable", "li")
    assert re.search(r"^li .* disabled$", installed("user", "list").output, re.MULTILINE)
    installed("user", "enable", "li")
    reset = PASSWORD.search(installed("user", "reset", "li").output)
    assert added
    assert reset
    assert added[1] != reset[1]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("add", "li", "--role", "boss"), 2, "--role"),
        (("add", "li", "--role", "field_lead"), 1, "needs a unit"),
        (("add", "li", "--role", "viewer", "--unit", "nobody"), 1, "no unit 'nobody'"),
        (("add", "admin", "--role", "viewer"), 1, "already"),
        (("add", "-", "--role", "viewer"), 1, "cannot name"),
        (("disable", "admin"), 1, "last active administrator"),
        (("reset", "nobody"), 1, "no account 'nobody'"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    installed: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    before = version(tmp_path)
    assert told in installed("user", *arguments, code=code).stderr
    assert version(tmp_path) == before


def test_a_backup_is_made_once_and_restored_when_told(installed: Callable[..., Result], tmp_path: Path) -> None:
    assert "4 tasks" not in installed("backup", "b.zip").output
    assert "--force" in installed("backup", "b.zip", code=3).stderr
    before = version(tmp_path)
    installed("user", "add", "li", "--role", "viewer")
    assert "--force" in installed("restore", "b.zip", code=3).stderr
    assert "rows" in installed("restore", "b.zip", "--force").stderr
    assert "li " not in installed("user", "list").output
    assert version(tmp_path) > before


def test_a_backup_that_is_not_sound_or_not_there_is_told(installed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("no backup")
    assert "no sound backup" in installed("restore", "b.zip", "--force", code=1).stderr
    assert "nowhere.zip" in installed("restore", "nowhere.zip", "--force", code=1).stderr


def test_check_finds_nothing_wrong_after_init(installed: Callable[..., Result]) -> None:
    told = installed("check").output
    assert "0 wrong" in told
    assert not re.search("^wrong", told, re.MULTILINE)


def test_check_makes_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    assert "cli.py init" in run("check", code=1).output
    assert not (tmp_path / "var").exists()


def a_loose_key(var: Path) -> None:
    (var / "secret.key").chmod(0o644)


def a_short_key(var: Path) -> None:
    (var / "secret.key").write_text("short")


def an_old_part(var: Path) -> None:
    path = var / "photos" / "ab" / ".x.part"
    path.parent.mkdir()
    path.touch()
    os.utime(path, (1, 1))


def a_broken_database(var: Path) -> None:
    (var / "onemap.sqlite").write_bytes(b"no database" * 1000)


def a_broken_campaign(var: Path) -> None:
    (var.parent / "campaign" / "campaign.toml").write_text("id = 1")


@pytest.mark.parametrize(
    ("damage", "remedy"),
    [
        (a_loose_key, "chmod 600"),
        (a_short_key, "token_hex"),
        (an_old_part, "Remove it"),
        (a_broken_database, "DATABASE_URL"),
        (a_broken_campaign, "campaign.toml"),
    ],
)
def test_check_says_what_is_wrong_and_how_it_is_mended(
    installed: Callable[..., Result], tmp_path: Path, damage: Callable[[Path], None], remedy: str
) -> None:
    damage(tmp_path / "var")
    wrong = [line for line in installed("check", code=1).output.splitlines() if line.startswith("wrong")]
    assert len(wrong) == 1
    assert remedy in wrong[0]


def test_the_history_of_a_task_speaks_both_languages(installed: Callable[..., Result]) -> None:
    assert re.search(r"Status +Not started +In progress", installed("history", "T01").output)
    assert re.search("状态 +未开始 +推进中", installed("history", "T01", lang="zh").output)
    assert "T99" in installed("history", "T99", code=1).stderr


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "账号"), ("en_GB.UTF-8", "account"), ("", "账号")])
def test_the_language_is_that_of_the_terminal(
    installed: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert installed("user", "list", lang="").output.startswith(word)


@pytest.mark.parametrize("command", [("init",), ("user", "list"), ("history", "T01"), ("backup", "b.zip")])
def test_a_database_that_does_not_answer_has_its_own_code(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody:hidden@127.0.0.1:1/none")
    told = run(*command, code=4)
    assert "does not answer" in told.stderr
    assert "hidden" not in told.output


def test_a_setting_that_cannot_be_used_is_told(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    assert "PORT='many'" in run("serve", code=2).stderr


def test_serve_does_not_take_the_port_of_another(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        assert "in use" in run("serve", code=3).stderr


def test_serve_serves_from_any_folder(installed: Callable[..., Result], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, str(ROOT / "cli.py"), "serve"]
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"PORT": port}, stdout=subprocess.DEVNULL) as server:
        try:
            assert answers(f"http://127.0.0.1:{port}/healthz")
        finally:
            server.terminate()
    assert "0 wrong" in installed("check").output


def answers(address: str) -> bool:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310  of our own server
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False
