r"""Tell a chat robot or another system what happened: the message of each kind of receiver, its signature, retries.

Receivers and where their form comes from: WeCom group robots and DingTalk custom robots take ``{"msgtype": "text"}``
(text, so that nothing of the data becomes markup) and answer 200 with ``errcode``; DingTalk signs with
base64(HMAC-SHA256(secret, "{milliseconds}\n{secret}")) in the query. Plain JSON is signed in the header
``X-OneMap-Signature: sha256={hex of HMAC-SHA256(secret, "{seconds}." + body)}``, beside ``X-OneMap-Timestamp``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import httpx2

from services.reports.forms import tidy_text

TIMEOUT_S: Final = 10.0
PAUSES_S: Final = (1.0, 4.0, 16.0)
"""How long to wait before each further try."""
TEXT_MAX: Final = 1800
"""WeCom takes 2,048 bytes of text, of which a Chinese character needs three."""
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_BUSY: Final = frozenset({-1, 45009, 130101})
"""Error codes of robots that pass: the system is busy (both), asked too often (WeCom, DingTalk)."""
_log = logging.getLogger("onemap.webhook")


class Receiver(StrEnum):
    """Kind of receiver."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    JSON = "json"


class WebhookError(OSError):
    """Say why a message could not be delivered; `again` tells whether trying again may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


@dataclass(frozen=True, slots=True)
class Message:
    """Hold what is told: a heading, sentences, and the same as data for programs."""

    heading: str
    lines: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Heading and sentences, cut to what the receivers take."""
        return _fit("\n".join((self.heading, *self.lines)), TEXT_MAX)


@dataclass(frozen=True, slots=True)
class Hook:
    """Hold where messages go; an empty `url` means nowhere."""

    url: str
    receiver: Receiver
    secret: str = ""

    def request(self, message: Message, now: datetime) -> tuple[str, bytes, dict[str, str]]:
        """Return the URL, body and headers of a message at an instant."""
        body = json.dumps(self._form(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if not self.secret:
            return self.url, body, headers
        if self.receiver is Receiver.DINGTALK:
            moment = str(int(now.timestamp() * 1000))
            sign = base64.b64encode(_mac(self.secret, f"{moment}\n{self.secret}".encode())).decode()
            return str(httpx2.URL(self.url).copy_merge_params({"timestamp": moment, "sign": sign})), body, headers
        moment = str(int(now.timestamp()))
        signature = _mac(self.secret, f"{moment}.".encode() + body).hex()
        return self.url, body, {**headers, "X-OneMap-Timestamp": moment, "X-OneMap-Signature": f"sha256={signature}"}

    def _form(self, message: Message) -> dict[str, Any]:
        if self.receiver is Receiver.JSON:
            return {"heading": message.heading, "lines": list(message.lines), **message.data}
        return {"msgtype": "text", "text": {"content": message.text}}


def deliver(
    hook: Hook,
    message: Message,
    now: Callable[[], datetime],
    *,
    pauses_s: Sequence[float] = PAUSES_S,
    sleep: Callable[[float], object] = time.sleep,
) -> int:
    """Post a message, again after pauses where that may help.

    Returns
    -------
    How many tries it took.

    Raises
    ------
    WebhookError
        If it was refused, or every try failed.
    """
    tries = 1
    while True:
        try:
            _post(hook, message, now())
        except WebhookError as error:
            _log.warning("webhook failed", extra={"reason": error.reason, "tries": tries})
            if tries > len(pauses_s) or not error.again:
                raise
            sleep(pauses_s[tries - 1])
            tries += 1
        else:
            return tries


def _post(hook: Hook, message: Message, now: datetime) -> None:
    url, body, headers = hook.request(message, now)
    try:
        answer = httpx2.post(url, content=body, headers=headers, timeout=TIMEOUT_S, follow_redirects=False)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise WebhookError(type(error).__name__, again=not isinstance(error, httpx2.InvalidURL)) from error
    if not answer.is_success:
        raise WebhookError(f"HTTP {answer.status_code}", again=answer.status_code in _AGAIN)
    if hook.receiver is not Receiver.JSON:
        _read_errcode(answer)


def _read_errcode(answer: httpx2.Response) -> None:
    """Raise what a robot answers in its body; a robot that is asked too often says so there."""
    try:
        said = answer.json()
    except ValueError as error:
        raise WebhookError("the answer is not JSON", again=False) from error
    code = said.get("errcode", 0) if isinstance(said, dict) else 0
    if code:
        raise WebhookError(f"errcode {code}: {tidy_text(str(said.get('errmsg', '')))[:200]}", again=code in _BUSY)


def _mac(secret: str, what: bytes) -> bytes:
    return hmac.new(secret.encode(), what, hashlib.sha256).digest()


def _fit(text: str, bytes_max: int) -> str:
    """Cut a text to a number of bytes in UTF-8, with an ellipsis where something is missing."""
    raw = text.encode()
    if len(raw) <= bytes_max:
        return text
    return raw[: bytes_max - 3].decode(errors="ignore") + "…"
