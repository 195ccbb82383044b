"""What deploy/ hands to an operator is what the program understands; deploy/two_replicas itself is run by hand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from scripts import loopback
from server.oidc import BACK
from services.access.sign_in import providers_of
from settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {field.name.upper() for field in fields(Settings)}
NAME = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


@pytest.mark.skipif(not (NGINX and OPENSSL), reason="needs nginx and openssl on PATH")
def test_nginx_understands_its_site(tmp_path: Path) -> None:
    main = loopback.nginx_files(loopback.free_ports(), tmp_path, OPENSSL or "")
    checked = subprocess.run(
        [NGINX or "", "-t", "-c", main, "-p", tmp_path, "-e", tmp_path / "error.log"], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_the_site_is_changed_only_where_it_must_be_for_loopback(tmp_path: Path) -> None:
    written = loopback.site(loopback.Ports(1080, 1443, 1501, 1502), tmp_path).splitlines()
    changed = [
        after for before, after in zip(text_of("nginx.conf").splitlines(), written, strict=True) if before != after
    ]
    assert len(changed) == 8
    assert all(re.search(r"127\.0\.0\.1|\.pem;$", line) for line in changed)


def test_the_site_keeps_what_it_promises() -> None:
    site = text_of("nginx.conf")
    for line in ("client_max_body_size 12m;", "location = /metrics {", "location /_stcore/stream {"):
        assert line in site
    assert re.search(r"X-Forwarded-For\s+\$remote_addr;", site)
    assert "text/html" not in site


def test_the_environment_names_only_settings_that_exist() -> None:
    names = set(NAME.findall(text_of("one-map.env.example")))
    assert names - SETTINGS == {"STREAMLIT_SERVER_COOKIE_SECRET"}


def test_behind_nginx_nobody_looks_without_signing_in() -> None:
    environment = text_of("one-map.env.example")
    assert "\nVIEWER_WITHOUT_SIGN_IN=0\n" in environment
    assert "\nTRUST_PROXY=1\n" in environment


def test_a_replica_of_the_demonstration_is_set_as_the_example_says(tmp_path: Path) -> None:
    set_here = loopback.replica_environment("postgresql://db/onemap", "0" * 64, tmp_path)
    example = dict(line.split("=", 1) for line in text_of("one-map.env.example").splitlines() if NAME.match(line))
    same = ("VIEWER_WITHOUT_SIGN_IN", "TRUST_PROXY")
    assert [set_here[name] for name in same] == [example[name] for name in same]
    assert example.keys() <= set_here.keys()


def test_a_unit_starts_what_the_demonstration_starts() -> None:
    (start,) = re.findall(r"^ExecStart=(.+)$", text_of("one-map@.service"), re.MULTILINE)
    assert start.split()[1:] == [part.replace("8501", "%i") for part in loopback.replica_command(8501)[1:]]


def test_the_example_of_secrets_has_what_a_provider_needs() -> None:
    auth = tomllib.loads(text_of("secrets.toml.example"))["auth"]
    assert set(auth) == {"redirect_uri", "client_id", "client_secret", "server_metadata_url"}
    assert auth["redirect_uri"].endswith(BACK)
    assert providers_of(auth, port=8501)["default"].missing == ()


def test_what_deploy_starts_can_be_started() -> None:
    scripts = [path for path in DEPLOY.iterdir() if path.is_file() and path.read_bytes().startswith(b"#!")]
    assert [path.name for path in scripts] == ["two_replicas"]
    assert all(os.access(path, os.X_OK) for path in scripts)


def test_a_program_that_is_missing_is_named_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        loopback.find_program("no-such-program", tmp_path)
    assert ended.value.code == 8
    assert "apt-get install no-such-program" in capsys.readouterr().err.splitlines()[0]
