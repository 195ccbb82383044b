"""Say what can be wrong with a file, a feature, a row, the duty roster or the ledger's workbook, and the remedy.

The texts are constants; values of the data only ever fill their named places, already shortened and
quoted by `geo.validation.problem`, and are never templates themselves.
"""

from typing import Final

from geo.validation.codes import ProblemCode, error_text, warning_text
from locales import Text

FILE_TEXTS: Final = {
    ProblemCode.MISSING_FILE: error_text(
        Text("The file does not exist; its part is not shown."), Text("Put {file} back into the campaign's folder.")
    ),
    ProblemCode.UNREADABLE_FILE: error_text(
        Text("The file cannot be read."), Text("Check that {file} is a plain file that this program may read.")
    ),
    ProblemCode.EMPTY_FILE: error_text(
        Text("The file is empty."), Text("Restore {file} from a backup, or export it again.")
    ),
    ProblemCode.NOT_TEXT: error_text(
        Text("From byte {character} on, {value}, the file is text neither in UTF-8 nor in GB18030."),
        Text("Save it as UTF-8 (in Excel: “CSV UTF-8”)."),
    ),
    ProblemCode.OTHER_ENCODING: warning_text(
        Text("The file is not in UTF-8 and was read as {value}."),
        Text("Check that its text is right, then save it as UTF-8 (in Excel: “CSV UTF-8”)."),
    ),
    ProblemCode.NOT_JSON: error_text(
        Text("The file is not valid JSON: see line {line}, character {character}, near {value}."),
        Text("It may be cut off; restore it from a backup, or export it as GeoJSON again."),
    ),
    ProblemCode.TOO_DEEP: error_text(
        Text("The brackets in the file are nested too deeply to be read."),
        Text("Restore {file} from a backup, or export it again."),
    ),
    ProblemCode.NOT_FEATURE_COLLECTION: error_text(
        Text("The GeoJSON's top level is {value}, but must be a FeatureCollection."),
        Text("Put the features into the “features” list of a FeatureCollection."),
    ),
    ProblemCode.WRONG_CRS: error_text(
        Text("The CRS is {value}, but must be WGS-84 longitude and latitude; the file is not drawn."),
        Text("Convert it to EPSG:4326, export it again and leave out the member “crs”."),
    ),
    ProblemCode.NOT_CSV: error_text(
        Text("From this line on, {value}, the file cannot be read as CSV."),
        Text("Check for an unpaired quote or a huge cell; the lines after it were not read."),
    ),
    ProblemCode.MISSING_COLUMN: error_text(
        Text("The column {column} is missing."), Text("The header must be: {allowed}.")
    ),
    ProblemCode.WRONG_CELL_COUNT: error_text(
        Text("The row has {value} cells, the header {expected} columns; the row is not used."),
        Text("Quote text that holds a comma or a line break, and add or remove cells."),
    ),
}

CAMPAIGN_TEXTS: Final = {
    ProblemCode.NOT_TOML: error_text(
        Text("The file is not valid TOML: see line {line}, character {character}, near {value}."),
        Text("Mend the place that it names, or restore {file} from a backup."),
    ),
    ProblemCode.MISSING_KEY: error_text(
        Text("The key {column} is missing."), Text("Add it, such as {column} = {allowed}.")
    ),
    ProblemCode.WRONG_TYPE: error_text(
        Text("The value {value} of {column} has the wrong type."), Text("Write it like {allowed}.")
    ),
    ProblemCode.BAD_SETTING: error_text(
        Text("The value {value} of {column} cannot be used."), Text("Write it like {allowed}.")
    ),
}


