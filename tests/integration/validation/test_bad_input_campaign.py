"""Break campaign.toml in every way that is known; without it nothing opens, and the error says why."""

import re
from pathlib import Path

import pytest

from data.campaign.load import load_campaign
from geo.model.errors import OneMapError
from geo.validation.codes import ProblemCode as Code
from geo.validation.problem import CampaignError
from tests.support.bad_input import only

FILE = "campaign.toml"


def replace(folder: Path, old: str, new: str) -> None:
    text = (folder / FILE).read_text(encoding="utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "en", "zh"),
    [
        ('id = "sample"\n', "", "id", "", 'Add it, such as id = "…"', "缺少 id。"),
        ('name_zh = "示例保障行动"\n', "", "name_zh", "", "The key name_zh is missing", "缺少 name_zh"),
        ('name_en = "Sample campaign"', 'name_en = " "', "name_en", " ", "cannot be used", "不能使用"),
        ('name_en = "Sample campaign"', "name_en = 7", "name_en", "7", "'7' of name_en has the wrong type", "类型不对"),
        ("deadline = 2020-09-30", "", "deadline", "", "such as deadline = 2030-09-30", "deadline = 2030-09-30"),
        (
            "deadline = 2020-09-30",
            'deadline = "30 September"',
            "deadline",
            "30 September",
            "'30 September' of deadline has the wrong type. Write it like 2030-09-30.",
            "deadline 的值 '30 September' 类型不对。请写成 2030-09-30 的形式。",
        ),
        (
            "deadline = 2020-09-30",
            "deadline = 2020-09-30T12:00:00",
            "deadline",
            "2020-09-30T12:00:00",
            "wrong type",
            "类型不对",
        ),
        ("end = 2020-12-31", "end = 2019-12-31", "end", "2019-12-31", "Write it like >= 2020-01-01", ">= 2020-01-01"),
        ("closing = 2020-11-10", "closing = 2020-11-01", "closing", "2020-11-01", ">= 2020-11-05", "不能使用"),
        ("sample = true", 'sample = "yes"', "sample", "yes", "Write it like true", "请写成 true 的形式"),
        (
            "extent = [121.2, 31.1, 121.4, 31.3]",
            "extent = [121.2, 31.1]",
            "extent",
            "[121.2, 31.1]",
            "wrong type",
            "类型不对",
        ),
        ("extent = [121.2,", "extent = [121.5,", "extent", "[121.5, 31.1", "cannot be used", "不能使用"),
        ("extent = [121.2,", "extent = [true,", "extent", "[true, 31.1", "wrong type", "类型不对"),
        ("view = [121.27, 31.17", "view = [31.17, 121.27", "view", "[31.17, 121.27", "cannot be used", "不能使用"),
        ("Asia/Shanghai", "Asia/Hongqiao", "timezone", "Asia/Hongqiao", 'like "Asia/Shanghai"', '"Asia/Shanghai"'),
        ("Asia/Shanghai", "../etc", "timezone", "../etc", "cannot be used", "不能使用"),
        ("Asia/Shanghai", "Asia", "timezone", "Asia", "cannot be used", "不能使用"),
        ("EPSG:4549", "EPSG:4326", "metric_crs", "EPSG:4326", 'like "EPSG:4549"', "'EPSG:4326' 不能使用"),
        (
            "[2020-06-11T14:00:00+08:00]",
            "[2020-06-11T14:00:00]",
            "meetings",
            "[2020-06-11T14:00:00]",
            "like [2030-09-15T14:00:00+08:00]",
            "类型不对",
        ),
        ("[2020-06-11T14:00:00+08:00]", '"June"', "meetings", "June", "wrong type", "类型不对"),
        ("due_soon_days = 7", "", "lights.due_soon_days", "", "such as lights.due_soon_days = 7", "缺少"),
        ("due_soon_days = 7", "due_soon_days = -1", "lights.due_soon_days", "-1", "cannot be used", "不能使用"),
        ("stale_days = 14", "stale_days = true", "lights.stale_days", "true", "wrong type", "类型不对"),
        ("[lights]", "[lamps]", "lights", "", "lights is missing", "缺少 lights"),
        ("[[phases]]", "[phases]", "phases", "{'id': 'work'", "Write it like [[phases]]", "类型不对"),
        ("start = 2020-04-01\n", "", "phases[1].start", "", "phases[1].start is missing", "缺少 phases[1].start"),
        ('id = "services"', 'id = "infrastructure"', "categories[2].id", "infrastructure", "cannot be used", "不能"),
        ('en = "Sample"\n\n', "\n", "attribution.en", "", "attribution.en is missing", "缺少 attribution.en"),
    ],
)
def test_a_wrong_key_is_named_with_its_value_and_mend(
    campaign_folder: Path, old: str, new: str, key: str, value: str, en: str, zh: str
) -> None:
    replace(campaign_folder, old, new)
    with pytest.raises(CampaignError) as caught:
        load_campaign(campaign_folder)
    error = caught.value
    assert (error.file, error.key) == (FILE, key)
    assert error.value.startswith(value)
    assert value or not error.value
    assert en in f"{error.message('en')} {error.remedy('en')}"
    assert zh in f"{error.message('zh')}{error.remedy('zh')}"
    assert str(error) == error.problem.sentence("en")


