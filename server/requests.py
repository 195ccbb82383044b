"""Read what a browser sends, and turn what is refused into what a page shows: status, words, headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from starlette.requests import Request

from geo.model.errors import ConflictError
from locales import Language, language_of, parse_language, translations
from server.pages import Shape
from services.access.errors import AccessError, SignInError, ThrottledError


class Refused(Exception):  # noqa: N818  carries an answer, not a fault
    """Stop working on a request and answer so."""

    def __init__(self, status: int, problem: str, headers: Mapping[str, str] | None = None) -> None:
        """Hold status, reason and further headers."""
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.headers = headers or {}


def with_error(shape: Shape, error: AccessError | ConflictError, *, own: bool = False) -> Shape:
    """Shape of the page that shows an error; `own`: somebody signed in mistyped their current password."""
    if isinstance(error, ThrottledError):
        headers = {"Retry-After": str(error.wait_s)}
        return replace(shape, status=429, problem=error.message(shape.language), headers=headers)
    if isinstance(error, SignInError):
        _ = translations(shape.language).gettext
        problem = _("The current password is wrong. Type it again.") if own else error.message(shape.language)
        return replace(shape, status=403, problem=problem)
    return replace(
        shape, status=409 if isinstance(error, ConflictError) else 422, problem=error.message(shape.language)
    )


BODY_BYTES_MAX: Final = 16 * 1024
HOME: Final = "/"
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS_MAX: Final = 16
_PATH_MAX: Final = 2048
_LOCAL: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_OWN_PAGES: Final = frozenset({"/signin", "/signout"})


class FormError(ValueError):
    """Say that a body is no form of ours; `status` is 400, 413 or 415."""

    def __init__(self, status: int) -> None:
        """Hold the HTTP status."""
        super().__init__(f"not a form of ours (HTTP status {status})")
        self.status = status


def address_of(request: Request, *, trust_proxy: bool) -> str:
    """IP address that asks, ``unknown`` where there is none; of a trusted proxy the one that it added last."""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() if trust_proxy else ""
    for text in (forwarded, request.client.host if request.client else ""):
        try:
            return str(ip_address(text))
        except ValueError:
            continue
    return "unknown"


def is_secure(request: Request, *, trust_proxy: bool) -> bool:
    """Tell whether the browser asked over HTTPS."""
    forwarded = request.headers.get("x-forwarded-proto", "") if trust_proxy else ""
    return (forwarded.rpartition(",")[2].strip() or request.url.scheme).lower() == "https"


def is_cross_site(request: Request, *, trust_proxy: bool) -> bool:
    """Tell whether another site made the browser ask; what tells nothing is left to the token of the form."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return False
    hosts = {request.headers.get("host", "")}
    if trust_proxy:
        hosts.add(request.headers.get("x-forwarded-host", ""))
    return _host_of(origin) not in hosts - {""}


async def read_form(request: Request) -> Mapping[str, str]:
    """Fields of a form, the last of each name.

    Raises
    ------
    FormError
        If the body is longer than `BODY_BYTES_MAX`, which is found out without reading it all, or is no form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise FormError(415)
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared[:12]) > BODY_BYTES_MAX:
        raise FormError(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise FormError(413)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError as error:
        raise FormError(400) from error
    return {name: values[-1] for name, values in fields.items()}


def local_path(text: str) -> str:
    """Path of this server that somebody wants to go to, safe in a header; the home page where it is none."""
    if len(text) > _PATH_MAX or not _LOCAL.fullmatch(text) or urlsplit(text).path in _OWN_PAGES:
        return HOME
    return quote(text, safe="/?#[]@!$&'()*+,;=:%-._~", errors="replace")


def with_language(path: str, language: Language) -> str:
    """A local path that keeps the language of the page that leads there, unless it names one itself."""
    parts = urlsplit(path)
    if "lang" in dict(parse_qsl(parts.query, keep_blank_values=True)):
        return path
    query = "&".join(filter(None, (parts.query, urlencode({"lang": language}))))
    return urlunsplit(("", "", parts.path, query, parts.fragment))


def language_for(request: Request, going_to: str, chosen: str = "") -> Language:
    """Language of a page: as chosen, else as in the address or where it leads to, else the browser's."""
    redirect_after_login = dict(parse_qsl(urlsplit(going_to).query)).get("lang", "")
    for text in (chosen, request.query_params.get("lang", ""), redirect_after_login):
        language = parse_language(text)
        if language is not None:
            return language
    accepted = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip()
    return language_of(accepted if accepted != "*" else None)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
