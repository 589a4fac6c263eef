"""Edge lists and matrices. Of edge lists `test_problem_codes` has many more."""

from tests.intake.corpus import File

HEADER = "source,target,weight\n"
SQUARE = ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,0\n"


def edges(state, what, content, gives, tells=(), name="ties.csv", **settings):
    return File("edge_csv", state, what, content, name, gives, tells, settings)


def matrix(state, what, content, gives, tells=(), name="matrix.csv", **settings):
    return File("adjacency_csv", state, what, content, name, gives, tells, settings)


FILES = [
    edges("well-formed", "ratings", HEADER + "A,B,3\nB,C,5\n", (3, 2), ("N01",)),
    edges("well-formed", "directed, as told", HEADER + "A,B,3\nB,A,5\n", (2, 2), directed=True),
    edges("odd", "semicolons, decimal commas, Windows letters", "source;target;weight\nZoë;B;0,5\n".encode("cp1252"), (2, 1),
          ("R08", "R11", "R32")),
    edges("odd", "a person called NA, and one called None", "source,target\nNA,None\n", (2, 1), ("R17",)),
    edges("odd", "cells missing at the end of lines", "source,target,since,remark\nA,B\nB,C,2024\nA,C,2024,hm\n", (3, 3),
          ("R12",)),
    edges("odd", "a title above, sums below, headers in German", "Wer fragt wen;;\nVon;Nach;Gewicht\nA;B;1\nB;C;2\nSumme;;3\n", (3, 2),
          ("N02", "N06")),
    edges("odd", "directed and mutual ties, as of Kumu", "From,To,Direction\nA,B,mutual\nB,C,directed\n", (3, 3), ("R40",)),
    edges("broken", "header only", HEADER, "R02"),
    edges("broken", "a word instead of a weight", HEADER + "A,B,often\n", "R26"),
    edges("broken", "a web page", "<!DOCTYPE html><html></html>", "R03"),
    edges("hostile", "a cell of a megabyte", HEADER + "A," + "x" * 1_100_000 + ",1\n", "R45"),
    edges("hostile", "formulas and markup as names", "source,target\n=1+1,<b>x</b>\n", (2, 1)),
    matrix("well-formed", "the same on both sides", SQUARE, (3, 2), ("R40",)),
    matrix("well-formed", "not the same: directed", SQUARE.replace("C,0,2,0", "C,0,0,1"), (3, 3), ("R40", "R23")),
    matrix("odd", "rows in another order, semicolons, empty cells", ";A;B;C\nC;;2;\nA;;1;\nB;1;;2\n", (3, 2), ("R11",)),
    matrix("odd", "ratings with decimal commas", "x;A;B;C\nA;0;0,5;0\nB;0,5;0;1\nC;0;1;0\n", (3, 2), ("R32",)),
    matrix("odd", "sums below and beside it", ",A,B,C,Total\nA,0,1,0,1\nB,1,0,2,3\nC,0,2,0,2\nTotal,1,3,2,6\n", (3, 2), ("N06",)),
    matrix("odd", "somebody called Total", ",A,B,Total\nA,0,1,0\nB,1,0,2\nTotal,0,2,0\n", (3, 2), ("N06",)),
    matrix("odd", "one side of the diagonal only", ",A,B,C\nA,,1,2\nB,,,3\nC,,,\n", (3, 3), ("R40",)),
    matrix("odd", "no names", "0,1,0\n1,0,2\n0,2,0\n", (3, 2), ("R07",)),
    matrix("odd", "crosses, dashes, a title, empty columns at the end", "Who knows whom,,,,\n,A,B,C,\nA,-,x,,\nB,x,-,X,\nC,,x,-,\n",
           (3, 2), ("N02",)),
    matrix("broken", "a row missing", ",A,B,C\nA,0,1,0\nB,1,0,2\n", "R37", kind="adjacency_csv"),
    matrix("broken", "not the same, told to be undirected", SQUARE.replace("C,0,2,0", "C,0,1,0"), "R25", directed=False),
    matrix("broken", "a column twice", ",A,A,C\nA,0,1,0\nA,1,0,2\nC,0,2,0\n", "R15", kind="adjacency_csv"),
    matrix("broken", "no tie", SQUARE.replace("1", "0").replace("2", "0"), "R02"),
    matrix("broken", "NaN", SQUARE.replace("2", "nan"), "R27", kind="adjacency_csv"),
    matrix("broken", "names or ties", "0,1,2,3\n1,0,1,0\n2,1,0,2\n3,0,2,0\n", "R07"),
    matrix("hostile", "a negative number", SQUARE.replace("2", "-2"), "R28"),
    matrix("hostile", "a number out of all bounds", SQUARE.replace("2", "1e999"), "R27", kind="adjacency_csv"),
    matrix("hostile", "formulas as names", SQUARE.replace("A", "=A1"), (3, 2)),
]  # fmt: skip
