"""Any edge list that is written with Python's csv reads back equal; any bytes give a Network or a ReadError."""

import csv
import io
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import ReadError
from tertius.intake import Limits, read
from tertius.intake.names import ERROR_CELL, LOST_DIGITS
from tertius.network import Network
from tertius.ties import Ties

ANY_LETTER = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn"])
WESTERN = st.sampled_from(bytes([*range(32, 127), *range(161, 256)]).decode("cp1252"))
ODD_NAMES = st.sampled_from(
    ["NA", "None", "null", "007", "7", "-", "=1+1", "'", '"', '""', ";", ",", "|", "a,b", "sep=;"]
)


def a_name(letters):
    return (
        (st.text(letters, min_size=1, max_size=12) | ODD_NAMES)
        .map(lambda name: unicodedata.normalize("NFC", name).strip())
        .filter(
            lambda name: 0 < len(name) <= 200 and not LOST_DIGITS.fullmatch(name) and not ERROR_CELL.fullmatch(name)
        )
    )


@st.composite
def edge_lists(draw, letters):
    """Names in the order of their first appearance, and distinct directed ties with weights."""
    names = draw(st.lists(a_name(letters), min_size=2, max_size=8, unique=True))
    people = st.integers(0, len(names) - 1)
    pairs = st.tuples(people, people).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(pairs, min_size=1, max_size=15, unique=True))
    weight = st.floats(0.001, 1e6) | st.integers(1, 5).map(float)
    return [(names[u], names[v], draw(weight)) for u, v in pairs]


def written(ties, encoding, delimiter, line_end, quoting, decimal):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(["source", "target", "weight"])
    for source, target, weight in ties:
        writer.writerow([source, target, repr(weight).replace(".", decimal)])
    return stream.getvalue().encode(encoding)


def read_bytes(content, **told):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ties.csv")
        path.write_bytes(content)
        return read(path, allow_public_hub=True, **told)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_edge_list_reads_back_equal_from_any_dialect(data):
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    ties = data.draw(edge_lists(WESTERN if encoding == "cp1252" else ANY_LETTER))
    decimal = data.draw(st.sampled_from([".", ","]))
    content = written(
        ties,
        encoding,
        data.draw(st.sampled_from([",", ";", "\t", "|"])),
        data.draw(st.sampled_from(["\n", "\r\n", "\r"])),
        data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        decimal,
    )
    told = {"encoding": "cp1252"} if encoding == "cp1252" else {}
    network = read_bytes(content, directed=True, decimal=decimal, unit="rating", **told)
    back = list(zip(network.ties["source"], network.ties["target"], network.ties["weight"], strict=True))
    assert back == ties
    assert network.nodes["id"].tolist() == list(dict.fromkeys(name for tie in ties for name in tie[:2]))
    assert network.report.n_kept == network.report.n_records == len(ties)


@given(ties=edge_lists(ANY_LETTER))
@settings(max_examples=60, deadline=None)
def test_without_direction_the_same_ties_come_back_or_both_orders_are_refused(ties):
    pairs = [frozenset(tie[:2]) for tie in ties]
    content = written(ties, "utf-8", ";", "\n", csv.QUOTE_MINIMAL, ".")
    if len(set(pairs)) < len(pairs):
        with pytest.raises(ReadError) as caught:
            read_bytes(content, decimal=".")
        assert caught.value.report.of("reject")[0].code == "R40"
        return
    network = read_bytes(content, decimal=".")
    place = {name: k for k, name in enumerate(network.nodes["id"])}
    back = list(zip(network.ties["source"], network.ties["target"], strict=True))
    assert [frozenset(pair) for pair in back] == pairs
    assert all(place[u] < place[v] for u, v in back)


TOKENS = st.sampled_from(
    ["source", "target", "weight", "Type", "from", "to", "count", "directed", "undirected", "sep=;", "<html>",
     "graph [", "A", "B", "C", "NA", "é", "1", "0", "2.5", "1,5", "1,500", "-1", "1e-320", "1e308", "nan", "#REF!",
     "1.2E+11", '"', '""', ",", ",", ",", ";", "|", "\t", " ", "\n", "\n", "\n", "\r", "\r\n", "\0", "\u202e", "\ufeff"]
)  # fmt: skip
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "directed": st.booleans(),
        "decimal": st.sampled_from([",", "."]),
        "header": st.booleans(),
        "unit": st.sampled_from(["binary", "rating", "count"]),
        "missing_weight": st.sampled_from([1, 2.5, "drop"]),
        "delimiter": st.sampled_from([",", ";", " "]),
        "encoding": st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-16-le", "shift_jis"]),
        "strict": st.booleans(),
        "scale_max": st.sampled_from([0.5, 5]),
        "kind": st.just("edge_csv"),
        "me": st.sampled_from(["A", "a", "Zed"]),
        "limits": st.just(Limits(nodes=3, ties=4, field_characters=9)),
    },
)


def network_or_read_error(content, told):
    """Read; check that what comes out can be used, and that nothing else comes out."""
    network, error = None, None
    try:
        network = read_bytes(content, **told)
    except ReadError as refusal:
        error = refusal
    report = network.report if error is None else error.report
    if error is None:
        assert isinstance(network, Network)
        ties = Ties.of(network)
        assert 1 <= len(network.ties) <= report.n_kept
        assert ties.n_ties == len(network.ties)
        assert np.isfinite(ties.strength).all()
        assert ((ties.strength > 0) & (ties.strength <= 1)).all()
    else:
        assert str(error).startswith("ties.csv")
        assert error.__cause__ is None
    assert report.is_refused == (error is not None)
    assert report.n_records == report.n_kept + sum(report.skipped.values())
    assert report._repr_html_().startswith("<div")


@given(st.binary(max_size=300), TOLD)
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_network_or_a_read_error(content, told):
    network_or_read_error(content, told)


@given(st.lists(TOKENS, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]), TOLD)
@settings(max_examples=300, deadline=None)
def test_anything_like_an_edge_list_gives_a_network_or_a_read_error(text, encoding, told):
    network_or_read_error(text.encode(encoding, "ignore"), told)


@given(st.lists(st.tuples(TOKENS, TOKENS, TOKENS), max_size=12), TOLD)
@settings(max_examples=300, deadline=None)
def test_any_cells_under_a_header_give_a_network_or_a_read_error(rows, told):
    text = "source,target,weight\n" + "".join(",".join(row) + "\n" for row in rows)
    network_or_read_error(text.encode(), told)
