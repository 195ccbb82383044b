"""Say what can be wrong with a campaign's acts of supervision, and how to mend it."""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text

SUPERVISION_TEXTS: Final = {
    ProblemCode.ACT_UNKNOWN_TASK: error_text(
        "tasks.csv 中没有编号为 {value} 的任务，该督办记录未使用。",
        "There is no task {value} in tasks.csv; the act of supervision is not used.",
        "请检查编号，或在 tasks.csv 中补上该任务。",
        "Check the id, or add the task to tasks.csv.",
    ),
    ProblemCode.UNKNOWN_RUNG: error_text(
        "没有 {value} 这个督办层级，该督办记录未使用；可用：{allowed}。",
        "There is no rung {value}; the act of supervision is not used. Allowed are: {allowed}.",
        "请改为可用层级之一。",
        "Change it to an allowed one.",
    ),
    ProblemCode.UNKNOWN_ACT: error_text(
        "没有 {value} 这种督办动作，该督办记录未使用；可用：{allowed}。",
        "There is no act {value}; it is not used. Allowed are: {allowed}.",
        "请改为可用动作之一。",
        "Change it to an allowed one.",
    ),
    ProblemCode.ACT_NOT_A_TIME: error_text(
        "{column} 的值 {value} 不是时间，该督办记录未使用。",
        "The value {value} of {column} is no time; the act of supervision is not used.",
        "请按 ISO 8601 填写，例如 2030-06-01T09:30:00+08:00。",
        "Write it as ISO 8601, such as 2030-06-01T09:30:00+08:00.",
    ),
    ProblemCode.ACT_OUT_OF_ORDER: warning_text(
        "{column} 为 {value} 的这一步不能接在该任务此前的督办之后，不计入督办过程。",
        "A step whose {column} is {value} cannot follow what was done on this task before; no ladder counts it.",
        "请核对顺序：先发出，再签收、回复，最后办结；层级只升不降。",
        "Check the order: issue, then receipt and reply, at last close; a ladder only goes up.",
    ),
    ProblemCode.ACT_WRONG_UNIT: warning_text(
        "{value} 不是该任务的牵头或配合单位，或与所回应的督办单位不一致。",
        "{value} is neither lead nor support of the task, or another unit than the one that was addressed.",
        "请改为任务的单位；签收、回复和办结与发出时一致。",
        "Write a unit of the task; receipt, reply and close name the one that the notice went to.",
    ),
    ProblemCode.ACT_NO_TEXT: warning_text(
        "发出、回复或办结没有写明内容。",
        "What was demanded, answered or settled is not written.",
        "请在 text 中补上内容。",
        "Fill in “text”.",
    ),
    ProblemCode.ACT_WRONG_DEADLINE: warning_text(
        "回复期限 {value} 早于发出日期，或写在不是“发出”的一行。",
        "The deadline {value} is before the day of issue, or stands on a row that issues nothing.",
        "请改为发出当日或之后的日期；其他动作留空。",
        "Write the day of issue or a later one; leave it empty for other acts.",
    ),
}
