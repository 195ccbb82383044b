"""Hold the sentences of briefings and evaluations, in both languages."""

from typing import Final

from geo.model.status import DifficultyKind, Label

AND: Final = Label("、", ", ")
MONTHS: Final = {
    "zh": tuple(f"{month} 月" for month in range(1, 13)),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
DONE_OF: Final = Label("完成", "Done")
RED: Final = Label("超期或受阻", "Late or blocked")
COVER: Final = Label("封面", "Cover")
EACH_ZONE: Final = Label("各区一页", "a page each")
STATE: Final = Label(
    "{tasks} 项任务已完成 {done} 项（{share}%），超期或受阻 {red} 项，{days} 天内到期 {yellow} 项。",
    "{done} of {tasks} tasks are done ({share}%); {red} late or blocked, {yellow} due within {days} days.",
)
NO_TASKS: Final = Label("没有任务。", "There are no tasks.")
SINCE: Final = Label("{since} 至 {until}", "From {since} to {until}")
MOVED: Final = Label("其间 {n} 项任务有变化：{moves}。", "{n} tasks moved in this time: {moves}.")
MOVED_ONE: Final = Label("其间 1 项任务有变化：{moves}。", "One task moved in this time: {moves}.")
NOTHING_MOVED: Final = Label("此期间没有变化。", "Nothing moved in this time.")
CHANGE_LIST: Final = Label("{title}：清单", "{title}: the list")
NOTHING_PRESSES: Final = Label("没有超期、受阻或临近到期的任务。", "No task is late, blocked or due soon.")
PRESSING: Final = Label("超期、受阻或临近到期", "Late, blocked or due soon")
LATE_COUNT: Final = Label(
    "超期或受阻共 {n} 项，其中超期 {late} 项，受阻 {blocked} 项。",
    "{n} late or blocked: {late} past the due date, {blocked} blocked.",
)
NOTHING_LATE: Final = Label("没有超期或受阻的任务。", "No task is late or blocked.")
TASK: Final = Label("任务", "Task")
LEAD: Final = Label("牵头单位", "Who answers")
HOW: Final = Label("情况", "How it stands")
WHY: Final = Label("困难", "Difficulty")
WANTED: Final = Label("建议", "Suggestion")
MOVE: Final = Label("变化", "Change")
KIND: Final = Label("类别", "Kind")
DUE: Final = Label("时限", "Due")
PERCENT: Final = Label("进度", "Progress")
NUMBER: Final = Label("文号", "Number")
RUNG: Final = Label("措施", "Step")
ADDRESSEE: Final = Label("督办对象", "Addressee")
ISSUED: Final = Label("发出", "Issued")
REPLY_BY: Final = Label("回复期限", "Reply by")
SUPPORT: Final = Label("配合：{units}", "with {units}")
NO_SUPERVISION: Final = Label("没有督办事项。", "Nothing is under supervision.")
OPEN_STEPS: Final = Label("未办结", "still open")
REPLY_OVERDUE: Final = Label("回复逾期", "reply overdue")
NO_RECEIPT: Final = Label("未签收", "without receipt")
NO_REPLY: Final = Label("未回复", "without reply")
TO_CLOSE: Final = Label("可办结", "to be closed")
CLOSED: Final = Label("已办结", "closed")
WAITS_RECEIPT: Final = Label("{n} 天未签收", "no receipt for {n} d")
WAITS_REPLY: Final = Label("{n} 天未回复", "no reply for {n} d")
NO_RECEIPT_YET: Final = Label("尚未签收", "no receipt yet")
NO_REPLY_YET: Final = Label("尚未回复", "no reply yet")
ANSWERED: Final = Label("已回复，可办结", "answered, may be closed")
OVERDUE_BY: Final = Label("回复逾期 {n} 天", "reply {n} d late")
PROPOSED: Final = Label("建议升级：{rung}", "proposed next: {rung}")
NO_DIFFICULTY: Final = Label("没有需要协调的困难。", "No difficulty needs coordination.")
DIFFICULTIES: Final = Label("{n} 项未完成任务报告了困难：{kinds}。", "{n} open tasks report a difficulty: {kinds}.")
DIFFICULTIES_ONE: Final = Label("1 项未完成任务报告了困难：{kinds}。", "One open task reports a difficulty: {kinds}.")
NOT_STATED: Final = Label("—", "—")
NEXT: Final = Label("未来 {days} 天（至 {day}）到期 {n} 项。", "Due in the next {days} days, to {day}: {n}.")
NOTHING_NEXT: Final = Label("未来 {days} 天没有任务到期。", "No task is due in the next {days} days.")
AHEAD: Final = Label("近期节点：{what}。", "Days ahead: {what}.")
MEETING: Final = Label("{day} 工作会议", "meeting on {day}")
DEADLINE: Final = Label("{day} 完成节点", "deadline on {day}")
OPENING: Final = Label("{day} 开幕", "opening on {day}")
REPLY_DUE: Final = Label("{day} 前回复督办 {n} 件", "{n} replies to supervision by {day}")
MORE: Final = Label("另有 {n} 项", "and {n} more")
PLANNED: Final = Label("计划完成", "planned")
FINISHED: Final = Label("实际完成", "done")
AT_PACE: Final = Label("按近期进度预测（八成把握区间）", "at the present pace (8 in 10)")
TODAY: Final = Label("截至 {day}", "as of {day}")
BEHIND: Final = Label(
    "截至 {day} 计划完成 {planned} 项，实际完成 {done} 项。",
    "By {day}, {planned} tasks were planned to be done and {done} are.",
)
UNDATED: Final = Label(
    "未定完成时限、不计入计划曲线的任务：{tasks}。", "Without a due date, and not in the planned curve: {tasks}."
)
EXPORTED: Final = Label("{who} 导出于 {at}", "Exported by {who}, {at}")

ALL_TASKS: Final = Label("项任务", "tasks")
ALL_DONE: Final = Label("已完成", "done")
SIGNED_OFF: Final = Label("其中已销号", "of these signed off")
ON_TIME: Final = Label("按期完成", "on time")
DONE_LATE: Final = Label("逾期完成", "done late")
STILL_OPEN: Final = Label("逾期未完成", "open after due date")
RATE: Final = Label("按期完成率", "on-time rate")
RESULT: Final = Label(
    "{counted} 项可评定任务中 {on_time} 项按期完成，按期完成率 {share}%。",
    "Of {counted} tasks that can be judged, {on_time} were on time: {share}%.",
)
NO_RESULT: Final = Label("尚无可评定的任务。", "No task can be judged yet.")
HOW_JUDGED: Final = Label(
    "按期：完成报告的日期不晚于完成时限。可评定：有完成时限，且已完成或已过时限。",
    "On time: reported done no later than the due date. Judged: a due date, and done or past it.",
)
UNIT: Final = Label("责任单位", "Unit")
CATEGORY: Final = Label("任务类别", "Category")
TASKS: Final = Label("任务", "Tasks")
GOOD: Final = Label(
    "标准：至少提前 {days} 天完成，从未受阻，未被督办。符合 {n} 项。",
    "Criteria: done at least {days} days early, never blocked, never supervised. {n} tasks meet them.",
)
NO_GOOD: Final = Label("没有任务符合以上标准。", "No task meets these criteria.")
DONE_ON: Final = Label("完成日期", "Done on")
EARLY: Final = Label("提前（天）", "Days early")
LATE_DAYS: Final = Label("逾期（天）", "Days late")
HEAD_KINDS: Final = Label("按困难类别", "By kind of difficulty")
HEAD_LATE: Final = Label("逾期任务", "Late tasks")
BLOCKED_DAYS: Final = Label("累计受阻（天）", "Days blocked")
OF_THESE_LATE: Final = Label("其中逾期", "Of these late")
NO_OBSTACLE: Final = Label("没有报告困难。", "No difficulty was reported.")
NONE_LATE: Final = Label("没有逾期的任务。", "No task was late.")
OPEN: Final = Label("未完成", "open")
DRAFT: Final = Label(
    "以下由报告中的事实推出，仅为备选表述，请审定后修改。",
    "Derived from the facts of this report only; candidates, to be decided on and edited.",
)
FACT: Final = Label("事实", "Fact")
CANDIDATE: Final = Label("备选建议", "Candidate")
NO_IMPROVEMENT: Final = Label("没有可据以提出建议的事实。", "No fact calls for an improvement.")
OBSTACLE_FACT: Final = Label(
    "{kind}：{tasks} 项任务报告此类困难，累计受阻 {days} 天，其中 {late} 项逾期。",
    "{kind}: {tasks} tasks reported it, {days} days blocked in all, {late} of them late.",
)
UNITS_FACT: Final = Label(
    "按期完成率低于总体（{share}%）的单位：{units}。", "Units below the whole ({share}%): {units}."
)
UNITS_CANDIDATE: Final = Label(
    "下届会前与上述单位逐项核定工期，并提前一个节点检查。",
    "Agree on the dates with these units one by one before the next edition, and look one milestone earlier.",
)
STEPS_FACT: Final = Label(
    "{tasks} 项任务经过督办，其中 {late} 项仍逾期。",
    "{tasks} tasks were supervised; {late} of them were late all the same.",
)
STEPS_CANDIDATE: Final = Label("把首次提醒提前到临近到期之前。", "Send the first reminder before a task is due soon.")
CANDIDATES: Final = {
    DifficultyKind.LAND: Label(
        "征地腾地须在开工前签订，未签订的不列入当期计划。",
        "Settle land before work starts; plan nothing that is not settled.",
    ),
    DifficultyKind.PIPELINES: Label(
        "开工前完成管线实测，搬迁由管线单位列入同一计划。",
        "Survey pipelines before work starts; put their removal into the same plan.",
    ),
    DifficultyKind.FUNDS: Label("资金随任务清单一并落实。", "Secure funds together with the list of tasks."),
    DifficultyKind.PERMITS: Label(
        "审批事项列入并联清单，并指定专人跟办。", "Apply for permits in parallel, each with somebody who follows it."
    ),
    DifficultyKind.WEATHER: Label(
        "室外工序避开汛期和台风季，工期预留天气余量。",
        "Keep outdoor work out of flood and typhoon season; leave days for weather.",
    ),
    DifficultyKind.COORDINATION: Label(
        "跨单位事项指定一个牵头人，接口写入任务书。", "Name one lead where units meet, and write the interfaces down."
    ),
    DifficultyKind.OTHER: Label(
        "逐项分析原因，归入已有类别或增设类别。", "Look at each cause; give it a kind, or a new one."
    ),
}
