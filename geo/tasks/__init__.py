"""Derive what a board says of tasks: lights, attention, changes, filters, counts, progress, forecast, evaluation.

Others import `attention`, `attention_words`, `changes`, `evaluation`, `facets`, `filters`, `forecast`, `joins`,
`lights`, `progress`, `summary`.
"""
