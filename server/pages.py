"""Draw the pages that stand before the map: sign in, sign out, change the password, and what went wrong there.

They hold no script, load nothing, and are drawn with the colours of the map in both themes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from layers.style import css_variables
from locales import LANGUAGE_NAMES, Language, translations
from services.access.passwords import CHARACTERS_MIN
from services.access.policy import Person
from settings import ROOT

_HERE: Final = Path(__file__).parent / "templates"
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
)
_LOCALES: Final[Mapping[Language, str]] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What every page is given.

    Parameters
    ----------
    language
        Language of the page.
    going_to
        Local path where the reader goes afterwards.
    token
        Proves that a form was read before it was sent; empty on pages without a form.
    problem, note
        What went wrong, what went well; empty for nothing.
    status
        HTTP status.
    headers
        Further headers.
    """

    language: Language
    going_to: str
    token: str = ""
    problem: str = ""
    note: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def sign_in_page(
    shape: Shape, *, name: str = "", may_look: bool, providers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """The page to sign in.

    Parameters
    ----------
    name
        What was typed before.
    may_look
        Whether to offer to look without signing in.
    providers
        Names of identity providers, with what the reader calls them.
    """
    _ = translations(shape.language).gettext
    words = {
        "title": _("Sign in"),
        "name": _("User name"),
        "password": _("Password"),
        "submit": _("Sign in"),
        "look": _("Look without signing in"),
        "forgotten": _("Forgot the password? An administrator can give you a new one."),
    }
    with_provider = _("Sign in with {provider}")
    links = [
        (address(f"/signin/with/{quote(one, safe='')}", shape), with_provider.format(provider=called))
        for one, called in providers.items()
    ]
    look_address = shape.going_to if may_look else ""
    values = {"name": name[:260], "look_address": look_address, "providers": links}
    return _page("signin.html", shape, words, "/signin", **values)


def password_page(shape: Shape, person: Person, *, must_change: bool) -> Response:
    """The page to change the password; without the way back where it must be changed first."""
    _ = translations(shape.language).gettext
    words = {
        "title": _("Change the password"),
        "who": _who(shape, person),
        "current": _("One-time password") if must_change else _("Current password"),
        "new": _("New password"),
        "rule": _("At least {n} characters.").format(n=CHARACTERS_MIN),
        "again": _("New password again"),
        "submit": _("Change the password"),
        "leave": _("Sign out") if must_change else _("Back to the map"),
    }
    leave = address("/signout", shape) if must_change else shape.going_to
    values = {"account": person.name, "least": CHARACTERS_MIN, "leave_address": leave}
    return _page("password.html", shape, words, "/password", **values)


def sign_out_page(shape: Shape, person: Person) -> Response:
    """The page to sign out, here or everywhere."""
    _ = translations(shape.language).gettext
    words = {
        "title": _("Sign out"),
        "who": _who(shape, person),
        "here": _("Sign out here"),
        "everywhere": _("Sign out everywhere"),
        "explanation": _("Everywhere ends every session of this account, on all devices."),
        "back": _("Back to the map"),
        "password": _("Change the password"),
    }
    addresses = {"back_address": shape.going_to, "password_address": address("/password", shape)}
    return _page("signout.html", shape, words, "/signout", **addresses)


def failure_page(shape: Shape, again: str) -> Response:
    """The page that says what went wrong, with the way back to one of the pages above."""
    _ = translations(shape.language).gettext
    words = {"title": _("That did not work"), "again": _("Try again")}
    return _page("failure.html", shape, words, "", again_address=address(again, shape))


def address(path: str, shape: Shape, **more: str) -> str:
    """Address of one of these pages in the same language, leading to the same place."""
    redirect_after_login = {} if shape.going_to == "/" else {"next": shape.going_to}
    return f"{path}?{urlencode({'lang': shape.language, **redirect_after_login, **more})}"


def _page(template: str, shape: Shape, words: dict[str, str], path: str, **values: Any) -> Response:  # noqa: ANN401
    other: Language = "en" if shape.language == "zh" else "zh"
    title = "One Map of Hongqiao"
    product, other_product = (translations(language).gettext(title) for language in (shape.language, other))
    content = _TEMPLATES.get_template(template).render(
        words=words | {"product": product, "other_product": other_product},
        locale=_LOCALES[shape.language],
        other_locale=_LOCALES[other],
        other_language=LANGUAGE_NAMES[other],
        other_address=address(path, shape, lang=other) if path else "",
        style=Markup(_style()),  # noqa: S704  our own file
        icon=Markup(_icon()),  # noqa: S704  our own file
        icon_address="data:image/svg+xml;base64," + base64.b64encode(_icon().encode()).decode(),
        hidden={"token": shape.token, "next": shape.going_to, "lang": shape.language},
        problem=shape.problem,
        note=shape.note,
        **values,
    )
    return HTMLResponse(content, status_code=shape.status, headers={**_safe_headers(), **shape.headers})


def _who(shape: Shape, person: Person) -> str:
    words = translations(shape.language).gettext("Signed in as {name}, {role}")
    return words.format(name=person.display_name or person.name, role=person.role.label.get(shape.language))


@cache
def _icon() -> str:
    return (ROOT / "views" / "icon.svg").read_text("utf-8").strip()


@cache
def _style() -> str:
    """The sheet of these pages; the browser's preference chooses between the two colours of each variable."""
    return f":root {{ {css_variables()} }}\n{(_HERE / 'style.css').read_text('utf-8')}"


@cache
def _safe_headers() -> Mapping[str, str]:
    """Headers that let the page show itself and nothing else.

    Referrers stay on this server but are sent: with none a browser would not name the origin of a form either.
    """
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; "
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy + "frame-ancestors 'none'; base-uri 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
