"""`MapBuilder`: a map of one's own network, made from memory and kept as it grows."""

from __future__ import annotations

import html
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from tertius.errors import GraphError, ParameterError, ReadError, SaveError
from tertius.intake.report import plural
from tertius.learner import Learner
from tertius.measures.six_numbers import EgoReport, ego_report
from tertius.network import Network
from tertius.privacy import names
from tertius.widgets.form import CLOSED, DRAFT, UNSAVED, Act, Form, button, home_of, saved, table
from tertius.widgets.packing import clean
from tertius.widgets.page import PAGE
from tertius.widgets.remembered import (
    CHOICES,
    LONGEST,
    MOST_IN_GRID,
    MOST_PEOPLE,
    RELATION,
    Remembered,
    is_remembered,
)
from tertius.widgets.script import form_script

HERE = Path(__file__).parent

PROMPTS = {
    "advice": "Whom did you ask, in the past half year, before you decided something that mattered?",
    "news": "From whom do you hear first what goes on elsewhere: in other teams, firms or fields?",
    "support": "Who stood by you, or spoke up for you, when it was hard?",
    "work": "Without whom would your most important work not get done?",
    "others": "Who else belongs here: somebody you have lost touch with, somebody who sees things differently?",
}
"""What jogs the memory, by purpose: one question alone finds the same few people, and those who are close."""

HINT = (
    "Go through the questions one by one. Type a code or initials that you will recognise, no full names, and press "
    "Enter; the same person may be named more than once. Enter on an empty line goes on to the next question."
)
FROM_AN_IMPORT = (
    " Your import has {n:,} contacts, and does not know which of them know each other: name the up to {most} who "
    "matter now, by the codes that are offered as you type."
)
NAMED = (
    " Names of your import can be shown: in this page only, until it is closed or loaded anew, and whoever looks over "
    "your shoulder reads them too; what is saved are the codes."
)
PRIVATE = (
    "The people on your map were not asked. Use codes. The map stays in {file} on this computer, and nothing is sent; "
    "whoever sees it may recognise people by its shape. It is no means to judge anyone."
)
ON_A_HUB = (
    "This notebook runs on a shared computer. What you type here is on that computer until it is deleted, and the "
    "people on your map have not agreed to that. On your own computer it stays with you; or work with the map of an "
    "invented leader, such as tertius.load('social_entrepreneur')."
)
ON_PAPER = (
    "td, th { padding: 2px 8px; text-align: left } h4 { margin: 1.2em 0 0.4em } dt { font-weight: 600 } "
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 1em; margin: 0 } dd { margin: 0 }"
)
"""How the page that is downloaded looks."""

EMPTY = "nobody on it yet"
STALE = "The map has changed since; press the button to see the numbers again."


