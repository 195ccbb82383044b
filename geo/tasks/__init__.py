"""Derive what a board says of tasks: lights, attention, changes, filters, counts, progress, forecast, evaluation."""
