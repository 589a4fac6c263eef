"""What every replication uses: a `Paper` and its numbers, checked by pytest and written down by ``make replicate``.

A file ``test_author_year.py`` here holds one paper. Each number has a function that works ours out:

    paper = Paper("Granovetter 1978", "American Journal of Sociology 83, 1420-1443")

    @paper.number("people who riot, thresholds 0, 1, …, 99", 100, status="exact")
    def test_one_after_another_joins():
        return 100                                     # or Estimate(mean, stderr), over independent units

    @paper.number("square of {}", {2: 4, 3: 9}, status="exact")      # a number for each key
    def test_squares(k):
        return k * k

Such a function passes as a test if ours is near enough to theirs, and fails if it is not; a number that is known not
to replicate says so (``differs="why"``), and fails should it replicate after all. Where theirs is no number but an
order or a direction, ``shape=True`` says that a 1 stands for no more than that.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, isclose
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

STATUS = {
    "exact": "a theorem, a count or a calculation by hand",
    "computed": "our own calculation, made apart from the package",
    "reported": "published, and read in the paper or in a source that cites it",
}
KINDS = {
    "equal": "**equal**: nothing in it is random, and the two agree to nine digits",
    "within 4 SE": "**within 4 SE**: it is random, and the two agree within four standard errors",
    "within a tolerance": "**within** a tolerance: they agree as nearly as the line says and for the reason that it "
    "gives; where one of them is random, within four standard errors beside that",
    "shape only": "**shape only**: they agree on which is more, or on whether something happens, and not on how much",
    "**differs**": "**differs**: it does not replicate",
}
"""How ours can agree with theirs, and what that means."""
UNKNOWN = "It is not known why."
PAGE = Path(__file__).parents[2] / "docs" / "replications.md"
HEAD = """# Replications

What papers and theorems say (*theirs*), beside what `tertius` finds (*ours*). Random results are means over independent
runs, ± one standard error. `make replicate` runs every line and writes this page; the files in `tests/replications/`
say how each number was found, and fail as tests when one no longer agrees.

A line that agrees says that the program does what the paper says. It does not say that people do.

