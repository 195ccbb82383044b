"""What scripts/screenshots photographs: one scene per page, with what must be there before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.incidents.incidents import IncidentKind, Severity
from services.access.policy import Person, Role
from services.campaign.context import open_context
from services.incidents.incidents import Opening, add_entry, open_incident
from settings import DEFAULT_CAMPAIGN

DESKTOP: Final = (1920, 1080)
PAGE: Final = (1440, 900)
PHONE: Final = (390, 844)
_MAP: Final = ".onemap-frame[data-applied]"
_REST: Final = ".stApp[data-test-script-state='notRunning']"
_DRILL: Final = "picture-of-a-drill"


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold one scene: the page and query of its address, the size of the screen, and the selectors to wait for.

    `drill` begins a drill first, whose id the query may take; `place` is where the phone says that it is, lon and lat.
    """

    name: str
    page: str
    wait: tuple[str, ...] = (_REST,)
    query: str = ""
    size: tuple[int, int] = PAGE
    themes: tuple[str, ...] = ("light",)
    drill: bool = False
    place: tuple[float, float] | None = None

    @property
    def phone(self) -> bool:
        """Whether the screen is a phone's."""
        return self.size == PHONE

    def file(self, lang: str, theme: str) -> str:
        """Name of its picture."""
        return f"{self.name}-{lang}-{theme}.png"

    def path(self, lang: str, drill: str = "") -> str:
        """Path of its address."""
        query = "&".join(part for part in (f"lang={lang}", self.query.format(drill=drill)) if part)
        return f"/{self.page}?{query}"


SCENES: Final = (
    Scene("desktop", "", (_MAP, ".onemap-row", _REST), size=DESKTOP, themes=("light", "dark")),
    Scene("phone", "", (_MAP, ".onemap-row", _REST), size=PHONE),
    Scene("panel", "", (_MAP, ".onemap-row", ".onemap-panel-head", _REST), "feature=C36"),
    Scene("nearby", "nearby", (_MAP, ".st-key-nearby-list", _REST), size=PHONE, place=(121.2985, 31.1915)),
    Scene("tasks", "tasks", ("[data-testid=stDataFrame]", _REST)),
    Scene("task", "task", (".onemap-history", _MAP, _REST), "id=T29"),
    Scene("changes", "changes", (_MAP, _REST)),
    Scene("progress", "progress", (".st-key-gantt canvas, .st-key-gantt svg", _REST)),
    Scene("supervision", "supervision", (".onemap-rungs", _REST)),
    Scene("units", "units", (".onemap-matrix", _REST)),
    Scene("briefing", "briefing", (".st-key-briefing-make", _REST)),
    Scene("unit", "unit", (".onemap-unit-head", _MAP, _REST), "id=qingpu"),
    Scene("wall", "", (".wall-side h2", _MAP), "wall=1", size=DESKTOP, themes=("dark",)),
    Scene("incidents", "incidents", (".onemap-incident", _MAP, _REST), "id={drill}", drill=True),
)


def begin_drill(var: Path) -> str:
    """Log a drill with one entry in the database of a server's folder; its id. Once more, it is the same."""
    context = open_context(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    person = Person("示例值班长", "示例值班长", Role.COMMAND_CENTRE, "")
    opening = Opening(
        IncidentKind.FLOODING, Severity.SERIOUS, "下穿通道积水约 20 厘米，车辆绕行。", 121.3012, 31.1921, drill=True
    )
    open_incident(context.store, context.campaign, person, opening, key=_DRILL, now=context.now())
    add_entry(context, person, _DRILL, "排水抢险队到场，两台泵车开始抽水。", key=f"{_DRILL}-1", seen=0)
    return _DRILL
