"""The acts of supervision that a campaign comes with, and what is said of bad ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.campaign.load import load_campaign
from geo.model.supervision import Act, EscalationLevel
from geo.supervision.ladder import ladders
from geo.validation.codes import ProblemCode
from geo.validation.problem import CampaignError
from settings import DEFAULT_CAMPAIGN
from tests.support.fixtures_campaign import edit_cell

ACTS = """\
id,task,rung,act,unit,text,deadline,at,who
S1,T01,urge,issue,roads,请加快,2020-09-10,2020-09-04T10:00:00+08:00,督查员
S2,T01,urge,receipt,roads,,,2020-09-04T13:00:00+08:00,联络员
S3,T01,urge,reply,roads,已加班,,2020-09-08T16:00:00+08:00,联络员
S4,T01,close,close,roads,已落实,,2020-09-12T09:00:00+08:00,督查员
"""


@pytest.fixture
def folder(campaign_folder: Path) -> Path:
    (campaign_folder / "supervision.csv").write_text(ACTS, encoding="utf-8", newline="")
    return campaign_folder


def test_a_campaign_without_the_file_has_no_acts_and_no_problem(campaign_folder: Path) -> None:
    (campaign_folder / "supervision.csv").unlink(missing_ok=True)
    loaded = load_campaign(campaign_folder)
    assert (loaded.supervision, loaded.problems) == ((), ())


def test_acts_are_read_with_their_days_and_names(folder: Path) -> None:
    loaded = load_campaign(folder)
    first = loaded.supervision[0]
    assert (first.rung, first.act, first.unit, first.deadline, first.who) == (
        EscalationLevel.URGE,
        Act.ISSUE,
        "roads",
        date(2020, 9, 10),
        "督查员",
    )
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("row", "column", "value", "code", "kept"),
    [
        (2, "task", "T99", ProblemCode.ACT_UNKNOWN_TASK, 3),
        (2, "rung", "shout", ProblemCode.UNKNOWN_RUNG, 3),
        (3, "act", "sign", ProblemCode.UNKNOWN_ACT, 3),
        (3, "at", "noon", ProblemCode.ACT_NOT_A_TIME, 3),
        (3, "at", "9999-12-31T23:59:59Z", ProblemCode.ACT_NOT_A_TIME, 3),
        (3, "at", "2020-09-04T13:00:00", ProblemCode.NO_OFFSET, 4),
        (2, "deadline", "soon", ProblemCode.NOT_A_DATE, 4),
        (2, "deadline", "2020-09-03", ProblemCode.ACT_WRONG_DEADLINE, 4),
        (3, "deadline", "2020-09-30", ProblemCode.ACT_WRONG_DEADLINE, 4),
        (4, "text", " ", ProblemCode.ACT_NO_TEXT, 4),
        (4, "unit", "parks", ProblemCode.ACT_WRONG_UNIT, 4),
        (4, "rung", "remind", ProblemCode.ACT_OUT_OF_ORDER, 4),
        (4, "act", "receipt", ProblemCode.ACT_OUT_OF_ORDER, 4),
        (4, "id", "S1", ProblemCode.DUPLICATE_ID, 3),
    ],
)
def test_a_bad_cell_is_named_with_row_and_column(
    folder: Path, row: int, column: str, value: str, code: ProblemCode, kept: int
) -> None:
    edit_cell(folder / "supervision.csv", row=row, column=column, value=value)
    loaded = load_campaign(folder)
    problem = next(one for one in loaded.problems if one.code == code)
    assert (problem.file, problem.row, problem.column, problem.value) == ("supervision.csv", row, column, value.strip())
    assert len(loaded.supervision) == kept
    assert problem.sentence("zh") != problem.sentence("en")


def test_an_act_on_a_task_that_could_not_be_read_is_one_problem(folder: Path) -> None:
    (folder / "tasks.csv").write_bytes(b"\xff\xfe\x00")
    codes = [one.code for one in load_campaign(folder).problems if one.file == "supervision.csv"]
    assert codes == [ProblemCode.REFERENCES_UNCHECKED]


def _codes(folder: Path, *lines: str) -> list[tuple[int | None, ProblemCode]]:
    """Row and code of each problem of the acts with further lines."""
    (folder / "supervision.csv").write_text(ACTS + "\n".join(lines) + "\n", encoding="utf-8", newline="")
    return [(one.row, one.code) for one in load_campaign(folder).problems]


def test_an_act_out_of_order_does_not_count_for_those_after_it(folder: Path) -> None:
    again = "S5,T01,urge,issue,roads,再催,2020-09-20,2020-09-13T09:00:00+08:00,督查员"
    reply = "S6,T01,urge,reply,roads,又报,,2020-09-14T09:00:00+08:00,联络员"
    early = "S7,T02,urge,reply,roads,早报,,2020-09-04T09:00:00+08:00,联络员"
    first = "S8,T02,urge,issue,roads,催办,2020-09-10,2020-09-05T09:00:00+08:00,督查员"
    assert _codes(folder, again, reply, early, first) == [(8, ProblemCode.ACT_OUT_OF_ORDER)]


def test_a_close_ends_a_ladder_and_only_a_new_notice_begins_another(folder: Path) -> None:
    late = "S5,T01,urge,reply,roads,又报,,2020-09-13T09:00:00+08:00,联络员"
    assert _codes(folder, late) == [(6, ProblemCode.ACT_OUT_OF_ORDER)]


def test_a_time_with_an_offset_is_that_instant_and_without_one_that_of_the_campaign(folder: Path) -> None:
    edit_cell(folder / "supervision.csv", row=2, column="at", value="2020-09-04T03:00:00+01:00")
    edit_cell(folder / "supervision.csv", row=3, column="at", value="2020-09-04T13:00:00")
    first, second, *_ = load_campaign(folder).supervision
    assert (first.at, second.at) == (
        datetime(2020, 9, 4, 2, 0, tzinfo=UTC),
        datetime(2020, 9, 4, 5, 0, tzinfo=UTC),
    )


def test_a_thousand_replies_are_checked_in_no_time(folder: Path) -> None:
    lines = [
        f"R{n},T01,urge,reply,roads,又报,,2020-09-09T{n // 60:02}:{n % 60:02}:00+08:00,联络员" for n in range(1000)
    ]
    text = ACTS + "\n".join(lines) + "\n"
    (folder / "supervision.csv").write_text(text, encoding="utf-8", newline="")
    loaded = load_campaign(folder)
    assert (len(loaded.supervision), loaded.problems) == (1004, ())


def test_rules_of_supervision_are_read_from_the_campaign(folder: Path) -> None:
    toml = folder / "campaign.toml"
    table = '[supervision]\nprefix_zh = "虹督"\nprefix_en = "HQ "\nurge_days = 4\n\n[lights]'
    toml.write_text(toml.read_text("utf-8").replace("[lights]", table), encoding="utf-8")
    rules = load_campaign(folder).campaign.supervision
    assert (rules.prefix.zh, rules.reply_days[EscalationLevel.URGE], rules.reply_days[EscalationLevel.REMIND]) == (
        "虹督",
        4,
        5,
    )


@pytest.mark.parametrize("line", ["urge_days = 400", "urge_days = -1", 'urge_days = "soon"', 'prefix_zh = "虹督"'])
def test_rules_that_cannot_be_kept_to_name_their_key(folder: Path, line: str) -> None:
    toml = folder / "campaign.toml"
    toml.write_text(toml.read_text("utf-8").replace("[lights]", f"[supervision]\n{line}\n\n[lights]"), encoding="utf-8")
    with pytest.raises(CampaignError) as error:
        load_campaign(folder)
    assert error.value.key == f"supervision.{'prefix_en' if 'prefix' in line else 'urge_days'}"


def test_the_sample_shows_every_state_on_its_demonstration_day() -> None:
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    campaign = loaded.campaign
    found = ladders(loaded.supervision, campaign.instant_of(campaign.demonstration), campaign.tz)
    states = {task: (one.rung, one.waiting_for, one.proposed) for task, one in found.items()}
    assert states == {
        "T01": (EscalationLevel.URGE, None, None),
        "T02": (EscalationLevel.SUPERVISE, "reply", None),
        "T05": (None, None, None),
        "T10": (EscalationLevel.REMIND, None, None),
        "T12": (EscalationLevel.URGE, "receipt", None),
        "T26": (EscalationLevel.REMIND, "receipt", None),
        "T29": (EscalationLevel.URGE, "reply", EscalationLevel.SUPERVISE),
    }
