"""`tertius.read`: where the file is, whose computer it is, what comes out, and what can be told to it."""

import ast
import csv
import os
import random
import re
import time

import pytest

from tertius.errors import ParameterError, ReadError
from tertius.intake import Limits, ReadOptions, read
from tertius.intake.columns import PAIRS, WEIGHT_HEADERS
from tertius.network import Network
from tertius.ties import Ties

SIMPLE = "source,target,weight\nAnn,Bo,3\nBo,Cy,5\n"


def names_of(network):
    return list(zip(network.ties["source"], network.ties["target"], strict=True))


# --- whose computer it is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variable",
    ["BINDER_SERVICE_HOST", "JUPYTERHUB_USER", "TERTIUS_PUBLIC_HUB", "COLAB_RELEASE_TAG", "KAGGLE_KERNEL_RUN_TYPE"],
)
def test_on_a_shared_computer_nothing_is_opened(monkeypatch, tmp_path, variable):
    monkeypatch.setenv(variable, "")
    missing = tmp_path / "ties.csv"  # opening it would be R01
    with pytest.raises(ReadError, match="shared computer; your contacts have not agreed") as caught:
        read(missing)
    assert [problem.code for problem in caught.value.report.problems] == ["R47"]
    assert 'tertius.load("manufacturing_vp")' in str(caught.value)


def test_a_trusted_hub_and_an_explicit_wish_open_the_file(monkeypatch, reading):
    monkeypatch.setenv("JUPYTERHUB_USER", "someone")
    assert len(reading(SIMPLE, allow_public_hub=True).ties) == 2
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "yes")
    with pytest.raises(ReadError, match="shared computer"):
        reading(SIMPLE)
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "1")
    assert len(reading(SIMPLE).ties) == 2


# --- where the file is ------------------------------------------------------------------------------------------


def code_and_text(path, **settings):
    with pytest.raises(ReadError) as caught:
        read(path, **settings)
    (problem,) = caught.value.report.of("reject")
    return problem.code, str(caught.value)


def test_a_missing_file_is_told_with_near_names_and_nothing_is_created(reading, tmp_path):
    reading(SIMPLE)
    code, message = code_and_text("tise.CSV")
    assert code == "R01"
    assert message == "tise.CSV: There is no such file in the folder of this notebook. Did you mean 'ties.csv'?"
    assert "The tables there are 'ties.csv'." in code_and_text("people.xlsx")[1]
    assert "There is no folder 'data' to look in." in code_and_text("data/ties.csv")[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["ties.csv"]


def test_messages_do_not_tell_the_folders_above_a_file(reading, tmp_path):
    reading(SIMPLE)
    private = tmp_path / "ann-private" / "work"
    private.mkdir(parents=True)
    assert "ann-private" not in code_and_text(private / "ties.csv")[1]
    (private / "ties.csv").write_text("source,target\nA,B\nB,A\n")
    assert 'tertius.read("ties.csv", directed=True)' in code_and_text(private / "ties.csv")[1]


def test_a_relative_path_stands_in_the_call_as_it_was_typed(reading, tmp_path):
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "ties.csv").write_text("source,target\nA,B\nB,A\n")
    assert 'tertius.read("my/ties.csv", directed=True)' in code_and_text(os.path.join("my", "ties.csv"))[1]


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("", "R01", "name of a file"),
        ("ties\0.csv", "R01", "name of a file"),
        ("https://example.org/ties.csv", "R01", "web address"),
        ("x" * 400 + ".csv", "R01", "cannot be opened"),
        ("~no-such-user-here/ties.csv", "R01", ""),
        (".", "R07", "folder"),
        ("ties.csv/inside.csv", "R01", "no folder 'ties.csv'"),
    ],
)
def test_what_is_no_file_is_refused_in_one_sentence(reading, path, code, words):
    reading(SIMPLE)
    found, message = code_and_text(path)
    assert found == code
    assert words in message


