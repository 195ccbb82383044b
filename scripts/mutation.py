"""Run mutmut as scripts/mutate asks for it, and write docs/mutation.md from what it found.

Started in a copy of the repository: mutmut writes its mutants beside the code.
"""

from __future__ import annotations

import os
import resource
import site
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OPERATORS: Final = frozenset(
    {
        "operator_number",
        "operator_name",
        "operator_augmented_assignment",
        "operator_remove_unary_ops",
        "operator_symmetric_string_methods_swap",
        "operator_unsymmetrical_string_methods_swap",
        "operator_keywords",
        "operator_swap_op",
        "operator_match",
        "operator_if_exp",
    }
)
"""Left out: texts, which belong to the catalogues; arguments and values that become None or are dropped, most of which
mypy refuses before a test runs."""

MEMORY_MOST: Final = 7_000_000_000
"""Bytes of address space that a process may take: a loop that a change lets run for ever ends with an error."""
EXPLAINED: Final = Path("scripts/mutation_explained.toml")
KILLED: Final = frozenset({"killed", "timeout", "suspicious", "segfault"})
LEFT: Final = frozenset({"survived", "no tests"})
_STRICT: Final = (
    "No difference: both sides have one length by construction; `strict` tells a mistake in the code itself."
)
_HEAD: Final = """# Mutation testing of the core and of the rights

`scripts/mutate` changes `geo/` and `services/access/policy.py` one operator at a time
([mutmut](https://mutmut.readthedocs.io) 3.8.1) and runs the tests of these rooms that reach the changed function.
A change over which a test fails is killed. What is not killed is listed below with the reason, from
`scripts/mutation_explained.toml`; “open” has none yet. Run on commit `{commit}`.

Changed are numbers, comparisons, arithmetic, `and`/`or`/`not`, `is`, `in`, `True`, `break` and `continue`, the arms of
`a if b else c`, augmented assignments, and methods such as `find` and `lower`, in functions and undecorated methods.
Not changed are texts, since words belong to the catalogues and their tests; arguments and values that would become
None or be dropped, since mypy in `scripts/check` refuses most of them; and tables and constants outside functions, and
properties, since mutmut does not reach them. `tests/unit/access/test_policy.py` therefore writes the table of rights
out a second time.

"""


@dataclass(frozen=True, slots=True)
class Mutant:
    """Hold one change: file, function, how it ended, and the lines before and after."""

    file: str
    function: str
    status: str
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str]:
        """File and changed lines, by which a reason is found again when the code around has moved."""
        return self.file, self.after


def _run(names: list[str]) -> None:
    """Make the mutants that `OPERATORS` names, and run each against the tests that reach it, fastest first."""
    from mutmut.__main__ import _run as run  # noqa: PLC0415  its folder is known only now
    from mutmut.mutation import mutators  # noqa: PLC0415
    from mutmut.runners.harness import PytestRunner  # noqa: PLC0415
    from mutmut.state import state  # noqa: PLC0415

    original = PytestRunner.run_tests

    def fastest_first(self: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        ordered = sorted(tests, key=lambda test: (state().duration_by_test.get(test, 0.0), test))
        return int(original(self, mutant_name=mutant_name, tests=ordered))

    PytestRunner.run_tests = fastest_first
    mutators.mutation_operators[:] = [pair for pair in mutators.mutation_operators if pair[1].__name__ in OPERATORS]
    run(tuple(names), int(os.environ.get("MUTATION_WORKERS", "1")))


def _mutants() -> Iterator[Mutant]:
    from mutmut.__main__ import status_by_exit_code, walk_mutatable_files  # noqa: PLC0415  likewise
    from mutmut.mutation.data import SourceFileMutationData  # noqa: PLC0415
    from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: PLC0415

    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            status = status_by_exit_code[code]
            lines = get_diff_for_mutant(name, path=path).splitlines()[2:] if status in LEFT else []
            before, after = ("\n".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
            yield Mutant(str(path), _function(name), status, before, after)


def _function(name: str) -> str:
    """Return the function of a mutant: `x_may` of a module, `xǁPersonǁsigned_in` of a class."""
    last = name.rpartition("__mutmut_")[0].rpartition(".")[2]
    return last[1:].strip("ǁ").replace("ǁ", ".") if "ǁ" in last else last.removeprefix("x_")


def _reasons() -> dict[tuple[str, str], str]:
    with EXPLAINED.open("rb") as file:
        groups = tomllib.load(file)["group"]
    return {(group["file"], after): group["why"] for group in groups for after in group["changes"]}


def _why(mutant: Mutant, reasons: dict[tuple[str, str], str]) -> str:
    """Return why no test notices a change, empty where nobody has said so."""
    if mutant.after == mutant.before.replace("strict=True", "strict=False"):
        return _STRICT
    return reasons.get(mutant.key, "")


def _report(mutants: list[Mutant]) -> str:
    reasons = _reasons()
    by_file: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        by_file[mutant.file].append(mutant)
    rows = [_row(file, found, reasons) for file, found in sorted(by_file.items())]
    core = [mutant for mutant in mutants if mutant.file.startswith("geo/")]
    table = [
        "| module | mutants | killed | explained | open | killed or explained |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        _row("`geo/` as a whole", core, reasons),
        *rows,
    ]
    return _HEAD.format(commit=Path("COMMIT").read_text("utf-8").strip()) + "\n".join(
        [*table, *_left(by_file, reasons), ""]
    )


def _row(name: str, mutants: list[Mutant], reasons: dict[tuple[str, str], str]) -> str:
    killed = sum(mutant.status in KILLED for mutant in mutants)
    explained = sum(mutant.status in LEFT and bool(_why(mutant, reasons)) for mutant in mutants)
    share = 100 * (killed + explained) / len(mutants)
    left = len(mutants) - killed - explained
    return f"| {name} | {len(mutants)} | {killed} | {explained} | {left} | {share:.1f} % |"


def _left(by_file: dict[str, list[Mutant]], reasons: dict[tuple[str, str], str]) -> Iterator[str]:
    for file, mutants in sorted(by_file.items()):
        left = [mutant for mutant in mutants if mutant.status not in KILLED]
        if left:
            yield f"\n## {file}\n"
        for mutant in left:
            why = _why(mutant, reasons) or ("open" if mutant.status == "survived" else mutant.status)
            yield f"- `{mutant.function}`: {why}\n\n  ```diff"
            yield from (f"  {sign} {line}" for sign, text in zip("-+", (mutant.before, mutant.after), strict=True)
                        for line in text.splitlines())  # fmt: skip
            yield "  ```"


def main() -> None:
    """Run, then write the report to the path that was given second."""
    tool, report, *names = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    site.addsitedir(tool)
    sys.path.insert(0, str(Path.cwd()))
    _run(names)
    Path(report).write_text(_report(list(_mutants())), "utf-8")


if __name__ == "__main__":
    main()
