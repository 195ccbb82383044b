"""Draw the legend, which is the filter too, with the rings of supervision; and the same filters above a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.model.kinds import KIND_LABELS
from geo.model.status import LIGHT_LABELS, STATUS_LABELS, Light, Status
from geo.model.supervision import ESCALATION_LEVELS, LEVEL_LABELS
from geo.tasks.facets import Facet
from geo.tasks.filters import facet_counts
from layers.screen.map import BASEMAPS
from services.campaign.urls import swatch_url
from views.shared import state
from views.shared.context import PageContext, ladders_of
from views.shared.url import KEYS, NO_BASEMAP


def _rings(context: PageContext) -> None:
    """Draw one entry for each rung on which a task stands; nothing where no supervision is open."""
    _, plural = context.words.gettext, context.words.ngettext
    rungs = [one.rung for one in ladders_of(context).values() if one.rung]
    if not rungs:
        return
    entries = []
    for rung in ESCALATION_LEVELS:
        if number := rungs.count(rung):
            image = swatch_url(f"ring-{rung}", context.theme)
            title = plural("{n} task", "{n} tasks", number).format(n=number)
            word = f'{escape(LEVEL_LABELS[rung].get(context.lang))} <b title="{escape(title)}">{number}</b>'
            entries.append(f'<span><img src="{image}" alt="">{word}</span>')
    head = escape(_("Under supervision (tasks)"))
    st.html(f'<p class="onemap-rings"><span class="head">{head}</span>{"".join(entries)}</p>')


Counts = dict[Facet, dict[str, int]]
SELECTS = 4


def show(context: PageContext) -> None:
    """Draw search, lights, kinds, zone, category, unit, status, the button that lifts all of them, and the basemap."""
    counts = facet_counts(context.board, context.filters)
    _ = context.words.gettext
    with st.container(key="legend-top"):
        search(context)
        lights(context, counts)
        _rings(context)
    with st.container(key="legend-more"):
        _pills(_("Kinds of features (click to hide)"), KEYS.kind, context.choices.kinds, _kind(context, counts))
        selects(context, counts, [st.container(key=f"select-{place}") for place in range(SELECTS)])
        st.button(
            _("Clear all filters"),
            key=KEYS.clear,
            on_click=state.clear,
            args=(context.choices,),
            icon=":material/filter_alt_off:",
            width="stretch",
            disabled=context.filters.is_empty,
        )
        _basemap(context)


def search(context: PageContext) -> None:
    """Draw the search box."""
    _ = context.words.gettext
    st.text_input(
        _("Search"),
        key=KEYS.text,
        placeholder=_("Road, node or task …"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=state.TEXT_MAX,
    )


def lights(context: PageContext, counts: Counts) -> None:
    """Draw the lights with their counts; what is selected is shown."""
    _ = context.words.gettext
    _pills(_("Lights of features (click to hide)"), KEYS.light, context.choices.lights, _light(context, counts))


def plain_lights(context: PageContext) -> None:
    """Draw the lights without counts, where what is counted is not features."""
    _ = context.words.gettext
    with st.container(key="plain-lights"):
        names = {light: LIGHT_LABELS[Light(light)].get(context.lang) for light in context.choices.lights}
        images = {light: f"![]({swatch_url(f'light-{light}', context.theme)}) {name}" for light, name in names.items()}
        _pills(_("Lights (click to hide)"), KEYS.light, context.choices.lights, images.__getitem__)


def _pills(label: str, key: str, options: tuple[str, ...], name: Callable[[str], str]) -> None:
    st.pills(label, options, selection_mode="multi", key=key, format_func=name, width="stretch", wrap=True)


def _light(context: PageContext, counts: Counts) -> Callable[[str], str]:
    def name(light: str) -> str:
        label = LIGHT_LABELS[Light(light)].get(context.lang)
        return f"![]({swatch_url(f'light-{light}', context.theme)}) {label} **{counts[Facet.LIGHTS].get(light, 0)}**"

    return name


def _kind(context: PageContext, counts: Counts) -> Callable[[str], str]:
    def name(kind: str) -> str:
        label = KIND_LABELS[kind].get(context.lang)
        return f"![]({swatch_url(f'kind-{kind}', context.theme)}) {label} **{counts[Facet.KINDS].get(kind, 0)}**"

    return name


def selects(context: PageContext, counts: Counts, places: Sequence[DeltaGenerator]) -> None:
    """Draw the selects of zone, category, unit and status, each in a place of its own."""
    _ = context.words.gettext
    features, units, lang = context.board.features, context.opened.loaded.units, context.lang
    zones = {zone: str(features.at[zone, f"name_{lang}"]) for zone in context.choices.zones}
    categories = {one: context.campaign.category_name(one).get(lang) for one in context.choices.categories}
    shorts = {unit: str(units.at[unit, f"short_{lang}"]) for unit in context.choices.units}
    statuses = {status: STATUS_LABELS[Status(status)].get(lang) for status in context.choices.statuses}
    drawn = (
        (_("Zone"), KEYS.zone, zones, counts[Facet.ZONES], _("All zones")),
        (_("Category"), KEYS.category, categories, counts[Facet.CATEGORIES], _("All categories")),
        (_("Unit"), KEYS.unit, shorts, counts[Facet.UNITS], _("All units")),
        (_("Status"), KEYS.status, statuses, counts[Facet.STATUSES], _("All statuses")),
    )
    for place, select in zip(places, drawn, strict=True):
        with place:
            _select(*select)
            if select[1] == KEYS.unit and st.session_state[KEYS.unit]:
                st.checkbox(_("Leading only"), key=KEYS.lead, help=_("Leave out what these units only support."))


def _basemap(context: PageContext) -> None:
    _ = context.words.gettext
    names = {NO_BASEMAP: _("No basemap (offline)")} | {one.id: one.name.get(context.lang) for one in BASEMAPS}
    st.selectbox(
        _("Basemap"),
        context.choices.basemaps,
        key=KEYS.basemap,
        format_func=names.__getitem__,
        help=_("Online basemaps need the public network. The bundled drawing needs none."),
    )


def _select(label: str, key: str, names: Mapping[str, str], counts: Mapping[str, int], everything: str) -> None:
    st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda value: f"{names[value]} ({counts.get(value, 0)})",
        placeholder=everything,
    )


def show_filters(context: PageContext) -> None:
    """Draw search, lights and the selects in one row."""
    _ = context.words.gettext
    counts = facet_counts(context.board, context.filters)
    plain_lights(context)
    first, *columns, last = st.columns([2, 2, 2, 2, 2, 1], vertical_alignment="bottom")
    with first:
        search(context)
    selects(context, counts, columns)
    last.button(
        _("Clear"),
        key=KEYS.clear,
        on_click=state.clear,
        args=(context.choices,),
        disabled=context.filters.is_empty,
        width="stretch",
    )
