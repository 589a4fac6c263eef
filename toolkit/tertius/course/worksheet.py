"""`Worksheet`: a lesson's forms, the learner's file behind them, and what the one shows of the other."""

from __future__ import annotations

import atexit
import re
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tertius.course.asking import Exercise, Quiz
from tertius.course.checking import Check, Key
from tertius.course.keeping import Restore, Save
from tertius.course.left import Left
from tertius.course.mapping import OwnMap
from tertius.course.part import Part
from tertius.course.predicting import Explanation, Prediction
from tertius.course.writing import Action, Notes, Reflection
from tertius.errors import ParameterError, ReadError, warn
from tertius.learner import Learner
from tertius.network import Network
from tertius.widgets.explorer import Explorer
from tertius.widgets.form import Form, home_of
from tertius.widgets.map_builder import PROMPTS, MapBuilder


def lesson(code: str, *, solutions: bool = False, learner: Learner | None = None) -> Worksheet:
    """Open the worksheet of a lesson, and with it the learner's file.

    Parameters
    ----------
    code : str
        The lesson's two digits, such as ``"06"``. A lesson of one's own may have any that no other lesson has.
    solutions : bool
        Whether every answer is shown. Nothing is recorded then, and the learner's own file is left alone.
    learner : Learner, optional
        The file to work with; `tertius.Learner.open` finds it if left out.

    Returns
    -------
    Worksheet

    Raises
    ------
    ParameterError
        If ``code`` is not two digits.

    Warns
    -----
    Caveat
        If there are lessons beside the notebook, and this is none of them.
    """
    if not isinstance(code, str) or not re.fullmatch("[0-9]{2}", code):
        raise ParameterError(f"A lesson is known by its two digits, such as '06'; got {code!r}.")
    known = _lessons_here()
    if known and code not in known:
        warn(
            f"There is no lesson {code} beside this notebook; what there is: {', '.join(known)}. "
            f"If it is one of your own, all is well: begin its file's name with {code}-, and this "
            "is not said again."
        )
    if solutions:
        folder = tempfile.TemporaryDirectory(prefix="tertius-")
        atexit.register(folder.cleanup)
        learner = Learner.open(folder.name, environment={})
    return Worksheet(f"L{code}", solutions, learner or _opened())


def _lessons_here() -> list[str]:
    """The digits of the lessons in the folder of the notebook, those of an instructor's own among them."""
    with suppress(OSError):
        here = Path.cwd()
        patterns = ("[0-9][0-9]-*.ipynb", "source/[0-9][0-9]-*.md")
        return sorted({path.name[:2] for pattern in patterns for path in here.glob(pattern)})
    return []


VEIL = "The experiment stands here. Make your prediction above, or skip it."

_last_opened: Learner | None = None


def _opened() -> Learner:
    """Open the learner's file; what this notebook recorded in it and could not save goes with it."""
    global _last_opened
    learner, before = Learner.open(), _last_opened
    if before and before.path == learner.path and before.has_unsaved:
        before.messages = list(dict.fromkeys([*before.messages, *learner.messages]))
        learner = before
    _last_opened = learner
    return learner


