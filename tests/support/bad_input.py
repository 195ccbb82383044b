"""Hold one kind of bad input: how it comes about, what must be said about it and what must remain."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from data.campaign.load import Loaded, load_campaign
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem
from tests.support.fixtures_campaign import LAYERS, Feature, edit_cell, edit_features

FEATURES = frozenset({"Z1", "Z2", "C01", "C02", "C03", "N01", "N02", "N03"})
TASKS = frozenset({"T01", "T02", "T03", "T04"})
UNITS = frozenset({"office", "roads", "parks"})
UPDATES = frozenset(f"U000{number}" for number in range(1, 9))
ALL = FEATURES | TASKS | UNITS | UPDATES

Damage = Callable[[Path], object]


@dataclass(frozen=True)
class Bad:
    """A damage and the one problem that tells of it.

    `also` are the codes of what follows from it; `lost` are the ids that are gone afterwards.
    """

    name: str
    damage: Damage
    code: ProblemCode
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    en: str = ""
    zh: str = ""
    lost: frozenset[str] = frozenset()
    also: frozenset[ProblemCode] = field(default_factory=frozenset)


def check(bad: Bad, folder: Path) -> Loaded:
    """Damage a valid campaign, load it, and compare what is said and what is left."""
    bad.damage(folder)
    loaded = load_campaign(folder)
    problem = only(loaded, bad.code)
    place = (problem.file, problem.row, problem.column)
    assert place == (bad.file, bad.row, bad.column)
    assert bad.value in problem.value
    assert bad.value != "" or problem.value == ""
    assert bad.en in f"{problem.message('en')} {problem.remedy('en')}"
    assert bad.zh in f"{problem.message('zh')} {problem.remedy('zh')}"
    assert {one.code for one in loaded.problems} == {bad.code} | bad.also
    assert ids_of(loaded) == ALL - bad.lost
    return loaded


def only(loaded: Loaded, code: ProblemCode) -> Problem:
    """Return the one problem of a code."""
    found = [problem for problem in loaded.problems if problem.code == code]
    assert len(found) == 1, [problem.sentence("en") for problem in loaded.problems]
    return found[0]


def ids_of(loaded: Loaded) -> set[str]:
    """Return the ids of everything that was loaded."""
    frames = (loaded.features, loaded.tasks, loaded.units, loaded.updates)
    return {str(key) for frame in frames for key in frame.index}


def cell(file: str, row: int, column: str, value: str) -> Damage:
    """Write a value into a cell."""
    return lambda folder: edit_cell(folder / file, row=row, column=column, value=value)


def property_of(file: str, ordinal: int, name: str, value: object) -> Damage:
    """Write a value into a feature's property; None removes it."""

    def change(features: list[Feature]) -> None:
        properties = features[ordinal - 1]["properties"]
        if value is None:
            del properties[name]
        else:
            properties[name] = value

    return lambda folder: edit_features(folder / file, change)


def geometry_of(file: str, ordinal: int, geometry: object) -> Damage:
    """Write a feature's geometry."""
    return lambda folder: edit_features(folder / file, lambda features: features[ordinal - 1].update(geometry=geometry))


def content(file: str, data: bytes) -> Damage:
    """Replace a whole file."""
    return lambda folder: (folder / file).write_bytes(data)


def ids_in(*files: str) -> frozenset[str]:
    """Return the ids of the features in layer files."""
    return frozenset(one["properties"]["id"] for file in files for one in LAYERS[file])
