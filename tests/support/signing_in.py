"""Give tests of sign-in a server over a store in memory, a clock that they set, and browsers."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType

from httpx2 import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from data.store.protocol import Store
from data.store.rows import Account, Source
from geo.model.errors import StoreUnavailableError
from server.auth import auth_routes
from server.authenticator import Authenticator
from server.live import live_routes
from server.middleware import Observed
from services.access.accounts import Act
from services.access.passwords import hash_password
from services.access.policy import OPERATOR
from services.access.sessions import Sessions, wall_sessions
from services.access.sign_in import Provider
from services.access.throttle import Throttle
from settings import Settings
from tests.support.fakes import FakeStore

PASSWORD = "footbridge four opens"  # noqa: S105  of tests
ONE_TIME = "one time only please"
HOSTILE = "<script>alert(1)</script>${x}\\"
SECRET = b"0123456789abcdef0123456789abcdef"


@cache
def hashed(password: str) -> str:
    return hash_password(password)


class GoneStore(FakeStore):
    """Answer nothing."""

    def version(self) -> int:
        raise StoreUnavailableError("connection refused")

    def campaign_version(self, campaign: str) -> int:
        raise StoreUnavailableError(campaign)

    def ping(self) -> None:
        raise StoreUnavailableError("connection refused")


class Server:
    """One store, and as many processes over it as are started."""

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        store: Store | None = None,
        providers: Mapping[str, Provider] = MappingProxyType({}),
    ) -> None:
        self.settings = settings or Settings(viewer_without_sign_in=False)
        self.providers = providers
        self.store: Store = store or FakeStore()
        self.now = datetime(2020, 9, 15, 1, tzinfo=UTC)
        self.authenticator = self.process()
        self.add("li", PASSWORD, display_name=HOSTILE)
        self.add("new", ONE_TIME, must_change=True)
        self.add("gone", PASSWORD, active=False)

    def process(self, store: Store | None = None) -> Authenticator:
        sessions = Sessions(SECRET, idle_minutes=60, absolute_hours=8)
        walls, throttle = wall_sessions(SECRET), Throttle(SECRET)
        return Authenticator(
            lambda: store or self.store,
            sessions=lambda: sessions,
            walls=lambda: walls,
            throttle=lambda: throttle,
            chosen=self.settings,
            providers=lambda: self.providers,
            clock=lambda: self.now,
        )

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def add(self, name: str, password: str, *, display_name: str = "", active: bool = True, **rest: bool) -> None:
        account = Account(
            name, display_name or name, "field_lead", "minhang", hashed(password), active=active, must_change=False
        )
        self.store.append_account(replace(account, **rest), Act(OPERATOR, Source.CLI, self.now).write(0))  # type: ignore[arg-type]

    def browser(
        self,
        *,
        authenticator: Authenticator | None = None,
        address: str = "10.1.2.3",
        https: bool = False,
        routes: Sequence[Route] = (),
    ) -> Browser:
        authenticator = authenticator or self.authenticator
        ours = (*auth_routes(authenticator), *live_routes(authenticator, lambda: "sample"))
        app = Starlette(routes=[*ours, *routes], middleware=[Middleware(Observed)])
        scheme = "https" if https else "http"
        return Browser(app, base_url=f"{scheme}://map.intranet", client=(address, 5000), follow_redirects=False)


class Browser(TestClient):
    """Fill in forms as a browser does: read the page, keep its hidden fields, send its origin."""

    def fill(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        page = self.get(path)
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        hidden = {name: html.unescape(value) for name, value in found}
        sent = {"origin": str(self.base_url)} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.post(path.partition("?")[0], data=hidden | fields, headers=sent)

    def sign_in(self, name: str = "li", password: str = PASSWORD, *, path: str = "/signin") -> Response:
        return self.fill(path, {"name": name, "password": password})

    def sign_out(self, **fields: str) -> Response:
        return self.fill("/signout", fields)

    def live(self, query: str = "") -> dict[str, object]:
        answer: dict[str, object] = self.get("/onemap/live/version" + query).json()
        return answer

    @property
    def session(self) -> str | None:
        return self.cookies.get("onemap_session")

    @property
    def is_signed_in(self) -> bool:
        return self.get("/signout").status_code == 200
