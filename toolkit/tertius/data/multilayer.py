"""Networks of several layers, read from the files that come with the package uunet.

tertius does not pass these data on, and does not import uunet, which takes long and is compiled: it only reads the
files that are installed with it. ``tertius[multilayer]`` installs it where there is a build for this Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.data import mpx
from tertius.data.cards import text_of
from tertius.errors import DataError

if TYPE_CHECKING:
    from tertius.network import Network

PACKAGE = "uunet"
EXTRA = "multilayer"
LICENCE = "none found for the data (uunet's licence file: Apache-2.0)"


@dataclass(frozen=True)
class Layer:
    """A layer of a file, and the relation and wave that it becomes.

    Attributes
    ----------
    name : str
        In the file.
    relation : str
    ties : int
        How many there must be.
    wave : int
    directed : bool
    unit : str
        ``rating`` or ``count`` if ties carry a number, else ``binary``.
    scale_max : int or None
        The highest rating.
    """

    name: str
    relation: str
    ties: int
    wave: int = 1
    directed: bool = False
    unit: str = "binary"
    scale_max: int | None = None


@dataclass(frozen=True)
class Multilayer:
    """One network of uunet.

    Attributes
    ----------
    name, title : str
    file : str
        Name of the file in the package.
    nodes : int
        How many there must be.
    layers : tuple of Layer
        The first is the default relation.
    citation : str
        The study that the data come from.
    about, columns, shows, misuse : str
        Sections of its card.
    texts, numbers : tuple of (str, str)
        What the file knows about people, and the column that it becomes.
    kind : str
        What a node is.
    contains_names : bool
        Whether real people or families can be recognised.
    """

    name: str
    title: str
    file: str
    nodes: int
    layers: tuple[Layer, ...]
    citation: str
    about: str
    columns: str
    shows: str
    misuse: str
    texts: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    kind: str = "person"
    contains_names: bool = False

    def row(self) -> dict[str, Any]:
        """Return its row in the list of data sets."""
        return {
            "name": self.name,
            "title": self.title,
            "nodes": self.nodes,
            "ties": sum(layer.ties for layer in self.layers),
            "relations": ", ".join(dict.fromkeys(layer.relation for layer in self.layers)),
            "directed": any(layer.directed for layer in self.layers),
            "waves": max(layer.wave for layer in self.layers),
            "synthetic": False,
            "availability": "needs extra" if self.path() is None else "ready",
            "licence": LICENCE,
            "lesson": "",
        }

    def card(self) -> str:
        """Return its card, as Markdown."""
        licence = (
            f"{LICENCE[0].upper()}{LICENCE[1:]}. The licence of a package covers the packaging, not always the data "
            "inside it. tertius reads these data from the uunet on this computer and does not pass them on; cite the "
            "study. This is not legal advice."
        )
        return text_of(
            self.title,
            f"{self.about}\n\nIt needs the extra `{EXTRA}`: `pip install 'tertius[{EXTRA}]'`.",
            {
                "Columns and units": self.columns,
                "What it can and cannot show": self.shows,
                "Misuse": self.misuse,
                "Licence": licence,
                "Citation": self.citation,
            },
        )

    def path(self) -> Path | None:
        """Return where its file is on this computer, without importing the package; ``None`` if it is not there."""
        try:
            installed = metadata.files(PACKAGE) or []
        except metadata.PackageNotFoundError:
            return None
        for file in installed:
            if file.name == self.file:
                path = Path(file.locate())
                return path if path.is_file() else None
        return None

    def network(self) -> Network:
        """Return it as a `tertius.Network`.

        Raises
        ------
        DataError
            If the extra is not installed, or its file has other numbers of people or ties than the study.
        """
        import numpy as np
        import pandas as pd

        from tertius.network import Network

        path = self.path()
        if path is None:
            raise DataError(
                f"The data set {self.name!r} comes with the extra {EXTRA!r}, which is not installed: run "
                f"pip install 'tertius[{EXTRA}]' and start the notebook again. It has builds for some versions of "
                "Python only."
            )
        held = mpx.parse(path.read_text("utf-8"))
        ties = {layer: held.ties(layer.name) for layer in self.layers if layer.name in held.directed}
        self._check(held, ties)
        ids = list(held.actors)
        people = {"id": ids, "kind": self.kind, "label": ids, "group": ""}
        known = {name: [held.actors[id][k] for id in ids] for k, name in enumerate(held.columns)}
        people |= {column: known[name] for name, column in self.texts}
        people |= {column: np.array(known[name], np.float64) for name, column in self.numbers}
        position = {id: k for k, id in enumerate(ids)}
        rows = [
            (source, target, layer.relation, layer.wave, np.nan if layer.unit == "binary" else float(values[0]))
            for layer, pairs in ties.items()
            for (source, target), values in pairs.items()
        ]
        rows.sort(key=lambda row: (position[row[0]], position[row[1]], row[2], row[3]))
        columns = ["source", "target", "relation", "wave", "weight"]
        return Network(pd.DataFrame(people), pd.DataFrame(rows, columns=columns), self._meta())

    def _check(self, held: mpx.Layers, ties: dict[Layer, dict]) -> None:
        found = [("people", len(held.actors), self.nodes)]
        found += [(f"ties of the layer {layer.name!r}", len(ties.get(layer, ())), layer.ties) for layer in self.layers]
        for what, count, needed in found:
            if count != needed:
                raise DataError(
                    f"The file {self.file} of {PACKAGE} {metadata.version(PACKAGE)} has {count} {what}, and the study "
                    f"has {needed}. Try another version of {PACKAGE}."
                )

    def _meta(self) -> dict[str, Any]:
        relations = {
            layer.relation: {
                "name": layer.relation,
                "directed": layer.directed,
                "two_mode": False,
                "unit": layer.unit,
                "scale_max": layer.scale_max,
                "symmetrise": "max",
            }
            for layer in self.layers
        }
        return {
            "name": self.name,
            "title": self.title,
            "version": f"{PACKAGE} {metadata.version(PACKAGE)}",
            "ego": None,
            "alter_ties": "complete",
            "default_relation": self.layers[0].relation,
            "default_wave": 1,
            "reference_date": None,
            "synthetic": False,
            "seed": None,
            "licence": LICENCE,
            "citation": self.citation,
            "contains_names": self.contains_names,
            "pseudonymous": False,
            "relations": list(relations.values()),
        }


_COLUMNS = "- `id`, `label`: text, as in the file.\n- `kind`: {kind}.\n"
_EMPTY = "- `group`: empty.\n"
_YES_NO = "- `weight`: empty; a tie is there or not.\n"

MULTILAYER = {
    network.name: network
    for network in (
        Multilayer(
            name="bank_wiring",
            title="The bank wiring room",
            file="bankwiring.mpx",
            nodes=14,
            layers=(
                Layer("friendship", "friendship", 13),
                Layer("horseplay", "horseplay", 28),
                Layer("arguments", "arguments", 19),
                Layer("antagonist", "antagonism", 19),
                Layer("help", "help", 24, directed=True),
                Layer("job_trading", "job_trading", 7, directed=True, unit="count"),
            ),
            about="Fourteen men who worked in one room of an electrical works, as observers saw them: who were "
            "friends, who played about, who quarrelled over open windows, who disliked whom, who helped, and who "
            "traded jobs.",
            columns=_COLUMNS.format(kind="`person`: W for wiremen, S for solderers, I for inspectors")
            + _EMPTY
            + "- `relation`: `friendship`, `horseplay`, `arguments`, `antagonism`; `help` and `job_trading` have a "
            "direction.\n- `weight`: how often jobs were traded, a count, for `job_trading`; else empty.",
            shows="That people tied in one way need not be tied in another, and that a small group splits into "
            "cliques. It is one room, watched by outsiders.",
            misuse="It is a classic of management writing, and much was read into it that fourteen men cannot carry.",
            citation="Roethlisberger, F. J., and Dickson, W. J. (1939). Management and the Worker. Harvard University "
            "Press.",
        ),
        Multilayer(
            name="tailor_shop",
            title="Kapferer's tailor shop",
            file="tailorshop.mpx",
            nodes=39,
            layers=(
                Layer("KAPFTS1", "social", 158),
                Layer("KAPFTS2", "social", 223, wave=2),
                Layer("KAPFTI1", "work", 76),
                Layer("KAPFTI2", "work", 95, wave=2),
            ),
            about="Who was friendly with whom (`social`), and who worked with or helped whom (`work`), in a tailor "
            "shop in Zambia, observed at two times.",
            columns=_COLUMNS.format(kind="`person`")
            + _EMPTY
            + "- `relation`: `social` and `work`, both without direction here.\n- `wave`: 1 and 2.\n"
            + _YES_NO.strip(),
            shows="How ties change in a workplace from one time to another, in two layers. It is one shop, seen by one "
            "observer.",
            misuse="The workers are named as in the file. They were watched, not asked.",
            citation="Kapferer, B. (1972). Strategy and Transaction in an African Factory. Manchester University "
            "Press.",
            contains_names=True,
        ),
        Multilayer(
            name="monastery",
            title="Sampson's monastery",
            file="monastery.mpx",
            nodes=18,
            layers=(
                Layer("like1", "like", 55, directed=True, unit="rating", scale_max=3),
                Layer("like2", "like", 57, wave=2, directed=True, unit="rating", scale_max=3),
                Layer("like3", "like", 56, wave=3, directed=True, unit="rating", scale_max=3),
                Layer("dislike", "dislike", 47, directed=True, unit="rating", scale_max=3),
                Layer("esteem", "esteem", 54, directed=True, unit="rating", scale_max=3),
                Layer("desesteem", "disesteem", 58, directed=True, unit="rating", scale_max=3),
                Layer("positive_influence", "positive_influence", 53, directed=True, unit="rating", scale_max=3),
                Layer("negative_influence", "negative_influence", 50, directed=True, unit="rating", scale_max=3),
                Layer("praise", "praise", 39, directed=True, unit="rating", scale_max=3),
                Layer("blame", "blame", 41, directed=True, unit="rating", scale_max=3),
            ),
            about="Eighteen novices of a monastery name those whom they like most, at three times, and those whom "
            "they dislike, esteem, praise, blame or feel influenced by. Soon after, some were expelled and many left.",
            columns=_COLUMNS.format(kind="`person`")
            + _EMPTY
            + "- `relation`: `like` (waves 1 to 3), `dislike`, `esteem`, `disesteem`, `positive_influence`, "
            "`negative_influence`, `praise`, `blame` (one wave, called 1); all have a direction.\n"
            "- `weight`: 3 for a first choice, 2 for a second, 1 for a third.",
            shows="Asking for a few names gives everybody about as many ties out; differences are in who is named. "
            "Dislike is a relation of its own, not a weak tie.",
            misuse="What people think of each other, named as in the file, and in a crisis. Mind how you tell it.",
            citation="Sampson, S. F. (1968). A Novitiate in a Period of Change: An Experimental and Case Study of "
            "Social Relationships. Doctoral dissertation, Cornell University.",
            contains_names=True,
        ),
        Multilayer(
            name="aucs",
            title="A university department in five layers",
            file="aucs.mpx",
            nodes=61,
            layers=(
                Layer("work", "work", 194),
                Layer("lunch", "lunch", 193),
                Layer("leisure", "leisure", 88),
                Layer("facebook", "facebook", 124),
                Layer("coauthor", "coauthor", 21),
            ),
            texts=(("group", "group"), ("role", "role")),
            about="Employees of a university department of computer science: who works together, has lunch together, "
            "meets after work, has written a paper together, and is tied on Facebook.",
            columns=_COLUMNS.format(kind="`person`")
            + "- `group`: research group; `NA` and `G2/G3` stand in the file as they are.\n"
            "- `role`: position.\n"
            "- `relation`: `work`, `lunch`, `leisure`, `facebook`, `coauthor`, all without direction.\n"
            + _YES_NO.strip(),
            shows="How little one layer says about another. One department, one time; those who did not answer are "
            "missing.",
            misuse="Codes stand for names, and the department is known: do not try to find out who is who.",
            citation="Rossi, L., and Magnani, M. (2015). Towards effective visual analytics on multiplex and "
            "multilayer networks. Chaos, Solitons and Fractals 72, 68–76.",
        ),
        Multilayer(
            name="florentine_two_layer",
            title="Marriages and business among Florentine families",
            file="florentine.mpx",
            nodes=15,
            layers=(Layer("marriage", "marriage", 20), Layer("business", "business", 15)),
            numbers=(("PRIORATES", "priorates"), ("WEALTH", "wealth"), ("TOTALTIES", "total_ties")),
            kind="organisation",
            about="Marriages and business between 15 leading families of Florence in the fifteenth century. A node is "
            "a family.",
            columns=_COLUMNS.format(kind="`organisation`, a family")
            + _EMPTY
            + "- `priorates`: seats on the city's council from 1282 to 1344, a count.\n"
            "- `wealth`: net wealth in 1427, in thousands of lire.\n"
            "- `total_ties`: ties of either kind in the whole study of 116 families, a count.\n"
            "- `relation`: `marriage` and `business`, both without direction.\n" + _YES_NO.strip(),
            shows="Families tied by marriage and by business are not always the same. Business surely had a "
            "direction, which the data lack; one family without ties is left out.",
            misuse="It was chosen by history: that the best-placed family became the most powerful is one case.",
            citation="Breiger, R. L., and Pattison, P. E. (1986). Cumulated social roles: The duality of persons and "
            "their algebras. Social Networks 8, 215–256.",
            contains_names=True,
        ),
        Multilayer(
            name="book",
            title="Eight people in four layers",
            file="book.mpx",
            nodes=8,
            layers=(
                Layer("Friend", "friend", 8),
                Layer("Work", "work", 10),
                Layer("Facebook", "facebook", 4),
                Layer("LinkedIn", "linkedin", 8),
            ),
            about="A made-up example of a textbook: eight people tied as friends, at work, on Facebook and on "
            "LinkedIn.",
            columns=_COLUMNS.format(kind="`person`")
            + _EMPTY
            + "- `relation`: `friend`, `work`, `facebook`, `linkedin`, all without direction.\n"
            + _YES_NO.strip(),
            shows="Small enough to work out any measure of several layers by hand. It is about nobody.",
            misuse="Nothing found in it is a finding.",
            citation="Dickison, M. E., Magnani, M., and Rossi, L. (2016). Multilayer Social Networks. Cambridge "
            "University Press.",
        ),
    )
}
"""Every such network, by its name here."""