class Worksheet:
    """What a lesson asks, step by step; make one with `tertius.lesson`.

    Each method stands in a step of the lesson of the same name, takes the id of what it asks, and returns a form that a
    notebook shows. What the learner does in it is in their file when the form says so. Running a cell records nothing,
    and shows what was recorded before.

    Attributes
    ----------
    code : str
        Such as ``"L06"``.
    learner : Learner
        The learner's file.
    case : str
        The data set that the lesson works with until the learner chooses another.
    solutions : bool
        Whether every answer is shown.
    parts : dict of str to Part
        What was asked so far, by id and step, such as ``"L06-Q1-quiz"``.
    """

    def __init__(self, code: str, solutions: bool, learner: Learner) -> None:
        self.code, self.case, self.solutions, self.learner = code, "", solutions, learner
        # Lab has what the browser asks done in another thread than the cells.
        self.lock = threading.RLock()
        self.home = home_of(self.learner.path)
        self.parts: dict[str, Part] = {}
        self._left: dict[str, Left] = {}

    def __repr__(self) -> str:
        return f"Worksheet of lesson {self.code[1:]}: {self.learner!r}"

    @property
    def personas(self) -> dict[str, str]:
        """The invented leaders whose maps can be worked with: data set and leader."""
        from tertius.data.personas import PERSONAS

        return {one.name: one.leader for one in PERSONAS}

    @property
    def persona(self) -> str | None:
        """The invented leader whose network the learner chose; ``None`` if they chose none that there is."""
        chosen = self.learner.persona
        return chosen if chosen in (*self.personas, self.case) else None

    def network(self) -> Network:
        """Return the map that the learner works with: their own, a persona's, or that of the leader in the case."""
        from tertius.data import load

        if self.learner.choice == "network":
            return self.learner.network
        if not (self.persona or self.case):
            raise ParameterError("Which network this lesson works with is not chosen yet: run lesson.restore(…) first.")
        whole = load(self.persona or self.case)
        return whole if whole.ego is None else whole.own_map()

    # --- the steps of a lesson

    def restore(self, case: str) -> Form:
        """Ask whose network to work with, and offer to bring back an earlier session.

        Parameters
        ----------
        case : str
            The data set that the lesson works with until the learner chooses another.
        """
        self.case = case
        return self._ask(Restore(self))

    def warmup(self, id: str, ask: str, options: Mapping[str, Any], right: str, source: str = "") -> Form:
        """Ask again for something of an earlier lesson, named by ``source``; else as `quiz`."""
        return self._ask(Quiz(self, id, "warmup", ask, options, right, source))

    def predict(self, id: str, ask: str, asked: Any) -> Form:
        """Ask what the learner expects of an experiment.

        Parameters
        ----------
        id : str
            Of the experiment, such as ``"E1"``.
        ask : str
            The question.
        asked : Options, Number, Drawing, or the options themselves
        """
        return self._ask(Prediction(self, id, ask, asked))

    def run(self, id: str, explorer: Explorer) -> Explorer:
        """Put an Explorer back as the learner left it, and from now on keep how it is left.

        It is veiled until the learner has predicted what it will show, or has skipped that; nobody has to.
        """
        name = f"{self.code}-{id}-run"
        if not self.solutions:
            if before := self._left.pop(name, None):
                before.end()
            self._left[name] = Left(self.learner, name, explorer)
            self._veil()
        return explorer

    def explain(self, id: str, result: Any, words: str, *evidence: Any, **numbers: Any) -> Form:
        """Put the prediction beside the result, ask why, and then say it.

        Parameters
        ----------
        id : str
            Of the experiment, such as ``"E1"``.
        result : str or array
            Of options, the right one; of a number, its value in each run; of a curve, its heights, shape (points,
            runs).
        words : str
            What happened and why, in Markdown; ``{left:.0f}`` stands for the number ``left``.
        *evidence : table, figure …
            Shown below the words.
        **numbers
            What stands for the names in ``words``.
        """
        return self._ask(Explanation(self, id, result, words.format(**numbers), evidence))

    def quiz(self, id: str, ask: str, options: Mapping[str, Any], right: str) -> Form:
        """Ask a question with a few options.

        Parameters
        ----------
        id : str
            Such as ``"Q1"``.
        ask : str
        options : mapping of str to (str, str)
            By id, what the learner reads, and why it is right or wrong.
        right : str
            The id of the right one; compute it from the runs.
        """
        return self._ask(Quiz(self, id, "quiz", ask, options, right))

    def exercise(self, id: str, ask: str, asked: Any, key: Key, answer: Any = None) -> Form:
        """Ask for something to be worked out, in the form or in code.

        Parameters
        ----------
        id : str
            Such as ``"X1"``.
        ask : str
            In Markdown.
        asked : question, or mapping of str to (str, question)
            What the form asks: one thing, or several by name with their labels.
        key : Key
        answer : object
            What was answered in code; ``None`` if nothing was. Whatever it is, nothing is raised.
        """
        return self._ask(Exercise(self, id, ask, asked, key, answer))

    def check(self, id: str, answer: Any) -> Check:
        """Compare an answer with the key of an exercise, without recording it; whatever it is, nothing is raised."""
        part = self.parts.get(f"{self.code}-{id}-exercise")
        if not isinstance(part, Exercise):
            known = [
                part.id.removeprefix(f"{self.code}-") for part in self.parts.values() if isinstance(part, Exercise)
            ]
            found = f"there is {', '.join(known)}" if known else "run the cell of the exercise first"
            return Check(f"{self.code}-{id}", "unanswered", f"There is no exercise {id!r} yet; {found}.")
        return part.check(answer)

    def map(self, id: str, start: Network | None = None, *, prompts: Mapping[str, str] = PROMPTS) -> MapBuilder:
        """Ask who is in the learner's own network, and show its six numbers; the map is kept as their own.

        Parameters
        ----------
        id : str
            Such as ``"M1"``.
        start, prompts
            As for `tertius.MapBuilder`.
        """
        return self._ask(OwnMap(self, id, start, prompts))

    def mine(self, id: str, title: str, ask: str, asks: Mapping[str, Any]) -> Form:
        """Ask for something about the learner's own network, which has no right and wrong.

        Parameters
        ----------
        id : str
            Such as ``"M1"``.
        title : str
        ask : str
            In Markdown.
        asks : mapping of str to (str, question)
            By name, the label and what is asked.
        """
        return self._ask(Notes(self, id, title, ask, asks))

    def reflect(self, id: str, prompt: str) -> Form:
        """Ask for a few lines that only the learner reads."""
        return self._ask(Reflection(self, id, prompt))

    def act(self, id: str, prompt: str) -> Form:
        """Ask for one thing to be done, and by which day."""
        return self._ask(Action(self, id, prompt))

    def save(self) -> Form:
        """Show what was recorded, and offer it for download."""
        return self._ask(Save(self))

    # --- together

    def asked(self) -> list[Part]:
        """The parts with something to do, in order."""
        return [part for part in self.parts.values() if not isinstance(part, (Restore, Save))]

    def refresh(self, only: Part | None = None) -> None:
        """Show in all forms, or in one, what the learner's file holds now; last in the one that tells of them all."""
        save = [part for part in self.parts.values() if isinstance(part, Save)]
        for part in [only] if only else self.parts.values():
            if part not in save:
                part.refresh()
        for part in save:
            part.refresh()
        self._veil()

    def _veil(self) -> None:
        for name, left in self._left.items():
            predicted = self.parts.get(f"{name.removesuffix('run')}predict")
            left.explorer.veil = "" if predicted is None or predicted.is_done else VEIL

    def copy_to(self, form: Form) -> None:
        """On a computer that forgets, have the browser keep a copy of the learner's file, without their map."""
        if self.learner.is_shared and not self.learner.is_blank:
            form.keep_copy(self.learner.export(without_map=True).decode())

    def _ask(self, part: Part) -> Form:
        with self.lock:
            with suppress(ReadError):  # then nothing can be saved either, and that is told
                self.learner.refresh()
            if isinstance(part, Exercise):
                part.take_code()
            self.parts[part.view_id] = part
            part.refresh()
        return part.form
