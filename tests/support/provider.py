"""Be an OpenID Connect provider on loopback that signs in, at once, whomever the test names; PKCE is demanded."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "one-map"
SECRET = "secret-of-the-test"  # noqa: S105 - of a provider that lives as long as the test
_TOKEN_SECONDS = 300


class Provider:
    """Answer discovery, authorisation, token and keys; `person` is who signs in next."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {"sub": "nobody"}
        self._key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})
        self._asked: dict[str, QueryParams] = {}
        ends = (("/.well-known/openid-configuration", self.discovery), ("/authorize", self.authorize))
        self.app = Starlette(routes=[*(Route(*end) for end in ends), Route("/jwks", self.keys)])
        self.app.routes.append(Route("/token", self.token, methods=["POST"]))

    async def discovery(self, _request: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        addresses = {name: f"{self.address}/{path}" for name, path in ends.items()}
        able = {"response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
        return JSONResponse({"issuer": self.address, **addresses, **able})

    async def authorize(self, request: Request) -> Response:
        asked, code = request.query_params, secrets.token_urlsafe()
        assert asked["code_challenge_method"] == "S256"
        self._asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", status_code=302)

    async def token(self, request: Request) -> Response:
        form, now = await request.form(), int(time.time())
        asked = self._asked.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        fits = asked is not None and asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or not fits or asked["redirect_uri"] != form["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + _TOKEN_SECONDS, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims | self.person, self._key, algorithms=["RS256"])
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "id_token": signed})

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    def secrets_toml(self, address: str) -> str:
        """The secrets file of a server that trusts this provider; its port is put for ``{port}``."""
        lines = {
            "redirect_uri": f"{address}/signin/back",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{self.address}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in lines.items())


@contextmanager
def open_provider() -> Iterator[Provider]:
    """Let a provider answer on loopback, in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(provider.app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield provider
        server.should_exit = True
        thread.join(10)
