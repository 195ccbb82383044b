"""Do from a terminal what an operator does: set up, serve, keep accounts, ledger and backups, check.

Exit codes: 0 fine; 1 something is wrong with the data or the input; 2 a command, an option or a setting cannot be used
so; 3 it is not allowed, or would replace what is there, or somebody was faster; 4 the database does not answer.
"""

import io
import os
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import cli_exports
from data.atomic_write import atomic_write, refuse_existing
from data.campaign.load import load_campaign
from geo.ledger.merge import Decisions, Side
from locales import bilingual
from services.access import accounts
from services.access.accounts import NewAccount
from services.access.policy import Role
from services.field.pocket import pocket_map
from services.ledger.workbook import confirm_import, export_ledger, plan_import
from services.maintenance import operation, words
from services.maintenance.backup import make_backup
from services.maintenance.checks import check_all
from services.maintenance.console import (
    FAILURES,
    VOICE,
    accounts_table,
    exit_code,
    findings_table,
    history_table,
    plan_tables,
)
from services.maintenance.installation import address, install, server_command
from services.maintenance.restore import restore_backup
from services.reports.photos import open_photo_storage
from settings import ROOT, adopt_env_file, settings


class Barrier(typer.core.TyperGroup):
    """Turn the errors that are meant for people into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  Typer's own types are private
        """Run a command."""
        try:
            return super().invoke(ctx)
        except FAILURES as error:
            VOICE.fail(error)
            raise typer.Exit(exit_code(error)) from error


app = typer.Typer(
    cls=Barrier, help=words.help_text(), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
users = typer.Typer(help=bilingual("Accounts."), no_args_is_help=True)
app.add_typer(users, name="user")
app.add_typer(cli_exports.app)

Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(help=bilingual("Language; default: that of the terminal."), callback=VOICE.choose, is_eager=True),
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=bilingual("Day; default: today."))]
Name = Annotated[str, typer.Argument(help=bilingual("Name of the account."))]
Force = Annotated[bool, typer.Option("--force", help=bilingual("Replace what is there."))]


@app.command(help=bilingual("Set up folders, key, database, ledger and first administrator; again changes nothing."))
def init(*, lang: Lang = None) -> None:
    """Set up folders, key, database, ledger and first administrator; again changes nothing."""
    broken = False
    for done in install(settings(), operation.real_now):
        VOICE.say(done.what)
        broken = broken or done.wrong
    raise typer.Exit(int(broken))


@app.command(help=bilingual("Serve the pages at HOST and PORT."))
def serve(*, lang: Lang = None) -> None:
    """Serve the pages at HOST and PORT."""
    command = server_command(settings())
    VOICE.say(words.SERVING, address=address(settings()))
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606  arguments of our own


@app.command("export", help=bilingual("Export the ledger as an Excel workbook."))
def export(
    ledger: Annotated[Path, typer.Argument(help=bilingual("The workbook to make."))],
    *,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Export the ledger as an Excel workbook."""
    refuse_existing(ledger, force=force)
    with operation.opened_ledger() as (loaded, store, now), atomic_write(ledger, force=force) as file:
        file.write(export_ledger(store, loaded.campaign, loaded.units, now, features=loaded.features))
    VOICE.say(words.EXPORTED, file=ledger)


@app.command("import", help=bilingual("Bring in a workbook; without --confirm only tell what it would do."))
def import_(
    ledger: Annotated[Path, typer.Argument(help=bilingual("The workbook to bring in."))],
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help=bilingual("Write it."))] = False,
    decide: Annotated[
        Side | None, typer.Option(help=bilingual("Side that counts in conflicts: mine is the workbook."))
    ] = None,
    lang: Lang = None,
) -> None:
    """Bring in a workbook; without --confirm only tell what it would do."""
    book = operation.book_of(ledger)
    with operation.opened_ledger() as (loaded, store, now):
        known = {"units": loaded.units, "features": loaded.features}
        plan = plan_import(book, store, loaded.campaign, now=now, name=ledger.name, **known)
        for one in plan_tables(plan, VOICE.lang):
            VOICE.show(one)
        counts = {"changes": len(plan.changes), "updates": len(plan.new_updates), "conflicts": len(plan.conflicts)}
        VOICE.say(words.IMPORT_COUNTS, errors=len(plan.errors), **counts)
        decisions: Decisions = {one.key: decide for one in plan.conflicts} if decide else {}
        if not plan.sound or len(decisions) < len(plan.conflicts):
            raise typer.Exit(1)
        if plan.changes_nothing or not confirm:
            VOICE.say(words.CHANGES_NOTHING if plan.changes_nothing else words.DRY_RUN)
            return
        key = f"import:{secrets.token_hex(16)}"
        receipt = confirm_import(plan, store, operation.AUTHOR, key=key, now=now, decisions=decisions)
    VOICE.say(words.CHANGES_NOTHING if receipt.repeated else words.IMPORTED, version=receipt.seq)


