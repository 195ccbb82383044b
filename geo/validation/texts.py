"""Say what can be wrong with a file, a feature, a row, the duty roster or the ledger's workbook, and the remedy.

The texts are constants; values of the data only ever fill their named places, already shortened and
quoted by `geo.validation.problem`, and are never templates themselves.
"""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text

FILE_TEXTS: Final = {
    ProblemCode.MISSING_FILE: error_text(
        "文件不存在，该部分内容未显示。",
        "The file does not exist; its part is not shown.",
        "请把 {file} 放回保障行动的文件夹。",
        "Put {file} back into the campaign's folder.",
    ),
    ProblemCode.UNREADABLE_FILE: error_text(
        "文件无法读取。",
        "The file cannot be read.",
        "请检查 {file} 是否为普通文件、是否有读取权限。",
        "Check that {file} is a plain file that this program may read.",
    ),
    ProblemCode.EMPTY_FILE: error_text(
        "文件是空的。",
        "The file is empty.",
        "请从备份恢复 {file}，或重新导出。",
        "Restore {file} from a backup, or export it again.",
    ),
    ProblemCode.NOT_TEXT: error_text(
        "从第 {character} 个字节 {value} 起，文件既不是 UTF-8 也不是 GB18030 文本。",
        "From byte {character} on, {value}, the file is text neither in UTF-8 nor in GB18030.",
        "请另存为 UTF-8 编码（Excel：“CSV UTF-8”）。",
        "Save it as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    ProblemCode.OTHER_ENCODING: warning_text(
        "文件编码不是 UTF-8，已按 {value} 读取。",
        "The file is not in UTF-8 and was read as {value}.",
        "请核对中文是否正确，并另存为 UTF-8 编码（Excel：“CSV UTF-8”）。",
        "Check that its text is right, then save it as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    ProblemCode.NOT_JSON: error_text(
        "文件不是有效的 JSON，问题在第 {line} 行第 {character} 个字符，该处为 {value}。",
        "The file is not valid JSON: see line {line}, character {character}, near {value}.",
        "文件可能不完整；请从备份恢复，或从 GIS 软件重新导出 GeoJSON。",
        "It may be cut off; restore it from a backup, or export it as GeoJSON again.",
    ),
    ProblemCode.TOO_DEEP: error_text(
        "文件中的括号嵌套过深，无法读取。",
        "The brackets in the file are nested too deeply to be read.",
        "请从备份恢复 {file}，或重新导出。",
        "Restore {file} from a backup, or export it again.",
    ),
    ProblemCode.NOT_FEATURE_COLLECTION: error_text(
        "GeoJSON 的顶层类型是 {value}，应为 FeatureCollection。",
        "The GeoJSON's top level is {value}, but must be a FeatureCollection.",
        "请把要素放入 FeatureCollection 的 features 数组。",
        "Put the features into the “features” list of a FeatureCollection.",
    ),
    ProblemCode.WRONG_CRS: error_text(
        "坐标系是 {value}，应为 WGS-84 经纬度；该文件未显示。",
        "The CRS is {value}, but must be WGS-84 longitude and latitude; the file is not drawn.",
        "请转换为 EPSG:4326 后重新导出，并去掉 crs 成员。",
        "Convert it to EPSG:4326, export it again and leave out the member “crs”.",
    ),
    ProblemCode.NOT_CSV: error_text(
        "从这一行 {value} 起无法按 CSV 读取。",
        "From this line on, {value}, the file cannot be read as CSV.",
        "请检查引号是否成对、单元格是否过长，其后的行未读取。",
        "Check for an unpaired quote or a huge cell; the lines after it were not read.",
    ),
    ProblemCode.MISSING_COLUMN: error_text(
        "缺少 {column} 列。",
        "The column {column} is missing.",
        "表头应为：{allowed}。",
        "The header must be: {allowed}.",
    ),
    ProblemCode.WRONG_CELL_COUNT: error_text(
        "这一行有 {value} 个单元格，表头有 {expected} 列；该行未使用。",
        "The row has {value} cells, the header {expected} columns; the row is not used.",
        "含逗号或换行的文字要加双引号，请补齐或删去多余的单元格。",
        "Quote text that holds a comma or a line break, and add or remove cells.",
    ),
}

