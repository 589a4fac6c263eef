"""`Network`: the people, their ties, what is known about both, and how they were read."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from tertius.errors import GraphError, warn
from tertius.export import ledger, saving
from tertius.export.saving import Saved
from tertius.joining import joined, stacked
from tertius.privacy import codes, key, names
from tertius.strength import table as strengths_of
from tertius.ties import ALTER_TIES, Ties

UNITS = ("binary", "rating", "count")
"""What a tie's weight can be: only there or not, a rating up to ``scale_max``, or a number of contacts."""

PEOPLE_OF_TIES = ("source", "target", "reported_by")
"""Columns of ties that name people."""

TIE_COLUMNS = (
    "source target relation wave weight n_out n_in n_shared first_contact last_contact status reported_by".split()  # noqa: SIM905
)
"""What is known about a tie; other columns may hold remarks."""


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """People and ties as two tables, with what they mean and where they come from.

    Read one with `tertius.read` or `tertius.load`; make a networkx graph of it with `graph`.

    Attributes
    ----------
    nodes : pandas.DataFrame
        One row a person, with at least the column ``id`` (text, unique).
    ties : pandas.DataFrame
        One row a tie: ``source``, ``target``, ``relation``, ``wave``, ``weight`` (raw, larger is closer, empty if
        none was given) and whatever else is known. Undirected ties stand once.
    meta : dict
        ``name``, ``title``, ``ego``, ``alter_ties``, ``default_relation``, ``default_wave`` and ``relations``: a
        list of ``{"name", "directed", "unit", "scale_max", "symmetrise"}``, each perhaps with an ``alter_ties`` of its
        own.
    report : tertius.intake.ImportReport or None
        How the file was read; ``None`` for shipped data.
    """

    nodes: pd.DataFrame
    ties: pd.DataFrame
    meta: dict[str, Any] = field(default_factory=dict)
    report: Any = None

    def __post_init__(self) -> None:
        for table, needed in ((self.nodes, ("id",)), (self.ties, ("source", "target", "relation", "wave", "weight"))):
            missing = [column for column in needed if column not in table.columns]
            if missing:
                raise GraphError(f"A network's tables need the column {missing[0]!r}; found {list(table.columns)}.")
        if not self.nodes["id"].is_unique:
            twice = self.nodes.loc[self.nodes["id"].duplicated(), "id"].iloc[0]
            raise GraphError(f"The person {twice!r} stands twice in the nodes table; ids must be unique.")
        known = set(self.nodes["id"])
        for column in ("source", "target"):
            strangers = [name for name in self.ties[column] if name not in known]
            if strangers:
                raise GraphError(f"A tie names {strangers[0]!r}, who is not in the nodes table.")

    @property
    def ego(self) -> str | None:
        """The id of the person whose network this is, or ``None``."""
        return self.meta.get("ego")

    @property
    def alter_ties(self) -> str:
        """What is known about ties among the contacts: one of `tertius.ties.ALTER_TIES`."""
        return self.meta.get("alter_ties", "complete")

    def __repr__(self) -> str:
        title = self.meta.get("title") or self.meta.get("name") or "network"
        return f"Network({title!r}: {len(self.nodes)} people, {len(self.ties)} ties)"

    def relation(self, name: str | None = None) -> dict[str, Any]:
        """Return what is declared about a relation, the default one if ``name`` is left out.

        Raises
        ------
        GraphError
            If the network has no such relation.
        """
        declared = {relation["name"]: relation for relation in self.meta["relations"]}
        name = name or self.meta["default_relation"]
        if name not in declared:
            raise GraphError(f"There is no relation {name!r}; this network has {', '.join(map(repr, declared))}.")
        return declared[name]

    def _chosen(self, relation: str | None, wave: int | None) -> tuple[dict, int, pd.DataFrame]:
        declared = self.relation(relation)
        in_relation = self.ties[self.ties["relation"] == declared["name"]]
        wave = self.meta.get("default_wave", 1) if wave is None else wave
        waves = sorted(in_relation["wave"].unique().tolist())
        if waves and wave not in waves:
            raise GraphError(f"There is no wave {wave!r} of {declared['name']!r}; this network has {waves}.")
        return declared, wave, in_relation[in_relation["wave"] == wave]

    def _strengths(self, ties: pd.DataFrame, declared: dict) -> np.ndarray:
        weight = ties["weight"].to_numpy(float)
        if declared["unit"] == "binary":
            return np.ones(len(ties))
        if np.isnan(weight).any():
            raise GraphError(f"Some ties of {declared['name']!r} have no weight, so their strength is unknown.")
        if declared["unit"] == "rating":
            return weight / declared["scale_max"]
        return np.log1p(weight) / np.log1p(weight.max()) if len(weight) else weight

    def to_ties(self, relation: str | None = None, wave: int | None = None, directed: bool | None = None) -> Ties:
        """One relation as arrays; what `Ties.of` calls.

        Strength is 1 for a yes/no tie, rating / scale for a rating, and ln(1 + count) / ln(1 + largest count) for a
        number of contacts, so it is in (0, 1] and can be compared within one relation, never between files.

        Returns
        -------
        Ties
            Every person is a node, tied or not, in the order of the nodes table.
        """
        declared, _, ties = self._chosen(relation, wave)
        ids = self.nodes["id"].tolist()
        position = pd.Series(np.arange(len(ids)), index=ids)
        source = position.reindex(ties["source"]).to_numpy(np.int64)
        target = position.reindex(ties["target"]).to_numpy(np.int64)
        was_directed = bool(declared["directed"])
        parallel = declared.get("symmetrise", "max") if directed is False and was_directed else None
        if parallel:
            was_directed = False
            source, target = np.minimum(source, target), np.maximum(source, target)
        strength = self._strengths(ties, declared)
        alter_ties = declared.get("alter_ties", self.alter_ties)
        return Ties._build(ids, source, target, strength, was_directed, False, directed, parallel, alter_ties)

    def graph(self, relation: str | None = None, wave: int | None = None, directed: bool | None = None) -> nx.Graph:
        """One relation as a networkx graph.

        Ties carry ``strength`` (larger is closer), ``distance`` (its inverse) and, where one was given,
        ``weight_raw``. None is called ``weight``: networkx takes that name for a distance in some functions and for
        a strength in others, so name the attribute that you mean.

        Parameters
        ----------
        relation, wave : optional
            The network's defaults if left out.
        directed : bool, optional
            Default: as the relation is. ``False`` joins the two directions as the relation's ``symmetrise`` says.

        Returns
        -------
        networkx.Graph or networkx.DiGraph
        """
        declared, wave, table = self._chosen(relation, wave)
        ties = self.to_ties(relation, wave, directed)
        graph = nx.DiGraph() if ties.directed else nx.Graph()
        graph.graph.update(
            name=self.meta.get("name", ""),
            relation=declared["name"],
            wave=wave,
            alter_ties=ties.alter_ties,
            ego=self.ego,
        )
        for row in self.nodes.to_dict("records"):
            graph.add_node(row["id"], **{key: value for key, value in row.items() if key != "id"})
        for (u, v), strength in zip(ties.named_pairs(), ties.pair_strength.tolist(), strict=True):
            graph.add_edge(u, v, strength=strength, distance=1 / strength)
        for u, v, weight in zip(table["source"], table["target"], table["weight"], strict=True):
            if weight == weight:
                graph.edges[u, v]["weight_raw"] = float(weight)
        return graph

    def without(self, *people: str) -> Network:
        """Return the same network without some of its nodes and their ties.

        Such as its ego, to see how the others are tied without them.

        Parameters
        ----------
        *people : str
            Their ids.

        Raises
        ------
        GraphError
            If one of them is not in the network.

        Examples
        --------
        >>> from tertius.data import load
        >>> network = load("manufacturing_vp")
        >>> network.without(network.ego)
        Network('A manufacturing vice president and six industries': 150 people, 474 ties)
        """
        known = set(self.nodes["id"])
        strangers = [id for id in people if id not in known]
        if strangers:
            raise GraphError(f"{strangers[0]!r} is not in this network, so it cannot be left out of it.")
        nodes = self.nodes[~self.nodes["id"].isin(people)].reset_index(drop=True)
        touched = self.ties["source"].isin(people) | self.ties["target"].isin(people)
        meta = copy.deepcopy(self.meta)
        if self.ego in people:
            meta["ego"] = None
        return Network(nodes, self.ties[~touched].reset_index(drop=True), meta, self.report)

    def own_map(self) -> Network:
        """Return what the ego could draw: the ego, the contacts, and the ties among the contacts.

        An own map has one relation, ``contact``, without direction. Its weights are strengths in (0, 1], each worked
        out by the rule for the relation it comes from (see `to_ties`), so compare the ego's ties with one another and
        not with those among the contacts. Where ``meta["own_map"]`` names a relation for the ego's ties (``ego``) and
        one for those among the contacts (``contacts``), the ties come from these; otherwise from the default relation.

        Returns
        -------
        Network
            All columns are kept; ``alter_ties`` is ``reported``, or what it was if that is less.

        Raises
        ------
        GraphError
            If the network has no ego.

        Examples
        --------
        >>> from tertius.data import load
        >>> load("social_entrepreneur").own_map()
        Network('A social entrepreneur and seven sectors: own map of FOUNDER': 27 people, 60 ties)
        """
        ego = self.ego
        if ego is None:
            raise GraphError("An own map needs an ego, and this network has none: set meta['ego'] to somebody's id.")
        relations = self.meta.get("own_map", {})
        own, own_has_ego = self._with_strengths(relations.get("ego"), ego)
        others, others_have_ego = self._with_strengths(relations.get("contacts"), ego)
        own = own[own_has_ego]
        people = {ego, *own["source"], *own["target"]}
        among = others[~others_have_ego & others["source"].isin(people) & others["target"].isin(people)]
        ties = pd.concat([own, among]).assign(relation="contact", wave=1)
        # Undirected ties stand once, in node order; of two directions the stronger is kept.
        position = pd.Series(np.arange(len(self.nodes)), index=self.nodes["id"])
        turned = position[ties["source"]].to_numpy() > position[ties["target"]].to_numpy()
        ties.loc[turned, ["source", "target"]] = ties.loc[turned, ["target", "source"]].to_numpy()
        ties = ties.sort_values("weight", ascending=False, kind="stable").drop_duplicates(["source", "target"])
        ties = ties.sort_values(["source", "target"], key=position.get).reset_index(drop=True)
        relation = {
            "name": "contact",
            "directed": False,
            "two_mode": False,
            "unit": "rating",
            "scale_max": 1,
            "symmetrise": "max",
        }
        meta = {key: value for key, value in copy.deepcopy(self.meta).items() if key != "own_map"} | {
            "title": f"{self.meta.get('title') or self.meta.get('name') or 'network'}: own map of {ego}",
            "alter_ties": max("reported", self.alter_ties, key=ALTER_TIES.index),
            "default_relation": "contact",
            "default_wave": 1,
            "relations": [relation],
        }
        nodes = self.nodes[self.nodes["id"].isin(people)].reset_index(drop=True)
        return Network(nodes, ties, meta)

    def _with_strengths(self, relation: str | None, ego: str) -> tuple[pd.DataFrame, pd.Series]:
        """Return the ties of a relation with strengths for weights, and whether each has the ego at an end."""
        declared, _, ties = self._chosen(relation, None)
        ties = ties.assign(weight=self._strengths(ties, declared))
        return ties, (ties["source"] == ego) | (ties["target"] == ego)

    def enrich(self, memory: Network) -> Network:
        """Add to an import what its owner remembers: more people, what is said of them, and ties of other relations.

        People are the same if their ids are; the egos of both are one person. What is remembered of a person counts
        where both say something. No tie of the import is changed, and none is mixed with a remembered one: the
        relations stay apart, each with what it knows of ties among contacts. A relation that both have is taken from
        ``memory``, whose default relation becomes that of the whole.

        Parameters
        ----------
        memory : Network
            Such as ``tertius.MapBuilder().network()``.

        Returns
        -------
        Network

        Raises
        ------
        GraphError
            If one of the two has no ego.

        Examples
        --------
        >>> columns = ["source", "target", "relation", "wave", "weight"]
        >>> def star(ego, relation, knows, *people):
        ...     ties = pd.DataFrame([(ego, id, relation, 1, 1.0) for id in people], columns=columns)
        ...     declared = [{"name": relation, "directed": False, "unit": "binary"}]
        ...     meta = {"ego": ego, "alter_ties": knows, "default_relation": relation, "relations": declared}
        ...     return Network(pd.DataFrame({"id": [ego, *people]}), ties, meta)
        >>> both = star("Ann", "listed", "none", "Bo", "Cy").enrich(star("me", "remembered", "reported", "Bo", "Di"))
        >>> both.nodes["id"].tolist(), both.to_ties("listed").alter_ties, both.to_ties().alter_ties
        (['Ann', 'Bo', 'Cy', 'Di'], 'none', 'reported')
        """
        for network, what in ((self, "The import"), (memory, "The map from memory")):
            if network.ego is None:
                raise GraphError(f"{what} does not say whose it is, so the two cannot be joined: set meta['ego'].")
        people = memory.nodes.assign(id=memory.nodes["id"].replace(memory.ego, self.ego))
        if memory.ego != self.ego and "label" in people:
            people.loc[people["id"] == self.ego, "label"] = ""  # they are called as in the import
        ends = {name: memory.ties[name].replace(memory.ego, self.ego) for name in PEOPLE_OF_TIES if name in memory.ties}
        replaced = {relation["name"] for relation in memory.meta["relations"]}
        own = self.ties[~self.ties["relation"].isin(replaced)]
        relations = [
            {"alter_ties": network.alter_ties, **relation}
            for network in (self, memory)
            for relation in network.meta["relations"]
            if network is memory or relation["name"] not in replaced
        ]
        carried = ("alter_ties", "default_relation", "default_wave", "reference_date")
        meta = copy.deepcopy(
            self.meta | {key: memory.meta[key] for key in carried if key in memory.meta} | {"relations": relations}
        )
        ties = stacked(own, memory.ties.assign(**ends))
        return Network(joined(self.nodes, people), ties, meta, self.report)

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        include_names: bool = False,
        relation: str | None = None,
        wave: int | None = None,
    ) -> Saved:
        """Write the network to files of your own, to be read again with `tertius.read`.

        A folder gets two tables and their description (Data Package 2.0): everything, without loss. A file for another
        program holds one relation and wave. Texts that a spreadsheet would take for formulas get an apostrophe before
        them in tables, which reading takes away again.

        Parameters
        ----------
        path : str or path
            A folder, made if need be; or a file that ends in ``.graphml``, ``.gexf`` or ``.json`` (node-link).
        include_names : bool
            Whether to write a network that holds names; never into a folder under version control.
        relation, wave : optional
            Of a file for another program; the network's defaults if left out.

        Returns
        -------
        tertius.export.saving.Saved
            What was written, and what to know before others see it: structure alone can identify people.

        Raises
        ------
        ParameterError
            If it holds names and ``include_names`` is not set, or the path says no such kind of file.
        SaveError
            If it cannot be written, or the folder holds other files.
        """
        return saving.save(self, path, include_names, relation, wave)

    def share(self, path: str | os.PathLike[str], *, least: int = 3) -> Saved:
        """Write what others may see of the network to a folder: less, and under codes that say nothing.

        Days become weeks; free texts, offers and needs are gone; groups of one or two are called "other"; everybody
        gets a new code, in random order; and people with fewer than ``least`` contacts on record are left out and
        counted. That is no anonymity: structure alone can identify. Ask the people first.

        Parameters
        ----------
        path : str or path
            A folder, made if need be.
        least : int
            Contacts on record, where they are counted.

        Returns
        -------
        tertius.export.saving.Saved

        Raises
        ------
        ParameterError, SaveError
        """
        return saving.share(self, path, least)

    def forget(self, people: str | Iterable[str]) -> Network:
        """Take people out for good: from the network, and from files that are read later on this computer.

        What is kept of them is a digest that only the key to the code names can be held against; without such a key
        they cannot be left out when a file is read again, and the warning says so. It also lists the files in which
        this network, or another, was saved, and what is out of reach.

        Parameters
        ----------
        people : str or iterable of str
            One id or several; the word "everything" deletes all people, the key, the table of names, the digests and
            the list of saved files.

        Returns
        -------
        Network
            Without them, their ties, and what they reported; without a report of how it was read.

        Raises
        ------
        GraphError
            If one of them is not in the network.
        SaveError, ReadError
            If the learner's own folder cannot be written, or its table of names not be read.
        """
        files = ledger.saved()
        if people == "everything":
            deleted = ledger.delete_all()
            done = f"Deleted from your configuration folder: {', '.join(deleted) or 'nothing, for nothing was there'}."
            meta = {"ego": None, "alter_ties": self.alter_ties, "relations": copy.deepcopy(self.meta["relations"])}
            rest = Network(
                self.nodes.iloc[:0], self.ties.iloc[:0], self.meta | meta | {"name": "empty", "title": "Empty"}
            )
        else:
            ids = [people] if isinstance(people, str) else list(people)
            left = self.without(*ids)
            ties = left.ties
            if "reported_by" in ties:
                ties = ties[~ties["reported_by"].isin(ids)].reset_index(drop=True)
            rest = Network(left.nodes, ties, left.meta)
            done = (
                "They will be left out when files are read again."
                if ledger.note_forgotten(ids)
                else "There is no key to code names here, so they will be back when their file is read again."
            )
        there = f" Saved files that may still hold them: {', '.join(map(str, files))}." if files else ""
        warn(
            f"{done}{there} Out of reach: outputs of notebooks, the map in your learner's file until you keep another "
            "(Learner.wipe deletes it), backups and histories, and copies that were sent."
        )
        return rest

    def with_report(self, report: Any) -> Network:
        """Return the same network with another report."""
        return Network(self.nodes, self.ties, copy.deepcopy(self.meta), report)

    def strength_table(self, half_life: float | None = None) -> pd.DataFrame:
        """Return how strong the ego's ties are, with all that this is made of; for networks of contact records.

        Parameters
        ----------
        half_life : float, optional
            Days after which a record counts half: 90, 180, 365, or the one that the file was read with (the default).

        Returns
        -------
        pandas.DataFrame
            One row a contact, the strongest first: ``n_out``, ``n_in`` and ``n_shared`` (records), ``c`` (their sum,
            faded and shared), ``r`` (balance, 0 to 1), ``recency_days``, ``s`` (strength, above 0 to 1), ``band``
            (strong, medium, weak or dormant), ``rank``, and ``rank_90`` and ``rank_365``, the ranks with these
            half-lives. How far these agree with ``rank`` (Spearman's correlation) is in ``.attrs["rank_agreement"]``.

        Raises
        ------
        GraphError
            If the network has no contact records.
        ParameterError
            If the file was not read for this half-life.
        """
        return strengths_of(self.ties, self.meta, self.ego, half_life)

    def with_names(self) -> Network:
        """Return a copy that shows people's names for as long as they are known here; ids stay code names.

        Raises
        ------
        GraphError
            If no name is known: names are forgotten when the notebook stops, unless they were kept on request.

        Warns
        -----
        Caveat
            Outputs of a notebook keep what they show.
        """
        known = names.behind(self.nodes["id"].tolist())
        if not known:
            raise GraphError(
                "Nobody's name is known here: names are forgotten when the notebook stops. Read the file again, with "
                "keep_names=True if they are to be kept on this computer."
            )
        warn("This shows real names, and a notebook keeps what it has shown: clear its outputs before you pass it on.")
        nodes = self.nodes.assign(label=[known.get(id, id) for id in self.nodes["id"]])
        return Network(nodes, self.ties, copy.deepcopy(self.meta) | {"contains_names": True}, self.report)

    def pseudonymise(self) -> Network:
        """Return the network under code names, which only the key on this computer can undo.

        Ids, labels and ``reported_by`` become code names (the ego ``me`` stays), free text and the title are dropped,
        and organisations with fewer than three people become "other". What is left can still be recognised by its
        shape.

        Raises
        ------
        ReadError
            If the key cannot be kept privately.
        """
        ids = self.nodes["id"].tolist()
        fixed = self.meta.get("pseudonymous", False)
        identifiers = [codes.identifier(id) for id in ids]
        made = ids if fixed else codes.codes(identifiers, key.load())
        code = {id: id if id == "me" else new for id, new in zip(ids, made, strict=True)}
        if not fixed:
            shown = self.nodes.get("label", self.nodes["id"])
            names.remember({code[id]: label for id, label in zip(ids, shown, strict=True) if id != "me"})
        kept = {}
        for column in self.nodes.columns:
            values = self.nodes[column]
            if column in ("id", "label"):
                kept[column] = [code[id] for id in ids]
            elif column == "organisation":
                often = values.value_counts()
                kept[column] = ["other" if one and often[one] < 3 else one for one in values]
            elif column in ("kind", "sector", "group") or pd.api.types.is_numeric_dtype(values):
                kept[column] = values.tolist()
        ties = self.ties[
            [c for c in self.ties.columns if c in TIE_COLUMNS or pd.api.types.is_numeric_dtype(self.ties[c])]
        ]
        for column in ("source", "target", "reported_by"):
            if column in ties:
                ties = ties.assign(**{column: [code.get(id, "") for id in ties[column]]})
        meta = copy.deepcopy(self.meta) | {
            "name": "network",
            "title": "Network under code names",
            "ego": code.get(self.ego),
            "contains_names": False,
            "pseudonymous": True,
        }
        return Network(pd.DataFrame(kept), ties, meta)
