"""Make briefings, evaluations and atlases."""
