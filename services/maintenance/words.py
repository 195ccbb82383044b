"""Hold the sentences of the terminal."""

from __future__ import annotations

from typing import Final

from locales import Text
from services.maintenance.backup import Manifest

HELP: Final = (
    Text("One Map: what an operator does."),
    Text("Exit codes: 0 fine"),
    Text("1 something is wrong with the data or the input"),
    Text("2 a command, an option or a setting cannot be used so"),
    Text("3 not allowed, would replace what is there, or somebody was faster"),
    Text("4 the database does not answer."),
)
"""Help of the whole program, then its exit codes."""
STEPS: Final = {
    "pages": Text("pages"),
    "rows": Text("rows"),
    "photos": Text("photos"),
    "check": Text("checked bytes"),
}
NAME, DISPLAY, ROLE = Text("account"), Text("name"), Text("role")
UNIT, STATE = Text("unit"), Text("state")
ACTIVE, DISABLED = Text("active"), Text("disabled")
MUST_CHANGE: Final = Text("must choose a password")

ONE_TIME: Final = Text(
    "account {name}  one-time password: {password}  (to sign in at /signin and choose one; it is shown only here)"
)
WAS_DISABLED: Final = Text("Account {name} is disabled and signed out.")
WAS_CHANGED: Final = Text("Account {name} is changed: {role} {unit} {display}.")
WAS_ENABLED: Final = Text("Account {name} is active.")
EXPORTED: Final = Text("The ledger is in {file}.")
CHANGES_NOTHING: Final = Text("The ledger says all of it already; nothing to write.")
DRY_RUN: Final = Text("This was a dry run; nothing was written. To write it, add --confirm.")
IMPORT_COUNTS: Final = Text("{changes} changes, {updates} reports, {conflicts} conflicts, {errors} errors.")
IMPORTED: Final = Text("It is written, as version {version}.")
BACKED_UP: Final = Text(
    "The backup {file} is complete: {rows} rows (version {version}), {photos} photos, {files} files of the campaign."
)
PHOTOS_MISSING: Final = Text("{count} photos have no file and are not in the backup: {digests}. Run cli.py check.")
RESTORED: Final = Text(
    "The backup of {made_at} (version {version}) is restored: {rows} rows, {photos} photos. Everybody signs in anew."
)
SNAPSHOT_MADE: Final = Text("{file}: snapshot as of {day}, {kb} kB.")
DOCUMENT_MADE: Final = Text("{file}: as of {day}, {kb} kB.")
POCKET_MADE: Final = Text("The pocket map {file} is made: as of {day}, {kb} kB. Open it in the browser of a phone.")
NO_WEBHOOK: Final = Text("WEBHOOK_URL is not set: there is nowhere to send to.")
DELIVERED: Final = Text("The trial message arrived (try {tries}).")
NOT_DELIVERED: Final = Text(
    "The trial message did not arrive: {reason}. Check WEBHOOK_URL, WEBHOOK_KIND and WEBHOOK_SECRET."
)
FINDINGS: Final = {"fine": Text("fine"), "warning": Text("note"), "error": Text("wrong")}
RESULT, AREA = Text("result"), Text("area")
WHAT, REMEDY = Text("what"), Text("mend")
SUM_UP: Final = Text("{wrong} wrong, {notes} to note.")
SERVING: Final = Text("One Map: {address}  (Ctrl+C ends it)")
FILE_TROUBLE: Final = Text(
    "A file cannot be used ({what}). Check its path, who may read and write it, and the space on its disk."
)


def counts_of(made: Manifest) -> dict[str, object]:
    """What a sentence tells of a backup."""
    rows = f"{sum(made.tables.values()):,}"
    return {"rows": rows, "version": made.version, "photos": len(made.photos), "files": len(made.campaign_files)}


def help_text() -> str:
    """Return what the program is and its exit codes, in both languages."""
    title, *codes = (f"{one.en} {one.zh}" for one in HELP)
    return f"{title}\n\n{'; '.join(codes)}"
