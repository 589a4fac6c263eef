"""Whether an answer is right: compared with its key, and put into words; nothing a learner answers can raise."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertius.course.questions import as_number, is_blank
from tertius.errors import ParameterError

WORDS = {"unanswered": "not answered yet", "right": "right", "wrong": "not yet"}
"""What a learner reads for each status."""


@dataclass(frozen=True)
class Check:
    """What came of an answer.

    Attributes
    ----------
    id : str
        The exercise, such as ``"L06-X3"``.
    status : {"unanswered", "right", "wrong"}
    message : str
        What to say to it.
    hint : str
        What to try next; empty if there is nothing to add.
    """

    id: str
    status: str
    message: str = ""
    hint: str = ""

    def __repr__(self) -> str:
        rest = [self.message, self.hint and f"Hint: {self.hint}"]
        return " ".join([f"{self.id}: {WORDS[self.status]}.", *filter(None, rest)])

    def _repr_html_(self) -> str:
        sign = {"unanswered": "○", "right": "✓", "wrong": "✗"}[self.status]
        parts = [f"<b>{sign} {html.escape(f'{self.id}: {WORDS[self.status]}')}.</b> {html.escape(self.message)}"]
        if self.hint:
            parts.append(f"<i>Hint:</i> {html.escape(self.hint)}")
        return f"<p>{'<br>'.join(parts)}</p>"


@dataclass(frozen=True)
class Key:
    """What the right answer to an exercise is, and what to say to the wrong ones.

    Attributes
    ----------
    value : str, number, bool, set, or list or mapping of these
        The right answer. A set is right in any order; a list or mapping part by part.
    within : float
        How far a number may be off.
    hints : sequence of three str
        The first points, the second gives the method, the third all but the last step.
    wrong : sequence of (answer, str), or callable
        Common wrong answers and what to say to each; or a function of the answer that returns a text or ``None``.
    solution : str
        What the right answer is and why, in a sentence.
    """

    value: Any
    within: float = 0.0
    hints: Sequence[str] = ()
    wrong: Sequence[tuple[Any, str]] | Callable[[Any], str | None] = ()
    solution: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _bare(self.value))
        if is_blank(self.value):
            raise ParameterError("An exercise needs its right answer; this key is empty.")
        if len(self.hints) != 3:
            raise ParameterError(f"An exercise has three hints; this one has {len(self.hints)}.")
        if not self.solution:
            raise ParameterError("An exercise needs its solution in words; this one is empty.")

    def check(self, id: str, answer: Any, hints: int = 0) -> Check:
        """Compare an answer; whatever it is, a `Check` comes back.

        Parameters
        ----------
        id : str
        answer : object
        hints : int
            How many hints were opened already; a wrong answer gets the next one.

        Returns
        -------
        Check
        """
        try:
            answer = _bare(answer, self.value)
            if _is_unanswered(answer, self.value):
                return Check(id, "unanswered")
            if is_same(answer, self.value, self.within):
                return Check(id, "right", self.solution)
            message = self._said_to(answer) or _progress(answer, self.value, self.within)
        except Exception as error:  # an answer can be any object, and its own methods may fail
            message = f"This answer could not be compared ({type(error).__name__}): look again at what is asked for."
        return Check(id, "wrong", message, self.hints[min(hints, len(self.hints) - 1)])

    def _said_to(self, answer: Any) -> str | None:
        if callable(self.wrong):
            return self.wrong(answer)
        return next((text for value, text in self.wrong if is_same(answer, value, self.within)), None)


def is_same(answer: Any, key: Any, within: float = 0.0) -> bool:
    """Whether an answer is what the key says, however it was written.

    Examples
    --------
    >>> is_same("0,107", 0.107), is_same("10.7 %", 0.107), is_same(["b", "a"], {"a", "b"}), is_same(" Yes", "yes")
    (True, True, True, True)
    """
    answer = _bare(answer, key)
    if isinstance(key, bool):
        return isinstance(answer, bool) and answer == key
    if isinstance(key, (int, float)):
        number = as_number(answer)
        # "10.7 %" may be meant as 10.7 or as 0.107.
        meant = [number] if number is not None else []
        if meant and isinstance(answer, str) and "%" in answer:
            meant.append(number / 100)
        return any(abs(one - key) <= within + 1e-9 for one in meant)
    if isinstance(key, (set, frozenset)):
        if isinstance(answer, str) or not isinstance(answer, Collection):
            answer = [answer]
        return {_plain(one) for one in answer} == {_plain(one) for one in key}
    if isinstance(key, Mapping):
        return isinstance(answer, Mapping) and all(
            part in answer and not _is_open(answer[part], key[part]) and is_same(answer[part], key[part], within)
            for part in key
        )
    if isinstance(key, (list, tuple)):
        return (
            isinstance(answer, (list, tuple))
            and len(answer) == len(key)
            and all(is_same(one, other, within) for one, other in zip(answer, key, strict=True))
        )
    return _plain(answer) == _plain(key)


def _bare(value: Any, key: Any = None) -> Any:
    """Take a number, array or column of numpy or pandas out of its wrapping; by its labels if the key has such."""
    if isinstance(key, Mapping) and hasattr(value, "to_dict"):
        return value.to_dict()
    return value.tolist() if hasattr(value, "tolist") else value


def _is_unanswered(answer: Any, key: Any) -> bool:
    """Whether nothing has been answered yet; of an answer in parts, whether every part is open."""
    if isinstance(key, Mapping) and isinstance(answer, Mapping):
        return all(_is_open(answer.get(part), key[part]) for part in key)
    return is_blank(answer)


def _is_open(answer: Any, key: Any) -> bool:
    """Whether a part of an answer is still open; where a set is asked for, an empty one is an answer."""
    return answer is None or (is_blank(answer) and not isinstance(key, (set, frozenset)))


def _plain(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _progress(answer: Any, key: Any, within: float) -> str:
    """Of an answer in parts, say how many are right and which are not."""
    if isinstance(key, (int, float)) and not isinstance(key, bool) and as_number(answer) is None:
        return "A number is asked for."
    if not isinstance(key, Mapping):
        return ""
    if not isinstance(answer, Mapping):
        return f"Answer with a dict that has {', '.join(map(repr, key))}."
    missing = [part for part in key if part not in answer or _is_open(answer[part], key[part])]
    off = [part for part in key if part not in missing and not is_same(answer[part], key[part], within)]
    told = [f"{len(key) - len(missing) - len(off)} of {len(key)} are right."]
    if off:
        told.append(f"Look again at {', '.join(map(str, off))}.")
    if missing:
        told.append(f"Not answered yet: {', '.join(map(str, missing))}.")
    return " ".join(told)
