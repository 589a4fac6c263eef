"""Small, much-studied networks that come with networkx, put into the words and columns of tertius.

tertius does not pass these data on: they are read from the networkx on this computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from tertius.data.cards import text_of
from tertius.errors import DataError

if TYPE_CHECKING:
    from tertius.network import Network

LICENCE = "none found for the data (networkx itself: BSD-3-Clause)"


@dataclass(frozen=True)
class Classic:
    """One network of networkx.

    Attributes
    ----------
    name, title : str
    maker : str
        The networkx function that gives it.
    nodes, ties : int
        How many there must be.
    relation, unit : str
        What a tie is, and what its weight is: ``binary`` or ``count``.
    citation : str
        The study that the data come from.
    about, columns, shows, misuse : str
        Sections of its card.
    kind : str
        What a node is, where all are alike.
    group : str
        The networkx attribute that says which group a node is in; empty if none does.
    two_mode : bool
        Whether ties run between people and events only.
    contains_names : bool
        Whether real people or families can be recognised.
    lesson : str
        Where it is used first; empty if nowhere.
    licence : str
    """

    name: str
    title: str
    maker: str
    nodes: int
    ties: int
    relation: str
    unit: str
    citation: str
    about: str
    columns: str
    shows: str
    misuse: str
    kind: str = "person"
    group: str = ""
    two_mode: bool = False
    contains_names: bool = False
    lesson: str = ""
    licence: str = LICENCE

    def row(self) -> dict[str, Any]:
        """Return its row in the list of data sets."""
        return {
            "name": self.name,
            "title": self.title,
            "nodes": self.nodes,
            "ties": self.ties,
            "relations": self.relation,
            "directed": False,
            "waves": 1,
            "synthetic": False,
            "availability": "ready",
            "licence": self.licence,
            "lesson": self.lesson,
        }

    def card(self) -> str:
        """Return its card, as Markdown."""
        licence = (
            f"{self.licence[0].upper()}{self.licence[1:]}. The licence of a package covers the packaging, not always "
            "the data inside it. tertius reads these data from the networkx on this computer and does not pass them "
            "on; cite the study. This is not legal advice."
        )
        sections = {
            "Columns and units": self.columns,
            "What it can and cannot show": self.shows,
            "Misuse": self.misuse,
            "Licence": licence,
            "Citation": self.citation,
        }
        return text_of(self.title, self.about, sections)

    def network(self) -> Network:
        """Return it as a `tertius.Network`.

        Raises
        ------
        DataError
            If this networkx gives another number of nodes or ties.
        """
        import numpy as np
        import pandas as pd

        from tertius.network import Network

        graph = getattr(nx, self.maker)()
        if (len(graph), graph.number_of_edges()) != (self.nodes, self.ties):
            raise DataError(
                f"networkx {nx.__version__} gives {len(graph)} nodes and {graph.number_of_edges()} ties for "
                f"{self.name!r}, and the study has {self.nodes} and {self.ties}. Try another version of networkx."
            )
        ids = [str(node) for node in graph]
        nodes = pd.DataFrame(
            {
                "id": ids,
                "kind": [self._kind(data) for _, data in graph.nodes(data=True)],
                "label": ids,
                "group": [str(data.get(self.group, "")) for _, data in graph.nodes(data=True)],
            }
        )
        position = {node: k for k, node in enumerate(graph)}
        pairs = sorted(sorted((position[u], position[v])) for u, v in graph.edges)
        names = list(graph)
        weights = [graph.edges[names[u], names[v]].get("weight", np.nan) for u, v in pairs]
        ties = pd.DataFrame(
            {
                "source": [ids[u] for u, _ in pairs],
                "target": [ids[v] for _, v in pairs],
                "relation": [self.relation] * len(pairs),
                "wave": np.ones(len(pairs), np.int64),
                "weight": np.array(weights, np.float64),
            }
        )
        return Network(nodes, ties, self._meta())

    def _kind(self, data: dict[str, Any]) -> str:
        return "event" if self.two_mode and data["bipartite"] == 1 else self.kind

    def _meta(self) -> dict[str, Any]:
        relation = {
            "name": self.relation,
            "directed": False,
            "two_mode": self.two_mode,
            "unit": self.unit,
            "scale_max": None,
            "symmetrise": "max",
        }
        return {
            "name": self.name,
            "title": self.title,
            "version": f"networkx {nx.__version__}",
            "ego": None,
            "alter_ties": "complete",
            "default_relation": self.relation,
            "default_wave": 1,
            "reference_date": None,
            "synthetic": False,
            "seed": None,
            "licence": self.licence,
            "citation": self.citation,
            "contains_names": self.contains_names,
            "pseudonymous": False,
            "relations": [relation],
        }


_ID_AND_LABEL = "- `id`, `label`: text, as in networkx.\n- `kind`: {kind}.\n"

CLASSICS = {
    classic.name: classic
    for classic in (
        Classic(
            name="karate",
            title="Zachary's karate club",
            maker="karate_club_graph",
            nodes=34,
            ties=78,
            relation="friendship",
            unit="count",
            group="club",
            lesson="06",
            about="Friendships among 34 members of a university karate club, observed before it split in two.",
            columns=_ID_AND_LABEL.format(kind="`person`")
            + "- `group`: the club each member joined after the split, after networkx (`Mr. Hi` or `Officer`).\n"
            "- `weight`: in how many contexts, inside or outside the club, two members met; a count, 1 to 7.\n"
            "\n"
            "networkx counts members from 0 and the paper from 1: `0` here is member 1 there.",
            shows="A real network of one club at one time, small enough to check by hand, and observed by one person. "
            "It can show that a finding from an invented network need not hold outside it; 34 people settle nothing.",
            misuse="It is used so often that a method which does well here has shown little.",
            citation="Zachary, W. W. (1977). An information flow model for conflict and fission in small groups. "
            "Journal of Anthropological Research 33, 452–473.",
        ),
        Classic(
            name="southern_women",
            title="Davis's southern women",
            maker="davis_southern_women_graph",
            nodes=32,
            ties=89,
            relation="attendance",
            unit="binary",
            two_mode=True,
            contains_names=True,
            about="Which of 18 women came to which of 14 social events. The network is two-mode: ties run between a "
            "woman and an event, never between two women.",
            columns=_ID_AND_LABEL.format(kind="`person` for a woman, `event` for an event")
            + "- `group`: empty.\n- `weight`: empty; a woman attended or did not.",
            shows="Who could have met whom. That two women came to one event does not say that they spoke. Measures of "
            "who knows whom, such as clustering or constraint, mean nothing on a two-mode network: every contact's "
            "contact is of one's own kind.",
            misuse="The women are named as in networkx. They were watched, not asked.",
            citation="Davis, A., Gardner, B. B., and Gardner, M. R. (1941). Deep South. University of Chicago Press.",
        ),
        Classic(
            name="florentine",
            title="Marriages among Florentine families",
            maker="florentine_families_graph",
            nodes=15,
            ties=20,
            relation="marriage",
            unit="binary",
            kind="organisation",
            contains_names=True,
            about="Marriages between 15 leading families of Florence in the fifteenth century. A node is a family.",
            columns=_ID_AND_LABEL.format(kind="`organisation`, a family")
            + "- `group`: empty.\n- `weight`: empty; two families were tied by marriage or not.",
            shows="How the position of a family follows from whom it married into. One family without marriage ties to "
            "the others, which the study has, is left out by networkx; wealth and business ties are not here.",
            misuse="It was chosen by history: that the best-placed family here became the most powerful is one case, "
            "not a rule.",
            citation="Breiger, R. L., and Pattison, P. E. (1986). Cumulated social roles: The duality of persons and "
            "their algebras. Social Networks 8, 215–256.",
        ),
        Classic(
            name="les_miserables",
            title="Characters of Les Misérables",
            maker="les_miserables_graph",
            nodes=77,
            ties=254,
            relation="coappearance",
            unit="count",
            lesson="06",
            about="Which of 77 characters of Victor Hugo's novel appear together. The people are invented, the text is "
            "real, and nobody drew the network by a rule.",
            columns=_ID_AND_LABEL.format(kind="`person`, a character of the novel")
            + "- `group`: empty.\n- `weight`: how often two characters appear together; a count, 1 to 31.",
            shows="How an author lets people meet. A scene ties everybody in it to everybody else, so small closed "
            "groups are many.",
            misuse="It is a novel: it says nothing about how often real people meet.",
            citation="Knuth, D. E. (1993). The Stanford GraphBase: A platform for combinatorial computing, 74–87. "
            "ACM Press.",
            licence="the terms of the Stanford GraphBase; none found beside networkx's copy (networkx: BSD-3-Clause)",
        ),
    )
}
"""Every such network, by its name here."""
