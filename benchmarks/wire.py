"""Count what a page receives, and answer the CDN that folium asks, so that the rivals do not wait for a network.

Only requests to the hosts of `CDN` are stopped; everything else is left alone, since stopping every request would slow
all pages and switch the browser's cache off.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import CDPSession, Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from xstatic.pkg import jquery, leaflet

CDN = (
    "https://cdn.jsdelivr.net/*",
    "https://code.jquery.com/*",
    "https://cdnjs.cloudflare.com/*",
    "https://netdna.bootstrapcdn.com/*",
)
OUR_COMPONENT = "onemap_map"


@dataclass
class Wire:
    """What one page has received since `clear`.

    Parameters
    ----------
    frames
        Websocket messages, uncompressed.
    http_bytes
        Bodies and headers of the page's own server as they went over the wire, compressed where the server does so.
    """

    address: str
    frames: list[bytes] = field(default_factory=list)
    http_bytes: int = 0
    _urls: dict[str, str] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget what was received so far."""
        self.frames.clear()
        self.http_bytes = 0

    @property
    def websocket_bytes(self) -> int:
        """Bytes of all websocket messages."""
        return sum(map(len, self.frames))

    def component(self) -> tuple[int, int] | None:
        """Bytes of the last message with our map component, and of the JSON in it; None where there was none."""
        for frame in reversed(self.frames):
            message = ForwardMsg()
            try:
                message.ParseFromString(frame)
            except DecodeError:
                continue
            component = message.delta.new_element.bidi_component
            if component.component_name == OUR_COMPONENT:
                return len(frame), len(component.json.encode())
        return None

    def attach(self, page: Page, session: CDPSession) -> None:
        """Listen to a page from now on."""

        def opened(socket: WebSocket) -> None:
            socket.on(
                "framereceived", lambda frame: self.frames.append(frame.encode() if isinstance(frame, str) else frame)
            )

        def finished(event: dict[str, Any]) -> None:
            if self._urls.get(event["requestId"], "").startswith(self.address):
                self.http_bytes += int(event["encodedDataLength"])

        page.on("websocket", opened)
        session.on(
            "Network.responseReceived", lambda event: self._urls.update({event["requestId"]: event["response"]["url"]})
        )
        session.on("Network.loadingFinished", finished)
        session.send("Network.enable")


def answer_cdn(session: CDPSession) -> None:
    """Answer the CDN's addresses: Leaflet and jQuery from the installed packages, all else with an empty file."""

    def paused(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        kind = "text/css" if url.endswith(".css") else "text/javascript"
        headers = [{"name": "Content-Type", "value": kind}, {"name": "Access-Control-Allow-Origin", "value": "*"}]
        body = base64.b64encode(_file(url)).decode()
        answer = {"requestId": event["requestId"], "responseCode": 200, "responseHeaders": headers, "body": body}
        session.send("Fetch.fulfillRequest", answer)

    session.on("Fetch.requestPaused", paused)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": pattern} for pattern in CDN]})


def _file(url: str) -> bytes:
    name = url.rpartition("/")[2]
    if "/leaflet@" in url:
        return (Path(leaflet.BASE_DIR) / name).read_bytes()
    if name.startswith("jquery-"):
        return (Path(jquery.BASE_DIR) / "jquery.min.js").read_bytes()
    return b""
