"""Answer who stands outdoors: what is near, along a corridor, on a round; the pocket map.

Others import `choices`, `corridor`, `nearby`, `pocket`, `reports`, `round`.
"""