@app.command(help=bilingual("Back up database, photos and the campaign's files while people write."))
def backup(
    file: Annotated[Path, typer.Argument(help=bilingual("The ZIP file to make."))],
    *,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Back up database, photos and the campaign's files while people write."""
    refuse_existing(file, force=force)
    with operation.opened_store() as store:
        everything = (store, open_photo_storage(), settings().campaign_dir)
        made = make_backup(file, *everything, now=operation.real_now(), force=force, progress=VOICE.progress())
    VOICE.say(words.BACKED_UP, file=file, **words.counts_of(made))
    if made.missing_photos:
        VOICE.say(words.PHOTOS_MISSING, count=len(made.missing_photos), digests=", ".join(made.missing_photos[:5]))
        raise typer.Exit(1)


@app.command(help=bilingual("Verify a backup, then put everything in it back at once."))
def restore(
    file: Annotated[Path, typer.Argument(help=bilingual("The backup."))],
    *,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Verify a backup, then put everything in it back at once."""
    with operation.opened_store() as store:
        everything = (store, open_photo_storage(), settings().campaign_dir)
        made = restore_backup(file, *everything, now=operation.real_now(), force=force, progress=VOICE.progress())
    VOICE.say(words.RESTORED, made_at=made.made_at, **words.counts_of(made))


@app.command(help=bilingual("Make the map as one HTML file that needs neither server nor network."))
def pocket(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help=bilingual("The file to make."))],
    as_of: Day = None,
    *,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make the map as one HTML file that needs neither server nor network."""
    refuse_existing(out, force=force)
    with operation.opened_context() as context, atomic_write(out, force=force) as file:
        day = context.campaign.clamp(as_of.date()) if as_of else context.today()
        size = file.write(pocket_map(context, day, VOICE.lang))
    VOICE.say(words.POCKET_MADE, file=out, day=day, kb=size // 1000)


@app.command(help=bilingual("Look for what is wrong, and say how to mend it; nothing is changed."))
def check(*, lang: Lang = None) -> None:
    """Look for what is wrong, and say how to mend it; nothing is changed."""
    found = list(check_all(settings()))
    VOICE.show(findings_table(found, VOICE.lang))
    wrong = sum(one.severity == "error" for one in found)
    VOICE.say(words.SUM_UP, wrong=wrong, notes=sum(one.severity == "warning" for one in found))
    raise typer.Exit(int(wrong > 0))


@app.command(help=bilingual("Tell who wrote what of a task, newest first."))
def history(
    task: Annotated[str, typer.Argument(help=bilingual("Id of a task, as T01."))], *, lang: Lang = None
) -> None:
    """Tell who wrote what of a task, newest first."""
    rows, title = operation.history_of(task)
    VOICE.show(history_table(rows, title, VOICE.lang))


@users.command("add", help=bilingual("Add an account; its one-time password is printed."))
def user_add(
    name: Name,
    role: Annotated[Role, typer.Option(help=bilingual("What they may do."))],
    unit: Annotated[str, typer.Option(help=bilingual("Id of their unit."))] = "",
    display: Annotated[str, typer.Option("--name", help=bilingual("How they are called on screen."))] = "",
    *,
    lang: Lang = None,
) -> None:
    """Add an account; its one-time password is printed."""
    units = list(load_campaign(settings().campaign_dir).units.index)
    with operation.opened_store() as store:
        new = accounts.add_account(store, NewAccount(name, role, unit, display), operation.act(), units=units)
    VOICE.say(words.ONE_TIME, name=new.account.name, password=new.password)


@users.command("change", help=bilingual("Change role, unit or name; what is not given stays."))
def user_change(
    name: Name,
    role: Annotated[Role | None, typer.Option(help=bilingual("What they may do; default: as it is."))] = None,
    unit: Annotated[str | None, typer.Option(help=bilingual("Id of their unit, empty for none."))] = None,
    display: Annotated[str | None, typer.Option("--name", help=bilingual("How they are called on screen."))] = None,
    *,
    lang: Lang = None,
) -> None:
    """Change role, unit or name; what is not given stays."""
    units = list(load_campaign(settings().campaign_dir).units.index)
    with operation.opened_store() as store:
        known = accounts.find_account(store, name)
        new = NewAccount(
            name,
            role or known.role,
            known.unit if unit is None else unit,
            known.display_name if display is None else display,
        )
        changed = accounts.change_account(store, known, new, operation.act(), units=units)
    VOICE.say(
        words.WAS_CHANGED,
        name=changed.name,
        role=Role(changed.role).label.get(VOICE.lang),
        unit=changed.unit or "–",
        display=changed.display_name,
    )


@users.command("list", help=bilingual("List all accounts."))
def user_list(*, lang: Lang = None) -> None:
    """List all accounts."""
    with operation.opened_store() as store:
        known = store.accounts()
    VOICE.show(accounts_table(known, VOICE.lang))


@users.command("disable", help=bilingual("Close an account and end its sessions."))
def user_disable(name: Name, *, lang: Lang = None) -> None:
    """Close an account and end its sessions."""
    with operation.opened_store() as store:
        account = accounts.disable_account(store, name, operation.act())
    VOICE.say(words.WAS_DISABLED, name=account.name)


@users.command("enable", help=bilingual("Open a disabled account again."))
def user_enable(name: Name, *, lang: Lang = None) -> None:
    """Open a disabled account again."""
    with operation.opened_store() as store:
        account = accounts.enable_account(store, name, operation.act())
    VOICE.say(words.WAS_ENABLED, name=account.name)


@users.command("reset", help=bilingual("Give an account a new one-time password and end its sessions."))
def user_reset(name: Name, *, lang: Lang = None) -> None:
    """Give an account a new one-time password and end its sessions."""
    with operation.opened_store() as store:
        new = accounts.reset_password(store, name, operation.act())
    VOICE.say(words.ONE_TIME, name=new.account.name, password=new.password)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console of another encoding
    adopt_env_file()
    app()
