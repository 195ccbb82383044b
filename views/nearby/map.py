"""Draw the map of the page: where the person stands, how well that is known, and the way of the round."""

from __future__ import annotations

import math
from typing import Final

from services.field.nearby import Around
from services.field.round import Round
from views.nearby import place as nearby_place
from views.shared import map_view
from views.shared.context import PageContext
from views.shared.map_view import Place

NEAR_M: Final = 250.0
FAR_M: Final = 800.0
_AROUND: Final = 3
"""So many of the nearest rows are brought into view with the place itself, within these bounds."""
_M_PER_DEGREE: Final = 111_320.0


def show(context: PageContext, around: Around, walk: Round | None) -> None:
    """Draw the map; one finger scrolls the page over it."""
    _ = context.words.gettext
    position = around.position
    places = [] if position is None else [_here(position)]
    stops = walk.stops if walk else ()
    places += [Place(stop.lon, stop.lat, str(stop.number), style="stop") for stop in stops]
    way = [walk.start, *((stop.lon, stop.lat) for stop in stops)] if walk else []
    map_view.show_places(
        context,
        places,
        placing=nearby_place.is_tapping(),
        on_placed=nearby_place.take_placed(context.datum),
        way=way,
        look=_look(around, way),
        two_fingers=_("Two fingers move the map"),
    )


def _here(position: tuple[float, float]) -> Place:
    place = nearby_place.spot()
    accuracy = place.accuracy_m if place else None
    return Place(*position, glyph="", style="here", radius_m=accuracy or 0.0)


def _look(around: Around, way: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """Rectangle that is brought into view: the round, else the place with what is nearest to it."""
    if around.position is None:
        return None
    lon, lat = around.position
    if way:
        lons, lats = [one[0] for one in way], [one[1] for one in way]
        return min(lons), min(lats), max(lons), max(lats)
    nearest = sorted(row.distance_m for row in around.rows)[:_AROUND]
    reach = min(max(*nearest, NEAR_M), FAR_M) if nearest else FAR_M
    north, east = reach / _M_PER_DEGREE, reach / _M_PER_DEGREE / math.cos(math.radians(lat))
    return round(lon - east, 6), round(lat - north, 6), round(lon + east, 6), round(lat + north, 6)
