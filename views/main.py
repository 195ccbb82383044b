"""Route to the pages; a sign-in that is needed, or a campaign or database that cannot be opened, gets its own page."""

import streamlit as st

from geo.errors import CampaignError, StoreUnavailableError
from services.desk import the_desk
from views import ledger_page, look, map_page, people_page, state, task_page, tasks_page, who
from views.widgets import failure, report_form, sign_in

PAGES = {
    "map": st.Page(map_page.show, title="One Map", url_path="map", default=True),
    "tasks": st.Page(tasks_page.show, title="Tasks", url_path="tasks"),
    "task": st.Page(task_page.show, title="Task", url_path="task"),
    "ledger": st.Page(ledger_page.show, title="Ledger", url_path="ledger"),
    "people": st.Page(people_page.show, title="People", url_path="people"),
}

page = st.navigation(list(PAGES.values()), position="hidden")
look.apply()
st.session_state["pages"] = PAGES
try:
    store = the_desk().store
    st.session_state[state.KEYS.person] = who.looks(store)
    entrance = who.enters(store)
    if entrance is not None:
        sign_in.go_on(entrance)
    elif st.session_state[state.KEYS.person] is None:
        sign_in.show()
    else:
        report_form.keep()
        page.run()
except (CampaignError, StoreUnavailableError) as error:
    failure.show(error)
