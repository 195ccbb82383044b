"""Hold the sentences of the terminal."""

from __future__ import annotations

from typing import Final

from geo.model.status import Label
from services.maintenance.backup import Manifest

HELP: Final = (
    "One Map 一张图: what an operator does. 运维命令。\n\n"
    "Exit codes 退出码: 0 fine 正常; 1 something is wrong with the data or the input 数据或输入有问题; "
    "2 a command, an option or a setting cannot be used so 用法或设置有误; "
    "3 not allowed, would replace what is there, or somebody was faster 不允许或有冲突; "
    "4 the database does not answer 数据库无应答."
)
STEPS: Final = {
    "pages": Label("页", "pages"),
    "rows": Label("记录", "rows"),
    "photos": Label("照片", "photos"),
    "check": Label("校验（字节）", "checked bytes"),
}
NAME, DISPLAY, ROLE = Label("账号", "account"), Label("姓名", "name"), Label("角色", "role")
UNIT, STATE = Label("单位", "unit"), Label("状态", "state")
ACTIVE, DISABLED = Label("可用", "active"), Label("已停用", "disabled")
MUST_CHANGE: Final = Label("待设密码", "must choose a password")

ONE_TIME: Final = Label(
    "账号 {name}  一次性密码：{password}  （请在 /signin 登录并设置新密码；此处只显示一次）",
    "account {name}  one-time password: {password}  (to sign in at /signin and choose one; it is shown only here)",
)
WAS_DISABLED: Final = Label("账号 {name} 已停用，其所有登录已失效。", "Account {name} is disabled and signed out.")
WAS_CHANGED: Final = Label(
    "账号 {name} 已更改：{role} {unit} {display}。", "Account {name} is changed: {role} {unit} {display}."
)
WAS_ENABLED: Final = Label("账号 {name} 可以使用。", "Account {name} is active.")
EXPORTED: Final = Label("台账已导出到 {file}。", "The ledger is in {file}.")
CHANGES_NOTHING: Final = Label("与现有台账一致，无需写入。", "The ledger says all of it already; nothing to write.")
DRY_RUN: Final = Label(
    "以上为试运行，没有写入任何内容。确认请加 --confirm。",
    "This was a dry run; nothing was written. To write it, add --confirm.",
)
IMPORT_COUNTS: Final = Label(
    "{changes} 处变更，{updates} 条进展，{conflicts} 处冲突，{errors} 处错误。",
    "{changes} changes, {updates} reports, {conflicts} conflicts, {errors} errors.",
)
IMPORTED: Final = Label("已写入，版本 {version}。", "It is written, as version {version}.")
BACKED_UP: Final = Label(
    "备份 {file} 已完成：{rows} 条记录（版本 {version}），{photos} 张照片，{files} 个行动文件。",
    "The backup {file} is complete: {rows} rows (version {version}), {photos} photos, {files} files of the campaign.",
)
PHOTOS_MISSING: Final = Label(
    "有 {count} 张照片找不到文件，备份中没有：{digests}。请运行 cli.py check。",
    "{count} photos have no file and are not in the backup: {digests}. Run cli.py check.",
)
RESTORED: Final = Label(
    "已恢复 {made_at} 的备份（版本 {version}）：{rows} 条记录，{photos} 张照片。所有人须重新登录。",
    "The backup of {made_at} (version {version}) is restored: {rows} rows, {photos} photos. Everybody signs in anew.",
)
SNAPSHOT_MADE: Final = Label(
    "{file}：截至 {day} 的快照，{kb} kB。",
    "{file}: snapshot as of {day}, {kb} kB.",
)
DOCUMENT_MADE: Final = Label("{file}：截至 {day}，{kb} kB。", "{file}: as of {day}, {kb} kB.")
POCKET_MADE: Final = Label(
    "口袋地图 {file} 已生成：截至 {day}，{kb} kB。用手机浏览器直接打开即可。",
    "The pocket map {file} is made: as of {day}, {kb} kB. Open it in the browser of a phone.",
)
NO_WEBHOOK: Final = Label(
    "未设置 WEBHOOK_URL，没有可发送的地址。", "WEBHOOK_URL is not set: there is nowhere to send to."
)
DELIVERED: Final = Label("测试消息已送达（第 {tries} 次发送）。", "The trial message arrived (try {tries}).")
NOT_DELIVERED: Final = Label(
    "测试消息未送达：{reason}。请核对 WEBHOOK_URL、WEBHOOK_KIND 和 WEBHOOK_SECRET。",
    "The trial message did not arrive: {reason}. Check WEBHOOK_URL, WEBHOOK_KIND and WEBHOOK_SECRET.",
)
FINDINGS: Final = {"fine": Label("正常", "fine"), "warning": Label("提醒", "note"), "error": Label("问题", "wrong")}
RESULT, AREA = Label("结果", "result"), Label("检查项", "area")
WHAT, MEND = Label("情况", "what"), Label("处理办法", "mend")
NO_TITLE: Final = Label("", "")
SUM_UP: Final = Label("{wrong} 个问题，{notes} 条提醒。", "{wrong} wrong, {notes} to note.")
SERVING: Final = Label("一张图：{address}  （按 Ctrl+C 结束）", "One Map: {address}  (Ctrl+C ends it)")
FILE_TROUBLE: Final = Label(
    "文件无法使用（{what}）。请核对路径、权限和磁盘空间。",
    "A file cannot be used ({what}). Check its path, who may read and write it, and the space on its disk.",
)


def counts_of(made: Manifest) -> dict[str, object]:
    """What a sentence tells of a backup."""
    rows = f"{sum(made.tables.values()):,}"
    return {"rows": rows, "version": made.version, "photos": len(made.photos), "files": len(made.campaign_files)}
