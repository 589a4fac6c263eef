"""The data sets that tertius knows: listed, described, loaded, fetched. Only `fetch` ever uses the network."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tertius.data import classics, files, multilayer, remote
from tertius.data.cards import Card
from tertius.data.remote import Remote
from tertius.errors import DataError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas as pd

    from tertius.network import Network

SHIPPED = (
    "pharma_executive",
    "social_entrepreneur",
    "nonprofit_director",
    "law_firm",
    "law_firm_selected",
    "manufacturing_vp",
)
"""The data sets of which the files come with tertius, each a folder in ``datasets/``."""


class Source(Protocol):
    """A data set, wherever it is kept."""

    def row(self) -> dict[str, Any]:
        """Return its row in the list of data sets."""

    def card(self) -> str:
        """Return its card, as Markdown."""

    def network(self) -> Network:
        """Return it as a network."""


def datasets() -> pd.DataFrame:
    """List the data sets that `load` knows.

    Returns
    -------
    pandas.DataFrame
        One row a data set: ``name``; ``title``; numbers of ``nodes`` and ``ties``; the names of its ``relations``;
        whether any of them is ``directed``; the number of ``waves``; whether it is ``synthetic``, that is, drawn by a
        rule; ``availability``; ``licence`` of the data; ``lesson`` that it belongs to, or ``""``. Availability is
        ``ready`` (`load` gives it at once), ``needs extra`` (`load` names the extra to install) or ``needs fetch``
        (`fetch` it first).

    Raises
    ------
    DataError
        If what a data set says about itself is missing or damaged.

    Examples
    --------
    >>> datasets().set_index("name").loc["karate", ["nodes", "ties"]].tolist()
    [34, 78]
    """
    import pandas as pd

    return pd.DataFrame([source.row() for source in _sources().values()])


def load(name: str) -> Network:
    """Give a data set as a network; nothing is ever downloaded.

    Parameters
    ----------
    name : str
        One of those in `datasets`.

    Returns
    -------
    Network
        A fresh one at every call, yours to change.

    Raises
    ------
    DataError
        If there is no data set of this name, if it needs an extra or has to be fetched, or if its files are damaged.

    Examples
    --------
    >>> load("manufacturing_vp")
    Network('A manufacturing vice president and six industries': 151 people, 487 ties)
    >>> load("karrate")
    Traceback (most recent call last):
    tertius.errors.DataError: There is no data set 'karrate'. The nearest names are ...
    """
    return _source(name).network()


def describe(name: str) -> Card:
    """Say what a data set is, what it can and cannot show, and whose it is; nothing is ever downloaded.

    What was planted in an invented one is folded away, because lessons ask for it.

    Parameters
    ----------
    name : str
        One of those in `datasets`.

    Returns
    -------
    Card
        Print it for plain text; in a notebook it shows itself.

    Raises
    ------
    DataError
        If there is no data set of this name, or if its files are damaged.

    Examples
    --------
    >>> print(describe("karate").title)
    Zachary's karate club
    """
    return Card.parse(name, _source(name).card())


def fetch(name: str, accept_licence: bool = False) -> Network:
    """Download a data set that somebody else keeps, once its licence is accepted, and give it as a network.

    The first call shows licence and citation. What was fetched stays in your cache folder (or in the folder that the
    environment variable ``TERTIUS_CACHE`` names), and `load` knows it from then on. A data set that is on this computer
    already is loaded.

    Parameters
    ----------
    name : str
        One of those in `datasets`.
    accept_licence : bool, default False
        Whether you accept the licence. Nothing is downloaded before.

    Returns
    -------
    Network

    Raises
    ------
    DataError
        If there is no data set of this name, if the licence was not accepted, if its host cannot be reached, or if the
        file there is not the one whose checksum tertius knows.

    Examples
    --------
    >>> fetch("karate")
    Network("Zachary's karate club": 34 people, 78 ties)
    """
    source = _source(name)
    if isinstance(source, Remote) and not source.is_here():
        if accept_licence is not True:
            raise DataError(
                f"{source.statement()} If you accept this, run tertius.fetch({name!r}, accept_licence=True)."
            )
        print(source.statement())
        source.fetch()
    return source.network()


@dataclass(frozen=True)
class Shipped:
    """A data set of which the files come with tertius."""

    name: str

    def row(self) -> dict[str, Any]:
        """Return its row in the list of data sets."""
        package = files.read_package(shipped_folder(self.name), self.name)
        ours = package["tertius"]
        relations = ours["meta"]["relations"]
        return {
            "name": self.name,
            "title": package["title"],
            "nodes": ours["counts"]["nodes"],
            "ties": ours["counts"]["ties"],
            "relations": ", ".join(relation["name"] for relation in relations),
            "directed": any(relation["directed"] for relation in relations),
            "waves": ours["counts"]["waves"],
            "synthetic": ours["meta"]["synthetic"],
            "availability": "ready",
            "licence": ours["meta"]["licence"],
            "lesson": ours["lesson"],
        }

    def card(self) -> str:
        """Return its card, as Markdown."""
        return files.read_text(shipped_folder(self.name), "CARD.md", self.name)

    def network(self) -> Network:
        """Return it as a network."""
        return files.read(shipped_folder(self.name), self.name).network()


def shipped_folder(name: str) -> Path | Traversable:
    """Find the folder of a data set that comes with tertius.

    An installed tertius carries ``datasets/`` inside the package, as ``_datasets``; in the repository it stands at
    the top, three folders up from here.

    Raises
    ------
    DataError
        If it is in neither place.
    """
    for place in (resources.files("tertius") / "_datasets", Path(__file__).resolve().parents[3] / "datasets"):
        if (place / name).is_dir():
            return place / name
    raise DataError(
        f"The files of the data set {name!r} did not come with this copy of tertius. Install tertius again, or work "
        "in a copy of its repository that has the folder datasets."
    )


def _sources() -> dict[str, Source]:
    return {name: Shipped(name) for name in SHIPPED} | classics.CLASSICS | multilayer.MULTILAYER | remote.REMOTE


def _source(name: object) -> Source:
    known = _sources()
    if isinstance(name, str) and name in known:
        return known[name]
    text = str(name)
    near = [repr(other) for other in difflib.get_close_matches(text.lower(), known, n=3, cutoff=0.0)]
    own = " For a file of your own, use tertius.read." if "." in text or "/" in text or "\\" in text else ""
    raise DataError(
        f"There is no data set {name!r}. The nearest names are {', '.join(near[:-1])} and {near[-1]}; "
        f"tertius.datasets() lists them all.{own}"
    )
