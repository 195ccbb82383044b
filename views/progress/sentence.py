"""Say the forecast in a sentence, with what it rests on below, and how it is made on demand."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.tasks.forecast import Outlook
from services.board.progress import Progress, basis, needed, sentence
from views.shared.context import PageContext


def show(context: PageContext, progress: Progress) -> None:
    """Draw the sentences of all forecasts; the last one is explained."""
    _, lang = context.words.gettext, context.lang
    said = "".join(f"<p>{escape(sentence(one).get(lang))}</p>" for one in progress.forecasts)
    grounds = (basis(progress.forecast).get(lang), needed(progress.forecast).get(lang))
    below = " ".join(escape(text) for text in grounds if text)
    st.html(
        f'<section class="onemap-forecast" data-testid="forecast"><h2>{escape(_("Progress"))}</h2>'
        f'<div class="said">{said}</div><p class="grounds">{below}</p></section>'
    )
    if progress.forecast.outlook is Outlook.AHEAD:
        with st.expander(_("How the forecast is made"), key="forecast-method"):
            st.html(
                f'<div class="onemap-method">{"".join(f"<p>{escape(text)}</p>" for text in _method(context))}</div>'
            )


def _method(context: PageContext) -> tuple[str, ...]:
    _ = context.words.gettext
    return (
        _(
            "Counted are the tasks whose due date is on or before the day. A task that is due later or has no due date "
            "cannot miss it."
        ),
        _(
            "Assumed is that tasks go on being finished one by one at the mean pace of the last 28 days. The range is "
            "as wide as so few events demand: it holds the pace's own uncertainty and the chance of what comes "
            "(prediction interval for Poisson counts, Nelson 1970)."
        ),
        _(
            "Not in the range is a change of pace. Many tasks are finished shortly before they are due, so long before "
            "a deadline the forecast is rather too gloomy; where work slows down, it is too bright. Read it as “if "
            "nothing changes”, not as what will happen."
        ),
        _("Formulas, checks and measured hit rates: docs/forecast.md."),
    )
