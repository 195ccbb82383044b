"""Sentences of the forecast, in both languages, at every edge."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from geo.tasks.forecast import Forecast, Outlook, Range
from services.board.progress import basis, needed, sentence

SAID = Forecast(
    day=date(2020, 9, 30),
    outlook=Outlook.AHEAD,
    due=33,
    left=19,
    pace=7,
    window_days=28,
    days_ahead=15,
    misses=None,
    at_pace=15.25,
    rate=0.8,
    band=pd.DataFrame(),
)


def said(outlook: Outlook = Outlook.AHEAD, misses: Range | None = None, **other: Any) -> Forecast:  # noqa: ANN401
    return replace(SAID, outlook=outlook, misses=misses, **other)


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (
            said(misses=Range(5, 9)),
            "按近四周进度，预计 5 至 9 项任务 9 月 30 日前不能完成",
            "At the pace of the last four weeks, 5 to 9 tasks miss 30 September",
        ),
        (
            said(misses=Range(1, 1), window_days=10.0),
            "按近 10 天进度，预计 1 项任务 9 月 30 日前不能完成",
            "At the pace of the last 10 days, 1 task misses 30 September",
        ),
        (
            said(misses=Range(0, 0)),
            "按近四周进度，预计 9 月 30 日前可全部完成",
            "At the pace of the last four weeks, no task misses 30 September",
        ),
        (said(Outlook.PAST, left=6), "6 项任务 9 月 30 日前未完成", "6 tasks missed 30 September"),
        (said(Outlook.PAST, left=1), "1 项任务 9 月 30 日前未完成", "1 task missed 30 September"),
        (said(Outlook.PAST, left=0), "9 月 30 日前到期的任务均已按期完成", "No task missed 30 September"),
        (
            said(Outlook.ALL_DONE, left=0),
            "9 月 30 日前到期的 33 项任务已全部完成",
            "All tasks due by 30 September are done (33)",
        ),
        (said(Outlook.NOTHING_DUE), "没有任务在 9 月 30 日前到期", "No task is due by 30 September"),
        (
            said(Outlook.NO_HISTORY),
            "保障行动尚未开始，无法预测",
            "The campaign has not begun: there is no forecast yet",
        ),
    ],
)
def test_the_sentence(one: Forecast, zh: str, en: str) -> None:
    assert (sentence(one).zh, sentence(one).en) == (zh, en)


def test_it_tells_what_it_rests_on() -> None:
    words = basis(said(misses=Range(5, 9)))
    assert (
        "Of 33 tasks due by 30 September, 14 are done and 19 open. Finished in the last 28 days: 7; 15 days" in words.en
    )
    assert "未完成 19 项；近 28 天完成 7 项，尚余 15 天" in words.zh
    assert "at least 8 of 10" in words.en


def test_it_tells_what_it_would_take() -> None:
    words = needed(said(misses=Range(5, 9)))
    assert words.en.endswith("19 tasks would have to be finished in 15 days: 5.1 times the present pace.")
    assert words.zh == "若要全部按期完成，须在 15 天内完成 19 项，为目前进度的 5.1 倍。"


def test_no_pace_is_no_measure() -> None:
    assert needed(said(misses=Range(5, 9), pace=0)).en.endswith("finished in 15 days.")


@pytest.mark.parametrize("outlook", [one for one in Outlook if one is not Outlook.AHEAD])
def test_where_nothing_lies_ahead_nothing_is_explained(outlook: Outlook) -> None:
    assert (basis(said(outlook)).en, needed(said(outlook)).zh) == ("", "")
