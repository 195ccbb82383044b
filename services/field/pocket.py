"""Write the pocket map: one HTML file with layers, tasks, lights, search and nearest list, for places with no network.

The file asks nobody for anything: Leaflet, styles and data stand in it, and its policy lets only the two scripts run
whose hashes it names. Data are JSON in a block that no browser runs, with every `<` escaped, and reach the page as text
nodes; a text of the data is never code.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date
from html import escape
from typing import Any, Final

from geo.model.kinds import KIND_LABELS
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS
from geo.space.crs import Datum
from geo.space.map_links import MapApp, map_link
from geo.space.position import FAR_M, POSITION_TEXTS, VAGUE_M
from geo.space.rank import COMPASS, WALKING_M_PER_S
from layers.screen.standalone import data_block, file_text, leaflet_script, leaflet_styles, script
from layers.style import css_variables, style_table
from locales import Language, translations
from services.campaign.context import CampaignContext
from services.incidents.incidents import drill_runs

_BODY: Final = """\
<div id="map"></div>
<main>
<div class="bar">
<input id="search" type="search" autocomplete="off">
<button id="locate" type="button"></button>
<button id="tap" type="button" aria-pressed="false"></button>
</div>
<p id="notice" role="status"></p>
<section id="panel"></section>
<p id="count" class="soft"></p>
<div id="rows"></div>
</main>
"""


def pocket_name(context: CampaignContext, day: date) -> str:
    """Return the name of the file."""
    return f"onemap-{context.campaign.id}-{day.isoformat()}.html"


def pocket_map(context: CampaignContext, day: date, lang: Language) -> bytes:
    """Return the pocket map of a day as one HTML file in one language.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    styles = f":root{{{css_variables()}}}\n{leaflet_styles()}\n{file_text('pocket.css')}"
    scripts = (leaflet_script(), script("pocket.js"))
    parts = (
        _head(context, day, lang, styles, scripts),
        _BODY,
        data_block("data", pocket_document(context, day, lang)),
        *(f"<script>{script}</script>\n" for script in scripts),
        "</body>\n</html>\n",
    )
    return "".join(parts).encode()


def _head(context: CampaignContext, day: date, lang: Language, styles: str, scripts: tuple[str, ...]) -> str:
    _ = translations(lang).gettext
    campaign = context.campaign
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = f"{campaign.short.get(lang)} · {day.isoformat()}"
    facts = f"{_('As of {day}').format(day=day.isoformat())} · {context.version} · {campaign.attribution.get(lang)}"
    labels = [_("DRILL")] * drill_runs(context) + [_("Sample data")] * campaign.sample
    sample = f'<p id="sample">{escape(" · ".join(labels))}</p>' if labels else ""
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{styles}</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(title)}</h1><p class="soft">{escape(facts)}</p>{sample}</header>\n'
    )


def pocket_document(context: CampaignContext, day: date, lang: Language) -> dict[str, Any]:
    """Return everything that the page reads."""
    features = json.loads(context.features_document(Datum.WGS84))
    return {
        "style": style_table(),
        "words": _words(context, lang),
        "links": _links(features, lang),
        "view": context.campaign.view,
        "lang": lang,
        "features": features,
        "board": json.loads(context.board_document(day)),
    }


def _links(features: dict[str, Any], lang: Language) -> list[list[str]]:
    """Return the links of each feature that open its anchor in the map apps."""
    names = [mine or zh or en for mine, zh, en in zip(features[lang], features["zh"], features["en"], strict=True)]
    places = zip(features["anchor"], names, strict=True)
    return [[map_link(app, lon, lat, name).url for app in MapApp] for (lon, lat), name in places]


def _words(context: CampaignContext, lang: Language) -> dict[str, Any]:
    """Return what the page says and reckons with, in one language."""
    return _sentences(lang) | {
        "compass": [word.get(lang) for word in COMPASS],
        "speed": WALKING_M_PER_S,
        "extent": context.campaign.extent,
        "far": FAR_M,
        "vague": VAGUE_M,
        "position": {str(kind): text.get(lang) for kind, text in POSITION_TEXTS.items()},
        "statuses": {str(status): label.get(lang) for status, label in STATUS_LABELS.items()},
        "lights": {str(light): label.get(lang) for light, label in LIGHT_LABELS.items()},
        "glyphs": {str(light): glyph for light, glyph in LIGHT_GLYPHS.items()},
        "kinds": {kind: label.get(lang) for kind, label in KIND_LABELS.items()},
        "apps": [map_link(app, 0.0, 0.0, "").label.get(lang) for app in MapApp],
    }


def _sentences(lang: Language) -> dict[str, Any]:
    _ = translations(lang).gettext
    return {
        "labels": {"locate": _("Locate me"), "tap": _("Tap the map")},
        "search": _("Search names, tasks, units"),
        "count": _("{n} of {all} projects"),
        "empty": _("Nothing matches. Clear the search to see everything."),
        "close": _("Close"),
        "open": _("Open in a map app (needs a network)"),
        "locating": _("Locating …"),
        "tapNow": _("Tap your place on the map."),
        "there": _("You are there"),
        "within": _("Near by, within {n}"),
        "way": _("{far} {where}, about {minutes} min on foot"),
        "metres": _("{n} m"),
        "kilometres": _("{n} km"),
        "overdue": _("overdue by {days} d"),
        "left": _("{days} d left"),
        "today": _("due today"),
        "difficulty": _("Difficulty: {text}"),
    }


def _hash(text: str) -> str:
    """Return the source by which a policy names an inline script or style (CSP Level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
