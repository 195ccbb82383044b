"""Run commands of the terminal on an installation of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from data.store.sql import open_store
from services.access.keys import secret_key
from settings import settings


@pytest.fixture
def run(campaign_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command in English on an installation of its own; `code` is the exit code that it must have."""
    for name in ("DATABASE_URL", "SECRET_KEY", "HOST", "PORT", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("CAMPAIGN_DIR", str(campaign_folder))
    monkeypatch.chdir(tmp_path)

    def run_one(*arguments: str, code: int = 0, lang: str = "en") -> Result:
        settings.cache_clear()
        secret_key.cache_clear()
        result = CliRunner().invoke(cli.app, [*arguments, *(["--lang", lang] if lang else [])])
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    yield run_one
    settings.cache_clear()
    secret_key.cache_clear()


@pytest.fixture
def installed(run: Callable[..., Result]) -> Callable[..., Result]:
    """The same after `init`."""
    run("init")
    return run


def version(tmp_path: Path) -> int:
    store = open_store(f"sqlite:///{tmp_path / 'var' / 'onemap.sqlite'}")
    try:
        return store.version()
    finally:
        store.close()
