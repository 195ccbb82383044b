"""Send out of the house from a terminal, unattended: snapshots of a view, a trial message; `cli.py` includes these.

Every working day at half past six, for a crontab:
`30 6 * * 1-5  cd /srv/onemap && .venv/bin/python cli.py snapshot /srv/share/map.pdf --force`
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from data.atomic_write import atomic_write, refuse_existing
from exports.document.model import Document
from geo.tasks.filters import Filters
from locales import bilingual
from services.briefing import briefing as briefings
from services.briefing.atlas import AtlasRequest, Subject, compose_atlas
from services.briefing.export import note_document
from services.campaign.context import CampaignContext
from services.incidents.incidents import drill_runs
from services.maintenance import operation, words
from services.maintenance.console import VOICE
from services.maintenance.installation import address
from services.snapshots.export_view import VIEW, note_export, shown_by
from services.snapshots.saved_views import asked_for
from services.snapshots.snapshots import SnapshotRequest, format_for, paper_for, render, take
from services.wall.watch import trial
from services.wall.webhook import Hook, Receiver, WebhookError, deliver
from settings import settings

app = typer.Typer()

Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(help=bilingual("Language; default: that of the terminal."), callback=VOICE.choose, is_eager=True),
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=bilingual("Day; default: today."))]
Force = Annotated[bool, typer.Option("--force", help=bilingual("Replace what is there."))]


@app.command(help=bilingual("Export a view as a page, slides, a map or data."))
def snapshot(
    out: Annotated[Path, typer.Argument(help=bilingual("File to make; its ending is the format."))],
    *,
    as_of: Day = None,
    zone: Annotated[str, typer.Option(help=bilingual("Id of a zone."))] = "",
    size: Annotated[
        str, typer.Option(help=bilingual("A4, A3, A4-portrait, A3-portrait, 1920x1080, 3840x2160."))
    ] = "A3",
    preset: Annotated[
        str, typer.Option(help=bilingual("overview, late, the id of a zone, or a saved view."))
    ] = "overview",
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Export a view as a page, slides, a map or data."""
    refuse_existing(out, force=force)
    form, paper = format_for(out.suffix), paper_for(size)
    with operation.opened_context() as context:
        base, drill = address(settings()), drill_runs(context)
        asked = SnapshotRequest(VOICE.lang, paper=paper, exporter=operation.AUTHOR.name, base_url=base, drill=drill)
        asked = asked_for(context, zone or preset, asked)
        day = context.campaign.clamp(as_of.date()) if as_of else context.today()
        taken = take(context, context.campaign.instant_of(day), asked, context.now())
        content = render(taken, form)
        _write(out, content, force=force)
        author, at = operation.AUTHOR, operation.real_now()
        note_export(context, author, form.id, VIEW, shown_by(taken), day=day, size=len(content), at=at)
    VOICE.say(words.SNAPSHOT_MADE, file=out, day=day, kb=len(content) // 1000)


@app.command(help=bilingual("Make a briefing, a page of it, or an evaluation."))
def briefing(  # noqa: PLR0913  each option is an argument
    out: Annotated[Path, typer.Argument(help=bilingual("File to make: .pptx, .pdf or .docx."))],
    *,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=bilingual("Changes from; default: the last meeting.")),
    ] = None,
    as_of: Day = None,
    kind: Annotated[str, typer.Option(help=bilingual("briefing, one-page or evaluation."))] = briefings.BRIEFING,
    sections: Annotated[str, typer.Option(help=bilingual("Ids in their order, as late,next."))] = "",
    template: Annotated[Path | None, typer.Option(help=bilingual("Template as data/campaign/briefing.toml."))] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make a briefing, a page of it, or an evaluation."""
    refuse_existing(out, force=force)
    form = briefings.format_for(out.suffix)
    chosen = tuple(one.strip() for one in sections.split(",") if one.strip())
    with operation.opened_context() as context:
        day = context.campaign.clamp(as_of.date()) if as_of else context.today()
        asked = briefings.BriefingRequest(
            VOICE.lang,
            kind,
            chosen,
            since.date() if since else None,
            template,
            operation.AUTHOR.name,
            drill=drill_runs(context),
        )
        document = briefings.compose(context, context.campaign.instant_of(day), asked, context.now())
        _document(out, context, document, asked, form, day, force=force)


@app.command(help=bilingual("Make an atlas: a page each, with an index; Ctrl+C leaves no file."))
def atlas(
    out: Annotated[Path, typer.Argument(help=bilingual("File to make: .pdf, .pptx or .docx."))],
    of: Annotated[Subject, typer.Option("--of", help=bilingual("What has a page each."))],
    *,
    as_of: Day = None,
    zone: Annotated[str, typer.Option(help=bilingual("Id of a zone; default: all."))] = "",
    template: Annotated[Path | None, typer.Option(help=bilingual("Template as data/campaign/briefing.toml."))] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make an atlas: a page each, with an index; Ctrl+C leaves no file."""
    refuse_existing(out, force=force)
    form = briefings.format_for(out.suffix)
    with operation.opened_context() as context:
        day = context.campaign.clamp(as_of.date()) if as_of else context.today()
        filters = Filters(zones=frozenset({zone} - {""}))
        asked = AtlasRequest(VOICE.lang, of, filters, template, operation.AUTHOR.name, drill=drill_runs(context))
        document = compose_atlas(context, context.campaign.instant_of(day), asked, context.now())
        _document(out, context, document, asked, form, day, force=force)


def _pages() -> Callable[[int, int], None]:
    """Show how many pages are done."""
    line = VOICE.progress()
    return lambda done, total: line("pages", done, total)


def _document(
    out: Path,
    context: "CampaignContext",
    document: "Document",
    asked: briefings.BriefingRequest | AtlasRequest,
    form: briefings.BriefingFormat,
    day: date,
    *,
    force: bool,
) -> None:
    """Make a document, note it in the store and tell of it."""
    content = briefings.render(document, form, _pages())
    _write(out, content, force=force)
    note_document(context, operation.AUTHOR, asked, form, day, size=len(content), at=operation.real_now())
    VOICE.say(words.DOCUMENT_MADE, file=out, day=day, kb=len(content) // 1000)


def _write(out: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all."""
    with atomic_write(out, force=force) as file:
        file.write(content)


@app.command(help=bilingual("Send a message to WEBHOOK_URL, to see whether it arrives."))
def webhook(*, lang: Lang = None) -> None:
    """Send a message to WEBHOOK_URL, to see whether it arrives."""
    chosen = settings()
    if not chosen.webhook_url:
        VOICE.say(words.NO_WEBHOOK)
        raise typer.Exit(2)
    hook = Hook(chosen.webhook_url, Receiver(chosen.webhook_kind), chosen.webhook_secret)
    with operation.opened_context() as context:
        message = trial(context)
    try:
        tries = deliver(hook, message, operation.real_now)
    except WebhookError as error:
        VOICE.say(words.NOT_DELIVERED, reason=error.reason)
        raise typer.Exit(1) from error
    VOICE.say(words.DELIVERED, tries=tries)
