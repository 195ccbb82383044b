"""LibreOffice opens the documents for a meeting: whole titles, true page numbers, nothing off the margins, one page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.document.model import Document
from geo.tasks.filters import Filters
from locales import Language
from services.briefing.atlas import AtlasRequest, Subject, compose_atlas
from services.briefing.briefing import format_for, render
from tests.support.fixtures_briefing import DEMONSTRATION, MADE_AT, content, desk, document, squeezed
from tests.support.office import SOFFICE, TIMEOUT_SECONDS, needs_office

pytestmark = needs_office
FORMS = ("pptx", "docx")
ATLASES: dict[Subject, tuple[Language, Filters]] = {
    Subject.TASKS: ("en", Filters(text="footbridge")),
    Subject.NODES: ("zh", Filters(kinds=frozenset({"terminal", "platform"}))),
    Subject.UNITS: ("zh", Filters(units=frozenset({"qingpu", "land-group"}), lead_only=True)),
}
MARGIN_PT = 18 / 25.4 * 72


def atlas(subject: Subject) -> Document:
    lang, filters = ATLASES[subject]
    return compose_atlas(
        desk(), desk().campaign.instant_of(DEMONSTRATION), AtlasRequest(lang, subject, filters), MADE_AT
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """What LibreOffice prints of every file, all in one run."""
    folder = tmp_path_factory.mktemp("office")
    files = {f"page-{lang}.{form}": content(form, "one-page", lang) for form in FORMS for lang in ("zh", "en")}
    files |= {f"evaluation-en.{form}": content(form, "evaluation", "en") for form in FORMS}
    files |= {f"{subject}.{form}": render(atlas(subject), format_for(form)) for form in FORMS for subject in ATLASES}
    return {name: PdfReader(path) for name, path in _through_office(files, folder).items()}


def _through_office(files: dict[str, bytes], folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name.replace('.', '-')}.{name.rpartition('.')[2]}" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, paths.values())]
    subprocess.run(command, capture_output=True, check=True, timeout=TIMEOUT_SECONDS)
    return {name: path.with_suffix(".pdf") for name, path in paths.items()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_page_is_one_page(printed: dict[str, PdfReader], form: str, lang: Language) -> None:
    pages = printed[f"page-{lang}.{form}"].pages
    written = squeezed(pages[0].extract_text())
    assert len(pages) == 1
    assert "T29" in written
    assert squeezed(document("one-page", lang).sections[0].title) in written


@pytest.mark.parametrize("form", FORMS)
def test_an_evaluation_has_whole_heads_and_no_page_of_a_few_rows(printed: dict[str, PdfReader], form: str) -> None:
    pages = [page.extract_text() for page in printed[f"evaluation-en.{form}"].pages]
    written = squeezed("".join(pages)).replace("张三", "")
    assert "77%" in written
    assert squeezed("Open after due date") in written
    assert squeezed("On-time rate") in written
    assert "Results(continued)" not in written
    assert not re.search(r"[一-鿿]", written)
    assert all(len(squeezed(page)) > 150 for page in pages)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("subject", list(ATLASES))
def test_an_atlas_has_a_page_for_each_name_of_its_index(
    printed: dict[str, PdfReader], subject: Subject, form: str
) -> None:
    pages = [squeezed(page.extract_text()) for page in printed[f"{subject}.{form}"].pages]
    entries = {squeezed(one.title): one.blocks for one in atlas(subject).sections if one.id.startswith("entry-")}
    at = {title: next(n for n, page in enumerate(pages, start=1) if page.startswith(title)) for title in entries}
    index = re.findall(r"^[^/]*?(\d+)$", printed[f"{subject}.{form}"].pages[1].extract_text(), re.MULTILINE)
    assert entries
    assert [number for number in index if int(number) in at.values()] == [f"{number}" for number in at.values()]


@pytest.mark.parametrize("subject", list(ATLASES))
def test_pictures_of_a_word_document_stand_on_its_margins(printed: dict[str, PdfReader], subject: Subject) -> None:
    page, lefts = printed[f"{subject}.docx"].pages[2], []

    def note(operator: bytes, _operands: object, matrix: list[float], _text: object) -> None:
        if operator == b"Do":
            lefts.append((matrix[4], matrix[4] + matrix[0]))

    page.extract_text(visitor_operand_before=note)
    assert len(lefts) == 2
    assert all(abs(left - MARGIN_PT) < 1 for left, _ in lefts)
    assert all(right < page.mediabox.width - MARGIN_PT + 1 for _, right in lefts)
