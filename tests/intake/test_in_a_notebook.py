"""What somebody sees in a notebook whose file cannot be read."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def test_a_refusal_is_one_sentence_without_a_traceback(tmp_path):
    (tmp_path / "ties.csv").write_text('source,target,weight\nA,B,"1,500"\n')
    cell = nbformat.v4.new_code_cell('import tertius\ntertius.read("ties.csv")')
    notebook = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(CellExecutionError):
        NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (shown,) = [output for output in cell.outputs if output.output_type == "error"]
    assert shown.traceback == [
        "ReadError: ties.csv, line 2, column weight: I found '1,500'. It could mean 1.5 or 1500. "
        'Tell me: tertius.read("ties.csv", decimal=",") or tertius.read("ties.csv", decimal=".").'
    ]
