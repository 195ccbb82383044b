"""Serve the pictures of the guide, by name and no others."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from services.campaign import urls
from services.campaign.guide import PICTURES, picture_names

_HEADERS: Final = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


async def picture(request: Request) -> FileResponse:
    """One picture. Everybody may see it: it shows the sample campaign, as the repository does."""
    name = request.path_params["name"]
    if name not in picture_names() or not (PICTURES / name).is_file():
        raise HTTPException(404)
    return FileResponse(PICTURES / name, media_type="image/png", headers=_HEADERS)


GUIDE: Final = (Route(urls.PICTURE, picture),)
