"""Route to the pages; a sign-in that is needed, or a campaign or database that cannot be opened, gets its own page."""

import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from services.campaign.context import get_context
from views.incidents import card as incident_card
from views.incidents import form as incident_form
from views.pages import PAGES, pages
from views.shared import failure, state, who
from views.shared import page_setup as look
from views.shared import who as sign_in
from views.supervision import form as supervision_form
from views.tasks import report_form

every = pages()
page = st.navigation(list(every.values()), position="hidden")
look.apply()
st.session_state["pages"], st.session_state["navigation"] = every, PAGES
try:
    st.session_state[state.KEYS.person] = who.current_person(get_context().store)
    if st.session_state[state.KEYS.person] is None:
        sign_in.show()
    else:
        state.enter(page.url_path)
        for module in (report_form, supervision_form, incident_form, incident_card):
            module.FORM.preserve()
        page.run()
except (CampaignError, StoreUnavailableError) as error:
    failure.show(error)