FEATURE_TEXTS: Final = {
    ProblemCode.NOT_A_FEATURE: error_text(
        Text("This entry is {value}, not a GeoJSON feature; it is not drawn."),
        Text('A feature is an object with "type": "Feature", properties and geometry.'),
    ),
    ProblemCode.MISSING_ID: error_text(
        Text("There is no id; this row is not used."), Text("Give it a unique id as text.")
    ),
    ProblemCode.DUPLICATE_ID: error_text(
        Text("The id {value} is taken already; only the first is kept."),
        Text("Give it an id of its own, or remove the repetition."),
    ),
    ProblemCode.UNKNOWN_KIND: error_text(
        Text("There is no kind {value}; allowed are: {allowed}."), Text("Change it to one of the allowed kinds.")
    ),
    ProblemCode.NO_GEOMETRY: error_text(
        Text("The geometry is empty; the feature is not drawn."), Text("Draw the feature again, or remove it.")
    ),
    ProblemCode.BROKEN_GEOMETRY: error_text(
        Text("The geometry cannot be read: {value}."), Text("Write type and coordinates as GeoJSON (RFC 7946) asks.")
    ),
    ProblemCode.NOT_FINITE: error_text(
        Text("A coordinate is no finite number (NaN or infinite)."),
        Text("Fill in the longitude and latitude of that point, or remove it."),
    ),
    ProblemCode.WRONG_GEOMETRY_TYPE: error_text(
        Text("The geometry is a {value}; this layer takes: {allowed}."),
        Text("Draw it as an allowed type, or move it to the layer that it belongs to."),
    ),
    ProblemCode.INVALID_GEOMETRY: error_text(
        Text("The geometry is invalid: {value}."),
        Text("Remove self-crossings and repeated points (in a GIS: “fix geometries”)."),
    ),
    ProblemCode.COORDINATES_IN_METRES: error_text(
        Text("The coordinate {value} of {feature} is not in degrees; it looks like metres of a projection."),
        Text("Convert it to WGS-84 longitude and latitude (EPSG:4326) and export it again."),
    ),
    ProblemCode.SWAPPED_LON_LAT: error_text(
        Text("Longitude and latitude of {feature} are swapped at {value}."),
        Text("GeoJSON puts longitude first, then latitude: swap them."),
    ),
    ProblemCode.OUTSIDE_EXTENT: error_text(
        Text("The coordinate {value} of {feature} lies outside the campaign's extent {allowed}."),
        Text("Check the coordinate, or widen “extent” in campaign.toml."),
    ),
    ProblemCode.MISSING_NAME: warning_text(
        Text("{column} is empty; the other language's name or the id stands in for it."), Text("Fill in the name.")
    ),
    ProblemCode.LONG_NAME: warning_text(
        Text("{column} has {length} characters, more than {allowed}: {value}."),
        Text("Shorten it; the text is kept as it is."),
    ),
    ProblemCode.BAD_ACCURACY: warning_text(
        Text("The accuracy {value} is no number of metres above 0; it is taken as not known."),
        Text("Write the accuracy in metres, such as 8."),
    ),
    ProblemCode.BAD_PLAUSIBLE: warning_text(
        Text("The value {value} of plausible is neither true nor false; it is drawn as plausible."),
        Text("Write true (the position is only plausible) or false."),
    ),
    ProblemCode.LONG_SIGN: warning_text(
        Text("The sign {value} has more than {allowed} characters and is not shown."), Text("Shorten it, such as “P5”.")
    ),
    ProblemCode.ZONES_DIFFER: warning_text(
        Text("zones says {value}, the geometry says {expected}; the geometry counts."),
        Text("Write what the geometry says, or leave out “zones”."),
    ),
    ProblemCode.FEATURE_LEFT_OUT: error_text(
        Text("The feature {value} is left out; tasks that refer to it: {tasks}; reports: {reports}."),
        Text("Mend what else is said about this feature; the references then hold again."),
    ),
}