@pytest.mark.skipif(os.name != "posix", reason="devices are files on POSIX systems only")
def test_a_device_is_not_read():
    assert code_and_text(os.devnull) == (
        "R07",
        "null: This is a device or a pipe, not a file. Save its content as a file.",
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_forbidden_file_is_refused(reading, tmp_path):
    reading(SIMPLE)
    (tmp_path / "ties.csv").chmod(0)
    assert "cannot be opened" in code_and_text("ties.csv")[1]


def test_content_outranks_the_name(reading, refused):
    network = reading(SIMPLE, "ties.xlsx")
    (warning,) = [problem for problem in network.report.of("warning") if problem.code == "R06"]
    assert "ends in .xlsx, and the content is a plain table" in str(warning)
    assert refused(SIMPLE, "ties.xlsx", strict=True).code == "R06"
    assert refused(b"%PDF-1.4", "ties.csv").code == "R05"
    for quiet in ("ties.csv", "ties.TXT", "ties.tsv", "ties"):
        assert "R06" not in [problem.code for problem in reading(SIMPLE, quiet).report.problems]


def test_the_file_is_not_changed(reading, tmp_path):
    reading("sep=;\nsource;target\nNA;007\n")
    assert (tmp_path / "ties.csv").read_text() == "sep=;\nsource;target\nNA;007\n"


# --- what comes out ---------------------------------------------------------------------------------------------


def test_the_network_has_the_tables_and_the_meta_that_others_rely_on(reading):
    network = reading(SIMPLE, "my_team-ties.csv", me=" Bo ")
    assert isinstance(network, Network)
    assert network.nodes.columns.tolist() == ["id", "kind", "label", "group"]
    assert network.nodes.to_dict("list") == {
        "id": ["Ann", "Bo", "Cy"],
        "kind": ["person"] * 3,
        "label": ["Ann", "Bo", "Cy"],
        "group": [""] * 3,
    }
    assert network.ties.to_dict("list") == {
        "source": ["Ann", "Bo"],
        "target": ["Bo", "Cy"],
        "relation": ["tie"] * 2,
        "wave": [1, 1],
        "weight": [3.0, 5.0],
        "status": ["observed"] * 2,
        "reported_by": [""] * 2,
    }
    assert network.meta == {
        "name": "my_team-ties",
        "title": "my team ties",
        "ego": "Bo",
        "alter_ties": "reported",
        "default_relation": "tie",
        "default_wave": 1,
        "relations": [
            {
                "name": "tie",
                "directed": False,
                "two_mode": False,
                "unit": "rating",
                "scale_max": 5.0,
                "symmetrise": "max",
            }
        ],
        "contains_names": True,
        "pseudonymous": False,
        "synthetic": False,
    }
    assert network.ego == "Bo"
    assert repr(network) == "Network('my team ties': 3 people, 2 ties)"


def test_strengths_and_graph_follow_from_the_unit(reading):
    ties = Ties.of(reading(SIMPLE))
    assert ties.pair_strength.tolist() == [0.6, 1.0]  # 3 and 5 of 5
    graph = reading(SIMPLE).graph()
    assert graph.edges["Ann", "Bo"]["weight_raw"] == 3
    assert graph.edges["Ann", "Bo"]["strength"] == 0.6


@pytest.mark.parametrize(
    ("weights", "header", "settings", "unit", "scale_max"),
    [
        ([1, 3, 5], "weight", {}, "rating", 5),
        ([1, 10], "weight", {}, "rating", 10),
        ([1, 11], "weight", {}, "count", None),
        ([1, 3], "count", {}, "count", None),
        ([1, 3], "Messages", {}, "count", None),
        ([0.25, 0.5], "weight", {}, "rating", 0.5),
        ([0.25, 20], "count", {}, "rating", 20),
        ([1, 1], "weight", {}, "binary", None),
        ([1, 1], "weight", {"scale_max": 5}, "rating", 5),
        ([1, 3], "weight", {"scale_max": 5}, "rating", 5),
        ([1, 30], "weight", {"scale_max": 50}, "rating", 50),
        ([1, 3], "weight", {"unit": "count"}, "count", None),
        ([1, 30], "weight", {"unit": "rating"}, "rating", 30),
    ],
)
def test_the_unit_follows_the_stated_rule_and_the_report_says_so(reading, weights, header, settings, unit, scale_max):
    rows = "".join(f"A,B{k},{weight}\n" for k, weight in enumerate(weights))
    network = reading(f"source,target,{header}\n{rows}", **settings)
    assert network.relation()["unit"] == unit
    assert network.relation()["scale_max"] == scale_max
    assert network.ties["weight"].tolist() == weights
    assert network.relation()["symmetrise"] == ("sum" if unit == "count" else "max")
    if "unit" not in settings:
        assert [problem.code for problem in network.report.of("note")].count("N01") == 1


def test_binary_on_request_leaves_the_weights_out(reading):
    network = reading(SIMPLE, unit="binary")
    assert network.ties["weight"].isna().all()
    assert Ties.of(network).pair_strength.tolist() == [1.0, 1.0]


def test_undirected_ties_stand_once_in_the_order_of_the_people(reading):
    network = reading("source,target\nB,C\nC,A\nA,B\n", directed=False)
    assert network.nodes["id"].tolist() == ["B", "C", "A"]
    assert names_of(network) == [("B", "C"), ("C", "A"), ("B", "A")]


def test_directed_ties_keep_their_direction(reading):
    network = reading("source,target\nB,A\nA,B\nC,A\n", directed=True)
    assert names_of(network) == [("B", "A"), ("A", "B"), ("C", "A")]
    assert network.relation()["directed"] is True
    assert network.graph().is_directed()


@pytest.mark.parametrize(("word", "directed"), [("Directed", True), ("undirected", False)])
def test_a_column_of_types_declares_the_direction(reading, word, directed):
    network = reading(f"Source,Target,Type\nA,B,{word}\nC,B,{word}\n")
    assert network.relation()["directed"] is directed
    told = [str(problem) for problem in network.report.problems if problem.code in ("R40", "N02")]
    assert told == [f"ties.csv, column Type: It says that ties are {word.lower()}, so I read them that way."]
    assert reading(f"Source,Target,Type\nA,B,{word}\n", directed=not directed).relation()["directed"] is not directed


def test_a_column_of_types_with_other_words_declares_nothing(reading):
    network = reading("Source,Target,Type\nA,B,friend\nC,B,directed\n")
    assert "R40" in [problem.code for problem in network.report.of("warning")]
    assert "did not read 'Type'" in str(network.report)


def test_counts_that_stand_several_times_both_ways_are_one_tie_and_the_report_adds_up(reading):
    network = reading("source,target,count\nA,B,2\nA,B,3\nB,A,4\nB,A,1\nA,C,9\n", directed=False)
    assert network.ties["weight"].tolist() == [5, 9]
    assert network.report.skipped == {"tie listed the other way round": 2}
    assert network.report.n_kept == 3


def test_people_of_dropped_ties_stay_and_those_of_unusable_lines_do_not(reading):
    rows = "A,B,1\nC,C,1\nD,E,0\nF,,1\n,G,1\n" + "".join(f"A,P{k},2\n" for k in range(9))
    network = reading("source,target,weight\n" + rows)
    assert network.nodes["id"].tolist() == ["A", "B", "C", "D", "E", *(f"P{k}" for k in range(9))]
    assert network.report.skipped == {"empty name": 2, "tie to oneself": 1, "weight 0": 1}
    assert network.report.n_records == 14
    assert network.report.n_kept == 10


def test_exactly_a_fifth_lost_is_still_read(reading):
    rows = "".join(f"A,P{k},2\n" for k in range(8)) + "A,,2\nA,,2\n"
    assert len(reading("source,target,weight\n" + rows).ties) == 8


def test_ties_among_contacts_are_known_unless_the_file_is_a_star(reading):
    star = "source,target\nme,A\nB,me\nme,C\n"
    assert reading(star).alter_ties == "none"
    assert reading(star, alter_ties="reported").alter_ties == "reported"
    assert reading(star + "A,B\n").alter_ties == "reported"
    assert reading("source,target\nme,A\nme,B\n").alter_ties == "reported"  # two contacts make no star


def test_names_are_told_to_be_in_the_network(reading):
    network = reading(SIMPLE)
    assert network.meta["contains_names"]
    assert "holds the names as they stand in the file" in str(network.report)
    assert "holds the names as they stand in the file" in network.report._repr_html_()


def test_names_are_trimmed_and_composed_and_otherwise_left_alone(reading):
    network = reading('source,target\n  Zoe\u0308 ,"Miller, Ann ""Annie"""\n=1+1,-O\'Brien\n')
    assert network.nodes["id"].tolist() == ["Zo\u00eb", 'Miller, Ann "Annie"', "=1+1", "-O'Brien"]


def test_marks_that_turn_text_stay_in_the_id_and_leave_the_label(reading):
    network = reading("source,target\nA\u202eb,C\n")
    assert network.nodes["id"].tolist() == ["A\u202eb", "C"]
    assert network.nodes["label"].tolist() == ["Ab", "C"]


# --- headers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_each_documented_pair_of_headers_is_recognised_in_any_case_and_place(reading, pair):
    # Two capitals are a country: DE and A are more likely a tie than headers.
    source, target = (word.upper() if len(word) > 2 else word for word in pair)
    network = reading(f"note,{target},{source}\nhello,Bo,Ann\n", directed=True)
    assert names_of(network) == [("Ann", "Bo")]


@pytest.mark.parametrize("header", WEIGHT_HEADERS)
def test_each_documented_header_of_weights_is_recognised(reading, header):
    assert reading(f"from,to,{header.title()}\nA,B,2\n").ties["weight"].tolist() == [2]


def test_two_capitals_are_no_header(reading):
    assert names_of(reading("DE,A\nFR,DE\n")) == [("DE", "A"), ("DE", "FR")]
    assert names_of(reading("De,À\nFR,DE\n")) == [("FR", "DE")]


@pytest.mark.parametrize("title", ["Who asks whom", "# written by hand", "Who asks whom,,", "one\n\ntwo"])
def test_lines_of_one_cell_above_a_known_header_are_passed_over(reading, title):
    network = reading(f"{title}\nsource,target,weight\nA,B,2\n")
    assert names_of(network) == [("A", "B")]
    assert network.report.n_records == 1
    assert "above the header" in str(network.report)


@pytest.mark.parametrize("sums", ["Total,,3", ",Total,3", "Summe,Summe,3"])
def test_a_line_of_sums_is_nobodys_tie(reading, sums):
    network = reading(f"source,target,weight\nA,B,1\nB,C,2\n{sums}\n")
    assert network.nodes["id"].tolist() == ["A", "B", "C"]
    assert network.report.skipped == {"line of sums": 1}
    assert [problem.row for problem in network.report.of("warning") if problem.code == "N06"] == [4]
    assert "Total" in reading("source,target\nTotal,B\n").nodes["id"].tolist()


def test_mutual_ties_among_directed_ones_go_both_ways(reading, refused):
    text = "From,To,Direction,Strength\nA,B,mutual,3\nB,C,directed,1\n"
    for network in (reading(text), reading(text, directed=True)):
        assert network.relation()["directed"]
        assert sorted(names_of(network)) == [("A", "B"), ("B", "A"), ("B", "C")]
        assert network.report.n_kept == 3
    assert not reading(text.replace("directed", "mutual")).relation()["directed"]
    assert not reading(text, directed=False).relation()["directed"]
    assert refused(text.replace("directed", "undirected") + "C,D,directed,1\n").code == "R40"
    assert refused(text.replace("directed", "")).code == "R40"


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f", "'"])
def test_gaps_between_groups_of_digits(reading, refused, gap):
    assert reading(f"source;target;count\nA;B;1{gap}500\nB;C;2\n").ties["weight"].tolist() == [1500, 2]
    assert reading(f"source;target;weight\nA;B;1{gap}500,5\n").ties["weight"].tolist() == [1500.5]
    assert refused(f"source;target;count\nA;B;1{gap}50\n").code == "R26"


def test_ties_between_addresses_are_no_address_book(reading):
    assert len(reading("ann@gmail.com,bo@example.org\nbo@example.org,cy@example.org\n").ties) == 2
    assert len(reading("source,target,email\nAnn,Bo,ann@example.org\n").ties) == 1


def test_several_people_in_a_cell_are_told_if_each_is_named_elsewhere(reading):
    def told(text):
        return [problem.row for problem in reading(text).report.of("warning") if problem.code == "N04"]

    assert told('source,target\nAnn,"Bo, Cy"\nBo,Cy\n') == [2]
    assert told('source,target\n"Lee, Ann","Ek, Bo"\n"Ek, Bo","Cee, Cy"\n') == []


def test_headers_may_have_spaces_signs_and_accents(reading):
    assert names_of(reading("Person A,person_b,E-Mails\nX,Y,12\n")) == [("X", "Y")]


def test_weight_wins_over_other_words_for_it(reading):
    network = reading("source,target,count,weight\nA,B,7,2\n")
    assert network.ties["weight"].tolist() == [2]
    assert "'count'" in str(next(problem for problem in network.report.problems if problem.code == "N02"))


def test_without_header_names_that_recur_or_numbers_below_each_other_are_enough(reading):
    assert names_of(reading("Ann,Bo\nBo,Cy\n")) == [("Ann", "Bo"), ("Bo", "Cy")]
    network = reading("Ann;Bo;0,5\nCy;Di;0,25\n")
    assert names_of(network) == [("Ann", "Bo"), ("Cy", "Di")]
    assert network.ties["weight"].tolist() == [0.5, 0.25]


def test_the_call_settles_whether_there_is_a_header(reading):
    assert names_of(reading("Ann,Bo\nCy,Di\n", header=False)) == [("Ann", "Bo"), ("Cy", "Di")]
    assert names_of(reading("Ann,Bo\nCy,Di\n", header=True)) == [("Cy", "Di")]
    assert names_of(reading("source,target\nsource,Bo\n", header=False)) == [("source", "target"), ("source", "Bo")]


def test_the_call_names_the_columns(reading):
    text = "Who,Whom,Trust\nAnn,Bo,4\n"
    network = reading(text, source="Who", target="whom", weight="trust")
    assert names_of(network) == [("Ann", "Bo")]
    assert network.ties["weight"].tolist() == [4]


@pytest.mark.parametrize(("saved", "told"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32")])
def test_the_mark_of_an_encoding_is_no_letter_of_the_first_name(reading, saved, told):
    network = reading("Zoë,Bo\nBo,Zoë\n".encode(saved), encoding=told, directed=True)
    assert network.nodes["id"].tolist() == ["Zoë", "Bo"]


def test_a_known_header_settles_what_separates_cells(reading):
    network = reading("source;target;notes, if any\nAnn;Bo;old, good\nBo;Cy;new, weak\n")
    assert names_of(network) == [("Ann", "Bo"), ("Bo", "Cy")]


def test_the_limit_of_cells_that_others_have_set_is_given_back(reading, refused):
    before = csv.field_size_limit()
    reading(SIMPLE)
    assert refused(SIMPLE + "Annabel,Di,1\n", limits=Limits(field_characters=6)).code == "R45"
    assert csv.field_size_limit() == before


def test_blank_lines_and_a_line_that_names_the_separator_are_no_records(reading):
    network = reading("sep=|\r\n\r\nsource|target\r\n\r\nA, B|C;D\r\n | \r\n")
    assert names_of(network) == [("A, B", "C;D")]
    assert network.report.n_records == 1
    assert network.report.delimiter == "|"


def test_line_numbers_are_those_of_the_file(refused):
    assert refused('sep=;\n\nsource;target;weight\n"A\n";B;1\n\nB;C;x\n').row == 7


# --- what can be told to it -------------------------------------------------------------------------------------


def test_settings_can_be_typed_into_the_call_or_gathered_and_the_call_wins(reading):
    text = "source;target;weight\nA;B;1,500\n"
    assert reading(text, options=ReadOptions(decimal=",")).ties["weight"].tolist() == [1.5]
    assert reading(text, decimal=".").ties["weight"].tolist() == [1500]
    assert reading(text, options=ReadOptions(decimal=","), decimal=".").ties["weight"].tolist() == [1500]
    told = reading(text, decimal=",").report.problems
    assert "R32" not in [problem.code for problem in told]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"decimals": ","}, "no setting 'decimals'; did you mean 'decimal'?"),
        ({"decimal": ";"}, "decimal is ';'"),
        ({"directed": "yes"}, "directed is 'yes'"),
        ({"header": 2}, "header is 2"),
        ({"strict": "no"}, "strict is 'no'"),
        ({"encoding": "klingon"}, "encoding is 'klingon'"),
        ({"encoding": "punycode"}, "encoding is 'punycode'"),
        ({"encoding": "base64"}, "encoding is 'base64'"),
        ({"encoding": 8}, "encoding is 8"),
        ({"delimiter": ", "}, "delimiter is ', '"),
        ({"delimiter": '"'}, "must be one character"),
        ({"missing_weight": "zero"}, "missing_weight is 'zero'"),
        ({"missing_weight": 0}, "above 0"),
        ({"missing_weight": float("nan")}, "above 0"),
        ({"scale_max": -1}, "scale_max is -1"),
        ({"unit": "ratings"}, "did you mean 'rating'?"),
        ({"alter_ties": "all"}, "alter_ties is 'all'"),
        ({"source": "a"}, "give both, or neither"),
        ({"source": "", "target": "b"}, "source is ''"),
        ({"weight": "w", "header": False}, "columns have no names"),
        ({"limits": 5}, "limits is 5"),
        ({"options": {"decimal": ","}}, "ReadOptions"),
        ({"kind": "edges"}, "kind is 'edges'"),
        ({"me": 7}, 'me="7"'),
    ],
)
def test_an_impossible_setting_is_refused_with_what_is_possible(reading, settings, words):
    with pytest.raises(ParameterError, match=re.escape(words)):
        reading(SIMPLE, **settings)


