"""Break whole layers of a valid campaign in every way that is known; what is sound must remain."""

from pathlib import Path

import pytest

from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import Bad, Damage, check, content, ids_in
from tests.support.fixtures_campaign import LAYERS, write_features

LINES = "corridors.geojson"
UNCHECKED = frozenset({Code.REFERENCES_UNCHECKED})
CRS_4549 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}


def cut_off(folder: Path) -> None:
    (folder / LINES).write_bytes((folder / LINES).read_bytes()[:300])


def as_directory(folder: Path) -> None:
    (folder / LINES).unlink()
    (folder / LINES).mkdir()


def whole(name: str, damage: Damage, code: Code, *, column: str = "", value: str = "", en: str, zh: str) -> Bad:
    """Make a damage that loses all corridors."""
    lost = ids_in(LINES)
    return Bad(name, damage, code, LINES, None, column, value, en, zh, lost=lost, also=UNCHECKED)


FILES = [
    whole(
        "missing",
        lambda folder: (folder / LINES).unlink(),
        Code.MISSING_FILE,
        en="does not exist; its part is not shown. Put corridors.geojson back",
        zh="请把 corridors.geojson 放回保障行动的文件夹",
    ),
    whole(
        "a directory",
        as_directory,
        Code.UNREADABLE_FILE,
        value="directory",
        en="The file cannot be read. Check that corridors.geojson is a plain file",
        zh="是否为普通文件、是否有读取权限",
    ),
    whole("empty", content(LINES, b""), Code.EMPTY_FILE, en="file is empty", zh="文件是空的"),
    whole("only a mark", content(LINES, b"\xef\xbb\xbf"), Code.EMPTY_FILE, en="empty", zh="空"),
    whole(
        "truncated",
        cut_off,
        Code.NOT_JSON,
        value="[121.2",
        en="The file is not valid JSON: see line 2, character 255, near ",
        zh="文件不是有效的 JSON，问题在第 2 行第 255 个字符，该处为 ",
    ),
    whole(
        "not JSON",
        content(LINES, b"id,kind\nC01,river\n"),
        Code.NOT_JSON,
        value="id,kind\nC01,river",
        en="see line 1, character 1, near 'id,kind\\nC01,river'. It may be cut off; restore it from a backup",
        zh="请从备份恢复",
    ),
    whole(
        "endless nesting",
        content(LINES, b"[" * 100_000),
        Code.TOO_DEEP,
        en="nested too deeply",
        zh="请从备份恢复 corridors.geojson",
    ),
    whole(
        "deep nesting",
        content(LINES, b'{"type": "FeatureCollection", "features": ' + b"[" * 900 + b"]" * 900 + b"}"),
        Code.TOO_DEEP,
        en="The brackets in the file are nested too deeply to be read",
        zh="嵌套过深",
    ),
    whole(
        "neither UTF-8 nor GB18030",
        content(LINES, b'{"type": "\xff\xff"}'),
        Code.NOT_TEXT,
        value="0xff",
        en="From byte 11 on, '0xff', the file is text neither in UTF-8 nor in GB18030",
        zh="请另存为 UTF-8 编码",
    ),
    whole(
        "one feature only",
        content(LINES, b'{"type": "Feature", "geometry": null, "properties": {}}'),
        Code.NOT_FEATURE_COLLECTION,
        column="type",
        value="Feature",
        en="top level is 'Feature', but must be a FeatureCollection",
        zh="GeoJSON 的顶层类型是 'Feature'",
    ),
    whole(
        "a list",
        content(LINES, b"[1, 2]"),
        Code.NOT_FEATURE_COLLECTION,
        column="type",
        value="list",
        en="top level is 'list'",
        zh="请把要素放入 FeatureCollection 的 features 数组",
    ),
    whole(
        "no list of features",
        content(LINES, b'{"type": "FeatureCollection", "features": {}}'),
        Code.NOT_FEATURE_COLLECTION,
        column="features",
        value="dict",
        en="Put the features into the “features” list",
        zh="顶层类型是 'dict'",
    ),
    whole(
        "wrong CRS",
        lambda folder: write_features(folder / LINES, LAYERS[LINES], crs=CRS_4549),
        Code.WRONG_CRS,
        column="crs",
        value="urn:ogc:def:crs:EPSG::4549",
        en="CRS is 'urn:ogc:def:crs:EPSG::4549', but must be WGS-84 longitude and latitude",
        zh="坐标系是 'urn:ogc:def:crs:EPSG::4549'",
    ),
    Bad(
        "background missing",
        lambda folder: (folder / "context.geojson").unlink(),
        Code.MISSING_FILE,
        "context.geojson",
        en="Put context.geojson back",
        zh="文件不存在",
    ),
]


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.name)
def test_a_layer_that_cannot_be_read_is_named_and_all_else_is_there(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert len(loaded.context) == (0 if bad.file == "context.geojson" else 1)
