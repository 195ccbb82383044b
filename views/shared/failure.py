"""Say why nothing can be shown: the campaign's own file cannot be used, or the database does not answer."""

import logging
from gettext import NullTranslations
from html import escape
from pathlib import Path

import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from locales import Language, parse_language, translations
from settings import settings
from views.shared import state

_log = logging.getLogger("onemap.page")


def show(error: CampaignError | StoreUnavailableError) -> None:
    """Name what is wrong and the mend, in the language of the URL, else of the browser; and log it in one line."""
    lang = parse_language(st.query_params.get("lang", "")) or state.language()
    words = translations(lang)
    if isinstance(error, CampaignError):
        folder = settings().campaign_dir.resolve()
        _log.warning("the campaign in %r cannot be opened: %s", str(folder), error)
        title, lines = words.gettext("The campaign cannot be opened"), _campaign_lines(error, folder, lang, words)
    else:
        _log.warning("the database is gone: %s", error)
        title, lines = words.gettext("The database is gone"), [error.message(lang)]
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<section class="onemap-failure" role="alert"><h1>{escape(title)}</h1>{text}</section>')


def _campaign_lines(error: CampaignError, folder: Path, lang: Language, words: NullTranslations) -> list[str]:
    _ = words.gettext
    if not folder.is_dir():
        missing = _("The folder {folder} does not exist.").format(folder=folder)
        return [missing, _("Put it there, or set CAMPAIGN_DIR to a campaign's folder and start the program again.")]
    lines = [_("File: {path}").format(path=folder / error.file)]
    if error.key:
        lines.append(_("Key: {key}").format(key=error.key))
    return [*lines, error.message(lang), error.remedy(lang), _("Save the file and reload the page.")]
