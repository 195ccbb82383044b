"""Turn what is refused into what a page shows: status, words, headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geo.model.errors import ConflictError
from locales import translations
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
