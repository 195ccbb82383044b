"""Look whether the database can be used as it is, and whether the photos that it names are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data.store.migrate import Look, look
from data.store.sql import open_store
from geo.model.errors import StoreUnavailableError
from geo.model.status import Label
from services.access.policy import Role
from services.operations.findings import Finding, fine, wrong
from services.reports.photo_storage import PHOTOS
from settings import Settings

_DATABASE: Final = Label("数据库", "database")
_PHOTOS: Final = Label("照片", "photos")
_ACCOUNTS: Final = Label("账号", "accounts")
_INIT: Final = Label("运行 cli.py init，或核对 DATABASE_URL。", "Run cli.py init, or check DATABASE_URL.")
_AWAY: Final = Label(
    "启动数据库，核对 DATABASE_URL 的地址、用户、密码和文件权限。",
    "Start the database; check address, user and password in DATABASE_URL, or who may read and write the file.",
)
_NEWER: Final = Label("请更新本系统。", "Bring this program up to date.")
_OLDER: Final = Label("下次启动或 cli.py init 会升级。", "The next start, or cli.py init, brings it up to date.")
_RESTORE: Final = Label("请从备份恢复：cli.py restore。", "Restore a backup: cli.py restore FILE.")


def check_database(chosen: Settings) -> Iterator[Finding]:
    """Find out whether the database answers, is of the right revision and sound, and has its photos and people."""
    try:
        seen = look(chosen.database_url)
    except StoreUnavailableError as error:
        what = Label(f"没有应答（{error.detail}）", f"it does not answer ({error.detail})")
        yield wrong(_DATABASE, what, _AWAY)
        return
    yield from _state(seen)
    if seen.current and not seen.faults:
        yield from _photos(seen, chosen.var_dir / PHOTOS)
        yield from _people(chosen.database_url)


def _state(seen: Look) -> Iterator[Finding]:
    if not seen.found or not seen.revision:
        yield wrong(_DATABASE, Label(f"{seen.place} 尚未建立", f"{seen.place} is not set up"), _INIT)
        return
    for fault in seen.faults:
        yield wrong(_DATABASE, Label(f"{seen.place} 已损坏：{fault}", f"{seen.place} is damaged: {fault}"), _RESTORE)
    if not seen.current:
        what = Label(
            f"数据库修订为 {seen.revision}，本系统为 {seen.newest}",
            f"it has revision {seen.revision}, this program {seen.newest}",
        )
        yield wrong(_DATABASE, what, _NEWER if seen.revision > seen.newest else _OLDER)
    elif not seen.faults:
        told = f"{seen.place}, {seen.revision}, {seen.version:,}"
        yield fine(_DATABASE, Label(f"地址、修订、记录数 {told}", f"address, revision, writes: {told}"))


def _photos(seen: Look, folder: Path) -> Iterator[Finding]:
    there = {path.stem for path in folder.rglob("*.jpg")}
    missing = sorted(seen.digests - there)
    for digest in missing:
        what = Label(f"照片 {digest} 有记录而无文件", f"the file of photo {digest} is missing")
        yield wrong(_PHOTOS, what, Label("请从备份恢复，或核对 VAR_DIR。", "Copy it from a backup, or check VAR_DIR."))
    if not missing:
        count = f"{len(seen.digests):,}"
        yield fine(_PHOTOS, Label(f"{count} 张，文件齐全", f"{count}, and all files are there"))


def _people(url: str) -> Iterator[Finding]:
    store = open_store(url)
    try:
        accounts = store.accounts()
    finally:
        store.close()
    if any(one.active and one.role == Role.ADMINISTRATOR for one in accounts):
        yield fine(_ACCOUNTS, Label(f"{len(accounts)} 个", str(len(accounts))))
        return
    mend = Label("运行 cli.py user add NAME --role administrator。", "Run cli.py user add NAME --role administrator.")
    yield wrong(_ACCOUNTS, Label("没有可用的管理员", "no administrator is active"), mend)