class MapBuilder(Form):
    """Whom one turns to, what is to be said of each, and who of them know each other, typed in and kept at once.

    Up to 40 contacts, of whom up to 15 are asked about in a grid of who knows whom. What is typed is in the learner's
    file a moment later, as their own map, and there again when the notebook is restarted; until it is, the browser
    holds it. Everything can be undone, and done with the keyboard alone. On a computer that strangers share nothing
    can be typed before a typed yes.

    Parameters
    ----------
    start : Network, optional
        An import to enrich, such as a star of contacts: its people are offered by their codes, and stay in the map.
        Where their names are known, a button shows them in the browser, and nothing ever saves them.
    prompts : mapping of str to str
        The questions, by a short name for each.
    learner : Learner, optional
        The file to keep the map in; `tertius.Learner.open` finds it if left out.
    id, act
        As for `Form`, for whoever makes this one a part of something larger.

    Raises
    ------
    GraphError
        If ``start`` does not say whose network it is.
    ParameterError
        If ``start`` is no network or holds names, or there are no prompts.

    Examples
    --------
    >>> import tempfile
    >>> from tertius.learner import Learner
    >>> folder = tempfile.TemporaryDirectory()
    >>> builder = MapBuilder(learner=Learner.open(folder.name, environment={}))
    >>> people = [{"key": "1", "code": "AB", "closeness": "5"}, {"key": "2", "code": "CD", "closeness": "2"}]
    >>> builder.press("draft", map={"people": people, "ties": [["1", "2"]]})
    ''
    >>> builder.network()
    Network('My map': 3 people, 3 ties)
    >>> MapBuilder(learner=Learner.open(folder.name, environment={}))
    map: 2 contacts
    >>> folder.cleanup()
    """

    _esm = form_script("map_builder.js")
    _css = Form._css + (HERE / "map_builder.css").read_text(encoding="utf-8")

    def __init__(
        self,
        start: Network | None = None,
        *,
        prompts: Mapping[str, str] = PROMPTS,
        learner: Learner | None = None,
        id: str = "map",
        act: Act | None = None,
    ) -> None:
        self._start = _checked_start(start)
        if not prompts or not all(isinstance(text, str) and text for pair in prompts.items() for text in pair):
            raise ParameterError("A map needs at least one prompt: a short name and the question, both as text.")
        self._prompts = dict(prompts)
        self.learner = learner or Learner.open()
        # Lab has what the browser asks done in another thread than the cells.
        self._lock = threading.RLock()
        self._typed: dict[str, Any] | None = None
        self._stamp = ""
        self._made: set[str] = set()
        self._has_agreed = False
        self._has_names = False
        with suppress(ReadError):  # a table of names that cannot be read is told by whoever asks for them
            self._has_names = bool(self._names())
        self._told = self._report = ""
        super().__init__(id, act or self._act_alone, home=home_of(self.learner.path))
        if act is None:
            self.refresh()

    # --- the map

    def network(self) -> Network:
        """Return the map as it is now, with the import that it started from.

        Returns
        -------
        Network
            Its ego is ``me``, or that of the import. Ties from memory are the relation ``remembered``: reported, with
            ``weight`` the closeness from 1 to 5 (see `tertius.widgets.remembered.Remembered.network`). ``alter_ties``
            is ``reported``, or ``partial`` if somebody was left out of the grid; ``meta["reference_date"]`` is the
            day of the last change.
        """
        with self._lock:
            kept = self.learner.network
            is_ours = kept is not None and RELATION in (relation["name"] for relation in kept.meta["relations"])
            return kept if is_ours and self._start is None else self._whole(self._kept())

    def _kept(self) -> Remembered:
        """What the learner's file holds from memory."""
        network = self.learner.network
        return Remembered() if network is None else Remembered.from_network(network)

    def _whole(self, remembered: Remembered) -> Network:
        """The map with everything that is in it not from memory."""
        memory = remembered.network(self.learner.today)
        base = self._start or _without_memory(self.learner.network)
        return memory if base is None else base.enrich(memory)

    @property
    def is_begun(self) -> bool:
        """Whether somebody is on the map."""
        return bool(self._kept().people)

    def report(self) -> EgoReport:
        """Tell the map in six numbers, each with its range: `tertius.ego_report`."""
        return ego_report(self.network())

    # --- what is on show

    def look(self) -> dict[str, Any]:
        """What the form shows: the traits of `Form`, and the parts of its shape."""
        kept = self._kept()
        if self._typed is None or not Remembered.of(self._typed).same_as(kept):
            self._typed = kept.value()
            self._report = f"<p>{STALE}</p>" if self._report else ""
        self._stamp = kept.stamp()
        learner = self.learner
        asks = {"fields": [self._field()], "buttons": [button("report", "Show my six numbers", main=True)]}
        if kept.people:
            asks["buttons"].append(button("page", "Download as a page"))
        if self._has_names:
            asks["buttons"].append(button("names", "Show or hide names"))
        if learner.is_shared:
            asks["buttons"].append(button("download", "Download my file"))
        if not self._may_type:
            agreed = {"name": "agreed", "kind": "text", "label": "To type codes here all the same, type yes", "rows": 1}
            asks = {"fields": [agreed | {"is_passing": True}], "buttons": [button("agree", "Make my map here")]}
        intro = ON_A_HUB if learner.is_shared else PRIVATE.format(file=learner.path.name)
        messages = [self._told] if self._told else Remembered.of(self._typed).notes()
        panel = "".join(f"<p>{html.escape(text)}</p>" for text in messages) + self._report
        sign = UNSAVED if learner.has_unsaved else saved(learner.saved if kept.people else None)
        return {
            "title": "Your map, from memory",
            "intro": f"<p>{html.escape(intro)}</p>",
            **asks,
            "is_open": not learner.is_closed,
            "values": {"map": self._typed | {"stamp": self._stamp}} if self._may_type else {},
            "panel": panel,
            "sign": CLOSED if learner.is_closed else sign,
            "status": plural(len(kept.people), "contact") if kept.people else EMPTY,
        }

    @property
    def _may_type(self) -> bool:
        """Whether people may be put on the map here: at home, or after a yes, now or when the map came here."""
        return not self.learner.is_shared or self._has_agreed or self.learner.has_map

    def _field(self) -> dict[str, Any]:
        known = self._offered_people
        return {
            "name": "map",
            "kind": "map",
            "label": "Your map",
            "hint": HINT
            + (FROM_AN_IMPORT.format(n=len(known), most=MOST_IN_GRID) if known else "")
            + (NAMED if self._has_names else ""),
            "prompts": [list(pair) for pair in self._prompts.items()],
            "options": {name: [list(pair) for pair in options.items()] for name, options in CHOICES.items()},
            "longest": LONGEST,
            "most": MOST_PEOPLE,
            "most_in_grid": MOST_IN_GRID,
            "known": known,
            "suggested": self._suggested(),
        }

    @cached_property
    def _offered_people(self) -> list[list[str]]:
        """The people of the import, to be picked by their codes, with what is known of them."""
        if self._start is None:
            return []
        rows = self._start.nodes[self._start.nodes["id"] != self._start.ego].to_dict("records")
        parts = [[row.get(name) for name in ("label", "organisation")] for row in rows]
        said = [" · ".join(text for text in cells if isinstance(text, str) and text) for cells in parts]
        return [[row["id"], text] for row, text in zip(rows, said, strict=True)]

    def _names(self) -> dict[str, str]:
        """Who is behind the codes of the import and of the map, as far as it is known here."""
        imported = [] if self._start is None else self._start.nodes["id"].tolist()
        return names.behind([*imported, *self._kept().ids().values()])

    def _suggested(self) -> list[list[str]]:
        """Pairs of people whom the import only suggests to know each other."""
        if self._start is None or "status" not in self._start.ties:
            return []
        inferred = self._start.ties[self._start.ties["status"] == "inferred"]
        return inferred[["source", "target"]].to_numpy().tolist()

    def refresh(self) -> None:
        """Show what the learner's file holds now."""
        look = self.look()
        shape = {key: look.pop(key) for key in ("title", "intro", "fields", "buttons", "is_open")}
        self.show(shape={"id": self._id, **shape}, **look)

    def still(self) -> str:
        """The map as it is, as HTML without anything to press."""
        return self._still(self.panel)

    def _still(self, panel: str) -> str:
        remembered = self._kept()
        ids = remembered.ids()
        if not remembered.people:
            body = f"<p>{html.escape(PRIVATE.format(file=self.learner.path.name))}</p><p>There is {EMPTY}.</p>"
        else:
            heads = ("who", "from", "is", "closeness", "in touch", "last", "offers", "needs", "knows")
            knows = {one.key: [] for one in remembered.people}
            for a, b in remembered.ties:
                knows[a].append(ids[b])
                knows[b].append(ids[a])
            rows = [
                (
                    ids[one.key],
                    one.group,
                    CHOICES["relation"].get(one.relation, ""),
                    one.closeness,
                    CHOICES["often"].get(one.often, ""),
                    one.last,
                    one.offers,
                    one.needs,
                    ", ".join(knows[one.key]),
                )
                for one in remembered.people
            ]
            body = f'<div class="tertius-scroll-x">{table(heads, rows)}</div>{self._figure()}'
        return (
            '<div class="tertius-still tertius-paper mathjax_ignore tex2jax_ignore">'
            f"<p><b>{html.escape(self.shape['title'])}</b></p>{body}{panel}</div>"
        )

    def page(self) -> str:
        """Return the map and its six numbers as one web page that needs nothing else; the codes stand in it."""
        numbers = self.report()._repr_html_() if self.is_begun else ""
        told = html.escape(PRIVATE.format(file=self.learner.path.name))
        body = f"<style>{ON_PAPER}</style>{self._still(numbers)}<p>{told}</p>"
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return PAGE.format(policy=policy, title="My map", body=body, script="")

    def _figure(self) -> str:
        from tertius.draw import figure, own_map

        return figure(own_map(self.network()))._repr_html_()

    # --- what the learner does

    def _act_alone(self, name: str, values: Mapping[str, Any]) -> str | None:
        """Do what a button asks, or keep what was typed; then show how things stand."""
        with self._lock:
            try:
                return self.do(name, values)
            finally:
                self.refresh()

    def do(self, name: str, values: Mapping[str, Any]) -> str | None:
        """Do what a button asks, or keep what was typed."""
        with suppress(ReadError):  # then nothing can be saved either, and that is told
            self.learner.refresh()
        if name == DRAFT:
            return self._keep(values)
        if name not in {one["name"] for one in self.shape["buttons"]}:
            raise ParameterError("This has changed meanwhile; look at it again.")
        return getattr(self, f"_on_{name}")(values)

    def _keep(self, values: Mapping[str, Any]) -> str | None:
        """Keep what stands in the fields, and with it whatever could not be saved before."""
        given = values.get("map")
        if given is None or self.learner.is_closed:
            return self.learner.save()
        remembered = Remembered.of(given)
        if not self._may_type:
            if remembered.people:
                raise ParameterError("Type yes first; until then nothing is kept here.")
            return None
        kept = self._kept()
        self._typed = dict(given)
        if remembered.same_as(kept):
            return self.learner.save()
        # What a browser kept while nobody answered may go on from a map that is no longer the last.
        is_ours = kept.stamp() in {given.get("stamp", self._stamp), *self._made}
        self._told = (
            ""
            if is_ours
            else (
                "This map was changed elsewhere meanwhile. What you see here counts now; the other stays in your file "
                "as an earlier one."
            )
        )
        self._made.add(remembered.stamp())
        if self._report:
            self._report = f"<p>{STALE}</p>"
        # Whoever gets here has been asked: see `_may_type`.
        self.learner.use_network(self._whole(remembered), allow_public_hub=True, replace=is_ours)
        return None

    def _on_agree(self, values: Mapping[str, Any]) -> str:
        said = values.get("agreed")
        if not isinstance(said, str) or said.strip().casefold() != "yes":
            raise ParameterError(
                "Type yes to make your map on this shared computer; or work with an invented leader's."
            )
        self._has_agreed = True
        return "You can make your map now. Download your file before you leave: this computer forgets it."

    def _on_report(self, values: Mapping[str, Any]) -> str:
        if not self._kept().people:
            raise ParameterError("There is nobody on your map yet: answer the first question with a code.")
        report = self.report()
        self._report = report._repr_html_()
        self.learner.measure(report.frame()["value"].to_dict())
        return "Your six numbers stand below the map. They are kept with their day, to be compared later."

    def _on_names(self, values: Mapping[str, Any]) -> None:
        known = self._names()
        if not known:
            raise ParameterError("Nobody's name is known here any more: read your file again.")
        # By message and not by trait: a notebook keeps traits.
        self.send({"do": "names", "names": {code: clean(name) for code, name in known.items()}})

    def _on_page(self, values: Mapping[str, Any]) -> str:
        self.hand_out("my-map.html", self.page())
        return "Your map is downloaded as a page. Whoever opens it sees your codes."

    def _on_download(self, values: Mapping[str, Any]) -> str:
        with suppress(SaveError):
            self.learner.save()
        self.hand_out(self.learner.path.name, self.learner.export().decode())
        return "Your file is downloaded."


