"""Define supervision (督办): its levels and acts, and the ladder on which each task stands."""
