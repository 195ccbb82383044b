"""Draw the board: one style, many renderers, for what `geo.model.kinds` and `geo.model.status` describe."""
