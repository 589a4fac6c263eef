"""Predict and explain: what the learner expects, what the runs did, and what the learner makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tertius.course import markup
from tertius.course.part import Part
from tertius.course.questions import Drawing, Options, Question, Words, question
from tertius.course.scoring import Outcome, outcome, score
from tertius.errors import ParameterError
from tertius.widgets.form import button

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

SKIPPED = "You skipped this prediction."
NONE = "You made no prediction here."
OTHER_VERSION = "Your prediction is from another version of this lesson, so it cannot be compared."
SURE = Options({str(sure): f"{sure} %" for sure in range(50, 101, 10)}, inline=True)


class Prediction(Part):
    """What the learner expects before they look: an answer, how sure, and because of what; or Skip.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    ask : str
        The question.
    asked : Options, Number, Drawing, or the options themselves
    """

    section = "predictions"

    def __init__(self, sheet: Worksheet, id: str, ask: str, asked: Any) -> None:
        self.asked: Question = question(asked)
        asks = {
            "answer": (ask, self.asked),
            "confidence": ("How sure are you? 50 % is a coin’s toss, 100 % is certain.", SURE),
            "because": ("Because …", Words(2)),
        }
        super().__init__(sheet, id, "predict", asks)

    @property
    def prediction(self) -> dict[str, Any] | None:
        """The one that counts, which is the first, or ``None``; skipped, its answer is ``None``."""
        log = self.log
        # An answer that this version of the lesson does not know cannot be scored.
        return log[0] | {"answer": self.asked.taken(log[0]["answer"]), "given": log[0]["answer"]} if log else None

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        made = self.prediction
        if made is None or made["answer"] is None:
            return {}
        sure = made["confidence"]
        return {"answer": made["answer"], "confidence": sure and f"{sure:g}", "because": made["because"]}

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        look: dict[str, Any] = {"title": f"Experiment {self.number}: your prediction"}
        made = self.prediction
        if made is None:
            return look | {"buttons": [button("save", "Save my prediction", main=True), button("skip", "Skip")]}
        look |= {"is_open": False, "values": self.recorded, "sign": self.closed_sign}
        if made["answer"] is None:
            text = SKIPPED if made["given"] is None else OTHER_VERSION
            return look | {"panel": markup.status("skipped", f"{text} Now run the experiment."), "status": "skipped"}
        text = f"{told(self.asked, made)} Now run the experiment."
        return look | {"panel": markup.status("noted", text), "status": "predicted"}

    def on_save(self, values: Mapping[str, Any]) -> str:
        """Record the prediction."""
        taken = self.answered(values)
        if "answer" not in taken:
            raise ParameterError("Answer the question first, or press Skip.")
        sure = taken.get("confidence")
        self.learner.predict(self.id, taken["answer"], sure and int(sure), taken.get("because", ""))
        return "Your prediction is saved."

    def on_skip(self, values: Mapping[str, Any]) -> str:
        """Record that there is none."""
        self.learner.predict(self.id, None)
        return SKIPPED


class Explanation(Part):
    """The prediction beside the result, and the learner's own words on it; the reveal comes after these, or after Skip.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    result : str or array
        What `score` compares the prediction with.
    words : str
        What happened and why, in Markdown.
    evidence : sequence
        Tables and figures to show with it.
    """

    section = "answers"

    def __init__(self, sheet: Worksheet, id: str, result: Any, words: str, evidence: tuple[Any, ...]) -> None:
        self.result, self.words, self.evidence = result, words, evidence
        asks = {"why": ("First in your own words: what happened, and what made it happen?", Words(3))}
        super().__init__(sheet, id, "explain", asks)

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        log = self.log
        return {"why": str(log[-1]["answer"] or "")} if log else {}

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        look: dict[str, Any] = {"title": f"Experiment {self.number}: what happened, and why?"}
        log = self.log
        predicted, made = self._prediction()
        # Also before it is shown: a result that does not fit the question is found when the cell is run.
        found = outcome(predicted.asked, self.result) if predicted else None
        if not log and not self.sheet.solutions:
            return look | {"buttons": [button("show", "Show the answer", main=True), button("skip", "Skip")]}
        fields, values = [] if self.sheet.solutions else self.fields(), self.recorded
        if predicted and isinstance(predicted.asked, Drawing):
            curve = predicted.asked.field("drawn", predicted.asks["answer"][0])
            fields = [curve | {"truth": found.band(predicted.asked.low, predicted.asked.high)}, *fields]
            values["drawn"] = made and made["answer"]
        panel = self._compared(found) + markup.rendered(self.words) + "".join(map(markup.shown, self.evidence))
        status = STATUS.get(log[-1]["status"], "shown") if log else "shown"
        look |= {"is_open": False, "fields": fields, "values": values, "panel": panel, "status": status}
        return look | {"sign": self.closed_sign}

    def _prediction(self) -> tuple[Prediction | None, dict[str, Any] | None]:
        """The part that asked for the prediction, if its cell was run, and the prediction, if there is one."""
        found = self.sheet.parts.get(f"{self.id}-predict")
        return found, found.prediction if found else None

    def _compared(self, found: Outcome | None) -> str:
        """The prediction, the result and the learner's words, side by side."""
        runs = ("The runs", [found.told if found else "Run the cell with your prediction to compare it."])
        if self.sheet.solutions:
            return markup.beside(runs)
        predicted, made = self._prediction()
        head, guess = "", [NONE]
        if made and made["answer"] is None:
            guess = [SKIPPED if made["given"] is None else OTHER_VERSION]
        elif made:
            scored = score(predicted.asked, made["answer"], self.result)
            head = markup.status("right" if scored.is_right else "wrong", scored.verdict)
            guess = [told(predicted.asked, made), made["because"] and f"Because {made['because']}"]
        why = self.recorded.get("why") or "You wrote none."
        return head + markup.beside(("Your prediction", guess), runs, ("Your words", [why]))

    def on_show(self, values: Mapping[str, Any]) -> str:
        """Record the learner's words, and reveal."""
        why = self.answered(values).get("why")
        if why is None:
            raise ParameterError("Write a few words first; they need not be right. Or press Skip.")
        return self._record(why)

    def on_skip(self, values: Mapping[str, Any]) -> str:
        """Reveal without words."""
        return self._record("")

    def _record(self, why: str) -> str:
        predicted, made = self._prediction()
        status = "noted"
        if made and made["answer"] is not None:
            status = "right" if score(predicted.asked, made["answer"], self.result).is_right else "wrong"
        self.learner.answer(self.id, why, status)
        return "The answer is shown below."


STATUS = {"right": "predicted right", "wrong": "predicted otherwise"}
"""What a learner reads of an explanation that was scored; of others that it is shown."""


def told(asked: Question, made: Mapping[str, Any]) -> str:
    """A prediction in a sentence."""
    sure = "" if made["confidence"] is None else f", {made['confidence']:g} % sure"
    return f"You said: {asked.told(made['answer'])}{sure}."
