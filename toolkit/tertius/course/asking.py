"""Questions with a key: the quiz and the warm-up, where each option is explained, and exercises with three hints."""

from __future__ import annotations

import html
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tertius.course import markup
from tertius.course.checking import WORDS, Check, Key
from tertius.course.part import Part
from tertius.course.questions import Options
from tertius.errors import ParameterError, SaveError
from tertius.learner.values import plain
from tertius.widgets.form import button

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

STAGES = ("Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3")


class Quiz(Part):
    """A question with a few options, each of which is explained once it was picked; all of them once it was got right.

    Parameters
    ----------
    sheet, id, step
        As for `Part`; ``step`` is "quiz" or "warmup".
    ask : str
    options : mapping of str to (str, str)
        By id, what the learner reads, and why it is right or wrong.
    right : str
        The id of the right one.
    source : str
        Where to read again, such as "lesson 02"; empty if it is this lesson.

    Raises
    ------
    ParameterError
        If ``right`` is no option, or an option lacks its explanation.
    """

    section = "answers"

    def __init__(
        self,
        sheet: Worksheet,
        id: str,
        step: str,
        ask: str,
        options: Mapping[str, tuple[str, str]],
        right: str,
        source: str = "",
    ) -> None:
        bare = [option for option, told in options.items() if len(told) != 2 or not all(map(str.strip, told))]
        if bare:
            raise ParameterError(
                f"Each option of {id} has a text and says why it is right or wrong; {bare[0]!r} lacks it."
            )
        if right not in options:
            raise ParameterError(f"The right option of {id} is {right!r}, which is none of {list(options)}.")
        self.right, self.source = right, source
        self.why = {option: why for option, (_, why) in options.items()}
        self.asked = Options({option: text for option, (text, _) in options.items()})
        super().__init__(sheet, id, step, {"answer": (ask, self.asked)})

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`; in a notebook of solutions the right option."""
        log = self.log
        chosen = self.right if self.sheet.solutions else log and log[-1]["answer"]
        # An option of another version of the lesson is none.
        return self.taken({"answer": chosen})

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        title = "Warm-up" if self.step == "warmup" else f"Question {self.number}"
        look = {
            "title": f"{title}, from {self.source}" if self.source else title,
            "buttons": [button("check", "Check my answer", main=True)],
        }
        chosen = self.recorded.get("answer")
        if chosen is None:
            return look
        if chosen != self.right:
            panel = markup.status("wrong", f"{WORDS['wrong'].capitalize()}. {self.why[chosen]}")
            return look | {"panel": panel + markup.note("Pick again."), "status": WORDS["wrong"]}
        texts = dict(self.asked.options)
        marks = [(markup.SIGNS["right" if option == self.right else "wrong"], option) for option in self.why]
        all_told = "".join(
            f"<li><b>{mark} {html.escape(texts[option])}</b> {html.escape(self.why[option])}</li>"
            for mark, option in marks
        )
        panel = markup.status("right", f"Right. {self.why[chosen]}") + f"<ul>{all_told}</ul>"
        look |= {"is_open": False, "buttons": [], "values": self.recorded, "sign": self.closed_sign}
        return look | {"panel": panel, "status": WORDS["right"]}

    def on_check(self, values: Mapping[str, Any]) -> str:
        """Record which option was picked, and say what is to be said of it."""
        chosen = self.taken(values).get("answer")
        if chosen is None:
            raise ParameterError("Pick one of the options first.")
        self.learner.answer(self.id, chosen, "right" if chosen == self.right else "wrong")
        return f"{'Right.' if chosen == self.right else 'Not yet.'} {self.why[chosen]}"


class Exercise(Part):
    """Something to work out, by form or in code; three hints, then the solution.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    ask : str
        In Markdown.
    asked : question, or mapping of str to (str, question)
        What the form asks: one thing, or several by name with their labels.
    key : Key
    answer : object, optional
        What was answered in code; blank if nothing was.
    """

    section = "answers"

    def __init__(self, sheet: Worksheet, id: str, ask: str, asked: Any, key: Key, answer: Any = None) -> None:
        self.ask, self.key, self.given = ask, key, answer
        self.is_one = not (isinstance(asked, Mapping) and all(isinstance(one, tuple) for one in asked.values()))
        several = {"answer": ("Your answer", asked)} if self.is_one else asked
        super().__init__(sheet, id, "exercise", several)

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        answer = self._last
        by_name = {"answer": answer} if self.is_one else answer if isinstance(answer, Mapping) else {}
        return self.taken(by_name)

    @property
    def _last(self) -> Any:
        """What was answered last, in the form or in code."""
        log = self.log
        return log[-1]["answer"] if log else None

    @property
    def hints(self) -> int:
        """How many hints were opened; 4 once the solution was."""
        hints = self.view.get("hints")
        return min(max(hints, 0), len(STAGES) + 1) if isinstance(hints, int) else 0

    def check(self, answer: Any) -> Check:
        """Compare an answer with the key, whatever it is."""
        return self.key.check(self.id, answer, self.hints)

    def record(self, answer: Any) -> Check:
        """Compare an answer with the key, and keep it in the learner's file."""
        check = self.check(answer)
        if check.status != "unanswered":
            self.learner.answer(self.id, _kept(answer), check.status)
        return check

    def take_code(self) -> None:
        """Record what was answered in code, once; it takes the place of what stands in the form.

        A cell that is run again with the same answer does not undo what was answered in the form since.
        """
        given = _kept(self.given)
        if self.check(self.given).status == "unanswered" or self.view.get("code") == given:
            return
        with suppress(SaveError):  # it is held, and the form says that it is not saved
            self.record(self.given)
        with suppress(SaveError):
            self.keep(code=given, values={})

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        check, opened = self.check(self._last), self.hints
        panel = ""
        if check.status != "unanswered":
            said = check.message or "Look at it again, or open a hint."
            panel = markup.status(check.status, f"{WORDS[check.status].capitalize()}. {said}")
        panel += "".join(
            f"<p><b>{stage}.</b> {html.escape(hint)}</p>"
            for stage, hint in zip(STAGES[:opened], self.key.hints, strict=False)
        )
        if (opened > len(STAGES) or self.sheet.solutions) and check.status != "right":
            panel += f"<p><b>Solution.</b> {html.escape(self.key.solution)}</p>"
        buttons = [button("check", "Check my answer", main=True)]
        if check.status != "right" and opened <= len(STAGES):
            buttons.append(button("hint", STAGES[opened] if opened < len(STAGES) else "Show the solution"))
        return {
            "title": f"Exercise {self.number}",
            "intro": markup.rendered(self.ask),
            "panel": panel,
            "buttons": [] if self.sheet.solutions else buttons,
            "is_open": not self.sheet.solutions,
            "status": WORDS[check.status],
        }

    def on_check(self, values: Mapping[str, Any]) -> str:
        """Compare what stands in the form, and record it."""
        taken = self.answered(values)
        # An answer in parts has all of them, and ``None`` where nothing was answered.
        check = self.record(taken.get("answer") if self.is_one else dict.fromkeys(self.asks) | taken)
        if check.status == "unanswered":
            raise ParameterError("Answer first; a hint may help you to begin.")
        return f"{WORDS[check.status].capitalize()}. {check.message}"

    def on_hint(self, values: Mapping[str, Any]) -> str:
        """Open the next hint, or after the third the solution."""
        opened = min(self.hints + 1, len(STAGES) + 1)
        self.keep(hints=opened)
        return self.key.hints[opened - 1] if opened <= len(STAGES) else self.key.solution


def _kept(answer: Any) -> Any:
    """An answer as the learner's file can hold it."""
    try:
        return plain(answer, "The answer")
    except Exception:  # an answer can be any object, and its own methods may fail
        return f"({type(answer).__name__})"
