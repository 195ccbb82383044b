"""Fold the problems that only follow from another into one, and put root causes before what follows."""

from collections.abc import Mapping, Sequence

from geo.validation.problem import Problem, ProblemCode

Place = tuple[str, int]
"""File and ordinal of a feature."""


def fold_followers(
    problems: Sequence[Problem],
    *,
    left_out: Mapping[str, Place],
    sources: Mapping[ProblemCode, Sequence[str]],
) -> list[Problem]:
    """Return the problems with each group of mere consequences as one.

    References to a feature that was left out become one problem at that feature. Where a file could
    not be read as a whole, nobody knows which ids it holds: references that it might have satisfied
    become one problem of each file that refers to it.

    Parameters
    ----------
    problems
        Problems of all files.
    left_out
        Where each feature stands that was read and is not used, by id.
    sources
        Files that hold what a problem of this code did not find.
    """
    unread = {problem.file for problem in problems if problem.row is None and problem.severity == "error"}
    kept: list[Problem] = []
    to_feature: dict[str, list[Problem]] = {}
    to_files: dict[tuple[str, tuple[str, ...]], list[Problem]] = {}
    for problem in problems:
        causes = tuple(file for file in sources.get(problem.code, ()) if file in unread)
        if problem.code == ProblemCode.UNKNOWN_FEATURE and problem.value in left_out:
            to_feature.setdefault(problem.value, []).append(problem)
        elif causes:
            to_files.setdefault((problem.file, causes), []).append(problem)
        else:
            kept.append(problem)
    kept += [_left_out(key, left_out[key], found) for key, found in to_feature.items()]
    return kept + [_unchecked(file, causes, len(found)) for (file, causes), found in to_files.items()]


def roots_first(problems: Sequence[Problem], files: Sequence[str]) -> list[Problem]:
    """Return the problems, errors before warnings, then by file in the order given, then by row."""
    rank = {file: number for number, file in enumerate(files)}
    return sorted(problems, key=lambda one: (one.severity != "error", rank.get(one.file, len(rank)), one.row or 0))


def _left_out(feature: str, place: Place, found: Sequence[Problem]) -> Problem:
    tasks = [problem.params["record"] for problem in found if problem.column == "features"]
    reports = len(found) - len(tasks)
    params = {"tasks": ", ".join(tasks) or "0", "reports": str(reports)}
    return Problem(ProblemCode.FEATURE_LEFT_OUT, *place, column="id", value=feature, params=params)


def _unchecked(file: str, causes: Sequence[str], number: int) -> Problem:
    params = {"source": ", ".join(causes), "number": str(number)}
    return Problem(ProblemCode.REFERENCES_UNCHECKED, file, params=params)