Where theirs comes from, its *status*: {}.
"""


class Estimate(NamedTuple):
    """A mean over independent units, and its standard error."""

    mean: float
    stderr: float

    @classmethod
    def of(cls, values) -> Estimate:
        """The mean of one value a unit.

        Examples
        --------
        >>> mean, stderr = Estimate.of([1, 3])
        >>> float(mean), float(stderr)
        (2.0, 1.0)
        """
        values = np.asarray(values, float)
        return cls(values.mean(), values.std(ddof=1) / np.sqrt(len(values)))


@dataclass(frozen=True)
class Row:
    """One number of a paper, and ours.

    Attributes
    ----------
    what : str
        What the number is, with its settings.
    theirs : float or Estimate
    status : str
        What kind of number theirs is: one of `STATUS`.
    work_out : callable
        Returns ours, a number or an `Estimate`.
    tolerance : float
        How far ours may be from theirs, beside four standard errors of the two; ``why`` says where it comes from.
    why : str
    differs : str
        Why it is known not to replicate; empty if it does.
    shape : bool
        Whether theirs is no number, but says which is more or whether something happens.
    """

    what: str
    theirs: float | Estimate
    status: str
    work_out: Callable[[], float | Estimate]
    tolerance: float = 0.0
    why: str = ""
    differs: str = ""
    shape: bool = False

    def compared(self) -> tuple[Estimate, bool]:
        """Work ours out, and say whether it is near enough to theirs."""
        ours, theirs = _estimate(self.work_out()), _estimate(self.theirs)
        allowed = self.tolerance + 4 * hypot(ours.stderr, theirs.stderr)
        return ours, isclose(ours.mean, theirs.mean, rel_tol=1e-9, abs_tol=max(allowed, 1e-9))

    def check(self) -> None:
        """Fail unless the number replicates, or is known not to and does not."""
        ours, agrees = self.compared()
        said = f"{self.what}: theirs {written(self.theirs)} ({self.status}), ours {written(ours)}"
        assert agrees or self.differs, f"{said}, which is too far apart"
        assert not (agrees and self.differs), f"{said}: it replicates, and is said to differ because {self.differs}"


@dataclass(frozen=True)
class Paper:
    """A paper, and the numbers of it that are tried here.

    Attributes
    ----------
    name : str
        Authors and year.
    source : str
        Where it was published.
    rows : list of Row
        Filled by `number`.
    """

    name: str
    source: str
    rows: list[Row] = field(default_factory=list)

    def number(
        self,
        what: str,
        theirs: float | Estimate | Mapping[object, float | Estimate],
        *,
        status: str,
        tolerance: float = 0.0,
        why: str = "",
        differs: str = "",
        shape: bool = False,
    ) -> Callable[[Callable], Callable]:
        """Register what the decorated function works out, as a test and as a line of the page.

        With a mapping the function is called with each key, and ``what`` names it by ``{}``, or its parts by one each.
        """
        assert status in STATUS, f"status is {status!r}; it is one of {', '.join(STATUS)}"
        assert bool(tolerance) == bool(why), f"{what}: a tolerance has a reason, and a reason is for a tolerance"

        def register(work_out: Callable) -> Callable:
            if not isinstance(theirs, Mapping):
                row = Row(what, theirs, status, work_out, tolerance, why, differs, shape)
                self.rows.append(row)

                def test():
                    row.check()

                return _named(test, work_out)
            rows = {
                key: Row(
                    what.format(*_parts(key)),
                    value,
                    status,
                    lambda key=key: work_out(key),
                    tolerance,
                    why,
                    differs,
                    shape,
                )
                for key, value in theirs.items()
            }
            self.rows.extend(rows.values())

            def test(key):
                rows[key].check()

            return pytest.mark.parametrize("key", rows)(_named(test, work_out))

        return register


def papers(folder: Path = Path(__file__).parent) -> Iterator[Paper]:
    """Every paper of the files here, in the order of their names."""
    for path in sorted(folder.glob("test_*.py")):
        module = importlib.import_module(f"tests.replications.{path.stem}")
        yield from (thing for thing in vars(module).values() if isinstance(thing, Paper))


def _parts(key: object) -> tuple:
    return key if isinstance(key, tuple) else (key,)


def written(value: float | Estimate) -> str:
    """A number as people read it; of an estimate as many digits as its standard error bears.

    Examples
    --------
    >>> written(100.0), written(0.52), written(Estimate(0.21342, 0.0131)), written(Estimate(465.81, 1.4))
    ('100', '0.52', '0.213 ± 0.013', '465.8 ± 1.4')
    """
    mean, stderr = _estimate(value)
    if not stderr:
        mean = 0.0 if abs(mean) < 1e-12 else mean
        return f"{mean:.4g}" if abs(mean) < 1e4 else f"{mean:,.0f}"
    digits = max(0, 1 - int(np.floor(np.log10(stderr))))
    return f"{mean:.{digits}f} ± {stderr:.{digits}f}"


def page(found: Sequence[tuple[Paper, Sequence[tuple[Row, Estimate, bool]]]]) -> str:
    """The page of all papers, each with its rows, ours and whether they agree; what differs comes first."""
    kinds = "; ".join(f"**{status}**, {meaning}" for status, meaning in STATUS.items())
    differ = [
        f"* {paper.name}, {row.what}: theirs {written(row.theirs)}, ours {written(ours)}. {row.differs or UNKNOWN}"
        for paper, rows in found
        for row, ours, agrees in rows
        if not agrees
    ]
    verdicts = [_kind(row, ours, agrees) for _, rows in found for row, ours, agrees in rows]
    counts = "\n".join(f"* {verdicts.count(kind)} {meaning}" for kind, meaning in KINDS.items())
    parts = [HEAD.format(kinds), f"Of {len(verdicts)} lines:\n\n{counts}"]
    if differ:
        parts.append("\nWhat does not replicate:\n\n" + "\n".join(differ))
    for paper, rows in found:
        lines = ["| number | theirs | status | ours | verdict |", "|---|---|---|---|---|"]
        lines += [
            f"| {row.what} | {written(row.theirs)} | {row.status} | {written(ours)} | {_verdict(row, ours, agrees)} |"
            for row, ours, agrees in rows
        ]
        parts.append(f"\n## {paper.name}\n\n{paper.source}.\n\n" + "\n".join(lines))
    return "\n".join(parts) + "\n"


def _kind(row: Row, ours: Estimate, agrees: bool) -> str:
    """How ours agrees with theirs; one of `KINDS`."""
    if not agrees:
        return "**differs**"
    if row.shape:
        return "shape only"
    if row.tolerance:
        return "within a tolerance"
    return "within 4 SE" if ours.stderr or _estimate(row.theirs).stderr else "equal"


def _verdict(row: Row, ours: Estimate, agrees: bool) -> str:
    kind = _kind(row, ours, agrees)
    if kind != "within a tolerance":
        return kind
    beside = " and 4 SE" if ours.stderr or _estimate(row.theirs).stderr else ""
    return f"within {row.tolerance:g}{beside}: {row.why}"


def _estimate(value: float | Estimate) -> Estimate:
    return value if isinstance(value, Estimate) else Estimate(float(value), 0.0)


def _named(test: Callable, after: Callable) -> Callable:
    test.__name__ = after.__name__
    test.__doc__ = after.__doc__
    return test
