"""Look for what would keep the program from working, change nothing, and say how each thing is mended."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from data.atomic_write import PART
from data.campaign.load import load_campaign
from data.store.migrate import SchemaInspection, inspect_schema
from data.store.sql import open_store
from geo.model.errors import StoreUnavailableError
from geo.model.status import Label
from geo.validation.problem import CampaignError
from services.access.keys import CHARACTERS_MIN, FILE_NAME
from services.access.policy import Role
from services.reports.photo_storage import PHOTOS
from settings import Settings

_NOTHING: Final = Label("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing: where it was looked for, what was found, how it is mended, and how bad it is."""

    area: Label
    what: Label
    remedy: Label = _NOTHING
    severity: Literal["fine", "warning", "error"] = "fine"


def fine(area: Label, what: Label) -> Finding:
    """Say that something is as it should be."""
    return Finding(area, what)


def wrong(area: Label, what: Label, remedy: Label) -> Finding:
    """Say what is wrong and how it is mended."""
    return Finding(area, what, remedy, "error")


_DATABASE: Final = Label("数据库", "database")
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
        seen = inspect_schema(chosen.database_url)
    except StoreUnavailableError as error:
        what = Label(f"没有应答（{error.detail}）", f"it does not answer ({error.detail})")
        yield wrong(_DATABASE, what, _AWAY)
        return
    yield from _state(seen)
    if seen.current and not seen.faults:
        yield from _photos(seen, chosen.var_dir / PHOTOS)
        yield from _people(chosen.database_url)


def _state(seen: SchemaInspection) -> Iterator[Finding]:
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


def _photos(seen: SchemaInspection, folder: Path) -> Iterator[Finding]:
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
    remedy = Label("运行 cli.py user add NAME --role administrator。", "Run cli.py user add NAME --role administrator.")
    yield wrong(_ACCOUNTS, Label("没有可用的管理员", "no administrator is active"), remedy)


FREE_MIN_MB: Final = 200
PART_AGE_S: Final = 3600
"""How old an unfinished file is before nobody writes it any more."""
LEAFLET_FILES: Final = ("leaflet.js", "leaflet.css")

_CAMPAIGN: Final = Label("行动文件", "campaign files")
_ASSETS: Final = Label("浏览器资源", "browser assets")
_FONTS: Final = Label("字体", "fonts")
_FOLDER: Final = Label("数据文件夹", "folder of what is written")
_KEY: Final = Label("密钥", "secret key")
_PHOTOS: Final = Label("照片", "photos")


def check_all(chosen: Settings) -> Iterator[Finding]:
    """Yield what was found, area by area: at least one finding each."""
    yield from check_campaign(chosen)
    yield from check_assets()
    yield fine(_FONTS, Label("服务器不需要字体", "the server needs none; browsers bring theirs"))
    yield from check_folder(chosen.var_dir)
    yield from check_key(chosen)
    yield from check_database(chosen)
    yield from check_parts(chosen.var_dir / PHOTOS)


def check_campaign(chosen: Settings) -> Iterator[Finding]:
    """Find what is wrong with the campaign's files."""
    try:
        loaded = load_campaign(chosen.campaign_dir)
    except CampaignError as error:
        problem = error.problem
        what = Label(*(f"{problem.place(lang)}: {problem.message(lang)}" for lang in ("zh", "en")))
        yield wrong(_CAMPAIGN, what, Label(problem.remedy("zh"), problem.remedy("en")))
        return
    for one in loaded.problems:
        what = Label(f"{one.place('zh')}：{one.message('zh')}", f"{one.place('en')}: {one.message('en')}")
        yield Finding(_CAMPAIGN, what, Label(one.remedy("zh"), one.remedy("en")), severity=one.severity)
    counts = f"{len(loaded.features)} / {len(loaded.tasks)}"
    name = loaded.campaign.name
    yield fine(_CAMPAIGN, Label(f"{name.zh}：要素/任务 {counts}", f"{name.en}: features/tasks {counts}"))


