"""Keep the accounts of people from a terminal; `cli.py` includes these as `user`."""

from typing import Annotated, Literal

import typer

from data.campaign.load import load_campaign
from services.access import accounts
from services.access.accounts import NewAccount
from services.access.policy import Role
from services.maintenance import operation, words
from services.maintenance.console import VOICE, accounts_table
from settings import settings

app = typer.Typer(help="Accounts. 账号。", no_args_is_help=True)

Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(help="Language; default: that of the terminal. 语言。", callback=VOICE.choose, is_eager=True),
]
Name = Annotated[str, typer.Argument(help="Name of the account. 账号名称。")]


@app.command("add")
def user_add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they may do. 角色。")],
    unit: Annotated[str, typer.Option(help="Id of their unit. 单位编号。")] = "",
    display: Annotated[str, typer.Option("--name", help="How they are called on screen. 显示姓名。")] = "",
    *,
    lang: Lang = None,
) -> None:
    """添加账号，打印一次性密码。Add an account; its one-time password is printed."""
    units = list(load_campaign(settings().campaign_dir).units.index)
    with operation.opened_store() as store:
        new = accounts.add_account(store, NewAccount(name, role, unit, display), operation.act(), units=units)
    VOICE.say(words.ONE_TIME, name=new.account.name, password=new.password)


@app.command("change")
def user_change(
    name: Name,
    role: Annotated[Role | None, typer.Option(help="What they may do; default: as it is. 角色。")] = None,
    unit: Annotated[str | None, typer.Option(help="Id of their unit, empty for none. 单位编号。")] = None,
    display: Annotated[str | None, typer.Option("--name", help="How they are called on screen. 显示姓名。")] = None,
    *,
    lang: Lang = None,
) -> None:
    """更改角色、单位、姓名。Change role, unit or name; what is not given stays."""
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


@app.command("list")
def user_list(*, lang: Lang = None) -> None:
    """列出账号。List all accounts."""
    with operation.opened_store() as store:
        known = store.accounts()
    VOICE.show(accounts_table(known, VOICE.lang))


@app.command("disable")
def user_disable(name: Name, *, lang: Lang = None) -> None:
    """停用账号。Close an account and end its sessions."""
    with operation.opened_store() as store:
        account = accounts.disable_account(store, name, operation.act())
    VOICE.say(words.WAS_DISABLED, name=account.name)


@app.command("enable")
def user_enable(name: Name, *, lang: Lang = None) -> None:
    """重新启用账号。Open a disabled account again."""
    with operation.opened_store() as store:
        account = accounts.enable_account(store, name, operation.act())
    VOICE.say(words.WAS_ENABLED, name=account.name)


@app.command("reset")
def user_reset(name: Name, *, lang: Lang = None) -> None:
    """重置密码。Give an account a new one-time password and end its sessions."""
    with operation.opened_store() as store:
        new = accounts.reset_password(store, name, operation.act())
    VOICE.say(words.ONE_TIME, name=new.account.name, password=new.password)