CAMPAIGN_TEXTS: Final = {
    ProblemCode.NOT_TOML: error_text(
        "文件不是有效的 TOML，问题在第 {line} 行第 {character} 个字符，该处为 {value}。",
        "The file is not valid TOML: see line {line}, character {character}, near {value}.",
        "请改正所指的位置，或从备份恢复 {file}。",
        "Mend the place that it names, or restore {file} from a backup.",
    ),
    ProblemCode.MISSING_KEY: error_text(
        "缺少 {column}。",
        "The key {column} is missing.",
        "请补上，例如 {column} = {allowed}。",
        "Add it, such as {column} = {allowed}.",
    ),
    ProblemCode.WRONG_TYPE: error_text(
        "{column} 的值 {value} 类型不对。",
        "The value {value} of {column} has the wrong type.",
        "请写成 {allowed} 的形式。",
        "Write it like {allowed}.",
    ),
    ProblemCode.BAD_SETTING: error_text(
        "{column} 的值 {value} 不能使用。",
        "The value {value} of {column} cannot be used.",
        "请写成 {allowed} 的形式。",
        "Write it like {allowed}.",
    ),
}


FEATURE_TEXTS: Final = {
    ProblemCode.NOT_A_FEATURE: error_text(
        "这一项是 {value}，不是 GeoJSON 要素；未显示。",
        "This entry is {value}, not a GeoJSON feature; it is not drawn.",
        '要素应为含 "type": "Feature"、properties 和 geometry 的对象。',
        'A feature is an object with "type": "Feature", properties and geometry.',
    ),
    ProblemCode.MISSING_ID: error_text(
        "没有编号（id），未使用。",
        "There is no id; this row is not used.",
        "请在 id 中填写唯一的编号，类型为文字。",
        "Give it a unique id as text.",
    ),
    ProblemCode.DUPLICATE_ID: error_text(
        "编号 {value} 已被使用，只保留第一个。",
        "The id {value} is taken already; only the first is kept.",
        "请改用未使用过的编号，或删去重复的一项。",
        "Give it an id of its own, or remove the repetition.",
    ),
    ProblemCode.UNKNOWN_KIND: error_text(
        "没有 {value} 这种类型；可用：{allowed}。",
        "There is no kind {value}; allowed are: {allowed}.",
        "请改为可用类型之一。",
        "Change it to one of the allowed kinds.",
    ),
    ProblemCode.NO_GEOMETRY: error_text(
        "没有几何图形，未显示。",
        "The geometry is empty; the feature is not drawn.",
        "请重新绘制该要素，或删去它。",
        "Draw the feature again, or remove it.",
    ),
    ProblemCode.BROKEN_GEOMETRY: error_text(
        "几何图形无法读取：{value}。",
        "The geometry cannot be read: {value}.",
        "请按 GeoJSON（RFC 7946）填写 type 和 coordinates。",
        "Write type and coordinates as GeoJSON (RFC 7946) asks.",
    ),
    ProblemCode.NOT_FINITE: error_text(
        "坐标中有非数值（NaN 或无穷大）。",
        "A coordinate is no finite number (NaN or infinite).",
        "请补上该点的经纬度，或删去该点。",
        "Fill in the longitude and latitude of that point, or remove it.",
    ),
    ProblemCode.WRONG_GEOMETRY_TYPE: error_text(
        "几何类型是 {value}；该图层可用：{allowed}。",
        "The geometry is a {value}; this layer takes: {allowed}.",
        "请改画为可用的几何类型，或移到相应图层。",
        "Draw it as an allowed type, or move it to the layer that it belongs to.",
    ),
    ProblemCode.INVALID_GEOMETRY: error_text(
        "几何图形无效：{value}。",
        "The geometry is invalid: {value}.",
        "请消除自相交或重复点（GIS 软件：“修复几何图形”）。",
        "Remove self-crossings and repeated points (in a GIS: “fix geometries”).",
    ),
    ProblemCode.COORDINATES_IN_METRES: error_text(
        "要素 {feature} 的坐标 {value} 不是经纬度，像是以米为单位的投影坐标。",
        "The coordinate {value} of {feature} is not in degrees; it looks like metres of a projection.",
        "请转换为 WGS-84 经纬度（EPSG:4326）后重新导出。",
        "Convert it to WGS-84 longitude and latitude (EPSG:4326) and export it again.",
    ),
    ProblemCode.SWAPPED_LON_LAT: error_text(
        "要素 {feature} 的坐标 {value} 的经度和纬度颠倒了。",
        "Longitude and latitude of {feature} are swapped at {value}.",
        "GeoJSON 的顺序是先经度、后纬度，请对调。",
        "GeoJSON puts longitude first, then latitude: swap them.",
    ),
    ProblemCode.OUTSIDE_EXTENT: error_text(
        "要素 {feature} 的坐标 {value} 超出保障行动的范围 {allowed}。",
        "The coordinate {value} of {feature} lies outside the campaign's extent {allowed}.",
        "请检查坐标，或扩大 campaign.toml 中的 extent。",
        "Check the coordinate, or widen “extent” in campaign.toml.",
    ),
    ProblemCode.MISSING_NAME: warning_text(
        "{column} 为空，以另一种语言的名称或编号代替。",
        "{column} is empty; the other language's name or the id stands in for it.",
        "请补上名称。",
        "Fill in the name.",
    ),
    ProblemCode.LONG_NAME: warning_text(
        "{column} 有 {length} 个字符，多于 {allowed} 个：{value}。",
        "{column} has {length} characters, more than {allowed}: {value}.",
        "请缩短名称；内容已原样保留。",
        "Shorten it; the text is kept as it is.",
    ),
    ProblemCode.BAD_ACCURACY: warning_text(
        "精度 {value} 不是大于 0 的数（米），按精度不明处理。",
        "The accuracy {value} is no number of metres above 0; it is taken as not known.",
        "请填写以米为单位的精度，例如 8。",
        "Write the accuracy in metres, such as 8.",
    ),
    ProblemCode.BAD_PLAUSIBLE: warning_text(
        "plausible 的值 {value} 不是 true 或 false，按“位置仅为推测”绘制。",
        "The value {value} of plausible is neither true nor false; it is drawn as plausible.",
        "请填写 true（位置仅为推测）或 false。",
        "Write true (the position is only plausible) or false.",
    ),
    ProblemCode.LONG_SIGN: warning_text(
        "符号文字 {value} 多于 {allowed} 个字符，未显示。",
        "The sign {value} has more than {allowed} characters and is not shown.",
        "请缩短，例如“P5”。",
        "Shorten it, such as “P5”.",
    ),
    ProblemCode.ZONES_DIFFER: warning_text(
        "zones 写的是 {value}，按几何图形计算是 {expected}；以计算结果为准。",
        "zones says {value}, the geometry says {expected}; the geometry counts.",
        "请改为计算结果，或删去 zones。",
        "Write what the geometry says, or leave out “zones”.",
    ),
    ProblemCode.FEATURE_LEFT_OUT: error_text(
        "要素 {value} 未使用；关联它的任务：{tasks}；提到它的进展：{reports} 条。",
        "The feature {value} is left out; tasks that refer to it: {tasks}; reports: {reports}.",
        "请先改正该要素的其他问题，这些关联随即恢复。",
        "Mend what else is said about this feature; the references then hold again.",
    ),
}

