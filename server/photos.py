"""Serve the photos of reports to those who may see the task, and the pictures of the guide, by name and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from services.access.policy import Action, Person, may
from services.campaign import urls
from services.campaign.guide import PICTURES, picture_names
from services.reports.photos import MEDIA_TYPE, PHOTO_PATH, PhotoStorage, is_digest
from services.reports.reports import units_of_task

_SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
_KEPT = _SAFE | {"Cache-Control": "private, max-age=31536000, immutable"}
_REFUSED = _SAFE | {"Cache-Control": "no-store"}


def photo_route(
    store: Callable[[], Store],
    storage: Callable[[], PhotoStorage],
    person_of: Callable[[Request], Person | None],
) -> Route:
    """Return the route of photos.

    Parameters
    ----------
    store, storage
        Give the store and the photo storage when a photo is asked for; the route can be made before they are open.
    person_of
        Tells who asks; None where nobody is signed in.

    Returns
    -------
    A route that answers 200 with a JPEG that only the asking browser may keep; 404 where no report has this photo;
    403 to those who may not see its task; 503 while the store or the photo storage cannot be reached.
    """

    def answer(request: Request) -> Response:
        try:
            return _answer(str(request.path_params["digest"]), store(), storage(), person_of(request))
        except StoreUnavailableError:
            return _refusal(503, "the photo cannot be read at the moment; try again")

    async def photo(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return Route(PHOTO_PATH, photo, name="photo")


def _answer(digest: str, store: Store, storage: PhotoStorage, person: Person | None) -> Response:
    found = store.photo_task(digest) if is_digest(digest) else None
    if found is None:
        return _refusal(404, "no report has this photo")
    campaign, task = found
    units = units_of_task(store.tasks(campaign), task)
    if not may(person, Action.VIEW, task_units=units):
        return _refusal(403, "sign in as somebody who may see this task")
    content = storage.get(digest)
    if content is None:
        return _refusal(404, "the photo is missing from the photo folder")
    return Response(content, media_type=MEDIA_TYPE, headers=_KEPT)


def _refusal(status_code: int, reason: str) -> Response:
    return PlainTextResponse(reason, status_code=status_code, headers=_REFUSED)


_HEADERS: Final = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


async def picture(request: Request) -> FileResponse:
    """One picture. Everybody may see it: it shows the sample campaign, as the repository does."""
    name = request.path_params["name"]
    if name not in picture_names() or not (PICTURES / name).is_file():
        raise HTTPException(404)
    return FileResponse(PICTURES / name, media_type="image/png", headers=_HEADERS)


GUIDE: Final = (Route(urls.PICTURE, picture),)
