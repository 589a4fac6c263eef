"""Two tables filled in by hand: the template, with people of one's own, and with what goes wrong in spreadsheets."""

import pytest

import tertius
from tertius.errors import ParameterError, ReadError, SaveError
from tertius.intake.pair import EXAMPLE

PEOPLE = 'code,group,role,offers,needs\nme,law,,data,time\nAM,law,a client,"data, time",\nBK,city,,,grants\n'
TIES = "source,target,weight,last_contact\nme,AM,5,2026-01-31\nme,BK,2,\nAM,BK,,\n"


@pytest.fixture
def folder(tmp_path):
    return tertius.template(tmp_path / "my_network")


@pytest.fixture
def pair(tmp_path):
    """Write both tables, and read their folder."""

    def pair(people=PEOPLE, ties=TIES, **how):
        for name, content in (("people.csv", people), ("ties.csv", ties)):
            if content is not None:
                (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return tertius.read(tmp_path, **how)

    return pair


def test_the_template_shows_how_and_is_read_without_its_invented_people(folder):
    text = (folder / "people.csv").read_text("utf-8-sig")
    assert text.count(EXAMPLE) == 2
    assert all("invented" in line for line in text.splitlines() if line.startswith(EXAMPLE))
    network = tertius.read(folder)
    assert network.nodes["id"].tolist() == ["me"]
    assert "2 invented examples of the template left out" in str(network.report)


def test_a_template_overwrites_nothing(folder):
    (folder / "people.csv").write_text("mine")
    (folder / "ties.csv").unlink()
    with pytest.raises(SaveError, match=r"There is a people\.csv in my_network already"):
        tertius.template(folder)
    assert (folder / "people.csv").read_text() == "mine"
    assert not (folder / "ties.csv").exists()


def test_what_is_filled_in_becomes_an_own_map(pair):
    network = pair()
    assert (network.ego, network.alter_ties, network.meta["reference_date"]) == ("me", "reported", "2026-01-31")
    assert network.nodes.set_index("id").loc["AM", "offers"] == ["data", "time"]
    assert network.nodes.set_index("id").loc["BK", ["group", "role"]].tolist() == ["city", ""]
    assert network.ties[["source", "target", "weight", "last_contact"]].to_numpy().tolist() == [
        ["me", "AM", 5, "2026-01-31"], ["me", "BK", 2, ""], ["AM", "BK", 3, ""],
    ]  # fmt: skip
    assert not network.meta["contains_names"]
    report = network.report
    assert (report.kind, report.nodes, report.n_records, report.n_kept) == ("template", 3, 3, 3)
    assert [str(problem) for problem in report.problems] == ["ties.csv: 1 tie has no weight; each counts as 3 of 5."]
    assert tertius.ego_report(network).frame().loc["size", "value"] == 2
    assert tertius.matches(network).loc["AM", "gives"] == ["time"]


def test_a_spreadsheets_way_of_saving_is_understood(pair):
    network = pair(
        PEOPLE.replace(",", ";").replace('"data; time"', "data|time").encode("utf-16"), TIES.replace(",", "\t")
    )
    assert network.nodes.set_index("id").loc["AM", "offers"] == ["data", "time"]
    assert len(network.ties) == 3


def test_two_files_can_be_named_one_by_one(pair, tmp_path):
    pair()
    (tmp_path / "ties.csv").rename(tmp_path / "who.csv")
    assert len(tertius.read([tmp_path / "people.csv", tmp_path / "who.csv"]).ties) == 3


def test_people_without_ties_are_kept_with_a_warning(pair):
    network = pair(ties=None)
    assert (len(network.nodes), len(network.ties), network.alter_ties) == (3, 0, "none")
    assert [problem.code for problem in network.report.of("warning")] == ["R41"]


def test_codes_that_look_like_names_are_told_and_the_network_holds_names(pair):
    network = pair(PEOPLE.replace("AM", "Ann Miller"), TIES.replace("AM", "Ann Miller"))
    assert network.meta["contains_names"]
    assert "people.csv, line 3: I found 'An…'. It looks like a name or an address." in str(network.report)


def test_what_is_left_out_at_the_end_of_a_line_is_empty(pair):
    people = "code,group,role,offers,needs\nme,law,,data,time\nAM,law\nBK\n"
    network = pair(people, "source,target,weight,last_contact\nme,AM,5,2026-01-31\nme,BK,2\nAM,BK\n")
    assert network.ties[["weight", "last_contact"]].to_numpy().tolist() == [[5, "2026-01-31"], [2, ""], [3, ""]]
    assert network.nodes.set_index("id").loc["AM", ["group", "role", "offers"]].tolist() == ["law", "", []]
    told = [problem for problem in network.report.of("note") if problem.code == "R12"]
    assert [(one.file, one.row, one.count) for one in told] == [("ties.csv", 3, 2), ("people.csv", 3, 2)]
    assert str(told[0]) == "ties.csv, line 3: Cells are missing at the end of the line; I took them for empty."


def test_a_tie_without_both_ends_and_a_person_without_a_code_are_left_out_with_a_warning(pair):
    network = pair(PEOPLE + "CL\n,law,,,\n", TIES + "AM\nme,CL,4\nAM,CL,1\n")
    assert len(network.ties) == 5
    assert [(problem.code, problem.file, problem.row) for problem in network.report.of("warning")] == [
        ("R12", "ties.csv", 5), ("R16", "people.csv", 6),
    ]  # fmt: skip
    with pytest.raises(ReadError, match="1 line without a code left out"):
        pair(PEOPLE + ",law,,,\n", TIES, strict=True)


def test_the_ends_of_a_tie_may_be_called_otherwise(pair):
    network = pair(ties=TIES.replace("source,target", "From,To"))
    assert network.ties["last_contact"].tolist() == ["2026-01-31", "", ""]


@pytest.mark.parametrize(("people", "ties", "code", "problem"), [
    (PEOPLE.replace('"data, time",', "data, time, money"), TIES, "R12", "This line has 6 cells, and the header has 5"),
    (PEOPLE, TIES + "me,ZZ,1,\n", "R22", "A tie names somebody who is not in people.csv"),
    (PEOPLE + "AM,city,,,\n", TIES, "R20", "The same code stands on line 3 with other details"),
    (PEOPLE.replace("code", "group2"), TIES, "R14", "No column holds the people's codes"),
    (PEOPLE.replace("role", "group"), TIES, "R15", "Two columns are called 'group'"),
    (PEOPLE, TIES.replace("2026-01-31", "31.1.2026"), "R34", "A day is written like 2026-01-31"),
    (PEOPLE, TIES.replace(",5,", ",7,"), "R33", "scale"),
    (PEOPLE, TIES.replace(",5,", ",five,"), "R26", ""),
    ("", TIES, "R02", "The file is empty"),
    (PEOPLE, "", "R02", "The file is empty"),
    ("code\n", TIES, "R02", "Nobody is in the table"),
    (f"code\n{EXAMPLE}-1\n{EXAMPLE}-2\n", f"source,target\n{EXAMPLE}-1,{EXAMPLE}-2\n", "R02", "Nobody but"),
])  # fmt: skip
def test_what_would_have_to_be_guessed_is_refused(pair, people, ties, code, problem):
    with pytest.raises(ReadError) as refused:
        pair(people, ties)
    assert problem in str(refused.value)
    assert refused.value.report.of("reject")[0].code == code


def test_on_a_shared_computer_nothing_is_opened(pair, tmp_path, monkeypatch):
    pair()
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    with pytest.raises(ReadError, match="runs on a shared computer"):
        pair()
    (tmp_path / "ties.csv").unlink()
    with pytest.raises(ReadError, match="runs on a shared computer"):
        tertius.read(tmp_path)
    assert len(pair(allow_public_hub=True).nodes) == 3


@pytest.mark.parametrize("path", [[], ["a.csv"], ["a.csv", 7], ["a", "b", "c"]])
def test_a_pair_is_two_files(path):
    with pytest.raises(ParameterError, match="A pair of tables is two files"):
        tertius.read(path)
