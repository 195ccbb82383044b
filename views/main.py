"""Route to the pages; an unusable campaign becomes one page that says what to mend."""

import streamlit as st

from geo.errors import CampaignError
from views import look, map_page
from views.widgets import failure

PAGES = (st.Page(map_page.show, title="One Map", url_path="map", default=True),)

page = st.navigation(PAGES, position="hidden")
look.apply()
try:
    page.run()
except CampaignError as error:
    failure.show(error)
