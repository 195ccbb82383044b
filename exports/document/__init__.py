"""Write a briefing as slides, PDF or Word.

Others import `docx`, `model`, `notice`, `pdf`, `pptx`; the rest is its own.
"""
