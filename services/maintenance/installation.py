"""Set up what the program needs, as often as one likes: folders, key, database, ledger, the first administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from data.campaign.load import Loaded, load_campaign
from data.store.migrate import inspect_schema
from data.store.sql import SqlStore, open_store
from geo.model.status import Label
from services.access.accounts import first_administrator
from services.access.keys import FILE_NAME, secret_key
from services.campaign.ledger_state import LedgerState
from services.reports.photo_storage import PHOTOS
from settings import Settings


@dataclass(frozen=True, slots=True)
class Done:
    """Say what was done or was there already; `wrong` where it could not be done."""

    what: Label
    wrong: bool = False


def install(chosen: Settings, clock: Callable[[], datetime]) -> Iterator[Done]:
    """Set up what is not there yet and say so, one thing after the other.

    Raises
    ------
    SecretKeyError
        The key cannot be used or made.
    CampaignError
        campaign.toml cannot be used.
    StoreUnavailableError
        The database does not answer.
    OSError
        The folder cannot be made.
    """
    yield _folder(chosen)
    yield _key(chosen)
    loaded = load_campaign(chosen.campaign_dir)
    before = inspect_schema(chosen.database_url)
    store = open_store(chosen.database_url)
    try:
        there = Label("已就绪", "ready") if before.current else Label("已创建或升级", "made or brought up to date")
        yield Done(Label(f"数据库 {before.place}：{there.zh}", f"database {before.place}: {there.en}"))
        yield _ledger(loaded, store, clock)
        yield _administrator(store, clock)
    finally:
        store.close()


def _folder(chosen: Settings) -> Done:
    folder = chosen.var_dir
    there = (folder / PHOTOS).is_dir()
    (folder / PHOTOS).mkdir(parents=True, exist_ok=True)
    state = Label("已存在", "there already") if there else Label("已创建", "made")
    return Done(Label(f"文件夹 {folder}：{state.zh}", f"folder {folder}: {state.en}"))


def _key(chosen: Settings) -> Done:
    if chosen.secret_key:
        secret_key()
        return Done(Label("密钥：由 SECRET_KEY 提供", "secret key: given by SECRET_KEY"))
    path = chosen.var_dir / FILE_NAME
    state = Label("已存在", "there already") if path.is_file() else Label("已创建", "made")
    secret_key()
    return Done(Label(f"密钥 {path}：{state.zh}", f"secret key {path}: {state.en}"))


def _ledger(loaded: Loaded, store: SqlStore, clock: Callable[[], datetime]) -> Done:
    campaign = loaded.campaign
    seeded = store.ledger_version(campaign.id) > 0
    if not seeded and LedgerState(loaded, store, clock).from_files:
        zh = f"台账（{campaign.name.zh}）：表格有错误，未写入；运行 cli.py check 查看"
        return Done(Label(zh, f"ledger of {campaign.name.en}: its tables have errors, see cli.py check"), wrong=True)
    count = len(store.tasks(campaign.id))
    state = Label("已存在", "there already") if seeded else Label("已从文件写入", "taken from the files")
    return Done(
        Label(
            f"台账（{campaign.name.zh}）：{state.zh}，共 {count} 项任务",
            f"ledger of {campaign.name.en}: {state.en}, {count} tasks",
        )
    )


def _administrator(store: SqlStore, clock: Callable[[], datetime]) -> Done:
    first = first_administrator(store, clock())
    if first is None:
        count = len(store.accounts())
        return Done(Label(f"账号：已有 {count} 个", f"accounts: there are {count} already"))
    name, password = first.account.name, first.password
    return Done(
        Label(
            f"首位管理员：{name}  一次性密码：{password}  （请在 /signin 登录并设置新密码）",
            f"first administrator: {name}  one-time password: {password}  (sign in at /signin and choose a password)",
        )
    )
