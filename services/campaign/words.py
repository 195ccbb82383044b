"""Give the map and the list their words, as one document per language."""

from __future__ import annotations

from functools import cache

from exports.snapshot.formats import FORMATS
from geo.model.status import LIGHT_LABELS, STATUS_LABELS
from layers.screen.documents import compact_json
from locales import Language, translations
from services.campaign import urls
from services.campaign.urls import digest


@cache
def words_document(language: Language) -> bytes:
    """JSON of the words: sentences, and the words of lights and statuses by id; ``{days}`` is filled by the reader."""
    _ = translations(language).gettext
    words = {
        "map": _("Map of the support zones, corridors and nodes"),
        "attention": _("Needs attention"),
        "all": _("All features"),
        "isNew": _("new"),
        "calm": _("Nothing here needs anybody now."),
        "loading": _("Loading the map …"),
        "failed": _("The map could not be loaded. Is the server reachable?"),
        "retry": _("Try again"),
        "clear": _("Clear all filters"),
        "empty": _("Nothing matches the filters. Clear them to see everything."),
        "tiles": _("The online basemap cannot be reached from here. Choose “No basemap”; all layers stay."),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "home": _("Show the whole area"),
        "sample": _("Sample data"),
        "noTask": _("No task concerns this feature"),
        "overdue": _("overdue by {days} d"),
        "left": _("{days} d left"),
        "silent": _("no report for {days} d"),
        "today": _("due today"),
        "difficulty": _("Difficulty: {text}"),
        "statuses": {str(status): label.get(language) for status, label in STATUS_LABELS.items()},
        "lights": {str(light): label.get(language) for light, label in LIGHT_LABELS.items()},
    }
    return compact_json(words | _export_words(language)).encode()


def _export_words(language: Language) -> dict[str, object]:
    _ = translations(language).gettext
    return {
        "exportAs": _("Export this view as {format}"),
        "exportMore": _("More formats, and saved views"),
        "savedViews": _("Saved views"),
        "saveView": _("Save"),
        "viewName": _("Name of this view"),
        "removeView": _("Remove the view {name}"),
        "exporting": _("Making the {format} … {s} s"),
        "exportFailed": _("The file could not be made: {reason}"),
        "formats": {one.id: one.name.get(language) for one in FORMATS},
    }


@cache
def words_url(language: Language) -> str:
    """Address of the words of a language."""
    return urls.WORDS.format(hash=digest(words_document(language)), lang=language)