@pytest.mark.parametrize("path", [7, None, b"ties.csv", {"ties.csv"}])
def test_only_the_path_of_one_file_is_taken(path):
    with pytest.raises(ParameterError, match="read\\(\\) takes one file"):
        read(path)


@pytest.mark.parametrize("limit", [{"nodes": -1}, {"ties": "many"}, {"seconds": float("inf")}, {"nodes": True}])
def test_an_impossible_limit_is_refused(limit):
    with pytest.raises(ParameterError, match="must be a number, 0 or more"):
        Limits(**limit)


def test_me_is_found_in_any_unicode_form_and_must_be_in_the_file(reading, refused):
    assert reading("source,target\nZo\u00eb,Bo\n", me="Zoe\u0308").ego == "Zo\u00eb"
    problem = refused("source,target\nAnnabel Lee,Bo\nAnnabel Lee,Cy\n", me="Zed")
    assert "'An…' on line 2 (2 ties)" in str(problem)
    assert "Annabel" not in str(problem)


def network_or_message(reading, text, settings):
    try:
        return reading(text, **settings), ""
    except ReadError as error:
        return None, str(error)


def calls_in(message):
    return re.findall(r'tertius\.read\("ties\.csv"[^)]*\)', message)


@pytest.mark.parametrize(
    "text",
    [
        "source;target;weight\nA;B;1\nB;C;1,500\n",
        "source,target\nA,B\nB,A\n",
        "Ann,Bo\nCy,Di\n",
        "Name,Friend\nAnn,Bo\n",
        "sorce,target\nAnn,Bo\n",
        "source,target,from,to\nA,B,C,D\n",
        "source,target,value,strength\nA,B,2,3\n",
        "source,target,weight\nA,B,1\nB,C,\n",
        "source,target,weight\nA,B,1\nA,B,2\n",
        "A,B|C\nB,C|A\n",
        "Ann Bo\nBo Ann\n",
        "Source,Target,Type\nA,B,Directed\nB,C,Undirected\n",
    ],
)
def test_each_call_that_a_message_suggests_leads_on(reading, text):
    """Follow the first suggestion of each message, as a reader would, until the file is read."""
    settings, message = {}, ""
    for _ in range(4):
        network, message = network_or_message(reading, text, settings)
        if network is not None:
            break
        call = ast.parse(calls_in(message)[0], mode="eval").body
        told = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
        assert told.items() - settings.items(), f"nothing new is suggested by {message}"
        settings.update(told)
    assert network is not None, message
    assert len(network.ties)


