"""Explain in the ledger's workbook how it is filled in."""

from datetime import datetime
from typing import Final

from geo.ledger.form import FEATURES_SHEET, LEDGER_SHEET, UNITS_SHEET, UPDATES_SHEET
from geo.model.campaign import Campaign
from locales import Label, Name, Text

_DAY: Final = Text("September 30", context="a day as it is written in a ledger")
GUIDE: Final = (
    Text(
        "Change tasks and their present progress in “{ledger}”: one row a task; leave ids as they are, and give a new "
        "task an id that is not in use.",
        ledger=LEDGER_SHEET.zh,
    ),
    Text(
        "Add reports in “{updates}”: a row of its own with an empty id; no time means the time of the import. Rows "
        "that stand there are history and cannot be changed.",
        updates=UPDATES_SHEET.zh,
    ),
    Text("Write the progress of a task in one of the two sheets only."),
    Text("Choose from the list where a cell has one; join several units or features by “；”."),
    Text("Dates: 2020/9/30, 2020.9.30 or {day}; progress: a whole percentage, such as 90%.", day=_DAY.zh),
    Text(
        "“Blocked” needs a difficulty and its kind, “done” 100%, going back a reason. Sign-off is done on the task's "
        "page, not in a workbook."
    ),
    Text(
        "Leaving a row out deletes nothing; “{units}” and “{features}” are for reference only.",
        units=UNITS_SHEET.zh,
        features=FEATURES_SHEET.zh,
    ),
    Text(
        "Text that begins with = + - @ has an apostrophe before it, lest it be taken for a formula; the import removes "
        "it."
    ),
    Text(
        "The import lists every problem and change first and writes nothing until you confirm; what others changed "
        "meanwhile is listed for you to decide. Leave the hidden sheets in place."
    ),
)
_SAMPLE: Final = Text("Sample data, not the official ledger")


def guide_lines(campaign: Campaign, now: datetime, *, shown_updates: int, all_updates: int) -> list[tuple[str, str]]:
    """Return the lines of the sheet in Chinese and English: what it is, from when, and how it is filled in."""
    at = f"{now.astimezone(campaign.tz):%Y-%m-%d %H:%M}"
    lines: list[Label] = [campaign.name, Text("Exported at {at}", at=Name(at, f"{at} ({campaign.tz.key})"))]
    if campaign.sample:
        lines.append(_SAMPLE)
    if shown_updates < all_updates:
        lines.append(
            Text(
                "“{sheet}” holds the latest {shown:,} of {all:,} updates.",
                sheet=UPDATES_SHEET.zh,
                shown=shown_updates,
                all=all_updates,
            ),
        )
    return [(line.zh, line.en) for line in (*lines, *GUIDE)]
