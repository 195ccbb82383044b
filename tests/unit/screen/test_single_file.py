"""Modules become one script in the order in which they need each other; data stay data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from layers.screen import standalone as single_file
from layers.screen.standalone import data_block, script

HOSTILE = "</script><!-- \u2028 \u2029 <script>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(single_file, "FRONTEND", tmp_path)
    monkeypatch.setattr(single_file, "file_text", lambda name: (tmp_path / name).read_text("utf-8"))
    return tmp_path


def test_a_module_stands_once_and_behind_those_that_it_imports(folder: Path) -> None:
    (folder / "a.js").write_text('import { b } from "./b.js";\nimport { c as d } from "./c.js";\nb(d);\n', "utf-8")
    (folder / "b.js").write_text('import { c } from "./c.js";\nexport function b() {}\nc();\n', "utf-8")
    (folder / "c.js").write_text("export const c = () => 1;\n", "utf-8")
    text = script("a.js")
    assert re.findall(r'^modules\["(\w)\.js"\]', text, re.MULTILINE) == ["c", "b", "a"]
    assert 'const { c: d } = modules["c.js"];' in text
    assert "return { b };" in text


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./b.js";',
        'import "./b.js";',
        "export default 1;",
        "export { a };",
        "export const { a } = b;",
    ],
)
def test_another_form_of_import_or_export_is_refused_with_the_module_and_the_line(folder: Path, line: str) -> None:
    (folder / "a.js").write_text(f"{line}\n", "utf-8")
    with pytest.raises(ValueError, match=rf"a\.js: cannot put '{re.escape(line[:8])}"):
        script("a.js")


@pytest.mark.parametrize("name", ["pocket.js", "standalone.js"])
def test_the_scripts_of_our_pages_import_nothing_and_end_no_element(name: str) -> None:
    text = script(name)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert "</" not in text
    assert "<!--" not in text
    assert {"scene.js", "labels.js", "nodes.js"} <= set(re.findall(r'^modules\["([\w.]+)"\]', text, re.MULTILINE))


def test_data_end_no_element_and_are_read_back_whole() -> None:
    (text,) = re.findall(r'^<script type="application/json" id="data">(.*)</script>\n$', data_block("data", [HOSTILE]))
    assert not set(text) & set("<>\u2028\u2029")
    assert json.loads(text) == [HOSTILE]