TABLE_TEXTS: Final = {
    ProblemCode.NO_FEATURE: warning_text(
        Text("The task concerns no feature, so it is nowhere on the map."),
        Text("Write ids of features, joined by semicolons, such as C01;N05."),
    ),
    ProblemCode.UNKNOWN_FEATURE: error_text(
        Text("There is no feature {value}; the reference to it is left out."),
        Text("Check the id, or add the feature to its layer's file."),
    ),
    ProblemCode.REFERENCES_UNCHECKED: error_text(
        Text("{source} could not be read, so {number} reference(s) in {file} cannot be checked."),
        Text("Mend {source} first; the rest is then checked again."),
    ),
    ProblemCode.UNKNOWN_UNIT: error_text(
        Text("There is no unit {value} in units.csv; the entry is kept and shows the id as it is written."),
        Text("Check the id, or add the unit to units.csv."),
    ),
    ProblemCode.UNKNOWN_CATEGORY: error_text(
        Text("There is no category {value}; allowed are: {allowed}."),
        Text("Change it to an allowed one, or add it to campaign.toml."),
    ),
    ProblemCode.UNKNOWN_PRIORITY: error_text(
        Text("There is no priority {value}; medium is used. Allowed are: {allowed}."),
        Text("Change it to an allowed one."),
    ),
    ProblemCode.UNKNOWN_TASK: error_text(
        Text("There is no task {value} in tasks.csv; the update has no effect."),
        Text("Check the id, or add the task to tasks.csv."),
    ),
    ProblemCode.UNKNOWN_STATUS: error_text(
        Text("There is no status {value}; the update is not used. Allowed are: {allowed}."),
        Text("Change it to an allowed one.", context="status"),
    ),
    ProblemCode.UNKNOWN_DIFFICULTY: error_text(
        Text("There is no kind of difficulty {value}; other is used. Allowed are: {allowed}."),
        Text("Change it to an allowed one, or leave it empty."),
    ),
    ProblemCode.NOT_A_DATE: error_text(
        Text("The value {value} of {column} is no date; it is taken as not given."),
        Text("Write year-month-day, such as 2030-09-30."),
    ),
    ProblemCode.DUE_BEFORE_START: warning_text(
        Text("The due date {value} is before the planned start {expected}."), Text("Check both dates.")
    ),
    ProblemCode.NOT_A_TIME: error_text(
        Text("The value {value} of {column} is no time; the update is not used."),
        Text("Write it as ISO 8601, such as 2030-06-01T09:30:00+08:00."),
    ),
    ProblemCode.NO_OFFSET: warning_text(
        Text("The time {value} has no offset; it was read as {expected}."), Text("Add the offset, such as +08:00.")
    ),
    ProblemCode.BAD_PERCENT: error_text(
        Text("The percentage {value} is no whole number from 0 to 100; {expected} is used."),
        Text("Write a whole number from 0 to 100, without a percent sign."),
    ),
}


