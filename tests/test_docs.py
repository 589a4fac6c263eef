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


def test_the_model_that_the_page_writes_runs_and_is_what_it_says(capsys):
    page = next(page for page in PAGES if page.name == "your-own-model.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", page, re.S)
    assert len(re.sub(r"\n\n+", "\n", blocks[0][blocks[0].index("@dataclass") :]).strip().splitlines()) <= 30
    made = {"__name__": "page"}
    for code in blocks:
        exec(compile(code, "page", "exec"), made)
    said = capsys.readouterr().out
    assert re.search(r"\d+% of 200 ideas are alive after 40 steps.", said)
    assert "forgets 0.3 leads with" in said
    assert made["explorer"].run.model.tells == 0.2
    assert made["table"].shape[0] == 6 * 64


def test_what_the_page_on_ones_own_network_shows_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path))
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "1")
    page = next(page for page in PAGES if page.name == "own-map.md").read_text()
    template = tertius.template(tmp_path / "my_network")
    for file, line in (("people.csv", "AM,law,,,,\nBK,law,,,,"), ("ties.csv", "me,AM,5,,\nme,BK,2,,")):
        with (template / file).open("a") as stream:
            stream.write(line + "\n")
    made = {}
    for code in re.findall(r"```python\n(.*?)```", page, re.S):
        exec(code.replace('template = tertius.template("my_network")', ""), made)
    assert made["map_of_both"].ego == "me"
    assert set(made["suggested"].ties["relation"]) == {"tie", "inferred"}
    assert tertius.read("my_map").nodes.shape[0] == 27
    assert {"my_map.graphml", "for_others"} <= {path.name for path in tmp_path.iterdir()}
