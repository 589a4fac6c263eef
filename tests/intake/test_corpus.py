"""Every file of the corpus gives what it must, or is refused with its code; and no text in it comes out anywhere."""

import json

import pytest
from tests.intake import table
from tests.intake.corpus import MARKER, STATES, every

from tertius.errors import ReadError
from tertius.intake import FORMATS, read
from tertius.ties import Ties

FILES = every()


def outputs_of(network):
    """All that a network can show or hand on, as one text."""
    tables = network.nodes.to_csv() + network.ties.to_csv()
    return tables + repr(network) + str(network.report) + network.report._repr_html_() + json.dumps(network.meta)


@pytest.mark.parametrize("file", FILES, ids=[f"{file.kind}-{file.state}-{file.what}" for file in FILES])
def test_a_file_gives_what_it_must(file, tmp_path, capsys):
    path = file.write(tmp_path)
    if isinstance(file.gives, str):
        with pytest.raises(ReadError) as caught:
            read(path, **file.settings)
        report = caught.value.report
        assert [problem.code for problem in report.of("reject")] == [file.gives], str(report)
        assert MARKER not in str(report) + report._repr_html_()
        assert caught.value.__cause__ is None
    else:
        network = read(path, **file.settings)
        report = network.report
        assert (len(network.nodes), len(network.ties)) == file.gives, str(report)
        assert set(file.tells) <= {problem.code for problem in report.problems}, str(report)
        assert MARKER not in outputs_of(network)
        assert report.kind == file.kind
        ties = Ties.of(network)
        assert ((ties.strength > 0) & (ties.strength <= 1)).all()
        if FORMATS[file.kind].is_personal:
            assert network.meta["pseudonymous"]
            assert not network.meta["contains_names"]
            assert network.ego == "me" or "N09" in file.tells
            assert all(id.startswith("me") or id.startswith("P-") for id in network.nodes["id"])
    assert report.n_records == report.n_kept + sum(report.skipped.values())
    assert MARKER not in capsys.readouterr().out


def test_each_kind_has_files_of_each_state():
    for kind in FORMATS:
        states = {file.state for file in FILES if file.kind == kind}
        assert states == set(STATES), f"{kind} lacks {set(STATES) - states}"


def test_the_table_in_the_docs_is_up_to_date():
    assert len(FILES) >= 120
    assert table.PAGE.read_text(encoding="utf-8") == table.page(), "renew it: python -m tests.intake.table"
