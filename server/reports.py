"""Take the reports that phones keep until they have a network: POST /onemap/report, answered in JSON.

What is not stored stays on the phone, so every answer says which of three things is so: it is stored, it may be sent
again as it is, or somebody must look at it first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message

from geo.model.errors import ConflictError, StoreUnavailableError, UnknownTaskError
from geo.model.status import STATUS_LABELS, Status
from geo.validation.problem import CampaignError
from locales import Language, translations
from server.authenticator import Authenticator
from server.requests import language_for
from services.access.policy import NotAllowedError, Person
from services.campaign.context import CampaignContext
from services.campaign.urls import REPORT
from services.field.reports import FieldReportError, read, submit
from services.reports.forms import TransitionError
from services.reports.photos import PhotoError, PhotoStorage, Upload, Uploads

BODY_BYTES_MAX: Final = 10 * 1024 * 1024
TOKEN_HEADER: Final = "x-onemap-token"  # noqa: S105  the name of a header
_FILES_MAX: Final = 20
_FIELDS_MAX: Final = 32
_PART_BYTES_MAX: Final = 256 * 1024
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_log = logging.getLogger("onemap.reports")


@dataclass
class _Answer(Exception):  # noqa: N818  carries an answer, not a fault
    """Stop working on a request and answer so."""

    status: int
    kind: str
    message: str
    more: Mapping[str, Any] = field(default_factory=dict)


class _TooLongError(ValueError):
    """Say that a body is longer than allowed."""


def report_route(
    authenticator: Authenticator, context: Callable[[], CampaignContext], storage: Callable[[], PhotoStorage]
) -> Route:
    """Return the route that takes reports.

    Parameters
    ----------
    authenticator
        Tells whose session holds.
    context, storage
        Give the campaign and the photo storage when a report comes.

    Returns
    -------
    It answers 200 with `stored` and the key; 401 without a session and 503 where the report may be sent again as it
    is; 403, 409, 413 and 422 with `kind` and `message`, at a conflict also with the newest state and its number.
    """

    async def endpoint(request: Request) -> JSONResponse:
        language, body_sent = language_for(request, ""), _Body(request)
        limited = Request(request.scope, body_sent.receive)
        try:
            return JSONResponse(await _take(limited, language, authenticator, context, storage), headers=_HEADERS)
        except _Answer as answer:
            await body_sent.drain()
            _log.warning("report not stored", extra={"status": answer.status, "reason": answer.kind})
            body = {"kind": answer.kind, "message": answer.message, **answer.more}
            return JSONResponse(body, status_code=answer.status, headers=_HEADERS)
        except (StoreUnavailableError, CampaignError) as error:
            body = {"kind": "unavailable", "message": error.message(language)}
            return JSONResponse(body, status_code=503, headers=_HEADERS)

    return Route(REPORT, endpoint, methods=["POST"])


async def _take(
    request: Request,
    language: Language,
    authenticator: Authenticator,
    context: Callable[[], CampaignContext],
    storage: Callable[[], PhotoStorage],
) -> dict[str, Any]:
    """Store the report of a request, refusing before its body is read whoever may send none."""
    person = await _sender(request, language, authenticator)
    fields, files = await _read(request, language)
    return await run_in_threadpool(
        _store, person, fields, Uploads(storage(), files), language, authenticator, context()
    )


async def _sender(request: Request, language: Language, authenticator: Authenticator) -> Person:
    _ = translations(language).gettext
    if authenticator.is_cross_site(request):
        raise _Answer(403, "cross_site", _("Another site sent this form, so it was refused. Open the page here."))
    signed_in = await run_in_threadpool(authenticator.signed_in, request)
    if signed_in is None or signed_in.person is None:
        raise _Answer(401, "signed_out", _("Sign in; what waits here is then sent by itself."))
    if not authenticator.sessions().token_fits(signed_in.session.sid, request.headers.get(TOKEN_HEADER, "")):
        raise _Answer(403, "token", _("The page is out of date. Load it anew; what waits here is then sent by itself."))
    return signed_in.person


async def _read(request: Request, language: Language) -> tuple[Mapping[str, str], tuple[Upload, ...]]:
    _ = translations(language).gettext
    too_long = _Answer(413, "refused", _("All photos together have more than 10 MB. Leave some out or report twice."))
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared[:12]) > BODY_BYTES_MAX:
        raise too_long
    try:
        async with request.form(max_files=_FILES_MAX, max_fields=_FIELDS_MAX, max_part_size=_PART_BYTES_MAX) as form:
            return await _parts(form)
    except _TooLongError as error:
        raise too_long from error
    except HTTPException as error:
        raise _Answer(422, "refused", _("The report could not be read. Edit it and send it again.")) from error


async def _parts(form: FormData) -> tuple[Mapping[str, str], tuple[Upload, ...]]:
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    uploads = [one for one in form.getlist("photo") if isinstance(one, UploadFile)]
    return fields, tuple([Upload(one.filename or "", await one.read()) for one in uploads])


class _Body:
    """Receive a body and stop where it is longer than allowed, whatever length it declares."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._received = 0
        self._is_whole = False

    async def receive(self) -> Message:
        message = await self._request.receive()
        self._received += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._received > BODY_BYTES_MAX:
            raise _TooLongError
        return message

    async def drain(self) -> None:
        """Take in what is still on its way: a browser that is cut off while it sends does not see the answer."""
        with suppress(_TooLongError):
            while not self._is_whole:
                await self.receive()


def _store(
    person: Person,
    fields: Mapping[str, str],
    uploads: Uploads,
    language: Language,
    authenticator: Authenticator,
    context: CampaignContext,
) -> dict[str, Any]:
    try:
        report = read(fields)
        if report.author != person.name:
            _ = translations(language).gettext
            words = _("This report was written as {name}. Sign in under that account to send it.")
            raise _Answer(403, "other_account", words.format(name=report.author))
        receipt = submit(context, person, report, real_now=authenticator.now(), uploads=uploads)
    except ConflictError as error:
        newest = {"current": error.current, "newest": _newest(context, fields.get("task", ""), language)}
        raise _Answer(409, "conflict", error.message(language), newest) from error
    except NotAllowedError as error:
        raise _Answer(403, "refused", error.message(language)) from error
    except (FieldReportError, TransitionError, PhotoError, UnknownTaskError) as error:
        raise _Answer(422, "refused", error.message(language)) from error
    _log.info("report stored", extra={"task": report.form.task, "seq": receipt.seq, "repeated": receipt.repeated})
    return {"stored": True, "key": report.key, "seq": receipt.seq, "repeated": receipt.repeated}


def _newest(context: CampaignContext, task: str, language: Language) -> dict[str, str]:
    """Return what the board says of a task now, as text."""
    tasks = context.board(context.today()).tasks
    if task not in tasks.index:
        return {}
    row: Any = tasks.loc[task]
    state = f"{STATUS_LABELS[Status(row['status'])].get(language)} {int(row['percent'])}%"
    return {"state": state, "note": str(row["note"]), "difficulty": str(row["difficulty"])}
