"""Messages to robots: form, signature, retries; the receiver is a real HTTP server on loopback."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from services.wall.webhook import TEXT_MAX, Hook, Message, Receiver, WebhookError, deliver
from tests.support.receiver import Answer, receiving

KEY = "key of the test"
NOW = datetime(2020, 9, 15, 1, 2, 3, tzinfo=UTC)
MESSAGE = Message("One Map", ("T29 <b>late</b>",), {"reds": ["T29"]})


def send(url: str, receiver: Receiver, *, secret: str = "", pauses_s: Sequence[float] = ()) -> int:
    waited: list[float] = []
    return deliver(Hook(url, receiver, secret), MESSAGE, lambda: NOW, pauses_s=pauses_s, sleep=waited.append)


def test_plain_json_is_signed_over_time_and_body() -> None:
    with receiving(Answer()) as (url, got):
        send(url, Receiver.JSON, secret=KEY)
    (request,) = got
    expected = hmac.new(
        KEY.encode(), str(int(NOW.timestamp())).encode() + b"." + request.body, hashlib.sha256
    ).hexdigest()
    assert request.headers["X-OneMap-Signature"] == f"sha256={expected}"
    assert json.loads(request.body) == {"heading": "One Map", "lines": ["T29 <b>late</b>"], "reds": ["T29"]}


def test_dingtalk_is_signed_in_the_query_and_keeps_its_token() -> None:
    with receiving(Answer(body={"errcode": 0})) as (url, got):
        send(f"{url}?access_token=t", Receiver.DINGTALK, secret=KEY)
    query = parse_qs(urlsplit(got[0].path).query)
    moment = str(int(NOW.timestamp() * 1000))
    mac = hmac.new(KEY.encode(), f"{moment}\n{KEY}".encode(), hashlib.sha256).digest()
    assert query == {"access_token": ["t"], "timestamp": [moment], "sign": [base64.b64encode(mac).decode()]}


def test_robots_get_text_which_is_no_markup() -> None:
    with receiving(Answer(body={"errcode": 0})) as (url, got):
        send(url, Receiver.WECOM)
    assert json.loads(got[0].body) == {"msgtype": "text", "text": {"content": "One Map\nT29 <b>late</b>"}}


def test_a_receiver_that_fails_is_asked_again_and_then_has_it_once() -> None:
    with receiving(Answer(503), Answer(429), Answer()) as (url, got):
        tries = send(url, Receiver.JSON, pauses_s=(1, 4, 16))
    assert (tries, len(got)) == (3, 3)


@pytest.mark.parametrize(
    ("receiver", "code"),
    [(Receiver.WECOM, -1), (Receiver.WECOM, 45009), (Receiver.DINGTALK, -1), (Receiver.DINGTALK, 130101)],
)
def test_a_robot_that_is_busy_is_asked_again(receiver: Receiver, code: int) -> None:
    with receiving(Answer(body={"errcode": code, "errmsg": "busy"}), Answer(body={"errcode": 0})) as (url, got):
        tries = send(url, receiver, pauses_s=(1,))
    assert (tries, len(got)) == (2, 2)


@pytest.mark.parametrize(
    ("receiver", "answer", "reason"),
    [
        (Receiver.JSON, Answer(404), "HTTP 404"),
        (Receiver.JSON, Answer(302), "HTTP 302"),
        (
            Receiver.WECOM,
            Answer(body={"errcode": 93000, "errmsg": "invalid webhook"}),
            "errcode 93000: invalid webhook",
        ),
        (Receiver.DINGTALK, Answer(body="<html>"), "the answer is not JSON"),
    ],
)
def test_a_refusal_is_not_repeated(receiver: Receiver, answer: Answer, reason: str) -> None:
    with receiving(answer) as (url, got), pytest.raises(WebhookError) as failed:
        send(url, receiver, pauses_s=(1, 4))
    assert (failed.value.reason, len(got)) == (reason, 1)


def test_nobody_there_is_said_after_every_try() -> None:
    with receiving(Answer()) as (url, _):
        pass
    with pytest.raises(WebhookError) as failed:
        send(url, Receiver.JSON, pauses_s=(1, 1))
    assert failed.value.again


@pytest.mark.parametrize("letter", ["a", "虹", "😀"])
def test_a_long_text_is_cut_to_the_bytes_that_robots_take(letter: str) -> None:
    text: Any = Message("h", (letter * 5000,), {}).text
    assert len(text.encode()) <= TEXT_MAX
    assert text.endswith("…")
