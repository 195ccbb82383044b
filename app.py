"""Start everything: the pages and, beside them, the routes that serve what the map, sign-in and operators need."""

from pathlib import Path

import streamlit as st

from server.startup import MIDDLEWARE, ROUTES, lifespan

app = st.App(Path(__file__).parent / "views" / "main.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
