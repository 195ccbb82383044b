"""Hold the shape that docs/architecture.md draws: who imports whom, who owns which library, how long things get."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "settings": "",
    "locales": "",
    "geo": "locales",
    "layers": "geo locales",
    "data": "geo locales",
    "exports": "geo data layers locales settings",
    "services": "geo data layers exports locales settings",
    "server": "geo data layers exports services locales settings",
    "views": "geo data layers exports services locales settings",
    "cli": "geo data layers exports services locales settings cli_exports",
    "cli_exports": "geo data layers exports services locales settings",
    "app": "geo data layers exports services server views locales settings",
}
OWNERS = {
    "streamlit": "app views",
    "starlette": "app server",
    "folium": "layers",
    "matplotlib": "layers",
    "sqlalchemy": "data",
    "alembic": "data",
    "psycopg": "data",
    "openpyxl": "data exports",
    "defusedxml": "data",
    "msgspec": "data",
    "argon2": "services",
    "itsdangerous": "services",
    "authlib": "server",
    "joserfc": "server",
    "prometheus_client": "server",
    "pptx": "exports",
    "pypdf": "exports",
    "docx": "exports",
    "segno": "layers",
    "reportlab": "exports",
    "typer": "cli cli_exports",
}
CORE_LIBRARIES = {"numpy", "shapely", "pyproj", "pandas", "geopandas"}
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb"}
CHECK = re.compile(r"(raises|warns|expect)$|assert_")
HEX_COLOUR = re.compile(r"(?<![&\w/])#(?:[0-9a-fA-F]{3,4}){1,2}\b")


def source_files(*suffixes: str) -> list[Path]:
    tops = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "node_modules"]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def owner_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"), filename=str(path))))


def imports_of(path: Path) -> set[str]:
    nodes = nodes_of(path)
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {module.partition(".")[0] for module in modules}


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def strings_of(path: Path) -> list[str]:
    """Texts of a file: of Python its strings without docstrings and comments, of others everything."""
    if path.suffix != ".py":
        return [path.read_text("utf-8")]
    remarks = {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
    texts = (node for node in nodes_of(path) if isinstance(node, ast.Constant) and id(node) not in remarks)
    return [node.value for node in texts if isinstance(node.value, str)]


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    spent = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - spent


def called_by(test: ast.AST) -> set[str]:
    return {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(test) if isinstance(node, ast.Call)}


def checks_itself(test: ast.AST) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(test)) or any(
        CHECK.match(name) for name in called_by(test)
    )


EVERY_FILE = source_files(".py")
PROGRAM = [path for path in EVERY_FILE if owner_of(path) not in {"tests", "benchmarks", "scripts", "docs"}]
TESTS = [path for path in EVERY_FILE if owner_of(path) == "tests"]
PAGES = [
    path
    for path in PROGRAM
    if owner_of(path) in {"app", "views"} and (path.stem in {"app", "main", "page"} or path.stem.endswith("_page"))
]
TEST_FUNCTIONS = [
    (f"{name_of(path)}::{test.name}", test)
    for path in TESTS
    for test in functions_of(path)
    if test.name.startswith("test_")
]


def test_the_rules_see_the_program() -> None:
    assert {owner_of(path) for path in PROGRAM} >= MAY_IMPORT.keys()
    assert len(PAGES) > 1


def test_imports_go_one_way() -> None:
    offenders = {
        name_of(path): bad
        for path in PROGRAM
        if (bad := imports_of(path) & (MAY_IMPORT.keys() - {owner_of(path)} - set(MAY_IMPORT[owner_of(path)].split())))
    }
    assert offenders == {}


def room_of(path: Path) -> Path | None:
    """Room in which a module stands, None on the ground of a floor."""
    parts = path.relative_to(ROOT).parts
    return (
        ROOT / parts[0] / parts[1] if len(parts) > 2 and (ROOT / parts[0] / parts[1] / "__init__.py").exists() else None
    )


def offered_by(room: Path) -> set[str]:
    """Modules that the room's docstring lets others import."""
    offer = (ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or "").partition("Others import")[
        2
    ]
    return set(re.findall(r"`(\w+)`", offer))


def modules_named_in(path: Path) -> Iterator[Path]:
    """Modules of rooms that a file imports, or takes names from."""
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                module = ROOT.joinpath(*name.split(".")).with_suffix(".py")
                if module.exists() and room_of(module):
                    yield module


def test_rooms_import_from_each_other_what_is_offered_and_offer_nothing_else() -> None:
    taken = {module for path in PROGRAM for module in modules_named_in(path) if room_of(path) != room_of(module)}
    offered = {
        room / f"{name}.py"
        for room in {path.parent for path in PROGRAM if path.name == "__init__.py"}
        for name in offered_by(room)
    }
    assert taken ^ offered == set()


def test_a_library_has_one_owner() -> None:
    offenders = [
        (name_of(path), f"{library} belongs to {OWNERS[library]}")
        for path in PROGRAM
        for library in imports_of(path) & OWNERS.keys()
        if owner_of(path) not in OWNERS[library].split()
    ]
    assert offenders == []


def test_the_core_needs_only_numbers_and_geometry() -> None:
    used = {library for path in PROGRAM if owner_of(path) == "geo" for library in imports_of(path)}
    assert used - sys.stdlib_module_names <= CORE_LIBRARIES | {"geo", "locales"}


def test_every_package_is_under_the_import_contracts() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert {owner_of(path) for path in PROGRAM if path.parent != ROOT} == set(options["root_packages"])


def test_colours_come_from_the_style_table() -> None:
    offenders = [
        (name_of(path), colour)
        for path in [*PROGRAM, *source_files(".js", ".css", ".html")]
        if not name_of(path).startswith(("geo/model/status.py", "layers/", "docs/", "tests/"))
        for text in strings_of(path)
        for colour in HEX_COLOUR.findall(text)
    ]
    assert offenders == []


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name_of(path)
        for path in PROGRAM
        for node in nodes_of(path)
        if (isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT)
        or (isinstance(node, ast.alias) and node.name in ENVIRONMENT)
    }
    assert readers == {"settings.py"}


def test_no_handler_catches_everything() -> None:
    offenders = [
        (name_of(path), handler.lineno)
        for path in EVERY_FILE
        for handler in nodes_of(path)
        if isinstance(handler, ast.ExceptHandler)
        if not handler.type or re.search(r"\b(Base)?Exception\b", ast.unparse(handler.type))
    ]
    assert offenders == []


def test_pages_have_at_most_60_lines() -> None:
    assert {name_of(path): line_count(path) for path in PAGES if line_count(path) > 60} == {}


def test_functions_have_at_most_30_lines_beside_their_docstring() -> None:
    functions = [(name_of(path), one) for path in EVERY_FILE if path not in TESTS for one in functions_of(path)]
    assert [(path, one.name, length_of(one)) for path, one in functions if length_of(one) > 30] == []


def test_tests_have_at_most_15_lines() -> None:
    assert {name: length_of(test) for name, test in TEST_FUNCTIONS if length_of(test) > 15} == {}


def test_tests_check_something() -> None:
    helpers = {helper.name for path in TESTS for helper in functions_of(path) if checks_itself(helper)}
    empty = [name for name, test in TEST_FUNCTIONS if not checks_itself(test) and not called_by(test) & helpers]
    assert empty == []