BOOK_TEXTS: Final = {
    ProblemCode.BOOK_TOO_LARGE: error_text(
        Text("The file has {value}, more than the {allowed} allowed; it was not read."),
        Text("Remove pictures and sheets that do not belong to it, then save it again."),
    ),
    ProblemCode.BOOK_NOT_XLSX: error_text(
        Text("The file is no Excel workbook (.xlsx): {value}."),
        Text("Save it as “Excel workbook (*.xlsx)” in Excel, WPS or LibreOffice."),
    ),
    ProblemCode.BOOK_ENCRYPTED: error_text(
        Text("The workbook is encrypted with a password and cannot be read."),
        Text("Remove the password and save it again."),
    ),
    ProblemCode.BOOK_MACROS: error_text(
        Text("The workbook holds macros ({value}) and is refused."),
        Text("Save it as “Excel workbook (*.xlsx)”, which holds no macros."),
    ),
    ProblemCode.BOOK_BOMB: error_text(
        Text("Unpacked, the workbook is too large ({value}, at most {allowed}); it was not read."),
        Text("Export the ledger anew and copy what you changed into it."),
    ),
    ProblemCode.BOOK_BROKEN: error_text(
        Text("The workbook is damaged and cannot be read: {value}."),
        Text("Open it in Excel or LibreOffice and save it again, or export it anew."),
    ),
    ProblemCode.BOOK_NO_LEDGER: error_text(
        Text("There is no ledger in it: no sheet has a header with {allowed}."),
        Text("Start from an exported ledger and keep its headers."),
    ),
    ProblemCode.BOOK_MISSING_COLUMN: error_text(
        Text("The column {column} is missing."), Text("Add it, as in an exported ledger.")
    ),
    ProblemCode.BOOK_TOO_MANY_ROWS: error_text(
        Text("The sheet has content below row {allowed}; it was not read."),
        Text("Remove the rows that do not belong to it."),
    ),
    ProblemCode.BOOK_OTHER_CAMPAIGN: error_text(
        Text("The workbook was exported from another campaign, {value}; this is {expected}."),
        Text("Open that campaign, or export the ledger anew."),
    ),
    ProblemCode.BOOK_BASE_BROKEN: error_text(
        Text("The hidden sheet that tells your changes from those of others is damaged."),
        Text("Export the ledger anew and copy what you changed into it.", context="changes"),
    ),
    ProblemCode.BOOK_NO_BASE: warning_text(
        Text(
            "The workbook does not say what it was exported from; it is compared with the present state, so "
            "changes of others may be overwritten."
        ),
        Text("Check the changes below with care; better edit an exported ledger."),
    ),
    ProblemCode.BOOK_UNITS_FIXED: warning_text(
        Text("The row differs from the units of the campaign: {value}; units are not changed by a workbook."),
        Text("To add or change a unit, edit units.csv."),
    ),
    ProblemCode.ROW_WITHOUT_ID: error_text(
        Text("The row has no id."),
        Text("Write the task's id; give a new task an id that is not in use; clear a row that is not meant."),
    ),
    ProblemCode.ROW_REPEATED: error_text(
        Text("The id {value} stands in row {expected} already."),
        Text("Give it an id of its own, or remove the repetition.", context="row"),
    ),
    ProblemCode.ROW_REMOVED: warning_text(
        Text("The workbook lacks the task {value}; it stays in the system as it is."),
        Text("No import deletes a task; put its row back if it was not left out on purpose."),
    ),
    ProblemCode.PAST_UPDATE_CHANGED: error_text(
        Text("{column} of the update {expected} differs from the system: {value}; past updates cannot be changed."),
        Text("Restore the row; write a new update in a row of its own and leave its id empty."),
    ),
    ProblemCode.TWO_STATEMENTS: error_text(
        Text("The sheets of tasks and of updates say different things about the task {expected}: {value}."),
        Text("Write it in one of the two sheets only."),
    ),
}

CELL_TEXTS: Final = {
    ProblemCode.CELL_FAULT: error_text(
        Text("The cell of {column} shows the error {value}."), Text("Mend its formula, or write the content itself.")
    ),
    ProblemCode.CELL_MISSING: error_text(Text("{column} is empty."), Text("Fill in {column}.")),
    ProblemCode.CELL_UNKNOWN: error_text(
        Text("The value {value} of {column} is not known; allowed are: {allowed}."),
        Text("Choose it from the cell's list; join several by semicolons."),
    ),
    ProblemCode.CELL_NOT_A_DATE: error_text(
        Text("The value {value} of {column} is no date."), Text("Write a date, such as 2020/9/30 or 9/30.")
    ),
    ProblemCode.CELL_NOT_A_TIME: error_text(
        Text("The value {value} of {column} is no time."),
        Text("Write a time, such as 2020/9/30 14:00, or leave it empty for the time of the import."),
    ),
    ProblemCode.CELL_FUTURE: error_text(
        Text("The value {value} of {column} is later than now, {expected}."),
        Text("Correct the time, or leave it empty for the time of the import."),
    ),
    ProblemCode.CELL_BAD_PERCENT: error_text(
        Text("The value {value} of {column} is no whole percentage from 0% to 100%."),
        Text("Write a whole percentage, such as 90%."),
    ),
    ProblemCode.CELL_TOO_LONG: error_text(
        Text("{column} has {length} characters, more than {allowed}."), Text("Shorten it.")
    ),
    ProblemCode.CELL_MOVE: error_text(
        Text("The task is {expected} and cannot become {value}; it can become: {allowed}."),
        Text("Change it to one of these."),
    ),
    ProblemCode.CELL_SIGN_OFF: error_text(
        Text(
            "A workbook cannot move a task from {expected} to {value}: sign-off and reopening are done on the "
            "task's page."
        ),
        Text("Restore the status; the supervising office does it on the task's page."),
    ),
    ProblemCode.CELL_DEMANDED: error_text(
        Text("With the status {expected}, the value {value} of {column} will not do; it must be: {allowed}."),
        Text("Fill in {column} as demanded, or change the status."),
    ),
}


