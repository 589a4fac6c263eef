"""`NetworkChoice`: whose network to look at, chosen without code, and what is made of it."""

from __future__ import annotations

import contextlib
import html
import io
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets

from tertius.data import load
from tertius.data.catalogue import datasets
from tertius.data.personas import PERSONAS
from tertius.errors import ParameterError, ReadError, choose_from
from tertius.intake import read
from tertius.learner import Learner
from tertius.network import Network
from tertius.privacy.statement import BEFORE_THE_FIRST
from tertius.widgets.form import DRAFT, Form, button, handed_over, home_of

OWN = "my map"
MOST_BYTES = 5_000_000
"""Of a file that the browser hands over; a larger one is read in code."""

BEFORE = "<details><summary>Before you choose a file of your own</summary><p>{}</p></details>"
ON_A_HUB = (
    "This notebook runs on a shared computer, and the people in your files have not agreed to that: here you can "
    "choose among the networks in the list. On your own computer you can choose a file as well."
)
AMBIGUOUS = "R40"
"""What `tertius.read` finds if two people stand in both orders, and nobody says whether that means anything."""


class NetworkChoice(Form):
    """A list of networks and a file of one's own to choose from, above what is made of the one that was chosen.

    There are the learner's own map, if their file holds one, the maps of the invented leaders, every data set that
    needs no download, and a file, which is read as `tertius.read` does. The file goes to this notebook's kernel and is
    neither kept nor written into the notebook. On a computer that strangers share no file is taken.

    Parameters
    ----------
    make : callable
        Takes the `Network`, and returns the widget to show below, such as an Explorer.
    start : str
        The data set that is shown at first.
    learner : Learner, optional
        The file with the own map; `tertius.Learner.open` finds it if left out.
    id : str
        Tells two such forms of one notebook apart.

    Attributes
    ----------
    network : Network
        The one on show.
    made : widget
        What ``make`` returned for it.

    Raises
    ------
    ParameterError
        If there is no such data set.

    Examples
    --------
    >>> choice = NetworkChoice(lambda network: ipywidgets.Label(str(network.ego)), start="social_entrepreneur")
    >>> choice.press("use", whose="data karate")
    ''
    >>> len(choice.network.nodes)
    34
    """

    def __init__(
        self,
        make: Callable[[Network], ipywidgets.Widget],
        *,
        start: str = "karate",
        learner: Learner | None = None,
        id: str = "network",
    ) -> None:
        self.learner = learner or Learner.open()
        self._make = make
        self.place = ipywidgets.VBox(layout={"margin": "12px 0 0"})
        self.made: ipywidgets.Widget | None = None
        known = datasets()
        ready = known[known["availability"] == "ready"]
        # Looked up once: whoever wants to see a map that was made meanwhile runs the cell again.
        self._networks: dict[str, tuple[str, Callable[[], Network]]] = {
            **({OWN: ("my own map", lambda: self.learner.network)} if self.learner.has_map else {}),
            **{f"map {one.name}": (f"the map of {one.leader}", _map_of(one.name)) for one in PERSONAS},
            **{f"data {name}": (title, _data(name)) for name, title in zip(ready["name"], ready["title"], strict=True)},
        }
        choose_from(start, ready["name"], "start")
        super().__init__(id, self._act_on, home=home_of(self.learner.path))
        self._use(OWN if self.learner.choice == "network" else f"data {start}")

    # --- what the learner does

    def _act_on(self, name: str, values: Mapping[str, Any]) -> str | None:
        if name == DRAFT:
            return None
        if name == "use":
            return self._use(values.get("whose"))
        if name == "file" and not self.learner.is_shared:
            return self._use_file(values.get("file"))
        raise ParameterError("This has changed meanwhile; look at it again.")

    def _use(self, whose: Any) -> str:
        if whose not in self._networks:
            raise ParameterError("Choose one of the networks in the list, or a file.")
        title, network = self._networks[whose]
        return self._put(network(), whose, f"<p>Below: {html.escape(title)}.</p>")

    def _use_file(self, file: Any) -> str:
        name, data = handed_over(file, MOST_BYTES, 'put it beside this notebook and run tertius.read("…") in a cell')
        network = _read(name, data)
        lines = network.report._repr_html_()
        told = f"<details><summary>What was read, and what it cannot tell</summary>{lines}</details>"
        return self._put(network, None, f"<p>Below: your file {html.escape(name)}.</p>{told}")

    def _put(self, network: Network, whose: str | None, told: str) -> str:
        """Show what is made of a network, in place of what was made before."""
        made, before = self._make(network), self.made
        self.network, self.made = network, made
        self.place.children = (made,)
        if before is not None:
            before.layout.close()
            before.close()
        self._show_all(whose, told)
        people = f"{len(network.nodes):,} people" if len(network.nodes) != 1 else "1 person"
        return f"The network is shown below: {people}."

    # --- what is on show

    def _show_all(self, whose: str | None, told: str) -> None:
        options = [[name, title] for name, (title, _) in self._networks.items()]
        if whose is None:
            options.insert(0, ["", "the file that you chose"])
        fields = [
            {"name": "whose", "kind": "select", "label": "Whose network?", "options": options, "is_passing": True}
        ]
        intro = f"<p>{html.escape(ON_A_HUB)}</p>"
        if not self.learner.is_shared:
            label = "Or choose a file of your own; it is shown at once"
            how = {"accept": "", "most": MOST_BYTES, "press": "file", "is_passing": True}
            fields.append({"name": "file", "kind": "file", "label": label, **how})
            intro = BEFORE.format(html.escape(BEFORE_THE_FIRST))
        shape = {"title": "Choose a network", "intro": intro, "fields": fields, "is_open": True}
        self.show(
            shape={"id": self._id, **shape, "buttons": [button("use", "Show this network", main=True)]},
            values={"whose": whose or ""},
            panel=told,
            sign={"state": "empty", "text": "Nothing is recorded here"},
            status="the file that you chose" if whose is None else self._networks[whose][0],
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        super()._ipython_display_()
        display(self.place)


def _map_of(name: str) -> Callable[[], Network]:
    return lambda: load(name).own_map()


def _data(name: str) -> Callable[[], Network]:
    return lambda: load(name)


def _read(name: str, data: bytes) -> Network:
    """Read a file that came from the browser; it is on this computer's disk for that long."""
    called = name if re.fullmatch(r"[\w][\w .()+-]{0,99}", name) else "your-file"
    # What is printed before the first file stands in the form already.
    with tempfile.TemporaryDirectory(prefix="tertius-") as folder, contextlib.redirect_stdout(io.StringIO()):
        path = Path(folder, called)
        path.write_bytes(data)
        try:
            return read(path)
        except ReadError as error:
            if AMBIGUOUS not in {problem.code for problem in getattr(error.report, "problems", ())}:
                raise
            # Nobody loses by directions being kept: what wants none combines both.
            return read(path, directed=True)
