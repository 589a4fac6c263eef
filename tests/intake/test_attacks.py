"""Files made to do harm are refused or read right, within a second of work and in little memory."""

import pickle
import time
import tracemalloc

import pytest
from tests.intake.corpus import every
from tests.intake.corpus.address_books import ANN, LINKEDIN, archive, card
from tests.intake.corpus.graphs import AB, HEAD, A, B, ml
from tests.intake.corpus.mail import ME, OUT, letter, mailbox
from tests.intake.corpus.meetings import ONE, calendar, event
from tests.widgets.payloads import PAYLOADS

import tertius
from tertius.errors import ReadError
from tertius.intake import read

SECONDS, MEGABYTES, TIMES_THE_FILE = 1.0, 20, 8
"""What reading may take: of work, not of waiting; of memory beside so many times the file."""

NINE = [OUT.replace("<1@", f"<{k}@") for k in range(9)]
LONG = 250_000
"""Nearly as many characters as headers, cards and meetings may have."""


class _Runs:
    """What would make a file if it were unpickled."""

    def __reduce__(self):
        return open, ("harm-was-done", "w")


def quadratic():
    """Entities without an entity within another, each used very often."""
    return f'{HEAD}<!DOCTYPE g [<!ENTITY a "{"x" * 50_000}">]><graphml><graph>{"&a;" * 50_000}</graph></graphml>'


def lying_both_ways(claimed):
    """A bomb whose list of members and whose member say another size each."""
    data = bytearray(archive({"Connections.csv": LINKEDIN + ANN + "0" * 40_000_000}))
    listed = data.rindex(b"PK\x01\x02") + 24
    data[listed : listed + 4] = claimed
    data[22:26] = b"\x01\0\0\0"
    return bytes(data)


def twice():
    """Two members of one name, of which different programs read different ones."""
    return archive({"Connections.csv": LINKEDIN + ANN, "Connections.cs-": LINKEDIN}).replace(b".cs-", b".csv")


def series(rule, start="20240201T100000Z"):
    return calendar(*[event("ann@example.org", start=start, more=[f"RRULE:{rule}"])] * 10, *[ONE] * 9)


def header(name, value):
    return mailbox(letter("x@example.org", ME, **{name: value}), *NINE)


