"""The trial message of the terminal goes where the settings say, and says whether it arrived."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import Result

from tests.support.fixtures_cli import installed, run
from tests.support.receiver import Answer, receiving

__all__ = ["installed", "run"]


def test_without_an_address_it_says_so(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_URL", raising=False)
    assert "WEBHOOK_URL is not set" in run("webhook", code=2).output


def test_a_message_that_arrives_is_said(installed: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(Answer(body={"errcode": 0})) as (url, got):
        monkeypatch.setenv("WEBHOOK_URL", url)
        monkeypatch.setenv("WEBHOOK_KIND", "wecom")
        told = installed("webhook").output
    assert "arrived (try 1)" in told
    assert "测试消息" in got[0].body.decode()


def test_one_that_is_refused_says_why(installed: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(Answer(404)) as (url, _):
        monkeypatch.setenv("WEBHOOK_URL", url)
        assert "HTTP 404" in installed("webhook", code=1).output
