"""Write text of people and data where Streamlit expects Markdown."""

from typing import Final

_MEANT: Final = frozenset(r"\`*_{}[]()<>#+-!$:|~")


def plain(text: str) -> str:
    """Text without meaning for Markdown; a line break stays one."""
    escaped = "".join(f"\\{character}" if character in _MEANT else character for character in text)
    return escaped.replace("\n", "  \n")
