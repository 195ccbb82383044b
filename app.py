"""Start everything: the pages and, beside them, the routes that serve what the map, sign-in and operators need."""

from pathlib import Path

import streamlit as st

from server.startup import MIDDLEWARE, lifespan, routes_with
from views.shared import who as sign_in

app = st.App(
    Path(__file__).parent / "views" / "main.py",
    routes=routes_with(sign_in.providers),
    middleware=MIDDLEWARE,
    lifespan=lifespan,
)
