"""Keep the accounts of people from a terminal; `cli.py` includes these as `user`."""

from typing import Annotated, Literal

import typer

from data.campaign.load import load_campaign
from locales import bilingual
from services.access import accounts
from services.access.accounts import NewAccount
from services.access.policy import Role
from services.maintenance import operation, words
from services.maintenance.console import VOICE, accounts_table
from settings import settings

app = typer.Typer(help=bilingual("Accounts."), no_args_is_help=True)

Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(help=bilingual("Language; default: that of the terminal."), callback=VOICE.choose, is_eager=True),
]
Name = Annotated[str, typer.Argument(help=bilingual("Name of the account."))]


@app.command("add", help=bilingual("Add an account; its one-time password is printed."))
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


@app.command("change", help=bilingual("Change role, unit or name; what is not given stays."))
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


@app.command("list", help=bilingual("List all accounts."))
def user_list(*, lang: Lang = None) -> None:
    """List all accounts."""
    with operation.opened_store() as store:
        known = store.accounts()
    VOICE.show(accounts_table(known, VOICE.lang))


@app.command("disable", help=bilingual("Close an account and end its sessions."))
def user_disable(name: Name, *, lang: Lang = None) -> None:
    """Close an account and end its sessions."""
    with operation.opened_store() as store:
        account = accounts.disable_account(store, name, operation.act())
    VOICE.say(words.WAS_DISABLED, name=account.name)


@app.command("enable", help=bilingual("Open a disabled account again."))
def user_enable(name: Name, *, lang: Lang = None) -> None:
    """Open a disabled account again."""
    with operation.opened_store() as store:
        account = accounts.enable_account(store, name, operation.act())
    VOICE.say(words.WAS_ENABLED, name=account.name)


@app.command("reset", help=bilingual("Give an account a new one-time password and end its sessions."))
def user_reset(name: Name, *, lang: Lang = None) -> None:
    """Give an account a new one-time password and end its sessions."""
    with operation.opened_store() as store:
        new = accounts.reset_password(store, name, operation.act())
    VOICE.say(words.ONE_TIME, name=new.account.name, password=new.password)
