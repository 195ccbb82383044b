"""Watch the board, and tell a receiver which lights have turned red and which steps of supervision were taken.

What was told stands in the store as an event, so that of several servers that see the same write one tells it, and a
server that starts again goes on where the last one stopped. The first look ever only takes note. A message is told at
most once: note is taken first, and what cannot be delivered is kept as an event; a server that is killed while it
tells loses that one message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from threading import Event as Stop
from threading import Thread
from typing import Any, Final

from data.store.rows import Author, Source, Write
from geo.model.campaign import Campaign
from geo.model.errors import OneMapError
from geo.model.status import Light
from geo.model.supervision import LEVEL_LABELS, Act, SupervisionEvent
from geo.tasks.attention import attention
from geo.tasks.attention_words import sentence, unit_label
from geo.tasks.joins import Board
from locales import Label, Name, Text, same
from services.campaign.context import CampaignContext
from services.wall.webhook import Hook, Message, WebhookError, deliver

TOLD: Final = "told"
UNTOLD: Final = "untold"
EVERY_S: Final = 5.0
LINES_MAX: Final = 20
_WATCHER: Final = Author(name="webhook", unit="", role="", source=Source.API)
_ACTS: Final = {
    Act.ISSUE: Text("issued to"),
    Act.RECEIPT: Text("received by"),
    Act.REPLY: Text("answered by"),
    Act.CLOSE: Text("closed for"),
}
_log = logging.getLogger("onemap.webhook")


class Watcher:
    """Look at the board again and again.

    Parameters
    ----------
    open_context
        Gives the opened campaign; raises as `services.campaign.context.get_context`.
    hook
        Where to tell.
    real_now
        Gives the real instant.
    send
        Delivers a message; raises `WebhookError`.
    """

    def __init__(
        self,
        open_context: Callable[[], CampaignContext],
        hook: Hook,
        real_now: Callable[[], datetime],
        send: Callable[[Hook, Message, Callable[[], datetime]], int] = deliver,
    ) -> None:
        self._open_context = open_context
        self._hook = hook
        self._real_now = real_now
        self._send = send
        self._looked: tuple[str, date] | None = None
        self._stop = Stop()

    def look(self) -> Message | None:
        """Tell what is new since something was told last.

        Returns
        -------
        What was told; None where there is nothing new, another server tells it, or it could not be delivered.

        Raises
        ------
        CampaignError, StoreUnavailableError
            As `context` does.
        """
        context = self._open_context()
        looked = (context.version, context.today())
        if looked == self._looked:
            return None
        board = context.board(context.today())
        reds = tuple(board.tasks.index[board.tasks["light"] == Light.RED])
        acts = context.supervision(board.as_of)
        before = context.store.events(TOLD, subject=context.campaign.id)
        note = {"reds": ";".join(reds), "seen": str(max((act.seq for act in acts), default=0))}
        message = None
        if not before or dict(before[-1].detail) != note:
            message = _message(context, board, reds, acts, before[-1].detail) if before else None
            key = f"{TOLD}:{context.campaign.id}:{context.version}:{context.today()}"
            if self._note(context, TOLD, note, key).repeated:
                message = None
        self._looked = looked
        return message if message is not None and self._tell(context, message) else None

    def _note(self, context: CampaignContext, kind: str, detail: dict[str, str], key: str) -> Any:  # noqa: ANN401  a receipt
        write = Write(author=_WATCHER, key=key, now=self._real_now(), based_on=None)
        return context.store.append_event(kind, context.campaign.id, detail, write)

    def _tell(self, context: CampaignContext, message: Message) -> bool:
        try:
            self._send(self._hook, message, self._real_now)
        except WebhookError as error:
            _log.exception("not delivered", extra={"reason": error.reason})
            detail = {"reason": error.reason, "text": message.text}
            self._note(context, UNTOLD, detail, f"{UNTOLD}:{context.version}:{self._real_now().isoformat()}")
            return False
        return True

    def start(self) -> None:
        """Look every few seconds, in a thread of its own."""
        Thread(target=self._run, name="webhook", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                self.look()
            except OneMapError as error:
                _log.warning("could not look", extra={"reason": str(error)})


def trial(context: CampaignContext) -> Message:
    """Message that only shows that messages arrive."""
    heading = Text("[{campaign}] test message", campaign=context.campaign.short).zh
    return Message(heading, (Text("The One Map reaches you.").zh,), {"test": True})


def _message(
    context: CampaignContext,
    board: Board,
    reds: tuple[str, ...],
    acts: tuple[SupervisionEvent, ...],
    told: Mapping[str, str],
) -> Message | None:
    """What is new against the detail of what was told last; None where nothing is."""
    before = set(told.get("reds", "").split(";"))
    new = [task for task in reds if task not in before]
    taken = [act for act in acts if act.seq > int(told.get("seen", 0))]
    lines = [*_red_lines(context, board, new), *(_act_line(board, act) for act in taken)]
    if not lines:
        return None
    shown = [line.zh for line in lines[:LINES_MAX]]
    if len(lines) > LINES_MAX:
        shown.append(Text("… and {n} more", n=len(lines) - LINES_MAX).zh)
    data = {
        "campaign": context.campaign.id,
        "sample": context.campaign.sample,
        "asOf": board.as_of.isoformat(),
        "reds": new,
        "supervision": [{"task": act.task, "rung": act.rung, "act": act.act, "unit": act.unit} for act in taken],
        "linesEn": [line.en for line in lines[:LINES_MAX]],
    }
    return Message(_heading(context.campaign, len(new), len(taken)), tuple(shown), data)


def _heading(campaign: Campaign, reds: int, steps: int) -> str:
    text = Text(
        "[{campaign}] {reds} turned red, {steps} steps of supervision", campaign=campaign.short, reds=reds, steps=steps
    )
    return text.zh + (Text(" (sample data)").zh if campaign.sample else "")


def _red_lines(context: CampaignContext, board: Board, tasks: list[str]) -> Iterator[Label]:
    needs = attention(board, context.campaign, context.updates(board.as_of), context.supervision(board.as_of))
    by_task = {need.task: sentence(need, board.units) for need in needs}
    for task in tasks:
        row = board.tasks.loc[task]
        title = Name(str(row["title_zh"]), str(row["title_en"]))
        yield Text("◆ {task} {title}: {why}", task=task, title=title, why=by_task[task])


def _act_line(board: Board, act: SupervisionEvent) -> Label:
    known = act.task in board.tasks.index
    title = Name(*map(str, board.tasks.loc[act.task, ["title_zh", "title_en"]])) if known else same(act.task)
    return Text(
        "▣ {task} {title}: {rung} {what} {unit}",
        task=act.task,
        title=title,
        rung=LEVEL_LABELS[act.rung],
        what=_ACTS[act.act],
        unit=unit_label(board.units, act.unit),
    )