ATTACKS = [
    # what, name, content, settings, the code of the refusal or how many people
    ("entities used often", "n.graphml", quadratic(), {"kind": "graphml"}, "R45"),
    ("an entity from the network", "n.gexf", f'{HEAD}<!DOCTYPE g SYSTEM "http://127.0.0.1:9/x.dtd"><gexf/>', {}, "R45"),
    ("comments and empty tags", "n.graphml", ml(A, B, AB, "<!-- -->" * 30_000), {}, 2),
    ("a bomb that claims nothing", "a.zip", lying_both_ways(b"\0\0\0\0"), {}, "R38"),
    ("a bomb that claims gigabytes", "a.zip", lying_both_ways(b"\xf0\xff\xff\xff"), {}, "R45"),
    ("a bomb in an interview", "a.zip", archive({"p_attributeList_P.csv": "0" * 40_000_000, "p_ego.csv": "a"}), {},
     "R45"),
    ("a path with backslashes", "a.zip", archive({"Connections.csv": LINKEDIN + ANN, "..\\..\\x": ""}), {}, "R45"),
    ("a path on a drive", "a.zip", archive({"Connections.csv": LINKEDIN + ANN, "C:x": ""}), {}, "R45"),
    ("an archive under the table's name", "a.zip", archive({"Connections.csv": archive({"a": "b" * 9_000})}), {},
     "R08"),
    ("twenty thousand members", "a.zip", archive({f"{k}": "" for k in range(20_000)} | {"Connections.csv": ""}),
     {}, "R45"),
    ("one name twice", "a.zip", twice(), {}, "R45"),
    ("a pickle", "ties.csv", pickle.dumps(_Runs()), {}, "R05"),
    ("signs of remarks without an end", "n.net", "%" * 4_000 + "# " * 4_000, {}, "R11"),
    ("a pickle, whatever the call says", "n.json", pickle.dumps(_Runs(), 0), {"kind": "json_graph"}, "R07"),
    ("an array of objects", "ties.csv", b"\x93NUMPY\x01\0v\0" + pickle.dumps(_Runs()), {}, "R05"),
    ("YAML that runs", "ties.csv", '!!python/object/apply:os.system ["touch harm-was-done"]\n', {}, "R11"),
    ("lists without end", "n.json", '{"nodes": ' + "[" * LONG, {}, "R45"),
    ("a number without end", "n.json", '{"nodes": [{"id": ' + "9" * LONG + "}]}", {}, "R45"),
    ("fifty thousand columns", "ties.csv", "1," * (LONG // 5) + "\nA,B\n", {}, "R14"),
    ("quotation marks", "ties.csv", "source,target\n" + '"' * LONG + "\n", {}, "R36"),
    *((f"an address of {unit!r}", "m.mbox", header("Cc", unit * (LONG // len(unit))), {"me": ME}, 3 + ("a@b" in unit))
      for unit in ("(", '"', "\\", "<", "a@b,", "g:a@b;", "=?utf-8?q?a?= ")),
    ("a header in many lines", "m.mbox", header("Cc", "\n".join([" a"] * 80_000)), {"me": ME}, 3),
    *((f"a date of {unit!r}", "m.mbox", header("Date", unit * (LONG // len(unit))), {"me": ME}, 3)
      for unit in ("1", "(", "+1:", " ")),
    ("a card in many lines", "c.vcf", card("FN:A" + "\r\n a" * 80_000, "EMAIL:a@example.org"), {}, 2),
    ("quoted lines without end", "c.vcf", card("FN;ENCODING=QUOTED-PRINTABLE:" + "=41=\r\n" * 40_000,
     "EMAIL:a@example.org", version="2.1"), {}, 2),
    ("a 30th of February", "c.ics", series("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30"), {"me": ME}, 3),
    ("Mondays on every seventh Thursday", "c.ics", series("FREQ=DAILY;INTERVAL=7;BYDAY=MO"), {"me": ME}, 3),
    ("the fiftieth Monday of a month", "c.ics", series(f"FREQ=MONTHLY;BYDAY=MO;BYSETPOS={'50,' * 150}50"),
     {"me": ME}, 3),
    *((f"a start of {unit!r}", "x.txt", start + unit * (LONG // len(unit)), {}, code) for start, unit, code in
      (("From ", "1:11", "R11"), ("", "%a ", "R11"), ("", "% \n", "R11"), ("version: 1", " ", "R11"),
       ("version: 1 ", "# ", "R11"), ("", "#\n", "R11"), ("", "creator ", "R11"), ("dl", " ", "R11"),
       ("", "1.1.20, 1:11 - ", "R07"), ("source,target\n", "1 111", "R36"), ("", "A B", "R11"))),
    ("a rule without end", "c.ics", series("FREQ=YEARLY;BYMONTHDAY=" + "1," * 90_000 + "1"), {"me": ME}, 3),
]  # fmt: skip


def outcome(path, settings):
    try:
        return len(read(path, **settings).nodes)
    except ReadError as error:
        return error.report.of("reject")[0].code


def check_cost(path, settings, expected=None):
    """Read three times: to load what is needed, by the clock, and counting memory."""
    found = outcome(path, settings)
    assert expected in (None, found)
    began = time.process_time()
    outcome(path, settings)
    assert time.process_time() - began <= SECONDS
    size = sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*"))) / 1e6
    tracemalloc.start()
    try:
        outcome(path, settings)
        assert tracemalloc.get_traced_memory()[1] / 1e6 <= MEGABYTES + TIMES_THE_FILE * size
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("what", "name", "content", "settings", "expected"), ATTACKS, ids=[attack[0] for attack in ATTACKS]
)
def test_an_attack_costs_little_and_does_nothing(tmp_path, monkeypatch, what, name, content, settings, expected):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    check_cost(folder / name, settings, expected)
    assert [entry.name for entry in folder.iterdir()] == [name]
    assert not (tmp_path / "harm-was-done").exists()
    assert not (folder.parent / "Connections.csv").exists()


HOSTILE = [file for file in every() if file.state == "hostile"]


@pytest.mark.parametrize("file", HOSTILE, ids=[f"{file.kind}-{file.what}" for file in HOSTILE])
def test_a_hostile_file_of_the_corpus_costs_little(tmp_path, file, capsys):
    check_cost(file.write(tmp_path), file.settings)


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name not in ("torn", "controls")])
def test_formulas_markup_tex_and_turned_text_are_names_like_any_other(reading, name):
    text = PAYLOADS[name].replace('"', '""')
    network = reading(f'source,target\n"{text}",Bo\nBo,Cy\n', directed=False)
    assert network.nodes["id"].tolist() == [PAYLOADS[name].strip(), "Bo", "Cy"]
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in "".join(network.nodes["label"])
    shown = str(network.report) + network.report._repr_html_()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown
    assert "<img" not in shown
    picture = tertius.draw.figure(
        tertius.draw.own_map(reading(f'source,target\n"{text}",Bo\n', me="Bo", directed=False))
    )
    assert "onerror=alert(1)>" not in picture._repr_html_().replace("&gt;", "")
