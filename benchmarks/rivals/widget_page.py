"""Show one widget and one text that depends on it: the floor of a filter change."""

import streamlit as st

from geo.model.status import LIGHT_ORDER

lights = st.pills("Lights", list(LIGHT_ORDER), selection_mode="multi", default=list(LIGHT_ORDER), key="filter-light")
st.text(f"{len(lights)} lights")
