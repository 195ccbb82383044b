"""Show nothing but one word, whose appearance says that the page is there: the floor of a first map."""

import streamlit as st

st.text("ready")
