"""Make briefings: from an opened campaign and what is asked for to a file's bytes, whole or not at all.

OneMapError
├── SnapshotError (ValueError)   something was asked for that there is not
└── TemplateError (ValueError)   a template cannot be used
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from data.campaign.toml_files import COVER, KINDS, ZONE_GAP, read_template
from exports.document.docx import write_docx
from exports.document.model import Document, Section, theme_of
from exports.document.pdf import write_pdf
from exports.document.pptx import write_pptx
from exports.snapshot import words as texts
from locales import Label, Language, Text, same
from services.briefing.material import Material, gather
from services.briefing.sections import SECTIONS
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import SnapshotError, choose

BRIEFING, ONE_PAGE, EVALUATION = KINDS
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class BriefingFormat:
    """Describe one format: ending, name on the screen, media type for a browser, and what makes it."""

    id: str
    name: Label
    media_type: str
    write: Callable[[Document, Callable[[int, int], None]], bytes]


FORMATS: Final = (
    BriefingFormat("pptx", Text("Slides (PPTX)"), f"{_OFFICE}.presentationml.presentation", write_pptx),
    BriefingFormat("pdf", same("PDF"), "application/pdf", write_pdf),
    BriefingFormat("docx", Text("Document (DOCX)"), f"{_OFFICE}.wordprocessingml.document", write_docx),
)


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """Hold what is asked for.

    Parameters
    ----------
    lang
        Language of the document.
    kind
        One of `KINDS`.
    sections
        Ids in their order; empty: those of the template.
    since
        Day from which changes are listed; None: the last meeting.
    template
        File of a template; None: the default one.
    exporter
        Name of who exports.
    drill
        Whether this is a drill.
    """

    lang: Language
    kind: str = BRIEFING
    sections: tuple[str, ...] = ()
    since: date | None = None
    template: Path | None = None
    exporter: str = ""
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Hold what can be chosen, in one language: names of kinds, titles of sections, the sections of each kind."""

    kinds: Mapping[str, str]
    titles: Mapping[str, str]
    sections: Mapping[str, tuple[str, ...]]


def offered(lang: Language, template: Path | None = None) -> Offer:
    """What the template offers; raises as `compose`."""
    read = read_template(template)
    titles, each = {COVER: Text("Cover").get(lang)}, Text("a page each").get(lang)
    titles |= {one: label.get(lang).replace(ZONE_GAP, each) for one, label in read.titles.items()}
    return Offer({kind: read.names[kind].get(lang) for kind in KINDS}, titles, read.sections)


def compose(context: CampaignContext, until: datetime, asked: BriefingRequest, made_at: datetime) -> Document:
    """Say what a document holds, as of an instant.

    Raises
    ------
    SnapshotError
        There is no such kind or section.
    TemplateError
        The template cannot be used.
    StoreUnavailableError
        The store does not answer and what is needed was not read before.
    """
    template = read_template(asked.template)
    if asked.kind not in KINDS:
        raise SnapshotError(Text("kind of document"), asked.kind, KINDS)
    for one in asked.sections:
        if one not in SECTIONS:
            raise SnapshotError(Text("section"), one, tuple(SECTIONS))
    return document_of(context, gather(context, until, asked.since, asked.lang, template), asked, made_at)


def document_of(context: CampaignContext, material: Material, asked: BriefingRequest, made_at: datetime) -> Document:
    """Say what a document holds, from facts that were gathered."""
    template = material.template
    chosen = dict.fromkeys(asked.sections or template.sections[asked.kind])
    sections = tuple(section for one in chosen for section in SECTIONS[one](material))
    subtitle = template.names[asked.kind].get(asked.lang)
    return framed(context, material, asked, made_at, subtitle=subtitle, sections=sections)


def framed(
    context: CampaignContext,
    material: Material,
    asked: BriefingRequest,
    made_at: datetime,
    *,
    subtitle: str,
    sections: tuple[Section, ...],
) -> Document:
    """Put sections under the campaign's title, with as of when, who exports, and the look of the template."""
    campaign, lang = context.campaign, asked.lang
    notes = (
        texts.version_words(context.version, lang),
        texts.exported_words(asked.exporter, made_at, campaign, lang)
        if asked.exporter
        else texts.instant_words(made_at, campaign),
        campaign.attribution.get(lang),
    )
    return Document(
        title=campaign.name.get(lang),
        short=campaign.short.get(lang),
        subtitle=subtitle,
        lang=lang,
        as_of=texts.as_of_words(material.board.as_of, campaign, lang),
        notice=texts.notice_words(campaign, lang, drill=asked.drill),
        notes=notes,
        made_at=made_at,
        theme=theme_of(material.template, lang, _issuer(material)),
        sections=sections,
        continued=Text(" (continued)").get(lang),
    )


def _issuer(material: Material) -> str:
    """The supervising unit, which issues what its template says nothing about."""
    unit = material.campaign.supervising_unit
    return texts.name_of(material.units, unit, "name", material.lang) if unit in material.units.index else ""


def render(
    briefing: Document, form: BriefingFormat, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> bytes:
    """Write a document in a format; `progress` is called with the pages done and all pages.

    Raises
    ------
    ExtentError
        The extent of a map cannot be drawn.
    """
    return form.write(briefing, progress)


def format_for(ending: str) -> BriefingFormat:
    """The format of a file's ending; raises as `services.snapshots.snapshots.choose`."""
    return choose(Text("format"), ending, FORMATS)
