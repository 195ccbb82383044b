"""Say what can be wrong with the ledger's workbook, its rows and its cells, and how to mend it.

The texts are constants; values of the data only ever fill their named places, already shortened and
quoted by `geo.validation.problem`, and are never templates themselves.
"""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text

BOOK_TEXTS: Final = {
    ProblemCode.BOOK_TOO_LARGE: error_text(
        "文件大小为 {value}，超过上限 {allowed}，未读取。",
        "The file has {value}, more than the {allowed} allowed; it was not read.",
        "请删去图片和无关的工作表后重新保存。",
        "Remove pictures and sheets that do not belong to it, then save it again.",
    ),
    ProblemCode.BOOK_NOT_XLSX: error_text(
        "文件不是 Excel 工作簿（.xlsx）：{value}。",
        "The file is no Excel workbook (.xlsx): {value}.",
        "请在 Excel、WPS 或 LibreOffice 中另存为“Excel 工作簿（*.xlsx）”。",
        "Save it as “Excel workbook (*.xlsx)” in Excel, WPS or LibreOffice.",
    ),
    ProblemCode.BOOK_ENCRYPTED: error_text(
        "工作簿设有打开密码，无法读取。",
        "The workbook is encrypted with a password and cannot be read.",
        "请去掉打开密码后重新保存。",
        "Remove the password and save it again.",
    ),
    ProblemCode.BOOK_MACROS: error_text(
        "工作簿含有宏（{value}），不予导入。",
        "The workbook holds macros ({value}) and is refused.",
        "请另存为不含宏的“Excel 工作簿（*.xlsx）”。",
        "Save it as “Excel workbook (*.xlsx)”, which holds no macros.",
    ),
    ProblemCode.BOOK_BOMB: error_text(
        "工作簿解压后过大（{value}，上限 {allowed}），未读取。",
        "Unpacked, the workbook is too large ({value}, at most {allowed}); it was not read.",
        "请重新导出台账，把内容复制到新的工作簿中。",
        "Export the ledger anew and copy what you changed into it.",
    ),
    ProblemCode.BOOK_BROKEN: error_text(
        "工作簿已损坏，无法读取：{value}。",
        "The workbook is damaged and cannot be read: {value}.",
        "请用 Excel 或 LibreOffice 打开并重新保存，或重新导出。",
        "Open it in Excel or LibreOffice and save it again, or export it anew.",
    ),
    ProblemCode.BOOK_NO_LEDGER: error_text(
        "没有找到台账工作表：没有一张表的表头含有 {allowed}。",
        "There is no ledger in it: no sheet has a header with {allowed}.",
        "请以导出的台账为模板，保留其表头。",
        "Start from an exported ledger and keep its headers.",
    ),
    ProblemCode.BOOK_MISSING_COLUMN: error_text(
        "缺少 {column} 列。",
        "The column {column} is missing.",
        "请以导出的台账为模板，补上该列。",
        "Add it, as in an exported ledger.",
    ),
    ProblemCode.BOOK_TOO_MANY_ROWS: error_text(
        "工作表有内容的行超过 {allowed} 行，其后的行未读取。",
        "The sheet has content below row {allowed}; it was not read.",
        "请删去多余的行。",
        "Remove the rows that do not belong to it.",
    ),
    ProblemCode.BOOK_OTHER_CAMPAIGN: error_text(
        "工作簿由另一保障行动 {value} 导出，当前为 {expected}。",
        "The workbook was exported from another campaign, {value}; this is {expected}.",
        "请切换到相应的保障行动，或重新导出。",
        "Open that campaign, or export the ledger anew.",
    ),
    ProblemCode.BOOK_BASE_BROKEN: error_text(
        "隐藏的对照表已损坏，无法辨别哪些内容是您修改的。",
        "The hidden sheet that tells your changes from those of others is damaged.",
        "请重新导出台账，把修改内容复制到新的工作簿中。",
        "Export the ledger anew and copy what you changed into it.",
    ),
    ProblemCode.BOOK_NO_BASE: warning_text(
        "工作簿不含导出时的对照内容，将直接与系统当前内容比较；导出后他人的修改可能被覆盖。",
        "The workbook does not say what it was exported from; it is compared with the present state, "
        "so changes of others may be overwritten.",
        "请仔细核对下列变化；建议在导出的台账上修改。",
        "Check the changes below with care; better edit an exported ledger.",
    ),
    ProblemCode.BOOK_UNITS_FIXED: warning_text(
        "该行与系统中的单位不一致：{value}；单位不通过工作簿修改。",
        "The row differs from the units of the campaign: {value}; units are not changed by a workbook.",
        "如需增改单位，请修改 units.csv。",
        "To add or change a unit, edit units.csv.",
    ),
    ProblemCode.ROW_WITHOUT_ID: error_text(
        "这一行没有编号。",
        "The row has no id.",
        "请填写任务编号，新任务请填写未使用过的编号；空行请删去内容。",
        "Write the task's id; give a new task an id that is not in use; clear a row that is not meant.",
    ),
    ProblemCode.ROW_REPEATED: error_text(
        "编号 {value} 在第 {expected} 行已出现。",
        "The id {value} stands in row {expected} already.",
        "请改用未使用过的编号，或删去重复的一行。",
        "Give it an id of its own, or remove the repetition.",
    ),
    ProblemCode.ROW_REMOVED: warning_text(
        "工作簿中没有任务 {value}；系统中的该任务保持不变。",
        "The workbook lacks the task {value}; it stays in the system as it is.",
        "任务不会因导入而删除；如非有意，请补回该行。",
        "No import deletes a task; put its row back if it was not left out on purpose.",
    ),
    ProblemCode.PAST_UPDATE_CHANGED: error_text(
        "进展 {expected} 的 {column} 与系统不一致：{value}；已填报的进展不能修改。",
        "{column} of the update {expected} differs from the system: {value}; past updates cannot be changed.",
        "请恢复该行，另起一行填写新的进展，进展编号留空。",
        "Restore the row; write a new update in a row of its own and leave its id empty.",
    ),
    ProblemCode.TWO_STATEMENTS: error_text(
        "任务 {expected} 的进展在“台账”和“进展”两张表中填写不一致：{value}。",
        "The sheets “台账” and “进展” say different things about the task {expected}: {value}.",
        "请只在其中一张表中填写。",
        "Write it in one of the two sheets only.",
    ),
}

