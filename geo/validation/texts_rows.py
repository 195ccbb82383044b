"""Say what can be wrong with one feature or one row of a table, and how to mend it.

The texts are constants; values of the data only ever fill their named places, already shortened and
quoted by `geo.validation.problem`, and are never templates themselves.
"""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text

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
