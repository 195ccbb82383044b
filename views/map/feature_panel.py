"""Show the list beside the map, and the panel of the selected feature: what it is, how exact, and its tasks."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_LABELS, LIGHT_ORDER, Light
from geo.space.crs import measure
from geo.tasks.filters import match
from locales import Name
from services.board.joint import why_of_feature
from services.campaign import urls
from views.map import joint
from views.nearby import along
from views.shared import map_view, state
from views.shared.context import PageContext
from views.shared.task_card import joined, light_image, task_card
from views.shared.url import KEYS
from views.supervision import form as supervision_form
from views.tasks import report_form

_HECTARES_FROM_M2 = 10_000
_KM_FROM_M = 1_000


def show(context: PageContext) -> None:
    """Draw the panel; nothing where no feature is selected."""
    if context.selected is None:
        return
    _ = context.words.gettext
    feature = context.board.features.loc[context.selected]
    with st.container(key=state.KEYS.feature_panel):
        st.button(_("Close"), key="panel-close", icon=":material/close:", on_click=state.deselect, type="tertiary")
        st.html(_head(context, feature))
        _hidden(context)
        _tasks(context, feature)
        along.panel(context, context.selected)
        joint.panel(context, context.selected)
        st.html(_facts(context, feature))


def _hidden(context: PageContext) -> None:
    """Say that the filters hide the selected feature, with the way out."""
    _ = context.words.gettext
    if match(context.board, context.filters)[context.board.features.index.get_loc(context.selected)]:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="panel-hidden"):
        st.caption(_("The filters hide this feature on the map."))
        st.button(_("Show all"), key="panel-show", on_click=state.clear, args=(context.choices,))


def _head(context: PageContext, feature: pd.Series) -> str:
    other = "en" if context.lang == "zh" else "zh"
    label = LIGHT_LABELS[Light(feature["light"])].get(context.lang)
    why = why_of_feature(context.opened, context.board.as_of, str(feature.name)).get(context.lang)
    return (
        f'<header class="onemap-panel-head"><h2 dir="auto">{escape(feature[f"name_{context.lang}"])}</h2>'
        f'<p class="other" dir="auto">{escape(feature[f"name_{other}"])}</p>'
        f'<p class="state">{light_image(context, feature["light"])} {escape(label)}</p>'
        f'<p class="why">{escape(why)}</p></header>'
    )


def _facts(context: PageContext, feature: pd.Series) -> str:
    _ = context.words.gettext
    names = context.board.features[f"name_{context.lang}"]
    accuracy = _("unknown") if pd.isna(feature["accuracy_m"]) else f"± {feature['accuracy_m']:,.0f} m"
    facts = [
        (_("Number"), str(context.selected)),
        (_("Kind"), KIND_LABELS[feature["kind"]].get(context.lang)),
        (_("Zones"), joined(context, [names[zone] for zone in feature["zones"]]) or _("outside the key zones")),
        *_inside(context, feature),
        *_size(context, feature),
        (_("Bounded by"), feature[f"bounding_roads_{context.lang}"]),
        (_("Accuracy"), f"{accuracy}{_(' · position only plausible') if feature['plausible'] else ''}"),
        (_("Source"), Name(feature["source_zh"], feature["source"]).get(context.lang)),
    ]
    rows = "".join(f'<dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd>' for name, value in facts if value)
    return f'<dl class="onemap-facts">{rows}</dl>'


def _inside(context: PageContext, feature: pd.Series) -> list[tuple[str, str]]:
    """Of a zone, how many features inside it are late or blocked: its own light says only its own tasks."""
    if feature["layer"] != Layer.ZONES:
        return []
    plural = context.words.ngettext
    features = context.board.features
    others = features[(features["layer"] != Layer.ZONES) & (features["light"] == Light.RED)]
    late = sum(str(feature.name) in zones for zones in others["zones"])
    return [(LIGHT_LABELS[Light.RED].get(context.lang), plural("{n} feature", "{n} features", late).format(n=late))]


def _size(context: PageContext, feature: pd.Series) -> list[tuple[str, str]]:
    _ = context.words.gettext
    lengths, areas = measure([feature["geometry"]], metric_crs=context.campaign.metric_crs)
    length, area = float(lengths[0]), float(areas[0])
    if area > 0:
        text = f"{area / 1e6:,.2f} km²" if feature["layer"] == Layer.ZONES else f"{area / _HECTARES_FROM_M2:,.1f} ha"
        return [(_("Area"), text)]
    if length > 0:
        text = f"{length / _KM_FROM_M:,.2f} km" if length >= _KM_FROM_M else f"{length:,.0f} m"
        return [(_("Length"), text)]
    return []


def _tasks(context: PageContext, feature: pd.Series) -> None:
    plural = context.words.ngettext
    tasks = context.board.tasks.loc[list(feature["tasks"])]
    order = tasks["light"].map({str(light): rank for rank, light in enumerate(LIGHT_ORDER)}).sort_values(kind="stable")
    heading = plural("{n} task", "{n} tasks", len(tasks)).format(n=len(tasks))
    st.html(f'<section class="onemap-tasks"><h3>{escape(heading)}</h3></section>')
    for _, task in tasks.loc[order.index].iterrows():
        st.html(f'<section class="onemap-tasks">{task_card(context, task)}</section>')
        report_form.offer(context, task)
        supervision_form.show(context, task, short=True)


_list = st.components.v2.component("onemap_list", js=map_view.loader(), isolate_styles=False)


def show_list(context: PageContext) -> None:
    """Draw the list; it has a tab for each of the two."""
    swatch = urls.swatch_url("light-LIGHT", context.theme)
    data = map_view.shared_data(context, "list.js") | {"swatch": swatch}
    with st.container(key="list-frame"):
        _list(key=KEYS.feature_list, data=data, on_picked_change=map_view.take_pick(KEYS.feature_list))
