"""Define what use cases refuse; each is also a built-in error and speaks both languages.

    OneMapError
    ├── NotAllowedError (PermissionError)   this person may not do this, or not with this task
    ├── TransitionError (ValueError)        a report lacks what its status demands
    └── PhotoError (ValueError)             a file is no photo, or too large

Two more pass through from the store, `geo.model.errors` draws them: ConflictError, where somebody was faster, and
StoreUnavailableError, where nothing can be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.errors import OneMapError
from geo.model.status import Label
from geo.validation.problem import shown

if TYPE_CHECKING:
    from geo.model.status import Lang
    from services.access.policy import Action, Person
    from services.reports.forms import Demand


class NotAllowedError(PermissionError, OneMapError):
    """Say that a person may not do something; `task` is empty where it is not about one task."""

    def __init__(self, person: Person | None, action: Action, task: str = "") -> None:
        """Name the person, None for nobody, what they wanted, and the task."""
        self.person = person
        self.action = action
        self.task = task
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return who may not do what, and what helps."""
        from services.access.policy import ACTION_LABELS  # noqa: PLC0415  # policy raises this error

        what, task = ACTION_LABELS[self.action], shown(self.task)[1:-1]
        if self.person is None or not self.person.signed_in:
            return Label(f"请先登录，再{what.zh}。", f"Sign in first to {what.en}.").get(lang)
        who = shown(self.person.display_name or self.person.name)[1:-1]
        of_task = Label(f"（任务 {task}）", f" ({task})") if task else Label("", "")
        return Label(
            f"{who}无权{what.zh}{of_task.zh}，没有保存。如有需要，请联系系统管理员。",
            f"{who} may not {what.en}{of_task.en}; nothing was saved. An administrator can change that.",
        ).get(lang)


class TransitionError(ValueError, OneMapError):
    """Say everything that a report lacks, field by field."""

    def __init__(self, task: str, demands: tuple[Demand, ...]) -> None:
        """Name the task and what is demanded; at least one demand."""
        self.task = task
        self.demands = demands
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return all demands in one text."""
        return ("" if lang == "zh" else " ").join(demand.sentence(lang) for demand in self.demands)


class PhotoError(ValueError, OneMapError):
    """Say why a file is not taken as a photo, and what to do."""

    def __init__(self, name: str, reason: Label) -> None:
        """Name the file and the reason, a sentence without its subject."""
        self.name = name
        self.reason = reason
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return the name of the file, what is wrong and what to do."""
        name = shown(self.name)[1:-1] or Label("照片", "The photo").get(lang)
        return f"{name}{'' if lang == 'zh' else ' '}{self.reason.get(lang)}"
