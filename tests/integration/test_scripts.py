"""Start the scripts on machines that lack something: stub Pythons, a PATH of their own, no network."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("bash", "cat", "chmod", "cksum", "dirname", "env", "grep", "id", "mkdir", "rm", "tail")
CHINESE = ("需要", "无法", "不是", "占用", "失败")

# Answers what the scripts ask a Python. VERSION and VENV say what it is; the environment that it makes holds itself.
STUB_PYTHON = """#!/bin/sh
case "$*" in
  *'version_info < (3, 11)'*) case VERSION in 3.11* | 3.12* | 3.13*) exit 0 ;; *) exit 1 ;; esac ;;
  *version_info*) echo VERSION ;;
  *ensurepip*) exit VENV ;;
  '-m venv '*) mkdir -p "$3/bin" && cat "$0" >"$3/bin/python" && chmod +x "$3/bin/python" ;;
  '-m pip '*) echo pip >>asked; [ ! -e no-network ] || { echo 'ERROR: No matching distribution found'; exit 1; } ;;
  '-m streamlit '*) echo "started: $*" ;;
  '-m playwright --version') [ ! -e no-driver ] || exit 127 ;;
  '-m playwright '* | *sync_playwright*) exit 1 ;;
  '-m pytest'*) echo "pytest: $BROWSER_UNAVAILABLE; $*" ;;
  '- '*) exec REAL "$@" ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Clone:
    """A clean clone on a machine with nothing but what a test puts on its PATH."""

    root: Path
    path: Path

    def add_python(self, name: str = "python3", *, version: str = "3.12.1", venv: bool = True) -> None:
        text = STUB_PYTHON.replace("VERSION", version).replace("VENV", "0" if venv else "1")
        (self.path / name).write_text(text.replace("REAL", sys.executable))
        (self.path / name).chmod(0o755)

    def start(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "scripts" / script, *arguments],
            env={"PATH": str(self.path), "PORT": str(free_port()), **environment},
            cwd=self.path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def installs(self) -> int:
        asked = self.root / "asked"
        return len(asked.read_text().splitlines()) if asked.exists() else 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def assert_says(result: subprocess.CompletedProcess[str], code: int, sentence: str) -> None:
    """Check exit code and sentence: one line of English, one of Chinese, nothing else."""
    lines = result.stderr.splitlines()
    assert (result.returncode, len(lines)) == (code, 2), result.stderr
    assert sentence in lines[0]
    assert any(word in lines[1] for word in CHINESE)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root, path = tmp_path / "a clone", tmp_path / "bin"
    path.mkdir()
    shutil.copytree(ROOT / "scripts", root / "scripts")
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, root)
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool) or "")
    return Clone(root, path)


def test_without_any_python_the_sentence_names_what_was_looked_for(clone: Clone) -> None:
    assert_says(clone.start("run"), 3, "Python 3.11 or newer is needed; found: none (looked for: python3.13")


def test_an_old_python_is_named_with_its_version(clone: Clone) -> None:
    clone.add_python("python3", version="3.9.2")
    assert_says(clone.start("run"), 3, "found: python3 3.9.2")


def test_a_python_that_is_asked_for_is_not_replaced_by_another(clone: Clone) -> None:
    clone.add_python("python3.13", version="3.13.0")
    clone.add_python("old", version="3.10.4")
    assert_says(clone.start("run", PYTHON="old"), 3, "found: old 3.10.4")


def test_a_python_without_its_venv_module_says_what_to_install(clone: Clone) -> None:
    clone.add_python("python3.11", version="3.11.2", venv=False)
    assert_says(clone.start("run"), 4, "apt-get install python3-venv")


def test_a_second_python_helps_where_the_first_has_no_venv_module(clone: Clone) -> None:
    clone.add_python("python3.12", version="3.12.1", venv=False)
    clone.add_python("python3.11", version="3.11.2")
    assert clone.start("run").returncode == 0
    assert (clone.root / ".venv" / ".made").read_text().startswith("3.11.2 ")


def test_a_port_in_use_is_told_before_anything_is_installed(clone: Clone) -> None:
    clone.add_python()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert_says(clone.start("run", PORT=port), 5, f"port {port} on 127.0.0.1 is already in use")
    assert clone.installs() == 0


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 81", "123456789012345678901"])
def test_a_port_that_is_no_port_is_quoted(clone: Clone, port: str) -> None:
    assert_says(clone.start("run", PORT=port), 2, f"PORT={port} is not a port")


def test_an_address_of_another_machine_is_refused(clone: Clone) -> None:
    clone.add_python()
    assert_says(clone.start("run", HOST="192.0.2.1"), 2, "cannot listen on HOST=192.0.2.1")


def test_a_failed_install_ends_with_the_reason_of_pip(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "no-network").touch()
    assert_says(clone.start("run"), 6, "installing requirements.txt failed (ERROR: No matching distribution found)")


def test_the_first_start_installs_and_starts(clone: Clone) -> None:
    clone.add_python()
    result = clone.start("run", HOST="127.0.0.1", PORT=(port := str(free_port())))
    assert (result.returncode, result.stderr, clone.installs()) == (0, "", 1)
    assert "First start: installing" in result.stdout
    assert f"http://127.0.0.1:{port}" in result.stdout
    assert f"run app.py --server.address 127.0.0.1 --server.port {port} --server.headless true" in result.stdout


def test_a_second_start_does_not_install(clone: Clone) -> None:
    clone.add_python()
    clone.start("run")
    assert "First start" not in clone.start("run").stdout
    assert clone.installs() == 1


