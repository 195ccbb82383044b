"""Start everything: the pages and, beside them, the routes that serve what the map needs."""

from pathlib import Path

import streamlit as st

from server.routes import ROUTES

app = st.App(Path(__file__).parent / "views" / "main.py", routes=ROUTES)
