"""The data sets that tertius knows: listed, described, loaded. Nothing here uses the network."""

from __future__ import annotations

import difflib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.data import classics, files
from tertius.data.cards import Card
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


def datasets() -> pd.DataFrame:
    """List the data sets that `load` knows.

    Returns
    -------
    pandas.DataFrame
        One row a data set: ``name``; ``title``; numbers of ``nodes`` and ``ties``; the names of its ``relations``;
        whether any of them is ``directed``; the number of ``waves``; whether it is ``synthetic``, that is, drawn by a
        rule; ``availability`` (``ready``: `load` gives it at once); ``licence`` of the data; ``lesson`` that it
        belongs to, or ``""``.

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

    rows = [_shipped_row(name) for name in SHIPPED] + [classic.row() for classic in classics.CLASSICS.values()]
    return pd.DataFrame(rows)


def load(name: str) -> Network:
    """Give a data set as a network.

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
        If there is no data set of this name, or if its files are damaged.

    Examples
    --------
    >>> load("manufacturing_vp")
    Network('A manufacturing vice president and six industries': 151 people, 487 ties)
    >>> load("karrate")
    Traceback (most recent call last):
    tertius.errors.DataError: There is no data set 'karrate'. The nearest names are ...
    """
    _check_name(name)
    if name in SHIPPED:
        return files.read(shipped_folder(name), name).network()
    return classics.CLASSICS[name].network()


def describe(name: str) -> Card:
    """Say what a data set is, what it can and cannot show, and whose it is.

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
    _check_name(name)
    if name not in SHIPPED:
        return Card.parse(name, classics.CLASSICS[name].card())
    return Card.parse(name, files.read_text(shipped_folder(name), "CARD.md", name))


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


def _shipped_row(name: str) -> dict[str, Any]:
    package = files.read_package(shipped_folder(name), name)
    ours = package["tertius"]
    relations = ours["meta"]["relations"]
    return {
        "name": name,
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


def _check_name(name: object) -> None:
    known = [*SHIPPED, *classics.CLASSICS]
    if isinstance(name, str) and name in known:
        return
    text = str(name)
    near = [repr(other) for other in difflib.get_close_matches(text.lower(), known, n=3, cutoff=0.0)]
    own = " For a file of your own, use tertius.read." if "." in text or "/" in text or "\\" in text else ""
    raise DataError(
        f"There is no data set {name!r}. The nearest names are {', '.join(near[:-1])} and {near[-1]}; "
        f"tertius.datasets() lists them all.{own}"
    )
