"""Write a briefing as slides, PDF or Word."""
