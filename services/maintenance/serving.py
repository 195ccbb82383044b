"""Say how the server is started, and whether it can listen where it should.

OneMapError
└── ListenError (OSError)   another program has the port, or the address is none of this machine
"""

from __future__ import annotations

import errno
import socket
import sys

from geo.model.errors import OneMapError
from locales import Label, Language, Text
from settings import Settings


class ListenError(OSError, OneMapError):
    """Say why the server cannot listen; `taken` where another program does."""

    def __init__(self, reason: Label, *, taken: bool) -> None:
        """Hold the reason, a whole sentence."""
        super().__init__(reason.en)
        self.reason = reason
        self.taken = taken

    def message(self, lang: Language) -> str:
        """Return what is wrong and what to do."""
        return self.reason.get(lang)


def address(chosen: Settings) -> str:
    """Address to give to a browser."""
    return f"http://{f'[{chosen.host}]' if ':' in chosen.host else chosen.host}:{chosen.port}"


def server_command(chosen: Settings) -> list[str]:
    """Command that serves the pages; to be run in the repository's root.

    Raises
    ------
    ListenError
        The port is taken, or this machine has no such address.
    """
    _try_port(chosen)
    where = ["--server.address", chosen.host, "--server.port", str(chosen.port)]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *where, "--server.headless", "true"]


def _try_port(chosen: Settings) -> None:
    host, port = chosen.host, chosen.port
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise ListenError(_taken(host, port) if taken else _foreign(host, port), taken=taken) from error


def _taken(host: str, port: int) -> Label:
    return Text(
        "Port {port} on {host} is in use; stop the program that has it, or take another: PORT=8502 cli.py serve.",
        port=port,
        host=host,
    )


def _foreign(host: str, port: int) -> Label:
    return Text(
        "This machine cannot listen on HOST={host} PORT={port}; take one of its own addresses and a port above 1023.",
        host=host,
        port=port,
    )