def test_messages_spell_out_nobody(reading):
    """Each refusal and warning about a person shows two letters at most; the line number leads to the rest."""
    texts = [
        "source,target\nAnnabel Lee,Boris Katz\nBoris Katz,Annabel Lee\n",
        "source,target,weight\nAnnabel Lee,Boris Katz,1\nAnnabel Lee,Boris Katz,2\n",
        "source,target\nAnnabel\0 Lee,Boris Katz\n",
        "source,target\nAnnabel Lee,Boris Katz\nannabel lee,Boris Katz\nBoris Katz,Dora Vey\n",
        f"source,target\n{'Annabel' * 40},Boris Katz\n",
    ]
    for text in texts:
        network, message = network_or_message(reading, text, {})
        shown = message or str(network.report)
        assert not re.search("annab|boris|dora", shown, re.IGNORECASE), shown


def test_a_hundred_thousand_ties_are_read_in_seconds(reading):
    luck = random.Random(1)
    pairs = [(luck.randrange(20_000), luck.randrange(20_000), luck.randint(11, 40)) for _ in range(100_000)]
    text = "source,target,weight\n" + "".join(f"Person {u},Person {v},{weight}\n" for u, v, weight in pairs)
    started = time.process_time()
    network = reading(text, directed=True)
    assert time.process_time() - started < 5  # about 1 s, imports apart
    assert network.report.n_records == 100_000
    assert network.ties["weight"].sum() == sum(weight for u, v, weight in pairs if u != v)
