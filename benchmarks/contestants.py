"""List what is compared: our page, what a user would write instead, and two floors of Streamlit itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

RIVALS = "benchmarks/rivals"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One page that is measured.

    Parameters
    ----------
    key, title
        Short name, and what the tables call it.
    script
        What `streamlit run` is given.
    probe
        Which probe of kit.js says that it is painted.
    needs
        Packages beyond requirements-dev.txt without which it cannot be shown.
    words
        For the floors, the text that is waited for, `{lights}` in it being how many are shown; empty where features
        are counted.
    filters
        Whether it has a filter to click.
    """

    key: str
    title: str
    script: str
    probe: str
    needs: tuple[str, ...] = ()
    words: str = ""
    filters: bool = True

    @property
    def missing(self) -> list[str]:
        """Packages that are needed and not installed."""
        return [name for name in self.needs if find_spec(name) is None]


EMPTY = Contestant("empty", "an empty Streamlit page", f"{RIVALS}/empty_page.py", "text", words="ready", filters=False)
WIDGET = Contestant(
    "widget", "Streamlit with one widget and one text", f"{RIVALS}/widget_page.py", "text", words="{lights} lights"
)
OURS = Contestant("onemap", "**One Map**", "app.py", "onemap")
CONTESTANTS = (
    EMPTY,
    WIDGET,
    OURS,
    Contestant(
        "explore",
        "`GeoDataFrame.explore()` in streamlit-folium",
        f"{RIVALS}/explore_page.py",
        "leaflet",
        needs=("matplotlib", "mapclassify", "streamlit_folium"),
    ),
    Contestant(
        "folium", "folium in streamlit-folium", f"{RIVALS}/folium_page.py", "leaflet", needs=("streamlit_folium",)
    ),
    Contestant("pydeck", "`st.pydeck_chart`", f"{RIVALS}/pydeck_page.py", "deck"),
)
"""In the order of the tables; the floors first."""
