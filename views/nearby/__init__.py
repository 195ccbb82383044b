"""Show what is near, and what lies along a corridor."""
