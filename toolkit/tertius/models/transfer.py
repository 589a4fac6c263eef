"""Finding somebody who knows is not yet learning it: what has many parts needs a tie that carries all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tertius.errors import ParameterError, check_count, check_least, check_share
from tertius.simulate.protocol import Streams


def whole_message_chance(parts: int, chance: float, attempts: int = 1) -> float:
    r"""Probability that a message arrives whole, if all its parts must.

    A tie that carries four parts in five carries ten parts together only one time in nine. With chance :math:`s`,
    :math:`\kappa` parts and :math:`r` attempts at the whole, it is :math:`1 - (1 - s^\kappa)^r`.

    Parameters
    ----------
    parts : int
        At least 1.
    chance : float
        That a single part is understood, in [0, 1].
    attempts : int
        How often the whole message is tried, at least 0.

    Returns
    -------
    float

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> whole_message_chance(2, 0.5), whole_message_chance(2, 0.5, attempts=2)
    (0.25, 0.4375)
    """
    check_count("parts", parts, 1)
    check_count("attempts", attempts, 0)
    check_share("chance", chance)
    return float(1 - (1 - chance**parts) ** attempts)


def helped_chance(chance: float, cohesion: float, relief: float = 0.5) -> float:
    """Chance that a part is understood when others around the tie help.

    Parameters
    ----------
    chance : float
        Without help, in [0, 1].
    cohesion : float
        How much leads to the other through third persons (`tertius.measures.cohesion`), at least 0; above 1 counts
        as 1.
    relief : float
        Share of the failures that full cohesion mends, in [0, 1].

    Returns
    -------
    float
        1 − (1 − chance)(1 − relief · cohesion).

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> helped_chance(0.5, cohesion=0), helped_chance(0.5, cohesion=1)
    (0.5, 0.75)
    """
    check_share("chance", chance)
    check_share("relief", relief)
    check_least("cohesion", cohesion, 0, "the part of a tie that third persons carry")
    return float(1 - (1 - chance) * (1 - relief * min(1, cohesion)))


@dataclass(frozen=True, eq=False)
class MessageTransfer:
    """You ask several contacts for the same know-how; each tries to explain it until you have the whole.

    What has one part, a name or a tip, comes through any tie, so many weak ties beat few strong ones. What has ten
    parts comes only through ties that carry each part well. That is how the search for knowledge and its transfer
    could want different ties in one firm [1]_.

    In each step, all at once, every contact who has not got it across tries again from the beginning: each part is
    understood with that contact's chance, and all must be.

    Parameters
    ----------
    chances : sequence of float
        For each contact, the chance that a part is understood, in [0, 1]; at least one contact.
    parts : int
        Parts of the message, at least 1.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``arrived`` (contacts from whom it has arrived whole) and ``learned`` (1 once it has arrived from any).
    With the same seed, run by run, higher chances or fewer parts never lose an arrival.

    References
    ----------
    .. [1] Hansen, Administrative Science Quarterly 44 (1999), 82-111.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(MessageTransfer([0, 1, 1], parts=3), 1, seed=1)["arrived"].tolist()
    [0, 2]
    """

    chances: Sequence[float] = (0.5,)
    parts: int = 5

    streams: ClassVar[tuple[str, ...]] = ("parts",)

    def __post_init__(self) -> None:
        if isinstance(self.chances, str) or not np.iterable(self.chances):
            raise ParameterError(f"chances is {self.chances!r}; give a row of them, one for each contact.")
        chances = tuple(self.chances)
        if not chances:
            raise ParameterError("chances is empty; give a chance for each contact, at least one.")
        for chance in chances:
            check_share("chances", chance)
        object.__setattr__(self, "chances", tuple(map(float, chances)))
        check_count("parts", self.parts, 1)

    def start(self, rng: Streams, runs: int) -> np.ndarray:
        """Nothing has arrived; the state is bool, shape (contacts, runs)."""
        return np.zeros((len(self.chances), runs), bool)

    def step(self, state: np.ndarray, t: int, rng: Streams) -> np.ndarray:
        """Let everybody try the whole message once."""
        # How many parts in a row are understood, one draw decides: all of them if it is below chance ** parts.
        whole = np.array(self.chances)[:, None] ** self.parts
        return state | (rng.parts.random(state.shape) < whole)

    def observe(self, state: np.ndarray) -> dict[str, np.ndarray]:
        """Count from how many contacts the message has arrived."""
        return {"arrived": state.sum(axis=0), "learned": state.any(axis=0).astype(np.int64)}
