"""`Learner`: what one learner has predicted, answered, written, planned and measured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tertius.errors import ParameterError, choose_from
from tertius.learner import content as contents
from tertius.learner import maps
from tertius.learner.content import Content
from tertius.learner.hub import is_shared
from tertius.learner.keeper import SHARED, Keeper
from tertius.learner.shape import BY_ID, STATUSES
from tertius.learner.values import (
    checked_confidence,
    checked_day,
    checked_id,
    checked_measures,
    checked_row,
    checked_text,
    plain,
)

if TYPE_CHECKING:
    from tertius.network import Network


class Learner(Keeper):
    """What one learner has recorded, and the file ``my-network.tertius.json`` that it is safe in.

    Open it with `Learner.open`. Every method that records has saved when it returns: what it was given is on the disk
    and outlives a crash of the notebook or of the computer. If it cannot save it raises `SaveError`, keeps what it
    was given, and saves it together with whatever is recorded next (or call `save`). Two notebooks may have the same
    file open: before each writing it is read again, and only what is new is added.

    Nothing that was recorded is ever overwritten. What counts is, of predictions, the first; of the rest, the latest.
    What is read from here is a copy; changing it changes nothing.

    Attributes
    ----------
    path : pathlib.Path
        Where the file is, or will be once something is recorded.
    messages : list of str
        What happened on opening and since that the learner should know, a sentence each.
    """

    # --- what is recorded by the id of a question

    def _add(self, section: str, id: str, entry: dict[str, Any]) -> None:
        """Add an entry to a log, unless it says the same as the last one, or as any of the predictions."""
        time = self._store.clock()

        def change(content: Content) -> bool:
            log = content[section].setdefault(id, [])
            known = log if section == "predictions" else log[-1:]
            if any(contents.same(_said(other) | entry, _said(other)) for other in known):
                return False
            log.append(entry | {"at": contents.next_moment(time, log)})
            return True

        self._record(change)

    @property
    def predictions(self) -> dict[str, dict[str, Any]]:
        """The prediction that counts for each question: the first. Others made after it stand under ``later``."""
        return _free(contents.to_file(self._shown)["predictions"])

    def predict(self, id: str, answer: Any, confidence: float | None = None, because: str = "") -> dict[str, Any]:
        """Record a prediction; of several for one question the first counts, and the others are kept beside it.

        Parameters
        ----------
        id : str
            The question, such as ``"L06-E1"``.
        answer : str, number, list or dict
            What is predicted; ``None`` for "skip".
        confidence : float, optional
            How sure, from 50 to 100 per cent.
        because : str
            Why, in the learner's words.

        Returns
        -------
        dict
            The prediction that counts.

        Raises
        ------
        ParameterError, SaveError
        """
        entry = {
            "answer": plain(answer, "The prediction"),
            "confidence": checked_confidence(confidence),
            "because": checked_text(because, "The reason"),
        }
        self._add("predictions", checked_id(id), entry)
        return self.predictions[id]

    @property
    def answers(self) -> dict[str, list[dict[str, Any]]]:
        """All answers to each question, the latest last."""
        return _free(self._shown["answers"])

    def answer(self, id: str, answer: Any, status: str) -> None:
        """Record an answer; the same answer twice in a row is one, so that running a notebook again adds nothing.

        Parameters
        ----------
        id : str
            The question, such as ``"L06-Q1"``.
        answer : str, number, list or dict
        status : {"unanswered", "right", "wrong", "noted"}
            "noted" is for what has no right and wrong, such as a goal or a message.

        Raises
        ------
        ParameterError, SaveError
        """
        entry = {"answer": plain(answer, "The answer"), "status": choose_from(status, STATUSES, "status")}
        self._add("answers", checked_id(id), entry)

    @property
    def reflections(self) -> dict[str, str]:
        """What was written last to each prompt."""
        return {id: log[-1]["text"] for id, log in self._shown["reflections"].items()}

    def reflect(self, id: str, text: str) -> None:
        """Record what the learner writes to a prompt; earlier wordings stay in the file.

        Parameters
        ----------
        id : str
            The prompt, such as ``"L06-R1"``.
        text : str

        Raises
        ------
        ParameterError, SaveError
        """
        self._add("reflections", checked_id(id), {"text": checked_text(text, "A reflection")})

    @property
    def actions(self) -> dict[str, dict[str, Any]]:
        """The dated action of each lesson, as it was last put: ``what``, ``when``, ``done``."""
        return _free({id: log[-1] for id, log in self._shown["actions"].items()})

    def act(self, id: str, what: str, when: str | date, done: bool = False) -> None:
        """Record an action: what the learner will do, on which day, and whether it is done.

        Parameters
        ----------
        id : str
            The action, such as ``"L06-A1"``.
        what : str
        when : str or date
            A day, such as ``"2026-01-31"``.
        done : bool

        Raises
        ------
        ParameterError, SaveError
        """
        if not checked_text(what, "An action").strip():
            raise ParameterError("An action says in a few words what you will do; this one is empty.")
        if not isinstance(done, bool):
            raise ParameterError(f"An action is done or not, True or False; this is {done!r}.")
        entry = {"what": what, "when": checked_day(when, "The day of an action"), "done": done}
        self._add("actions", checked_id(id), entry)

    @property
    def measures(self) -> dict[str, list[dict[str, Any]]]:
        """All measurements by the name of the measure, the latest last; an undefined one is ``None``."""
        return _free(self._shown["measures"])

    def measure(self, values: Mapping[str, float]) -> None:
        """Record some measures of the learner's network, taken together, to be compared in 90 days.

        The same values twice on one day are one measurement.

        Parameters
        ----------
        values : mapping
            Measures by name, such as ``{"effective_size": 4.5}``; ``nan`` for undefined.

        Raises
        ------
        ParameterError, SaveError
        """
        measured = checked_measures(values)
        time = self._store.clock()

        def change(content: Content) -> bool:
            logs = [content["measures"].setdefault(name, []) for name in measured]
            at = contents.next_moment(time, *logs)
            if all(
                log and contents.same(log[-1]["value"], value) and log[-1]["at"][:10] == at[:10]
                for log, value in zip(logs, measured.values(), strict=True)
            ):
                return False
            for log, value in zip(logs, measured.values(), strict=True):
                log.append({"value": value, "at": at})
            return True

        self._record(change)

    # --- how the learner left what is on the page

    @property
    def views(self) -> dict[str, dict[str, Any]]:
        """How each widget was left: an Explorer's settings, what was typed into a form, how many hints were opened."""
        return _free({id: log[-1]["state"] for id, log in self._shown["views"].items() if log})

    def keep_view(self, id: str, state: Mapping[str, Any]) -> None:
        """Keep how a widget was left, so that it looks the same when the notebook is started again.

        It takes the place of what this id had before: a drawn-out slider would fill the file otherwise.

        Parameters
        ----------
        id : str
            Whose it is, such as ``"L06-E1"``.
        state : mapping
            What the widget needs to be as it was.

        Raises
        ------
        ParameterError, SaveError
        """
        checked_id(id)
        if not isinstance(state, Mapping):
            raise ParameterError(f"The state of a widget is a dict; this is a {type(state).__name__}.")
        entry, time = {"state": plain(dict(state), "The state of a widget")}, self._store.clock()

        def change(content: Content) -> bool:
            log = content["views"].setdefault(id, [])
            if log and contents.same(_said(log[-1]), entry):
                return False
            content["views"][id] = [entry | {"at": contents.next_moment(time, log)}]
            return True

        self._record(change)

    def log(self, section: str, id: str) -> list[dict[str, Any]]:
        """Everything that was recorded under an id, each with its time under ``at``, the latest last.

        Parameters
        ----------
        section : {"predictions", "answers", "reflections", "actions", "measures", "views"}
        id : str

        Returns
        -------
        list of dict
            Empty if nothing was.
        """
        return _free(self._shown[choose_from(section, BY_ID, "section")].get(id, []))

    def when(self, section: str, id: str) -> str | None:
        """When something was last recorded under an id, as ``2026-01-31T09:30:00Z``; ``None`` if nothing was."""
        log = self.log(section, id)
        return log[-1]["at"] if log else None

    # --- the plan

    @property
    def plan(self) -> list[dict[str, Any]]:
        """The rows of the plan: ``who``, ``what``, ``when``, ``give``, ``ask``, ``hours``."""
        return _free(contents.plan_rows(self._shown["plan"]))

    def write_plan(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Make these the rows of the plan: new ones are added, and those that are missing are dropped.

        Only rows that this notebook has seen are dropped; those that another one has added meanwhile stay. The file
        keeps what was dropped.

        Parameters
        ----------
        rows : iterable of mapping
            Each with some of ``who``, ``what``, ``when`` (a text or a day), ``give``, ``ask`` and ``hours``.

        Raises
        ------
        ParameterError, SaveError
        """
        rows = [checked_row(row) for row in rows]
        with self._guard:
            present = contents.plan_rows(self._shown["plan"])
            events = [row | {"dropped": True} for row in present if row not in rows]
            events += [row for position, row in enumerate(rows) if row not in [*present, *rows[:position]]]
            time = self._store.clock()

            def change(content: Content) -> bool:
                log = content["plan"]
                for event in events:
                    log.append(event | {"at": contents.next_moment(time, log)})
                return bool(events)

            self._record(change)

    # --- whose map

    @property
    def choice(self) -> str | None:
        """Whose map the learner works with: "network", their own; "persona", a case's leader; ``None`` before that."""
        latest = {section: self._shown[section][-1]["at"] for section in ("persona", "network") if self._shown[section]}
        return max(latest, key=latest.__getitem__) if latest else None

    @property
    def persona(self) -> str | None:
        """The persona chosen last, such as "manufacturing_vp", whether or not it is in use."""
        return self._shown["persona"][-1]["name"] if self._shown["persona"] else None

    def use_persona(self, name: str) -> None:
        """Work with the map of a case's leader. An own map stays in the file.

        Parameters
        ----------
        name : str
            The data set, such as "manufacturing_vp".

        Raises
        ------
        ParameterError, SaveError
        """
        self._choose("persona", {"name": checked_id(name)})

    @property
    def has_map(self) -> bool:
        """Whether the file holds the learner's own map, whether or not it is in use."""
        return bool(self._shown["network"])

    @property
    def network(self) -> Network | None:
        """The learner's own map as it was last kept, whether or not it is in use."""
        return maps.to_network(self._shown["network"][-1]) if self._shown["network"] else None

    def use_network(self, network: Network, *, allow_public_hub: bool = False, replace: bool = True) -> None:
        """Work with the learner's own map, and keep it.

        It takes the place of the map that this notebook has seen; one that another notebook has kept meanwhile, or
        that came with a restored file, stays in the file as an earlier one.

        Parameters
        ----------
        network : Network
            Under code names.
        allow_public_hub : bool
            Whether to keep it on a computer that strangers share; for after the learner was asked and said yes.
        replace : bool
            Whether it takes the place of the map before; ``False`` keeps that one in the file as an earlier one.

        Raises
        ------
        ParameterError
            If it holds names, or the computer is shared.
        SaveError
        """
        tables = maps.to_tables(network)
        if not allow_public_hub and is_shared(self._environment):
            raise ParameterError(
                f"{SHARED}, and what is kept here stays until it is deleted; your contacts have not agreed to that. "
                'Work on your own computer, or practise with a persona: use_persona("social_entrepreneur").'
            )
        self._choose("network", tables, replace)

    def _choose(self, section: str, entry: dict[str, Any], replace: bool = False) -> None:
        with self._guard:
            time = self._store.clock()
            seen = self._shown[section][-1:]

            def change(content: Content) -> bool:
                log = content[section]
                at = contents.next_moment(time, content["persona"], content["network"])
                if log and contents.same(_said(log[-1]), entry) and log[-1]["at"] == _latest_choice(content):
                    return False
                if replace and seen and contents.same(log[-1:], seen):
                    log.pop()
                log.append(entry | {"at": at})
                return True

            self._record(change)


def _latest_choice(content: Content) -> str:
    return max((entry["at"] for entry in content["persona"][-1:] + content["network"][-1:]), default="")


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry without its time."""
    return {key: value for key, value in entry.items() if key != "at"}


def _free(value: Any) -> Any:
    """Return a copy that may be changed."""
    return json.loads(json.dumps(value))
