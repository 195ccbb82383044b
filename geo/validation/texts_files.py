"""Say what can be wrong with a whole file or with campaign.toml, and how to mend it.

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
