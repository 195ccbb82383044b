"""Read the environment: the only module that does."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).parent
DEFAULT_CAMPAIGN = ROOT / "data" / "campaigns" / "ciie2020"
LOOPBACK = "127.0.0.1"
WEBHOOK_KINDS = ("json", "wecom", "dingtalk")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_SQLITE = "sqlite:///"
_TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class SettingsError(ValueError):
    """Say which variable of the environment cannot be used, what is allowed and what it holds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; each field is the environment variable of the same name in capitals.

    Parameters
    ----------
    campaign_dir
        Folder of the campaign that is shown.
    tianditu_key
        Key for the Tianditu basemap; without it that basemap is not offered.
    host, port
        Where the server listens.
    var_dir
        Folder of what the program writes: the embedded database, photos, the secret key.
    database_url
        Where the store is: ``sqlite:///…`` or ``postgresql+psycopg://…``.
    secret_key
        Signs sessions and forms, at least 32 characters; empty: one is made and kept in `var_dir`.
    session_idle_minutes, session_hours
        After how long without activity, and after how long at all, one must sign in again.
    viewer_without_sign_in
        Whether who has not signed in may look.
    trust_proxy
        Whether a proxy in front says who asks (``X-Forwarded-For``) and over what (``X-Forwarded-Proto``).
    webhook_url, webhook_kind, webhook_secret
        Where lights that turn red and steps of supervision are told, the kind of receiver (``json``, ``wecom``,
        ``dingtalk``) and what signs the messages; without a URL nothing is told.
    log_level
        The least important lines that are logged.
    lang
        Language of the terminal, such as ``zh_CN.UTF-8``; ``LC_ALL`` and ``LC_MESSAGES`` win, as everywhere.
    """

    campaign_dir: Path = DEFAULT_CAMPAIGN
    tianditu_key: str = field(default="", repr=False)
    host: str = LOOPBACK
    port: int = 8501
    var_dir: Path = ROOT / "var"
    database_url: str = field(default=f"sqlite:///{ROOT / 'var' / 'onemap.sqlite'}", repr=False)
    secret_key: str = field(default="", repr=False)
    session_idle_minutes: int = 480
    session_hours: int = 24
    viewer_without_sign_in: bool = True
    trust_proxy: bool = False
    webhook_url: str = field(default="", repr=False)
    webhook_kind: str = "json"
    webhook_secret: str = field(default="", repr=False)
    log_level: str = "INFO"
    lang: str = ""


@cache
def settings() -> Settings:
    """Settings of this process, read once. An empty variable counts as unset.

    Raises
    ------
    SettingsError
        If a variable holds something else than is allowed.
    """
    host = _text("HOST") or _text("STREAMLIT_SERVER_ADDRESS") or LOOPBACK
    var_dir = Path(_text("VAR_DIR") or ROOT / "var").absolute()
    return Settings(
        campaign_dir=Path(_text("CAMPAIGN_DIR") or DEFAULT_CAMPAIGN),
        tianditu_key=_text("TIANDITU_KEY"),
        host=host,
        port=_whole("PORT", 8501, most=65535),
        var_dir=var_dir,
        database_url=_text("DATABASE_URL") or f"sqlite:///{var_dir / 'onemap.sqlite'}",
        secret_key=_text("SECRET_KEY"),
        session_idle_minutes=_whole("SESSION_IDLE_MINUTES", 480, most=7 * 24 * 60),
        session_hours=_whole("SESSION_HOURS", 24, most=31 * 24),
        viewer_without_sign_in=_truth("VIEWER_WITHOUT_SIGN_IN", unset=is_loopback(host)),
        trust_proxy=_truth("TRUST_PROXY", unset=False),
        webhook_url=_web_address("WEBHOOK_URL"),
        webhook_kind=_one_of("WEBHOOK_KIND", WEBHOOK_KINDS),
        webhook_secret=_text("WEBHOOK_SECRET"),
        log_level=_log_level(),
        lang=_text("LC_ALL") or _text("LC_MESSAGES") or _text("LANG"),
    )


def adopt_env_file(path: Path = ROOT / ".env") -> None:
    """Set what a file of ``NAME=value`` lines sets and the environment does not, as ``scripts/run`` does.

    Relative paths in it are those of its own folder, whatever folder a program was started in.
    """
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and re.fullmatch(r"[A-Z_]+", name) and name not in os.environ:
            os.environ[name] = _rooted(name, value, path.parent)


def _rooted(name: str, value: str, folder: Path) -> str:
    if name in {"CAMPAIGN_DIR", "VAR_DIR"} and value.strip():
        return str(folder / value.strip())
    file = value.removeprefix(_SQLITE)
    return f"{_SQLITE}{folder / file}" if name == "DATABASE_URL" and file != value else value


def is_loopback(host: str) -> bool:
    """Tell whether an address or name is reached from this machine alone."""
    name = host.strip().strip("[]").lower()
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _text(name: str) -> str:
    return os.environ.get(name, "").strip()


def _whole(name: str, unset: int, *, most: int) -> int:
    text = _text(name)
    number = int(text) if text.isascii() and text.isdigit() else None
    if text and (number is None or not 1 <= number <= most):
        raise SettingsError(f"{name}={text!r} cannot be used; give a whole number from 1 to {most}, or leave it out")
    return unset if number is None else number


def _truth(name: str, *, unset: bool) -> bool:
    text = _text(name).lower()
    if text and text not in _TRUTHS:
        raise SettingsError(f"{name}={text!r} cannot be used; give 1 or 0, or leave it out")
    return _TRUTHS.get(text, unset)


def _one_of(name: str, allowed: tuple[str, ...]) -> str:
    text = _text(name).lower() or allowed[0]
    if text not in allowed:
        raise SettingsError(f"{name}={text!r} cannot be used; give one of {', '.join(allowed)}")
    return text


def _web_address(name: str) -> str:
    text = _text(name)
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise SettingsError(f"{name}={text!r} cannot be used; give an address that begins with http:// or https://")
    return text


def _log_level() -> str:
    level = _text("LOG_LEVEL").upper() or "INFO"
    if level not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL={level!r} cannot be used; give one of {', '.join(LOG_LEVELS)}")
    return level