CELL_TEXTS: Final = {
    ProblemCode.CELL_FAULT: error_text(
        "{column} 的单元格是公式错误 {value}。",
        "The cell of {column} shows the error {value}.",
        "请改正公式，或直接填写内容。",
        "Mend its formula, or write the content itself.",
    ),
    ProblemCode.CELL_MISSING: error_text(
        "{column} 没有填写。",
        "{column} is empty.",
        "请填写 {column}。",
        "Fill in {column}.",
    ),
    ProblemCode.CELL_UNKNOWN: error_text(
        "{column} 的值 {value} 无法识别；可用：{allowed}。",
        "The value {value} of {column} is not known; allowed are: {allowed}.",
        "请从单元格的下拉列表中选择；多个值以分号隔开。",
        "Choose it from the cell's list; join several by semicolons.",
    ),
    ProblemCode.CELL_NOT_A_DATE: error_text(
        "{column} 的值 {value} 不是日期。",
        "The value {value} of {column} is no date.",
        "请填写日期，例如 2020/9/30 或 9月30日。",
        "Write a date, such as 2020/9/30 or 9月30日.",
    ),
    ProblemCode.CELL_NOT_A_TIME: error_text(
        "{column} 的值 {value} 不是时间。",
        "The value {value} of {column} is no time.",
        "请填写时间，例如 2020/9/30 14:00，或留空表示导入之时。",
        "Write a time, such as 2020/9/30 14:00, or leave it empty for the time of the import.",
    ),
    ProblemCode.CELL_FUTURE: error_text(
        "{column} 的值 {value} 晚于当前时间 {expected}。",
        "The value {value} of {column} is later than now, {expected}.",
        "请改正时间，或留空表示导入之时。",
        "Correct the time, or leave it empty for the time of the import.",
    ),
    ProblemCode.CELL_BAD_PERCENT: error_text(
        "{column} 的值 {value} 不是 0% 到 100% 的整数百分比。",
        "The value {value} of {column} is no whole percentage from 0% to 100%.",
        "请填写整数百分比，例如 90%。",
        "Write a whole percentage, such as 90%.",
    ),
    ProblemCode.CELL_TOO_LONG: error_text(
        "{column} 有 {length} 个字符，多于 {allowed} 个。",
        "{column} has {length} characters, more than {allowed}.",
        "请缩短内容。",
        "Shorten it.",
    ),
    ProblemCode.CELL_MOVE: error_text(
        "任务现为 {expected}，不能改为 {value}；可改为：{allowed}。",
        "The task is {expected} and cannot become {value}; it can become: {allowed}.",
        "请改为可用状态之一。",
        "Change it to one of these.",
    ),
    ProblemCode.CELL_SIGN_OFF: error_text(
        "不能通过工作簿把任务由 {expected} 改为 {value}：销号及撤销销号须在任务页面办理。",
        "A workbook cannot move a task from {expected} to {value}: sign-off and reopening are done on the task's page.",
        "请恢复原来的状态，由督办部门在任务页面办理。",
        "Restore the status; the supervising office does it on the task's page.",
    ),
    ProblemCode.CELL_DEMANDED: error_text(
        "状态为 {expected} 时，{column} 的值 {value} 不符合要求；应为：{allowed}。",
        "With the status {expected}, the value {value} of {column} will not do; it must be: {allowed}.",
        "请按要求填写 {column}，或改变状态。",
        "Fill in {column} as demanded, or change the status.",
    ),
}
