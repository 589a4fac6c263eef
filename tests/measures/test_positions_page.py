"""The page on positions names what there is, and nothing else."""

import re
from pathlib import Path

import pytest

import tertius
from tertius import measures

PAGE = (Path(__file__).parents[2] / "docs" / "positions.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"`(?:tertius\.)?([a-z_]+|[A-Z][A-Za-z]+)(?:\([a-z]*\))?`", PAGE))
ELSEWHERE = {"nan", "degree_centrality", "average_neighbor_degree", "accuracy", "what_if", "tertius"}


def test_every_name_on_the_page_can_be_used():
    unknown = NAMES - set(tertius.__all__) - ELSEWHERE
    assert not unknown


@pytest.mark.parametrize(
    "module", ["brokerage", "cuts", "introductions", "layers", "mixing", "perception", "positions", "forgetting"]
)
def test_every_public_measure_of_these_families_is_on_the_page(module):
    own = {
        name
        for name in set(measures.__all__) & set(tertius.__all__)
        if getattr(measures, name).__module__ == f"tertius.measures.{module}"
    }
    assert own
    assert own - {"Forgetting"} <= NAMES
