"""The report: it adds up, says its problems in one sentence each, and shows hostile text as text."""

import pytest

from tertius.errors import ReadError
from tertius.intake import ImportProblem, ImportReport
from tertius.intake.names import masked, readable
from tertius.intake.report import Draft


def test_a_problem_is_one_sentence_with_place_finding_meaning_and_remedy():
    problem = ImportProblem(
        "R32",
        "reject",
        "ties.csv",
        row=14,
        column="weight",
        found="1,500",
        expected="It could mean 1.5 or 1500.",
        hint="Tell me with decimal=',' or decimal='.'.",
    )
    assert str(problem) == (  # the example of the data specification
        "ties.csv, line 14, column weight: I found '1,500'. It could mean 1.5 or 1500. "
        "Tell me with decimal=',' or decimal='.'."
    )


def test_a_problem_without_place_names_the_file_alone():
    assert str(ImportProblem("R02", "reject", "a.csv", expected="The file is empty.")) == "a.csv: The file is empty."


def test_a_problem_is_cut_to_forty_characters_and_shows_no_invisible_ones():
    problem = ImportProblem("R26", "reject", "a.csv", found="x\u202e\0" + "y" * 100)
    assert len(problem.found) == 40
    assert problem.found == "x" + "y" * 38 + "…"


def test_an_unknown_severity_is_refused():
    with pytest.raises(ValueError, match="severity is 'fatal'"):
        ImportProblem("R26", "fatal", "a.csv")


def test_a_report_that_does_not_add_up_cannot_be_made():
    with pytest.raises(ValueError, match="does not add up"):
        ImportReport("a.csv", "edge_csv", n_records=3, n_kept=1, skipped={"empty name": 1})
    assert ImportReport("a.csv", "edge_csv", n_records=3, n_kept=1, skipped={"empty name": 2}).n_kept == 1


def test_a_report_shows_a_sentence_counts_problems_and_limits():
    report = ImportReport(
        "a.csv",
        "edge_csv",
        evidence="an edge list",
        n_records=1200,
        n_kept=1199,
        skipped={"empty name": 1},
        nodes=40,
        ties=1,
        cannot_know=("Who has no ties.",),
        problems=(ImportProblem("R16", "warning", "a.csv", row=7, expected="A name is empty."),),
        privacy="Names are kept.",
    )
    assert str(report) == (
        "a.csv: 40 people and 1 tie, from an edge list. 1,200 records: 1,199 kept, 1 skipped (1 empty name).\n"
        "- warning: a.csv, line 7: A name is empty.\n"
        "What this file cannot tell you:\n"
        "- Who has no ties.\n"
        "Names are kept."
    )
    assert not report.is_refused
    assert report._repr_html_() == (
        '<div class="tertius-report"><p>a.csv: 40 people and 1 tie, from an edge list. 1,200 records: 1,199 kept, '
        "1 skipped (1 empty name).</p><ul><li>warning: a.csv, line 7: A name is empty.</li></ul>"
        "<p>What this file cannot tell you:</p><ul><li>Who has no ties.</li></ul><p>Names are kept.</p></div>"
    )


def test_at_most_ten_problems_are_shown_worst_first():
    draft = Draft("a.csv", "a.csv")
    for k in range(9):
        draft.note("N02", f"note {k}")
    for k in range(6):
        draft.warn("R16", f"warning {k}")
    report = draft.finish()
    assert [problem.severity for problem in report.problems] == ["warning"] * 6 + ["note"] * 9
    for shown in (str(report), report._repr_html_()):
        assert "warning 5" in shown
        assert "note 3" in shown
        assert "note 4" not in shown
        assert "and 5 more, in .problems" in shown
    assert len(report.of("note")) == 9


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\u202egnp.exe", "&lt;b&gt;"]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_of_files_and_columns_are_shown_as_text(reading, payload):
    name = payload.replace("/", "").replace("\\", "") + ".csv"
    quoted = payload.replace('"', '""')
    network = reading(f'source,target,"{quoted}"\nA,B,x\n', name)
    shown = network.report._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown + str(network.report) + network.meta["title"]
    assert "&amp;lt;b" in shown or "&lt;b" not in payload


def test_a_refusal_carries_the_report_so_far(reading):
    with pytest.raises(ReadError) as caught:
        reading("source,target,weight\nA,B,1\nA,A,1\nB,C,x\n")
    report = caught.value.report
    assert report.is_refused
    assert (report.kind, report.encoding, report.delimiter) == ("edge_csv", "utf-8", ",")
    assert report.n_records == 3
    assert report.skipped == {"not used, because the file was refused": 3}
    assert str(report).startswith("ties.csv was not read. 3 records: 0 kept, 3 skipped")
    assert "I found 'x'. It is not a number." in str(report)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Annabel Lee", "An…"),
        ("Bo", "B…"),
        ("X", "X"),
        ("ann.lee@example.org", "an…"),
        ("+49 170 1234567", "+4…"),
        ("0612345678", "06…"),
        ("N12", "N12"),
        ("P-007", "P-007"),
        ("007", "007"),
        ("\u202eab", "…"),
    ],
)
def test_names_are_masked_and_short_codes_are_not(name, shown):
    assert masked(name) == shown


def test_readable_text_keeps_joined_letters():
    assert readable("\U0001f469\u200d\U0001f4bb") == "\U0001f469\u200d\U0001f4bb"  # an emoji of two signs and a joiner
