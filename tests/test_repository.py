"""Hold what the repository promises beside its code: documented settings, links that resolve, pins, scripts."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
OPERATIONS = ROOT / "docs" / "operations.md"
SETTINGS_PAGES = [ROOT / ".env.example", *([OPERATIONS] if OPERATIONS.exists() else [])]
SETTINGS = tuple(field.name.upper() for field in fields(Settings))
PIN = re.compile(r"([\w.-]+)==([\w.]+)(?:\s*;[^#]+)?(?:\s+#.*)?")
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
IMAGE = re.compile(r"<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)


def pages() -> list[Path]:
    tops = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "node_modules"]
    found = [page for top in tops for page in ([top] if top.is_file() else top.rglob("*.md"))]
    return sorted(page for page in found if page.suffix == ".md")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors_of(page: Path) -> set[str]:
    """Names of the headings as GitHub makes them."""
    headings = [re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(page.read_text("utf-8"))]
    return {re.sub(r"\s", "-", heading) for heading in headings}


def local_links() -> list[tuple[Path, str]]:
    texts = {page: without_code(page.read_text("utf-8")) for page in pages()}
    links = [(page, link) for page, text in texts.items() for link in [*LINK.findall(text), *IMAGE.findall(text)]]
    return [(page, link) for page, link in links if not re.match(r"[a-z][a-z+.-]*:", link)]


def requirements(name: str) -> list[str]:
    lines = [line.strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("page", SETTINGS_PAGES, ids=lambda page: page.name)
def test_every_setting_is_documented(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [name for name in SETTINGS if not re.search(rf"\b{name}\b", text)] == []


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), flags=re.MULTILINE)
    assert set(documented) == {*SETTINGS, "HOST", "PORT", "PYTHON"}


def test_local_links_resolve() -> None:
    missing = []
    for page, link in local_links():
        target, _, anchor = link.partition("#")
        file = page.parent / target if target else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors_of(file)):
            missing.append((page.relative_to(ROOT).as_posix(), link))
    assert missing == []


def test_files_that_the_architecture_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"\*\*([a-z_]+/[\w/.]+)\*\*", text)
    assert len(named) > 30
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_changelog_has_a_place_for_the_next_change() -> None:
    assert re.search(r"^## \[Unreleased\]$", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)


def test_the_contributing_page_has_at_most_80_lines() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 80


def test_scripts_can_be_started() -> None:
    scripts = [ROOT / ".ci" / "run", *(path for path in (ROOT / "scripts").iterdir() if not path.suffix)]
    assert {"run", "test", "check"} <= {path.name for path in scripts}
    assert [path.name for path in scripts if path.is_file() and not os.access(path, os.X_OK)] == []
    assert [path.name for path in scripts if path.is_file() and not path.read_bytes().startswith(b"#!")] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_pinned(name: str) -> None:
    assert [line for line in requirements(name) if not PIN.fullmatch(line)] == []


def test_no_requirement_is_pinned_twice() -> None:
    names = [line.partition("==")[0].lower().replace("_", "-") for name in REQUIREMENTS for line in requirements(name)]
    assert sorted(names) == sorted(set(names))


def test_every_ignored_lint_rule_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    rules = tomllib.loads(text)["tool"]["ruff"]["lint"]
    ignored = [*rules["ignore"], *(rule for group in rules["per-file-ignores"].values() for rule in group)]
    assert [rule for rule in ignored if not re.search(rf'"{rule}",\s+# \w', text)] == []
