"""Share the pages and the screen with all tests of the app."""

from tests.support.screens import campaign, page, screen

__all__ = ["campaign", "page", "screen"]