DUTY_TEXTS: Final = {
    ProblemCode.DUTY_NOBODY: error_text(
        Text("The shift names nobody; it is not used."), Text("Write who is on duty, or remove the row.")
    ),
    ProblemCode.DUTY_BAD_PHONE: warning_text(
        Text("The phone {value} is no number that can be dialled; it is shown as text only."),
        Text("Use digits, blanks, hyphens and brackets, with “+86” before and “ext 123” after it where needed."),
    ),
    ProblemCode.DUTY_NOT_A_TIME: error_text(
        Text("The value {value} of {column} is no time; the shift is not used."),
        Text("Write it as ISO 8601, such as 2030-11-05T08:00:00+08:00."),
    ),
    ProblemCode.DUTY_END_NOT_AFTER_START: error_text(
        Text("The end {value} is not after the start {expected}; the shift is not used."),
        Text("Check both times; a night shift ends on the next day."),
    ),
    ProblemCode.DUTY_OVERLAP: warning_text(
        Text("{person} begins at {value} while the same person's earlier shift {other} runs until {until}."),
        Text("Check both shifts, or name somebody else."),
    ),
    ProblemCode.DUTY_GAP: warning_text(
        Text("Nobody is on duty from {value} to {until}; there are {number} such gap(s)."),
        Text("Add the shifts, or leave it so where nobody needs to be on duty."),
    ),
}


SUPERVISION_TEXTS: Final = {
    ProblemCode.ACT_UNKNOWN_TASK: error_text(
        Text("There is no task {value} in tasks.csv; the act of supervision is not used."),
        Text("Check the id, or add the task to tasks.csv."),
    ),
    ProblemCode.UNKNOWN_RUNG: error_text(
        Text("There is no rung {value}; the act of supervision is not used. Allowed are: {allowed}."),
        Text("Change it to an allowed one.", context="rung"),
    ),
    ProblemCode.UNKNOWN_ACT: error_text(
        Text("There is no act {value}; it is not used. Allowed are: {allowed}."),
        Text("Change it to an allowed one.", context="act"),
    ),
    ProblemCode.ACT_NOT_A_TIME: error_text(
        Text("The value {value} of {column} is no time; the act of supervision is not used."),
        Text("Write it as ISO 8601, such as 2030-06-01T09:30:00+08:00."),
    ),
    ProblemCode.ACT_OUT_OF_ORDER: warning_text(
        Text("A step whose {column} is {value} cannot follow what was done on this task before; no ladder counts it."),
        Text("Check the order: issue, then receipt and reply, at last close; a ladder only goes up."),
    ),
    ProblemCode.ACT_WRONG_UNIT: warning_text(
        Text("{value} is neither lead nor support of the task, or another unit than the one that was addressed."),
        Text("Write a unit of the task; receipt, reply and close name the one that the notice went to."),
    ),
    ProblemCode.ACT_NO_TEXT: warning_text(
        Text("What was demanded, answered or settled is not written."), Text("Fill in “text”.")
    ),
    ProblemCode.ACT_WRONG_DEADLINE: warning_text(
        Text("The deadline {value} is before the day of issue, or stands on a row that issues nothing."),
        Text("Write the day of issue or a later one; leave it empty for other acts."),
    ),
}
