"""Share the fixtures of the small campaign with all tests, and set how tests are run."""

import os
import tempfile

from hypothesis import Phase, settings

from tests.support.fixtures_campaign import campaign_folder, loaded
from tests.support.whole_run import (
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

__all__ = [
    "campaign_folder",
    "loaded",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]

# What the program writes in this process (database, photos, secret key) goes to a folder of this run.
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="onemap-tests-")

# No deadline: a slow machine must not fail a property. Derandomised: what fails here fails anywhere,
# because of the change and not of luck.
settings.register_profile("onemap", deadline=None, max_examples=50, derandomize=True)
# For scripts/mutate, which asks of thousands of changes whether a test fails, not why.
settings.register_profile(
    "mutation", settings.get_profile("onemap"), max_examples=20, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("onemap")
