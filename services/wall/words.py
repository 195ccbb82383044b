"""Give the wall its words."""

from __future__ import annotations

from locales import Language, translations


def wall_words(lang: Language) -> dict[str, str]:
    """Sentences and names of the wall; braces are filled by the reader."""
    return _scenes(lang) | _states(lang)


def _scenes(lang: Language) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "overview": _("Overview"),
        "attention": _("Needs attention"),
        "changes": _("Since the last meeting, {time}"),
        "curve": _("Progress"),
        "late": _("Late or blocked"),
        "none": _("Nothing is late or blocked here."),
        "more": _("and {n} more"),
        "calm": _("Nothing here needs anybody now."),
        "newRed": _("Newly late or blocked"),
        "planned": _("Planned"),
        "finished": _("Finished"),
        "forecast": _("Forecast"),
        "deadline": _("deadline"),
        "opening": _("opening"),
        "duty": _("On duty"),
        "worse": _("worse"),
        "better": _("better"),
        "moved": _("moved"),
        "readiness": _("Readiness by zone"),
    }


def _states(lang: Language) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "age": _("Last report {time} ago"),
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
        "days": _("{n} d"),
        "noReport": _("No report yet"),
        "offline": _("No connection since {time}. What you see is the last state."),
        "stale": _("The database does not answer since {time}. What you see is the last state; nothing is stored."),
        "sample": _("Sample data"),
        "demonstration": _("Demonstration day {day}"),
        "asOf": _("As of {day}"),
        "drill": _("DRILL"),
    }
