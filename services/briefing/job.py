"""Follow work that makes a file in another thread: how many pages are done, and whether somebody gave it up.

OneMapError
└── CancelledError   the work was cancelled before it was done
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final

from geo.model.errors import OneMapError
from geo.model.status import Label, Lang
from services.snapshots.export_view import File

_GIVEN_UP: Final = Label("已取消，没有生成文件。", "It was given up; no file was made.")
BROKEN: Final = Label(
    "文件未能生成，原因见服务器日志；请重试，或把日志交给管理员。",
    "The file could not be made; the log of the server says why. Try again, or show the log to the administrator.",
)


class CancelledError(OneMapError):
    """Say that work was given up."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(_GIVEN_UP.en)

    def message(self, lang: Lang) -> str:
        """Return what happened."""
        return _GIVEN_UP.get(lang)


@dataclass(slots=True)
class Job:
    """Hold how far work is, and what it made; two threads use it: one works, the other looks and may give it up."""

    done: int = 0
    total: int = 0
    asked: bool = False
    ended: bool = False
    failed: str = ""
    told: bool = False
    made: File | None = None
    _given_up: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def ask(self) -> None:
        """Note that the work was asked for."""
        with self._lock:
            self.done = self.total = 0
            self.asked, self.ended, self.failed, self.told, self.made = True, False, "", False, None
            self._given_up.clear()

    def page(self, done: int, total: int) -> None:
        """Note how far it is.

        Raises
        ------
        CancelledError
            It was given up.
        """
        if self._given_up.is_set():
            raise CancelledError
        with self._lock:
            self.done, self.total = done, total

    def end(self, made: File | None = None, failed: str = "") -> None:
        """Note that it is over, with what it made or why it failed."""
        with self._lock:
            self.ended, self.made, self.failed = True, made, failed

    def give_up(self) -> None:
        """End it after the page that is being made."""
        self._given_up.set()

    @property
    def runs(self) -> bool:
        """Whether it was asked for and is not over."""
        return self.asked and not self.ended
