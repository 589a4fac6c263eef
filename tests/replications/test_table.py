"""How replications are registered, judged and written down."""

import pytest
from tests.replications.table import PAGE, Estimate, Paper, Row, page, papers, written


def row(theirs, ours, **how):
    return Row("a number", theirs, "computed", lambda: ours, **how)


@pytest.mark.parametrize(
    ("theirs", "ours", "how", "agrees"),
    [
        (2, 2 + 1e-10, {}, True),
        (2, 2.001, {}, False),
        (2, 2.001, {"tolerance": 0.005}, True),
        (2, Estimate(2.39, 0.1), {}, True),
        (2, Estimate(2.41, 0.1), {}, False),
        (Estimate(2, 0.3), Estimate(3.99, 0.4), {}, True),  # a standard error of both: 0.5
        (Estimate(2, 0.3), Estimate(4.01, 0.4), {}, False),
        (2, float("nan"), {"tolerance": 9}, False),
    ],
)
def test_ours_may_be_four_standard_errors_of_both_and_a_tolerance_away(theirs, ours, how, agrees):
    assert row(theirs, ours, **how).compared()[1] == agrees


def test_a_number_is_a_test_that_fails_when_it_does_not_replicate():
    paper = Paper("Nobody 1900", "Nowhere 1")

    @paper.number("one", 1, status="exact")
    def test_one():
        return 1

    @paper.number("twice {}", {1: 2, 2: 5}, status="exact")
    def test_twice(k):
        return 2 * k

    assert [row.what for row in paper.rows] == ["one", "twice 1", "twice 2"]
    test_one()
    test_twice(1)
    with pytest.raises(AssertionError, match=r"twice 2: theirs 5 \(exact\), ours 4, which is too far apart"):
        test_twice(2)
    (mark,) = test_twice.pytestmark
    assert mark.name == "parametrize"


def test_what_is_known_to_differ_must_differ():
    row(2, 3, differs="they count otherwise").check()
    with pytest.raises(AssertionError, match="it replicates, and is said to differ because they count otherwise"):
        row(2, 2, differs="they count otherwise").check()


def test_a_number_needs_a_status_and_a_tolerance_needs_a_reason():
    with pytest.raises(AssertionError, match="status is 'remembered'"):
        Paper("Nobody 1900", "").number("one", 1, status="remembered")
    with pytest.raises(AssertionError, match="a tolerance has a reason"):
        Paper("Nobody 1900", "").number("one", 1, status="exact", tolerance=0.1)


def test_the_page_says_what_differs_first():
    paper = Paper("Nobody 1900", "Nowhere 1")
    rows = [row(2, ours, tolerance=0.1, why="one decimal") for ours in (2, Estimate(2.3, 0.1))]
    rows += [row(2, 3, differs="They count otherwise.")]
    rows += [row(2, 2), row(2, Estimate(2.1, 0.1)), row(Estimate(2, 0.1), 2.1), row(1, 1, shape=True)]
    said = page([(paper, [(one, *one.compared()) for one in rows])])
    counts = [line.split()[1] for line in said.partition("Of 7 lines:\n\n")[2].splitlines()[:5]]
    assert counts == ["1", "2", "2", "1", "1"]  # equal, within 4 SE, within a tolerance, shape only, differ
    assert said.index("* 1 **differs**") < said.index("* Nobody 1900") < said.index("| number |")
    assert "* Nobody 1900, a number: theirs 2, ours 3. They count otherwise." in said
    assert "| a number | 2 | computed | 2 | within 0.1: one decimal |" in said
    assert "| a number | 2 | computed | 2.30 ± 0.10 | within 0.1 and 4 SE: one decimal |" in said
    assert "| a number | 2 | computed | 3 | **differs** |" in said


def test_the_page_that_is_kept_has_a_line_for_every_number_and_no_other():
    # What ours are is worked out by make replicate; this holds that nobody forgot to run it.
    kept = [line.rsplit(" | ", 2)[0] for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    known = [f"| {row.what} | {written(row.theirs)} | {row.status}" for paper in papers() for row in paper.rows]
    assert [line for line in kept if not line.startswith("| number")] == known
