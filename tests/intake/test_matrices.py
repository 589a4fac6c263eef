"""Matrices as spreadsheets, R and people write them: each of these says the same, or its difference is told."""

import pytest

PLAIN = ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,0\n"
SUMMED = ",A,B,C,{0}\nA,0,1,0,1\nB,1,0,2,3\nC,0,2,0,2\n{0},1,3,2,6\n"
SAME = {
    "as it is": PLAIN,
    "sums on both sides": SUMMED.format("Total"),
    "sums in German": SUMMED.format("Summe").replace(",", ";"),
    "sums that are out of date": SUMMED.format("Total").replace("1,3,2,6", "1,4,2,7"),
    "sums without the sum of all": SUMMED.format("Somme").replace(",6", ","),
    "sums below": PLAIN + "Sum,1,3,2\n",
    "sums beside": ",A,B,C,Grand total\nA,0,1,0,1\nB,1,0,2,3\nC,0,2,0,2\n",
    "no first cell in the header, as R writes it": PLAIN[1:],
    "marks on the diagonal": ",A,B,C\nA,x,1,0\nB,1,-,2\nC,0,2,NA\n",
    "a title": "Advice,,,\n\n" + PLAIN,
    "what separates cells, and empty columns": "sep=;\n" + PLAIN.replace(",", ";").replace("\n", ";\n") + ";;;;\n",
}


def ties(network):
    return [tuple(tie) for tie in network.ties[["source", "target", "weight"]].to_numpy().tolist()]


def codes(network, severity):
    return [problem.code for problem in network.report.of(severity)]


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_what_stands_around_a_matrix_changes_nothing(reading, content):
    network = reading(content, "m.csv")
    assert network.nodes["id"].tolist() == ["A", "B", "C"]
    assert ties(network) == [("A", "B", 1), ("B", "C", 2)]
    assert not network.relation()["directed"]
    is_summed = any(word in content for word in ("Total", "Summe", "Somme", "Sum,", "Grand"))
    assert codes(network, "warning") == ["N06"] * is_summed


def test_who_is_called_a_sum_and_is_none_is_a_person(reading):
    network = reading(PLAIN.replace("C", "Total"), "m.csv")
    assert ties(network) == [("A", "B", 1), ("B", "Total", 2)]
    (warning,) = network.report.of("warning")
    assert (warning.code, warning.found) == ("N06", "Total")


@pytest.mark.parametrize(("tie", "none"), [("x", ""), ("TRUE", "FALSE"), ("ja", "nein"), ("1", "-")])
def test_words_and_signs_for_a_tie(reading, tie, none):
    content = f",A,B,C\nA,{none},{tie},{none}\nB,{none},{none},{tie}\nC,{tie},{none},{none}\n"
    network = reading(content, "m.csv")
    assert ties(network) == [("A", "B", 1), ("B", "C", 1), ("C", "A", 1)]
    assert network.relation()["directed"]


def test_gaps_between_groups_of_digits(reading):
    network = reading(";A;B;C\nA;0;1 500;0\nB;1 500;0;2\nC;0;2;0\n", "m.csv")
    assert ties(network) == [("A", "B", 1500), ("B", "C", 2)]


def test_a_cross_among_numbers_is_not_guessed(refused):
    problem = refused(",A,B,C\nA,,x,3\nB,x,,2\nC,3,2,\n", "m.csv")
    assert (problem.code, problem.row, problem.found) == ("R26", 2, "x")


@pytest.mark.parametrize("content", [",A,B,C\nA,,1,2\nB,,,3\nC,,,\n", ",A,B,C\nA,0,0,0\nB,1,0,0\nC,2,3,0\n"])
def test_half_a_matrix_is_shared_ties_unless_told(reading, content):
    network = reading(content, "m.csv")
    assert ties(network) == [("A", "B", 1), ("A", "C", 2), ("B", "C", 3)]
    assert not network.relation()["directed"]
    (warning,) = network.report.of("warning")
    assert "directed=True" in str(warning)
    assert reading(content, "m.csv", directed=True).relation()["directed"]


def test_numbers_without_names_are_a_matrix_if_nobody_is_tied_to_themselves(reading, refused):
    content = "0,1,0\n1,0,2\n0,2,0\n"
    network = reading(content, "m.csv")
    assert ties(network) == [("1", "2", 1), ("2", "3", 2)]
    assert codes(network, "warning") == ["R07"]
    assert reading(content, "m.csv", kind="edge_csv").report.kind == "edge_csv"
    assert reading("1,2,5\n2,3,1\n1,3,2\n", "m.csv").report.kind == "edge_csv"
    assert refused("1,2,5,2020\n2,3,1,2021\n1,3,2,2022\n2,4,1,2022\n", "m.csv").code == "R14"


def test_numbers_that_are_names_or_ties(reading, refused):
    rows = "{0},1,2,3\n1,0,1,0\n2,1,0,2\n3,0,2,0\n"
    assert ties(reading(rows.format(""), "m.csv")) == [("1", "2", 1), ("2", "3", 2)]
    assert "could be names or ties" in str(refused(rows.format("0"), "m.csv"))
    assert "could be names or ties" in str(refused(",3,5\n3,,1\n5,1,\n", "m.csv"))