def test_changed_requirements_are_installed(clone: Clone) -> None:
    clone.add_python()
    clone.start("run")
    with (clone.root / "requirements.txt").open("a") as requirements:
        requirements.write("another==1.0\n")
    clone.start("run")
    assert clone.installs() == 2


def test_a_half_finished_install_is_redone_from_nothing(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "no-network").touch()
    clone.start("run")
    (left_over := clone.root / ".venv" / "half").touch()
    (clone.root / "no-network").unlink()
    assert clone.start("run").returncode == 0
    assert clone.installs() == 2
    assert not left_over.exists()


def test_a_clone_that_was_moved_gets_a_new_environment(clone: Clone, tmp_path: Path) -> None:
    clone.add_python()
    clone.start("run")
    moved = Clone(clone.root.rename(tmp_path / "elsewhere"), clone.path)
    assert moved.start("run").returncode == 0
    assert moved.installs() == 2


def test_the_file_env_is_read_and_the_environment_wins(clone: Clone) -> None:
    clone.add_python()
    (clone.root / ".env").write_text(f"# comment\nHOST=localhost\r\nPORT=abc\nCAMPAIGN_DIR=$(touch {clone.root}/ran)\n")
    result = clone.start("run")
    assert "--server.address localhost" in result.stdout
    assert not (clone.root / "ran").exists()


def test_a_required_browser_that_is_missing_fails(clone: Clone) -> None:
    clone.add_python()
    result = clone.start("test", REQUIRE_BROWSER="1")
    assert_says(result, 7, "a browser is required")


def test_a_driver_that_does_not_start_is_named(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "no-driver").touch()
    assert_says(clone.start("test", REQUIRE_BROWSER="1"), 7, "Playwright's driver does not start")


def test_a_browser_that_does_not_run_is_named(clone: Clone) -> None:
    clone.add_python()
    assert_says(clone.start("test", CHROMIUM="/no/chromium"), 2, "CHROMIUM=/no/chromium does not run")


def test_without_a_browser_the_tests_run_and_the_reason_is_printed(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "scripts" / "check").write_text("#!/bin/sh\n")
    result = clone.start("test")
    assert result.returncode == 0
    assert "Browser tests will be skipped: there is no Chromium" in result.stdout
    assert "pytest: there is no Chromium" in result.stdout


def test_a_required_node_that_is_missing_fails(clone: Clone) -> None:
    clone.add_python()
    assert_says(clone.start("check", REQUIRE_NODE="1"), 8, "Node is required, but there is no Node 18.18 or newer")


@pytest.mark.parametrize(("node", "npm"), [("", ""), ("exit 1", "exit 0"), ("exit 0", "exit 1")])
def test_without_a_node_the_javascript_is_left_out_in_one_line(clone: Clone, node: str, npm: str) -> None:
    clone.add_python()
    (clone.root / "package-lock.json").write_text("{}")
    for name, text in (("node", node), ("npm", npm)):
        if text:
            (clone.path / name).write_text(f"#!/bin/sh\n{text}\n")
            (clone.path / name).chmod(0o755)
    lines = clone.start("check").stdout.splitlines()
    assert [line for line in lines if line.startswith("JavaScript is left out: ")] == lines[-1:]


def test_with_a_node_types_lint_and_tests_of_the_javascript_count(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "package-lock.json").write_text("{}")
    for name, text in (
        ("node", "exit 0"),
        ("npm", 'case "$1" in ci) mkdir node_modules ;; run) echo "$3" ;; *) exit 1 ;; esac'),
    ):
        (clone.path / name).write_text(f"#!/bin/sh\n{text}\n")
        (clone.path / name).chmod(0o755)
    result = clone.start("check")
    assert result.returncode == 1
    assert result.stdout.splitlines()[-2:] == ["types", "lint"]
    assert (clone.root / "node_modules" / ".installed").exists()


def test_a_quick_run_looks_for_no_browser_and_takes_further_arguments(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "scripts" / "check").write_text("#!/bin/sh\n")
    result = clone.start("test", "--quick", "-x", REQUIRE_BROWSER="1")
    assert result.returncode == 0, result.stderr
    paths = re.findall(r"\btests/\S+", result.stdout)
    assert "tests/unit" in paths
    assert [path for path in paths if not (ROOT / path).exists() or path.startswith("tests/browser")] == []
    assert result.stdout.rstrip().endswith(" -x")


def test_what_the_check_finds_fails_the_run_though_all_tests_pass(clone: Clone) -> None:
    clone.add_python()
    (clone.root / "scripts" / "check").write_text("#!/bin/sh\necho 'line too long'\nexit 1\n")
    result = clone.start("test", "--quick")
    assert result.returncode == 1
    assert "line too long" in result.stdout
    assert "pytest: " in result.stdout


def test_continuous_integration_installs_what_would_be_skipped_without_and_lets_nothing_pass(clone: Clone) -> None:
    (clone.root / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", clone.root / ".ci")
    (clone.path / "id").unlink()
    for stub, text in ((clone.path / "id", "echo 0"), (clone.path / "apt-get", f'echo "$*" >>"{clone.path}/asked"')):
        stub.write_text(f"#!/bin/sh\n{text}\n")
        stub.chmod(0o755)
    (clone.root / "scripts" / "test").write_text("#!/bin/sh\necho $REQUIRE_ALL $REQUIRE_POSTGRES $REQUIRE_BROWSER\n")
    result = clone.start("../.ci/run")
    assert (result.returncode, result.stdout.splitlines()[-1:]) == (0, ["1 1 1"]), result.stderr
    update, install = (clone.path / "asked").read_text().splitlines()
    assert update == "update"
    assert {"poppler-utils", "libreoffice-writer", "libreoffice-calc", "libreoffice-impress"} <= set(install.split())