@pytest.mark.parametrize(
    ("content", "code", "en", "zh"),
    [
        (None, Code.MISSING_FILE, "Put campaign.toml back", "请把 campaign.toml 放回"),
        (b"", Code.EMPTY_FILE, "The file is empty", "文件是空的"),
        (b"id = ", Code.NOT_TOML, "see line 1, character 6, near 'id ='", "问题在第 1 行第 6 个字符"),
        (
            b"id = 'a'\r\nend = tomorrow\r\nlist = [1]\r\n",
            Code.NOT_TOML,
            "not valid TOML: see line 2, character 7, near",
            "不是有效的 TOML，问题在第 2 行第 7 个字符",
        ),
        (b"id = 1\nend = " + b"9" * 5000, Code.NOT_TOML, "see line 2, character 7, near '", "第 2 行第 7 个字符"),
        (b"a = " + b"[" * 100_000, Code.TOO_DEEP, "nested too deeply", "嵌套过深"),
        (b"id = '\xff\xff'", Code.NOT_TEXT, "neither in UTF-8 nor in GB18030", "请另存为 UTF-8 编码"),
    ],
)
def test_a_campaign_file_that_cannot_be_read_is_an_error(
    campaign_folder: Path, content: bytes | None, code: Code, en: str, zh: str
) -> None:
    if content is None:
        (campaign_folder / FILE).unlink()
    else:
        (campaign_folder / FILE).write_bytes(content)
    with pytest.raises(CampaignError, match=FILE) as caught:
        load_campaign(campaign_folder)
    error = caught.value
    assert isinstance(error, OneMapError)
    assert (error.problem.code, error.file, error.key) == (code, FILE, "")
    assert en in f"{error.message('en')} {error.remedy('en')}"
    assert zh in f"{error.message('zh')}{error.remedy('zh')}"


def test_an_empty_list_of_phases_is_told(campaign_folder: Path) -> None:
    replace(campaign_folder, "[[phases]]", "[[stages]]")
    replace(campaign_folder, "sample = true", "sample = true\nphases = []")
    with pytest.raises(CampaignError, match=re.escape("The value '[]' of phases cannot be used.")) as caught:
        load_campaign(campaign_folder)
    assert caught.value.remedy("en") == "Write it like [[phases]]."


def test_a_supervising_unit_that_does_not_exist_is_a_problem_only(campaign_folder: Path) -> None:
    replace(campaign_folder, 'supervising_unit = "office"', 'supervising_unit = "palace"')
    loaded = load_campaign(campaign_folder)
    problem = only(loaded, Code.UNKNOWN_UNIT)
    assert problem.place("en") == "campaign.toml, supervising_unit"
    assert "'palace'" in problem.message("zh")
