"""An organisation and its people learn from each other: who learns too fast leaves nothing to be learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count, check_share, choose_from
from tertius.simulate.protocol import Streams

READINGS = ("actions", "text")


class Believing(NamedTuple):
    """State of `OrganizationalLearning`; runs on the last axis.

    Attributes
    ----------
    reality : numpy.ndarray, int8, shape (dimensions, runs)
        What is so: -1 or 1.
    beliefs : numpy.ndarray, int8, shape (people, dimensions, runs)
        What each person holds: -1, 1, or 0 for no belief.
    code : numpy.ndarray, int8, shape (dimensions, runs)
        What the organisation holds, in its rules and handbooks.
    """

    reality: np.ndarray
    beliefs: np.ndarray
    code: np.ndarray


@dataclass(frozen=True)
class OrganizationalLearning:
    r"""People learn from their organisation's code, and the code learns from those who know better than it.

    Newcomers who believe something else are what a code can learn from. If people take the code over fast, all soon
    agree, right or wrong, and there is nobody left to learn from: slow learners help the firm, and so may some who
    leave and are replaced [1]_.

    Reality is a row of m facts, each -1 or 1 with even chance. People begin with beliefs drawn evenly from -1, 0 and 1,
    the code with 0. Each step, all at once: first people may be replaced and facts may turn. Then everybody acts on
    their beliefs, and flips a coin where they have none. Where the code says something, each belief moves one notch
    toward it with probability ``learns``. The code looks at those whose actions hit reality better than it does: on
    each fact, if most of them act otherwise than it says, it takes that over with probability
    :math:`1 - (1 - p_2)^k`, with :math:`k` by how many more do so than do not.

    Parameters
    ----------
    learns : float, or one for each person
        :math:`p_1`, in [0, 1].
    code_learns : float
        :math:`p_2`, in [0, 1].
    turnover : float
        Probability that a person is replaced in a step, in [0, 1].
    turbulence : float
        Probability that a fact turns in a step, in [0, 1].
    people, dimensions : int
        At least 1.
    reading : {"actions", "text"}
        The rule above, or that of the paper's text to the letter: beliefs jump to the code at once, no coins are
        flipped, and a belief that is missing counts for nothing. The paper's numbers need the first [2]_.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``knowledge`` (of the code: mean of code times reality, in [-1, 1]; not the share that is right),
    ``people_knowledge`` (the same of beliefs), ``agreement`` (beliefs that are what the code says) and ``is_settled``.
    With turnover or turbulence nothing ever settles; without, give ``until=model.is_settled``, and some runs take very
    long.

    References
    ----------
    .. [1] March, Organization Science 2 (1991), 71-87.
    .. [2] Rodan, Scandinavian Journal of Management 21 (2005), 407-428.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(OrganizationalLearning(code_learns=0), 3, seed=1)["knowledge"].tolist()  # a code that never learns
    [0.0, 0.0, 0.0, 0.0]
    """

    learns: float | Sequence[float] = 0.1
    code_learns: float = 0.5
    turnover: float = 0.0
    turbulence: float = 0.0
    people: int = 50
    dimensions: int = 30
    reading: str = "actions"

    streams: ClassVar[tuple[str, ...]] = ("start", "acting", "learning", "code", "turnover", "turbulence")

    def __post_init__(self) -> None:
        check_count("people", self.people, 1)
        check_count("dimensions", self.dimensions, 1, 127)
        choose_from(self.reading, READINGS, "reading")
        for name in ("code_learns", "turnover", "turbulence"):
            check_share(name, getattr(self, name))
        is_one = isinstance(self.learns, str) or not np.iterable(self.learns)
        each = (self.learns,) if is_one else tuple(self.learns)
        if not is_one:
            if len(each) != self.people:
                raise ParameterError(f"learns holds {len(each)} probabilities, and there are {self.people} people.")
            object.__setattr__(self, "learns", each)
        for chance in each:
            check_share("learns", chance)

    def start(self, rng: Streams, runs: int) -> Believing:
        """Draw reality and everybody's beliefs."""
        reality = 2 * rng.start.integers(0, 2, (self.dimensions, runs), np.int8) - 1
        beliefs = rng.start.integers(-1, 2, (self.people, self.dimensions, runs), np.int8)
        return Believing(reality.astype(np.int8), beliefs, np.zeros((self.dimensions, runs), np.int8))

    def step(self, state: Believing, t: int, rng: Streams) -> Believing:
        """Let people and code learn from what each was before the step."""
        reality, beliefs, code = state
        shape = beliefs.shape
        # These two have streams of their own: leaving them alone takes no luck from the others.
        if self.turnover:
            leaves = rng.turnover.random((shape[0], shape[2])) < self.turnover
            beliefs = np.where(leaves[:, None], rng.turnover.integers(-1, 2, shape, np.int8), beliefs)
        if self.turbulence:
            reality = np.where(rng.turbulence.random(reality.shape) < self.turbulence, -reality, reality)
        coins = 2 * rng.acting.integers(0, 2, shape, np.int8) - 1
        actions = np.where(beliefs == 0, coins, beliefs) if self.reading == "actions" else beliefs
        score = (actions * reality).sum(axis=1, dtype=np.int16)
        is_better = score > (code * reality).sum(axis=0, dtype=np.int16)
        votes = (actions * is_better[:, None]).sum(axis=0, dtype=np.int32)
        chance = 1 - (1 - self.code_learns) ** np.abs(votes)
        turns = (rng.code.random(code.shape) < chance) & (votes != 0)
        learns = np.reshape(np.asarray(self.learns, np.float32), (-1, 1, 1))
        moves = (rng.learning.random(shape, np.float32) < learns) & (code != 0)
        toward = np.sign(code - beliefs) if self.reading == "actions" else code - beliefs
        return Believing(reality, beliefs + toward * moves, np.where(turns, np.sign(votes), code).astype(np.int8))

    def observe(self, state: Believing) -> dict[str, np.ndarray]:
        """Measure who is right about how much."""
        return {
            "knowledge": (state.code * state.reality).mean(axis=0),
            "people_knowledge": (state.beliefs * state.reality).mean(axis=(0, 1)),
            "agreement": (state.beliefs == state.code).mean(axis=(0, 1)),
            "is_settled": self.is_settled(state),
        }

    def is_settled(self, state: Believing) -> np.ndarray:
        """Say for each run whether nobody differs from what the code says, or could ever do better than it.

        A coin flipped for want of a belief could always fall right. With turnover or turbulence nothing ever settles:
        the next newcomer, or the next fact that turns, starts it anew. Good as ``until``; bool, shape (runs,).
        """
        if self.turnover or self.turbulence:
            return np.zeros(state.code.shape[1:], bool)
        follows = ((state.beliefs == state.code) | (state.code == 0)).all(axis=(0, 1))
        flips = (state.beliefs == 0) & (self.reading == "actions")
        most = np.where(flips, 1, state.beliefs * state.reality).sum(axis=1)
        return follows & (most <= (state.code * state.reality).sum(axis=0)).all(axis=0)
