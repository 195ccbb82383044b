"""What an operator sets is read once, checked, and refused with what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from settings import ROOT, Settings, SettingsError, adopt_env_file, is_loopback, settings

NAMES = (*(name.upper() for name in Settings.__slots__), "STREAMLIT_SERVER_ADDRESS", "LC_ALL", "LC_MESSAGES")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Read the settings of an environment that holds nothing but what is given."""

    def with_environment(**environment: str) -> Settings:
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return settings.__wrapped__()

    return with_environment


def test_the_defaults_are_those_of_the_fields(read: Callable[..., Settings]) -> None:
    assert read() == Settings()


def test_empty_counts_as_unset(read: Callable[..., Settings]) -> None:
    assert read(**dict.fromkeys(NAMES, " ")) == Settings()


@pytest.mark.parametrize(
    ("environment", "looks"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),  # noqa: S104  the address that the setting is about
        ({"HOST": "map.intranet"}, False),
        ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, False),  # noqa: S104  likewise
        ({"HOST": "0.0.0.0", "VIEWER_WITHOUT_SIGN_IN": "1"}, True),  # noqa: S104  likewise
        ({"VIEWER_WITHOUT_SIGN_IN": "no"}, False),
    ],
)
def test_visitors_look_by_default_on_this_machine_only(
    read: Callable[..., Settings], environment: dict[str, str], *, looks: bool
) -> None:
    assert read(**environment).viewer_without_sign_in is looks


def test_the_embedded_database_stands_in_the_folder_of_what_is_written(read: Callable[..., Settings]) -> None:
    assert read(VAR_DIR="/srv/var").database_url == "sqlite:////srv/var/onemap.sqlite"
    assert read(DATABASE_URL="postgresql+psycopg://db/onemap").database_url == "postgresql+psycopg://db/onemap"
    assert read().var_dir == ROOT / "var"
    assert read(VAR_DIR="here").var_dir == Path.cwd() / "here"


@pytest.mark.parametrize(
    "environment",
    [
        {"SESSION_HOURS": "0"},
        {"SESSION_HOURS": "-1"},
        {"SESSION_HOURS": "1e3"},
        {"SESSION_IDLE_MINUTES": "soon"},
        {"SESSION_IDLE_MINUTES": "９"},
        {"TRUST_PROXY": "maybe"},
        {"VIEWER_WITHOUT_SIGN_IN": "2"},
        {"LOG_LEVEL": "LOUD"},
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_value(
    read: Callable[..., Settings], environment: dict[str, str]
) -> None:
    (name, value), *_ = environment.items()
    with pytest.raises(SettingsError, match=f"{name}='{value}' cannot be used; give"):
        read(**environment)


def test_secrets_do_not_show_in_what_is_printed() -> None:
    shown = repr(Settings(secret_key="hush", tianditu_key="hush", database_url="postgresql://u:hush@h/d"))  # noqa: S106  no secret
    assert "hush" not in shown


@pytest.mark.parametrize("host", ["", "nonsense", "127.0.0.1.evil.example", "192.168.1.1"])
def test_other_hosts_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_an_env_file_sets_what_the_environment_does_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# no setting\nVAR_DIR=here\r\nHOST=map.intranet\nDATABASE_URL=sqlite:///db/x\nlower=1\n"
    )
    monkeypatch.setattr("os.environ", {"HOST": "localhost"})
    adopt_env_file(tmp_path / ".env")
    adopted = settings.__wrapped__()
    assert (adopted.host, adopted.var_dir) == ("localhost", tmp_path / "here")
    assert adopted.database_url == f"sqlite:///{tmp_path / 'db' / 'x'}"


def test_without_an_env_file_nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    monkeypatch.setattr("os.environ", environment)
    adopt_env_file(tmp_path / ".env")
    assert environment == {}
