"""Say what an account may be called and be, and refuse the rest in one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from geo.model.status import Label
from geo.validation.problem import shown
from services.access.errors import AccountError
from services.access.policy import Role

_NAME: Final = re.compile(r"\w[\w.@+-]{1,63}")
_SUBJECT: Final = re.compile(r"sub:[!-~]{1,255}")
SUBJECT_PREFIX: Final = "sub:"
"""Begins the name of an account that is known by the ``sub`` claim of an identity provider; its case counts."""
_DISPLAY_MAX: Final = 80

LAST_ADMINISTRATOR: Final = Label(
    "这是最后一个可用的管理员账号，不能停用。请先添加另一个管理员。",
    "This is the last active administrator and cannot be disabled. Add another one first.",
)
LAST_ADMINISTRATOR_STAYS: Final = Label(
    "这是最后一个可用的管理员账号，不能改为其他角色。请先添加另一个管理员。",
    "This is the last active administrator and cannot take another role. Add another one first.",
)
_NO_UNIT: Final = Label(
    "现场负责人必须有责任单位，才能上报本单位的任务。请填写单位编号。",
    "A field lead needs a unit, whose tasks they report on. Give the id of one.",
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as somebody typed it; `unit` and `display_name` may be empty."""

    name: str
    role: str
    unit: str = ""
    display_name: str = ""


def normal_name(name: str) -> str:
    """One spelling of a name: NFKC, without spaces around, in small letters but for what follows ``sub:``."""
    text = unicodedata.normalize("NFKC", name[:512]).strip()
    return text if text.startswith(SUBJECT_PREFIX) else text.casefold()


def is_name(name: str) -> bool:
    """Tell whether a name in its normal spelling can be that of an account."""
    return bool(_NAME.fullmatch(name) or _SUBJECT.fullmatch(name))


def tidy(text: str) -> str:
    """A text for the screen: one line, printable, at most 80 characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[:512])
    return " ".join(printable.split())[:_DISPLAY_MAX]


def check(new: NewAccount, units: Collection[str] | None) -> tuple[str, Role]:
    """Name in its normal spelling and role of a new account.

    Raises
    ------
    AccountError
        If name, role or unit cannot be used; `units` None leaves the unit unchecked.
    """
    name = normal_name(new.name)
    if not is_name(name):
        raise AccountError(_bad_name(new.name))
    role = next((role for role in Role if role == new.role), None)
    if role is None:
        raise AccountError(_bad_role(new.role))
    if role is Role.FIELD_LEAD and not new.unit:
        raise AccountError(_NO_UNIT)
    if new.unit and units is not None and new.unit not in units:
        raise AccountError(_bad_unit(new.unit, units))
    return name, role


def taken(name: str) -> Label:
    """Say that there is an account of this name."""
    return Label(
        f"账号 {shown(name)} 已存在。请换一个名称。", f"There is an account {shown(name)} already. Choose another."
    )


def unknown(name: str) -> Label:
    """Say that there is no account of this name."""
    return Label(
        f"没有账号 {shown(name)}。请核对账号列表。", f"There is no account {shown(name)}. Look at the list of accounts."
    )


def _bad_name(name: str) -> Label:
    return Label(
        f"账号名称 {shown(name)} 不可用；请用 2 至 64 个字母、汉字、数字或 . @ + - _，并以字母、汉字或数字开头。",
        f"{shown(name)} cannot name an account; take 2 to 64 letters, digits or . @ + - _, beginning with no sign.",
    )


def _bad_role(role: str) -> Label:
    allowed = ", ".join(Role)
    return Label(
        f"没有角色 {shown(role)}；可用：{allowed}。", f"There is no role {shown(role)}; take one of {allowed}."
    )


def _bad_unit(unit: str, units: Collection[str]) -> Label:
    allowed = ", ".join(sorted(filter(None, units)))
    return Label(
        f"没有单位 {shown(unit)}；可用：{allowed}。", f"There is no unit {shown(unit)}; take one of {allowed}."
    )
