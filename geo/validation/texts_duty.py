"""Say what can be wrong with the duty roster, and how to mend it."""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text

DUTY_TEXTS: Final = {
    ProblemCode.DUTY_NOBODY: error_text(
        "该班次没有写明值班人员，未使用。",
        "The shift names nobody; it is not used.",
        "请填写值班人员姓名，或删去该行。",
        "Write who is on duty, or remove the row.",
    ),
    ProblemCode.DUTY_BAD_PHONE: warning_text(
        "电话 {value} 不是可拨打的号码，只按文字显示。",
        "The phone {value} is no number that can be dialled; it is shown as text only.",
        "请只用数字、空格、连字符和括号，可加国际区号“+86”和分机“转 123”。",
        "Use digits, blanks, hyphens and brackets, with “+86” before and “ext 123” after it where needed.",
    ),
    ProblemCode.DUTY_NOT_A_TIME: error_text(
        "{column} 的值 {value} 不是时间，该班次未使用。",
        "The value {value} of {column} is no time; the shift is not used.",
        "请按 ISO 8601 填写，例如 2030-11-05T08:00:00+08:00。",
        "Write it as ISO 8601, such as 2030-11-05T08:00:00+08:00.",
    ),
    ProblemCode.DUTY_END_NOT_AFTER_START: error_text(
        "结束时间 {value} 不晚于开始时间 {expected}，该班次未使用。",
        "The end {value} is not after the start {expected}; the shift is not used.",
        "请核对两个时间；夜班的结束时间在第二天。",
        "Check both times; a night shift ends on the next day.",
    ),
    ProblemCode.DUTY_OVERLAP: warning_text(
        "{person} 在 {value} 接班时，其上一班次 {other} 要到 {until} 才结束。",
        "{person} begins at {value} while the same person's earlier shift {other} runs until {until}.",
        "请核对两个班次，或换一人。",
        "Check both shifts, or name somebody else.",
    ),
    ProblemCode.DUTY_GAP: warning_text(
        "从 {value} 到 {until} 无人值班；这样的空档共 {number} 处。",
        "Nobody is on duty from {value} to {until}; there are {number} such gap(s).",
        "请补上班次；若确实不值班，可保持原样。",
        "Add the shifts, or leave it so where nobody needs to be on duty.",
    ),
}
