"""Write a briefing as slides, PDF or Word.

Others import `docx`, `model`, `notice`, `pdf`, `pptx`, `round_sheet`; the rest is its own.
"""