def _checked_start(start: Any) -> Network | None:
    if start is None:
        return None
    if not isinstance(start, Network):
        raise ParameterError(
            f"A map starts from a Network, such as tertius.read gives; this is a {type(start).__name__}."
        )
    if start.ego is None:
        raise GraphError("The network to start from does not say whose it is: read it with me='…', or set meta['ego'].")
    if start.meta.get("contains_names"):
        raise ParameterError(
            "This network holds people's names, and your map is kept under code names only. Start from the import "
            "itself, and press Show or hide names; or give each person a code such as P01, set meta['contains_names'] "
            "to False, and try again."
        )
    return _without_memory(start)


def _without_memory(network: Network | None) -> Network | None:
    """The part of a network that does not come from memory; ``None`` if all of it does."""
    if network is None:
        return None
    relations = [relation for relation in network.meta["relations"] if relation["name"] != RELATION]
    if not relations:
        return None
    if len(relations) == len(network.meta["relations"]):
        return network
    ties = network.ties[network.ties["relation"] != RELATION].reset_index(drop=True)
    tied = {network.ego, *ties["source"], *ties["target"]}
    nodes = network.nodes[network.nodes["id"].isin(tied) | ~is_remembered(network.nodes)]
    nodes = nodes.assign(remembered="").reset_index(drop=True)
    first = relations[0]
    meta = network.meta | {
        "relations": relations,
        "default_relation": first["name"],
        "alter_ties": first.get("alter_ties", network.alter_ties),
    }
    return Network(nodes, ties, meta, network.report)
