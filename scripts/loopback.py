"""Start on loopback what deploy/ describes: replicas of the program, and nginx with TLS in front of them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import httpx2

from settings import ROOT, Settings

SITE: Final = ROOT / "deploy" / "nginx.conf"
LOOPBACK: Final = "127.0.0.1"
START_S: Final = 90
_ANSWER_S: Final = 2
_NAME, _CERTIFICATES = "map.intranet", "/etc/ssl/one-map"
_FIRST, _SECOND = "127.0.0.1:8501", "127.0.0.1:8502"
_PASSWORD: Final = re.compile(r"^First administrator[^:]*: (\S+)\s.*: (\S+)$", re.MULTILINE)
MISSING: Final = 8
_MAIN: Final = """{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/one-map.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports of one installation on loopback."""

    http: int
    https: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Program:
    """A program that was started, and the file that holds what it wrote."""

    name: str
    process: subprocess.Popen[bytes]
    address: str
    log: Path

    @property
    def written(self) -> str:
        """Everything that it has written so far."""
        return self.log.read_text("utf-8", errors="replace")

    @property
    def first_administrators(self) -> list[tuple[str, str]]:
        """Names and one-time passwords that it has printed."""
        return _PASSWORD.findall(self.written)

    def served(self, request_id: str) -> bool:
        """Whether a request with this id stands in its log."""
        return f'"request_id": "{request_id}"' in self.written

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def answers(self, path: str, *, within_s: float) -> None:
        """Wait until it answers; SystemExit with its last lines where it does not."""
        end = time.monotonic() + within_s
        while time.monotonic() < end and self.process.poll() is None:
            try:
                httpx2.get(self.address + path, timeout=_ANSWER_S)
            except httpx2.TransportError:
                time.sleep(0.2)
            else:
                return
        raise SystemExit(f"{self.name} does not answer at {self.address}{path}; it wrote:\n{self.written[-2000:]}")


def free_ports() -> Ports:
    """Four ports of loopback that nobody has at this moment."""
    probes = [socket.create_server((LOOPBACK, 0)) for _ in range(4)]
    ports = Ports(*(probe.getsockname()[1] for probe in probes))
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def started(
    name: str, command: list[str], address: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """Run a program until the block ends; only this very process is ended then."""
    log = folder / f"{name.replace(' ', '-')}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        try:
            yield Program(name, process, address, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def replica_command(port: int) -> list[str]:
    """What deploy/one-map@.service starts."""
    options = ("--server.address", LOOPBACK, "--server.port", str(port), "--server.headless", "true")
    return [sys.executable, "-m", "streamlit", "run", "app.py", *options]


def replica_environment(database_url: str, secret: str, var: Path) -> dict[str, str]:
    """What deploy/one-map.env.example sets; what is set here for another run is left out."""
    ours = {field.name.upper() for field in fields(Settings)}
    return {name: value for name, value in os.environ.items() if name not in ours} | {
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var),
        "SECRET_KEY": secret,
        "STREAMLIT_SERVER_COOKIE_SECRET": secret[::-1],
        "VIEWER_WITHOUT_SIGN_IN": "0",
        "TRUST_PROXY": "1",
        "LOG_LEVEL": "DEBUG",
        "PYTHONUNBUFFERED": "1",
    }


def cli(environment: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    """Run a command of cli.py; its exit code and all that it wrote."""
    command = [sys.executable, "cli.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=START_S, check=False
    )
    return done.returncode, done.stdout + done.stderr


def site(ports: Ports, folder: Path) -> str:
    """The site of deploy/nginx.conf with the ports, the certificate and the name of this run.

    Raises
    ------
    LookupError
        If the site does not hold what is to be replaced.
    """
    text = SITE.read_text("utf-8")
    changes = {
        _FIRST: f"{LOOPBACK}:{ports.first}",
        _SECOND: f"{LOOPBACK}:{ports.second}",
        "listen 80;": f"listen {LOOPBACK}:{ports.http};",
        "listen 443 ": f"listen {LOOPBACK}:{ports.https} ",
        f"server_name {_NAME};": f"server_name {LOOPBACK};",
        _CERTIFICATES: str(folder),
    }
    for before, after in changes.items():
        if before not in text:
            raise LookupError(f"{SITE.name} does not hold {before!r}")
        text = text.replace(before, after)
    return text


def nginx_files(ports: Ports, folder: Path, openssl: str) -> Path:
    """Write certificate, site and main file of an nginx into a folder; the path of the main file."""
    subject = ("-subj", f"/CN={LOOPBACK}", "-addext", f"subjectAltName=IP:{LOOPBACK}")
    key = ("-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "privkey.pem"))
    subprocess.run(
        [openssl, "req", "-x509", *key, "-out", str(folder / "fullchain.pem"), "-days", "2", *subject],
        check=True,
        capture_output=True,
    )
    (folder / "one-map.conf").write_text(site(ports, folder), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers may not enter the temporary folder
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, user=user), "utf-8")
    return main


def find_program(name: str, folder: Path) -> str:
    """Path of a program: on PATH or in /usr/sbin, else of Debian's package, unpacked into a folder.

    Unpacked and not installed: installing nginx would start a server on port 80 of every address.
    """
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin") or _unpacked(name, folder)
    if found is None:
        sys.stderr.write(
            f"deploy/two_replicas: {name} is missing; install it (Debian, Ubuntu: apt-get install {name}) "
            "and run this again.\n"
            f"缺少 {name}；请安装（Debian、Ubuntu：apt-get install {name}）后重新运行。\n"
        )
        raise SystemExit(MISSING)
    return found


def _unpacked(name: str, folder: Path) -> str | None:
    if os.geteuid() != 0 or not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    download = ["apt-get", "download", name]
    if not _run(download, folder) and not (_run(["apt-get", "update"], folder) and _run(download, folder)):
        return None
    unpacked = folder / f"{name}-package"
    if not all(
        _run(["dpkg-deb", "-x", str(package), str(unpacked)], folder) for package in folder.glob(f"{name}_*.deb")
    ):
        return None
    return shutil.which(name, path=f"{unpacked}/usr/sbin:{unpacked}/usr/bin")


def _run(command: list[str], folder: Path) -> bool:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=180, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
