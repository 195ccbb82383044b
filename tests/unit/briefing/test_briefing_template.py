"""A customer changes the template without code; what is wrong is told by file, key, value and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from data.campaign.toml_files import DEFAULT, KINDS, TemplateError, read_template
from services.briefing.sections import SECTIONS


def _written(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_template_knows_every_section_and_no_other() -> None:
    template = read_template()
    assert set(template.known) == set(SECTIONS)
    assert all(set(template.sections[kind]) <= set(SECTIONS) for kind in KINDS)


def test_what_a_template_leaves_out_is_as_in_the_default(tmp_path: Path) -> None:
    text = '[look]\naccent = "#aa0000"\n[briefing]\nsections = ["late", "cover"]\n[sections.late]\ntitle_zh = "红灯"'
    template, default = read_template(_written(tmp_path, text)), read_template()
    assert template.inks["accent"] == "#AA0000"
    assert template.sections["briefing"] == ("late", "cover")
    assert (template.titles["late"].zh, template.titles["late"].en) == ("红灯", default.titles["late"].en)
    assert template.sections["evaluation"] == default.sections["evaluation"]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ('[look]\naccent = "red"', "look.accent", "red"),
        ("[look]\nlatin = 3", "look.latin", "3"),
        ('[look]\nlogo = "absent.png"', "look.logo", "absent.png"),
        ('[look]\nstyles = "absent.docx"', "look.styles", "absent.docx"),
        ('[look]\nstyles = "ours.toml"', "look.styles", "ours.toml"),
        ('[briefing]\nsections = ["late", "lat"]', "briefing.sections", "lat"),
        ('[briefing]\nsections = ["late", "late"]', "briefing.sections", "late"),
        ("[briefing]\nsections = []", "briefing.sections", "[]"),
        ('[briefing]\nsections = "late"', "briefing.sections", "late"),
        ("[numbers]\nnext_days = 0", "numbers.next_days", "0"),
        ("[numbers]\nnext_days = true", "numbers.next_days", "true"),
        ('[sections.late]\ntitle_zh = "{x}"', "sections.late.title_zh", "{x}"),
        ("[sections.none]\n", "sections.none", "{}"),
        ("look = 1", "look", "1"),
        ('[lok]\naccent = "#000000"', "lok", "{'accent': '#000000'}"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_key_value_and_mend(
    tmp_path: Path, text: str, key: str, value: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        read_template(_written(tmp_path, text))
    problem = caught.value.problem
    assert (problem.file, problem.column, problem.value) == ("ours.toml", key, value)
    assert problem.remedy("zh")
    assert key in caught.value.message("en")


@pytest.mark.parametrize("text", ["[look", "", "a = \xff"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError):
        read_template(_written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        read_template(tmp_path / "absent.toml")
    assert "absent.toml" in caught.value.message("zh")


def test_a_logo_beside_the_template_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (8, 4)).save(tmp_path / "logo.png")
    assert read_template(_written(tmp_path, '[look]\nlogo = "logo.png"')).logo.startswith(b"\x89PNG")


def test_every_key_of_the_default_template_can_be_written_again(tmp_path: Path) -> None:
    copy = _written(tmp_path, DEFAULT.read_text("utf-8"))
    (tmp_path / "briefing.docx").write_bytes(DEFAULT.with_suffix(".docx").read_bytes())
    assert read_template(copy) == read_template()