TABLE_TEXTS: Final = {
    ProblemCode.NO_FEATURE: warning_text(
        "该任务没有关联任何要素，不在地图上显示。",
        "The task concerns no feature, so it is nowhere on the map.",
        "请在 features 中填写要素编号，以分号分隔，例如 C01;N05。",
        "Write ids of features, joined by semicolons, such as C01;N05.",
    ),
    ProblemCode.UNKNOWN_FEATURE: error_text(
        "没有编号为 {value} 的要素，该关联未使用。",
        "There is no feature {value}; the reference to it is left out.",
        "请检查编号，或在图层文件中补上该要素。",
        "Check the id, or add the feature to its layer's file.",
    ),
    ProblemCode.REFERENCES_UNCHECKED: error_text(
        "{source} 无法读取，因此 {file} 中有 {number} 处引用无法核对。",
        "{source} could not be read, so {number} reference(s) in {file} cannot be checked.",
        "请先改正 {source}，其余会重新核对。",
        "Mend {source} first; the rest is then checked again.",
    ),
    ProblemCode.UNKNOWN_UNIT: error_text(
        "units.csv 中没有编号为 {value} 的单位；内容照常保留，单位按所写的编号显示。",
        "There is no unit {value} in units.csv; the entry is kept and shows the id as it is written.",
        "请检查编号，或在 units.csv 中补上该单位。",
        "Check the id, or add the unit to units.csv.",
    ),
    ProblemCode.UNKNOWN_CATEGORY: error_text(
        "没有 {value} 这个类别；可用：{allowed}。",
        "There is no category {value}; allowed are: {allowed}.",
        "请改为可用类别之一，或在 campaign.toml 中补上。",
        "Change it to an allowed one, or add it to campaign.toml.",
    ),
    ProblemCode.UNKNOWN_PRIORITY: error_text(
        "没有 {value} 这个优先级，按 medium 处理；可用：{allowed}。",
        "There is no priority {value}; medium is used. Allowed are: {allowed}.",
        "请改为可用优先级之一。",
        "Change it to an allowed one.",
    ),
    ProblemCode.UNKNOWN_TASK: error_text(
        "tasks.csv 中没有编号为 {value} 的任务，该进展不起作用。",
        "There is no task {value} in tasks.csv; the update has no effect.",
        "请检查编号，或在 tasks.csv 中补上该任务。",
        "Check the id, or add the task to tasks.csv.",
    ),
    ProblemCode.UNKNOWN_STATUS: error_text(
        "没有 {value} 这种状态，该进展未使用；可用：{allowed}。",
        "There is no status {value}; the update is not used. Allowed are: {allowed}.",
        "请改为可用状态之一。",
        "Change it to an allowed one.",
    ),
    ProblemCode.UNKNOWN_DIFFICULTY: error_text(
        "没有 {value} 这种困难类型，按 other 处理；可用：{allowed}。",
        "There is no kind of difficulty {value}; other is used. Allowed are: {allowed}.",
        "请改为可用类型之一，或留空。",
        "Change it to an allowed one, or leave it empty.",
    ),
    ProblemCode.NOT_A_DATE: error_text(
        "{column} 的值 {value} 不是日期，按未填写处理。",
        "The value {value} of {column} is no date; it is taken as not given.",
        "请按 年-月-日 填写，例如 2030-09-30。",
        "Write year-month-day, such as 2030-09-30.",
    ),
    ProblemCode.DUE_BEFORE_START: warning_text(
        "到期日 {value} 早于计划开始日 {expected}。",
        "The due date {value} is before the planned start {expected}.",
        "请核对两个日期。",
        "Check both dates.",
    ),
    ProblemCode.NOT_A_TIME: error_text(
        "{column} 的值 {value} 不是时间，该进展未使用。",
        "The value {value} of {column} is no time; the update is not used.",
        "请按 ISO 8601 填写，例如 2030-06-01T09:30:00+08:00。",
        "Write it as ISO 8601, such as 2030-06-01T09:30:00+08:00.",
    ),
    ProblemCode.NO_OFFSET: warning_text(
        "时间 {value} 没有时区，按 {expected} 读取。",
        "The time {value} has no offset; it was read as {expected}.",
        "请在时间后加上时差，例如 +08:00。",
        "Add the offset, such as +08:00.",
    ),
    ProblemCode.BAD_PERCENT: error_text(
        "完成度 {value} 不是 0 到 100 的整数，按 {expected} 处理。",
        "The percentage {value} is no whole number from 0 to 100; {expected} is used.",
        "请填写 0 到 100 的整数，不带百分号。",
        "Write a whole number from 0 to 100, without a percent sign.",
    ),
}


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
