"""The pages in docs/: what they name is there, and what they show in Python runs."""

import re
from pathlib import Path

import networkx as nx
import pytest

import tertius

PAGES = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_functions_in_tables_exist(page):
    named = re.findall(r"^\| `(\w+)` \|", page.read_text(), re.M)
    assert named or page.name != "measures.md"
    assert [name for name in named if not hasattr(tertius, name)] == []


def test_what_the_page_on_measures_shows_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my-ties.csv").write_text("source,target,weight\nAnn,Bo,3\nAnn,Cy,1\nBo,Cy,5\n")
    page = next(page for page in PAGES if page.name == "measures.md").read_text()
    made = {"nx": nx, "graph": nx.path_graph(3)}
    with nx.config(warnings_to_ignore={"cache"}), nx.config.backend_priority(algos=[]):
        for code in re.findall(r"```python\n(.*?)```", page, re.S):
            exec(code, made)
        assert nx.config.backend_priority.algos == ["tertius"]
    assert made["network"].ties.shape[0] == 3
