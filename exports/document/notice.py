"""Say a numbered notice of supervision as a form, and write it as PDF or Word; the same notice gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final, Literal

import locales
from data.campaign.toml_files import DEFAULT, read_template
from exports.document.docx import write_docx
from exports.document.model import Block, Cell, Column, Document, Section, Table, Words, theme_of
from exports.document.pdf import texts_of, write_pdf
from layers.paper.font import missing
from locales import NOTHING, Day, Label, Language, Text

_STYLES: Final = DEFAULT.with_name("notice.docx")

TITLE: Final = Text("Supervision notice")
_RECEIPT_FIELDS: Final = (Text("Unit (seal)"), Text("Received by"), Text("Received at"))


@dataclass(frozen=True, slots=True)
class Notice:
    """Hold one notice; days are days in the campaign's time zone.

    `state` says status and progress of the task as of `as_of`. `received` says when and by whom the receipt was
    confirmed, empty for a box to be filled in by hand; `replies` are those given so far. `drill` says so in its head.
    """

    number: locales.Label
    campaign: locales.Label
    addressee: locales.Label
    task: str
    title: locales.Label
    rung: locales.Label
    state: locales.Label
    as_of: date
    due: date | None
    days_late: int
    difficulty: str
    demand: str
    deadline: date | None
    issuer: locales.Label
    issued_by: str
    issued_on: date
    received: tuple[str, str] = ("", "")
    replies: tuple[str, ...] = ()
    sample: bool = True
    drill: bool = False


def notice_pdf(notice: Notice, lang: Language) -> bytes:
    """Return a notice as a PDF file; characters that its font lacks are named at the foot of its pages."""
    document = _document(notice, lang)
    if lost := missing("".join(texts_of(document))):
        names = " ".join(f"U+{ord(one):04X}" for one in sorted(lost))
        document = replace(
            document,
            notes=(*document.notes, Text("The font has no glyph for these, printed as 〓: ").get(lang) + names),
        )
    return write_pdf(document)


def notice_docx(notice: Notice, lang: Language) -> bytes:
    """Return a notice as a Word document that a person goes on with."""
    return write_docx(_document(notice, lang))


def _document(notice: Notice, lang: Language) -> Document:
    look = theme_of(read_template(), lang)
    sample = Text("Sample data: made from a sample ledger; it says nothing about the work of the units named.")
    return Document(
        title=TITLE.get(lang),
        short=TITLE.get(lang),
        subtitle=notice.number.get(lang),
        lang=lang,
        as_of="",
        notice="",
        notes=(sample.get(lang),) if notice.sample else (),
        made_at=datetime.combine(notice.issued_on, time(), UTC),
        theme=replace(look, styles=_STYLES.read_bytes(), latin="", issuer=notice.issuer.get(lang)),
        sections=(Section("notice", TITLE.get(lang), _blocks(notice, lang), "form"),),
        page=Text("page {n}").get(lang),
    )


def _blocks(notice: Notice, lang: Language) -> tuple[Block, ...]:
    """Letterhead, facts, who signs, and the receipt, empty for pen and seal until it is confirmed."""
    unit = notice.addressee.get(lang) if notice.received[0] else ""
    receipt = zip(_RECEIPT_FIELDS, (unit, notice.received[1], notice.received[0]), strict=True)
    facts = [(label, Cell(value, bold=loud)) for label, value, loud in _found(notice, lang) if value]
    return (
        Words(notice.campaign.get(lang), "campaign"),
        Words(TITLE.get(lang), "title"),
        Words(notice.number.get(lang), "number"),
        *((Words(Text("Made during a drill").get(lang), "alarm"),) if notice.drill else ()),
        _facts(facts, lang, "facts"),
        Words("\n".join(_signature(notice, lang)), "signature"),
        Words(Text("Receipt", context="notice of supervision").get(lang), "head"),
        _facts([(label, Cell(value)) for label, value in receipt], lang, "box"),
    )


def _facts(rows: list[tuple[Label, Cell]], lang: Language, kind: Literal["facts", "box"]) -> Table:
    columns = (Column("", 1.0), Column("", 3.5 if kind == "facts" else 2.2))
    return Table(columns, tuple((Cell(label.get(lang)), cell) for label, cell in rows), kind=kind)


def _found(notice: Notice, lang: Language) -> tuple[tuple[Label, str, bool], ...]:
    """What a notice says between its head and its signature, in its order; the last of each is whether it is loud."""
    return (
        (Text("To", context="notice of supervision"), notice.addressee.get(lang), True),
        (Text("Task", context="notice of supervision"), f"{notice.task} {notice.title.get(lang)}", True),
        (Text("Rung", context="form"), notice.rung.get(lang), False),
        (Text("Due", context="form"), _due(notice).get(lang), False),
        (Text("Progress", context="notice of supervision"), _progress(notice).get(lang), False),
        (Text("Difficulty", context="notice of supervision"), notice.difficulty, False),
        (Text("Demand"), notice.demand, False),
        (Text("Reply by"), _deadline(notice).get(lang), True),
        (Text("Replies"), "\n".join(notice.replies), False),
    )


def _signature(notice: Notice, lang: Language) -> tuple[str, ...]:
    """Lines that stand below at the right: who issued it and when."""
    by = Text("Signed: {name}", name=notice.issued_by) if notice.issued_by else NOTHING
    lines = (notice.issuer.get(lang), by.get(lang), day_label(notice.issued_on).get(lang))
    return tuple(line for line in lines if line)


def file_name(notice: Notice, lang: Language, ending: str) -> str:
    """Return a name for the file that every system takes."""
    number = "".join(one if one.isalnum() or one in "-〔〕" else "_" for one in notice.number.get(lang))
    return f"{number}_{notice.task}.{ending}"


def day_label(day: date) -> Label:
    """Return a day as each language writes it on paper."""
    return Day(day, Text("yyyy-MM-dd", context="day of a notice"))


def _due(notice: Notice) -> Label:
    if notice.due is None:
        return Text("no due date", context="notice of supervision")
    day, late = day_label(notice.due), notice.days_late
    if late <= 0:
        return day
    return Text.plural("{day}, {n} day overdue", "{day}, {n} days overdue", late, day=day)


def _progress(notice: Notice) -> Label:
    day = day_label(notice.as_of)
    return Text("{state} (as of {day})", context="notice of supervision", state=notice.state, day=day)


def _deadline(notice: Notice) -> Label:
    if notice.deadline is None:
        return NOTHING
    day = day_label(notice.deadline)
    return Text("{day}, by the end of the day", day=day)