def check_assets() -> Iterator[Finding]:
    """Find out whether what browsers load is installed."""
    remedy = Label("重新安装：pip install -r requirements.txt", "Install it anew: pip install -r requirements.txt")
    try:
        from xstatic.pkg import leaflet  # noqa: PLC0415  it may be what is missing

        found = version("XStatic-Leaflet")
    except (ImportError, PackageNotFoundError) as error:
        yield wrong(_ASSETS, Label(f"未安装 XStatic-Leaflet（{error}）", f"no XStatic-Leaflet ({error})"), remedy)
        return
    missing = [name for name in LEAFLET_FILES if not (Path(leaflet.BASE_DIR) / name).is_file()]
    if missing:
        names = ", ".join(missing)
        yield wrong(_ASSETS, Label(f"XStatic-Leaflet 缺少 {names}", f"XStatic-Leaflet lacks {names}"), remedy)
    else:
        yield fine(_ASSETS, Label(f"Leaflet {found}", f"Leaflet {found}"))


def check_folder(folder: Path) -> Iterator[Finding]:
    """Find out whether the folder takes what the program writes, and how much more."""
    if not folder.is_dir():
        remedy = Label("运行 cli.py init，或核对 VAR_DIR。", "Run cli.py init, or check VAR_DIR.")
        yield wrong(_FOLDER, Label(f"{folder} 不存在", f"{folder} is not there"), remedy)
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        remedy = Label(
            "请让运行服务的用户可写此文件夹。", "Let the user that runs the server write there (chown or chmod)."
        )
        yield wrong(_FOLDER, Label(f"{folder} 不可写（{error}）", f"{folder} cannot be written ({error})"), remedy)
        return
    free = shutil.disk_usage(folder).free // 1_000_000
    told = Label(f"{folder}，剩余 {free:,} MB", f"{folder}, {free:,} MB free")
    few = Label(f"请清理磁盘，至少留出 {FREE_MIN_MB} MB。", f"Free space on that disk, {FREE_MIN_MB} MB at least.")
    yield fine(_FOLDER, told) if free >= FREE_MIN_MB else wrong(_FOLDER, told, few)


def check_key(chosen: Settings) -> Iterator[Finding]:
    """Find out whether the key that signs sessions is there, long enough and nobody else's."""
    path = chosen.var_dir / FILE_NAME
    if chosen.secret_key:
        yield from _length(chosen.secret_key, "SECRET_KEY")
    elif not path.is_file():
        remedy = Label("首次启动或 cli.py init 会创建。", "The first start or cli.py init makes it.")
        yield wrong(_KEY, Label(f"没有 {path}", f"there is no {path}"), remedy)
    elif os.name != "nt" and path.stat().st_mode & 0o077:
        mode = oct(path.stat().st_mode & 0o777)
        what = Label(f"{path} 的权限为 {mode}，其他用户可读", f"{path} has mode {mode}, so others may read it")
        yield wrong(_KEY, what, Label(f"运行 chmod 600 {path}", f"Run chmod 600 {path}"))
    else:
        try:
            yield from _length(path.read_text("ascii").strip(), str(path))
        except (OSError, UnicodeDecodeError) as error:
            remedy = Label(
                "删除后运行 cli.py init；所有人须重新登录。", "Remove it and run cli.py init; all sign in anew."
            )
            yield wrong(_KEY, Label(f"{path} 无法读取（{error}）", f"{path} cannot be read ({error})"), remedy)


def _length(key: str, where: str) -> Iterator[Finding]:
    if len(key) >= CHARACTERS_MIN:
        yield fine(_KEY, Label(where, where))
        return
    what = Label(f"{where} 只有 {len(key)} 个字符", f"{where} has only {len(key)} characters")
    command = "python -c 'import secrets; print(secrets.token_hex(32))'"
    remedy = Label(
        f"至少 {CHARACTERS_MIN} 个，例如：{command}", f"It needs {CHARACTERS_MIN}; one is made by: {command}"
    )
    yield wrong(_KEY, what, remedy)


def check_parts(folder: Path) -> Iterator[Finding]:
    """Find photos that were never written to their end."""
    limit = time.time() - PART_AGE_S
    old = [path for path in folder.rglob(f"*{PART}") if path.stat().st_mtime < limit] if folder.is_dir() else []
    for path in old:
        what = Label(f"未写完的文件 {path}", f"{path} was never written to its end")
        yield wrong(_PHOTOS, what, Label("可以删除，没有记录引用它。", "Remove it; no report refers to it."))
    if not old:
        yield fine(_PHOTOS, Label("没有未写完的文件", "no unfinished files"))
