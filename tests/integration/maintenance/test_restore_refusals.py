"""What is no sound backup, or would replace what is there, is refused before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.atomic_write import OverwriteError
from services.maintenance.backup import BackupError
from tests.support.fixtures_backup import DIGEST, Site, empty_site, forge_rows, rewrite, site, site_at, with_manifest

__all__ = ["empty_site", "site"]


def test_a_restore_over_writes_has_to_be_told(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    content = site.content()
    with pytest.raises(OverwriteError, match="--force"):
        site.restore(tmp_path / "b.zip")
    assert site.content() == content


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-400])


def no_backup(path: Path) -> None:
    path.write_text("not a zip file at all")


UPDATES = "database/status_updates.jsonl"
DAMAGES = {
    "one byte": flip_a_byte,
    "end missing": cut,
    "something else": no_backup,
    "rows changed": rewrite(UPDATES, lambda content: content.replace("管线未迁".encode(), "管线已迁".encode())),
    "rows missing": rewrite(UPDATES, lambda _: None),
    "photo changed": rewrite(f"photos/{DIGEST}.jpg", lambda content: content + b"!"),
    "no manifest": rewrite("manifest.json", lambda _: None),
    "manifest no JSON": rewrite("manifest.json", lambda content: content[:-5]),
    "manifest a list": rewrite("manifest.json", lambda _: b"[]"),
    "manifest of another form": rewrite("manifest.json", with_manifest(form="one-map-backup-2")),
    "manifest of wrong types": rewrite("manifest.json", with_manifest(version="many")),
    "path outside": rewrite("manifest.json", with_manifest(files={"../x": {"sha256": "0" * 64, "size_bytes": 1}})),
    "newer program": rewrite("manifest.json", with_manifest(revision="9999")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_backup_that_is_not_sound_is_refused(
    damage: Callable[[Path], None], empty_site: Site, tmp_path: Path
) -> None:
    source = site_at(f"sqlite:///{tmp_path / 'source.sqlite'}", tmp_path / "source", filled=True)
    source.back_up(tmp_path / "b.zip")
    damage(tmp_path / "b.zip")
    with pytest.raises(BackupError, match=r"[Nn]othing was restored"):
        empty_site.restore(tmp_path / "b.zip")
    assert empty_site.store.version() == 0
    assert empty_site.storage.get(DIGEST) is None


def test_rows_that_fit_no_table_are_refused_as_a_whole(empty_site: Site, tmp_path: Path) -> None:
    source = site_at(f"sqlite:///{tmp_path / 'source.sqlite'}", tmp_path / "source", filled=True)
    source.back_up(tmp_path / "b.zip")
    forge_rows(tmp_path / "b.zip", [["id"], [None, 3]])
    with pytest.raises(BackupError, match="do not fit"):
        empty_site.restore(tmp_path / "b.zip")
    assert empty_site.store.version() == 0


def test_other_files_of_the_campaign_are_replaced_when_told(site: Site, empty_site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    (empty_site.campaign / "units.csv").write_text("id\n")
    with pytest.raises(OverwriteError, match=r"units\.csv"):
        empty_site.restore(tmp_path / "b.zip")
    assert empty_site.store.version() == 0
    empty_site.restore(tmp_path / "b.zip", force=True)
    assert (empty_site.campaign / "units.csv").read_bytes() == (site.campaign / "units.csv").read_bytes()


def test_the_folder_of_another_campaign_is_never_written(site: Site, empty_site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    toml = empty_site.campaign / "campaign.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "sample"', 'id = "other"'), "utf-8")
    with pytest.raises(OverwriteError, match="CAMPAIGN_DIR"):
        empty_site.restore(tmp_path / "b.zip", force=True)
    assert empty_site.store.version() == 0
