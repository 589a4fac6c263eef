"""Keeping a promise: how likely two must meet again, and how many must hear of it if it is broken."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
import pandas as pd

from tertius.errors import ParameterError, check_count, check_share, lies_between
from tertius.simulate.protocol import Streams
from tertius.ties import Ties


@dataclass(frozen=True)
class TrustGame:
    r"""What keeping and breaking a promise pay, and how likely the two must meet again for keeping it to pay.

    Somebody who is trusted can keep the promise, which pays R, or break it, which pays T; without trust it is P for
    both; who trusts and is let down gets S. They meet again with probability w. Between two people a promise is kept if
    w is at least :math:`(T - R)/(T - P)`; with witnesses, who withhold their trust too, less will do [1]_ [2]_. This
    formalisation is ours.

    Parameters
    ----------
    temptation, reward, punishment, sucker : float
        T > R > P > S, in any one unit.

    Raises
    ------
    ParameterError
        If the payoffs are not in this order.

    References
    ----------
    .. [1] Coleman, American Journal of Sociology 94 (1988), S95-S120.
    .. [2] Buskens and Raub, Advances in Group Processes 19 (2002), 167-202.

    Examples
    --------
    >>> game = TrustGame()
    >>> game.patience_needed()  # two people: (5 − 3)/(5 − 1)
    0.5
    >>> game.patience_needed(told=6, trustors=6)  # six, and whoever is let down tells all
    0.5
    >>> round(game.patience_needed(told=1, trustors=6), 3)  # six who do not talk
    0.857
    """

    temptation: float = 5.0
    reward: float = 3.0
    punishment: float = 1.0
    sucker: float = 0.0

    def __post_init__(self) -> None:
        payoffs = self.temptation, self.reward, self.punishment, self.sucker
        most = sys.float_info.max
        if (
            not all(lies_between(pay, -most, most) for pay in payoffs)
            or not payoffs[0] > payoffs[1] > payoffs[2] > payoffs[3]
        ):
            raise ParameterError(
                f"temptation, reward, punishment and sucker are {self.temptation}, {self.reward}, {self.punishment} "
                f"and {self.sucker}; each must be above the next, numbers as in 5, 3, 1 and 0."
            )

    def patience_needed(self, told: float = 1.0, trustors: int = 1) -> float:
        r"""Least chance of meeting again at which one broken promise does not pay.

        Each round one of the trustors comes, drawn evenly; after a broken promise some of them never trust again. With
        :math:`x = n(T - R)/(m(R - P))` it is :math:`x/(1 + x)`. This looks at one broken promise: where those told
        overlap, breaking again may still pay slightly above it; with nobody told, or all, the bound is exact.

        Parameters
        ----------
        told : float
            m, how many withhold their trust after a broken promise, the one let down among them; from 1 to
            ``trustors``.
        trustors : int
            n, at least 1.

        Returns
        -------
        float
            In (0, 1).

        Raises
        ------
        ParameterError
            If a setting is out of its range.
        """
        check_count("trustors", trustors, 1)
        if not lies_between(told, 1, trustors + 1e-9):
            raise ParameterError(f"told is {told!r}; it is from 1, the one let down, to all {trustors} trustors.")
        x = trustors * (self.temptation - self.reward) / (told * (self.reward - self.punishment))
        return float(x / (1 + x))

    def patience_by_person(self, graph, tell: float = 1.0) -> pd.Series:
        """`patience_needed` for a promise to each person of a network, who would tell their contacts.

        Parameters
        ----------
        graph : networkx graph, Network or Ties
            The trustors; directed ties point at who is told. Strengths are ignored.
        tell : float
            Probability that a contact is told, in [0, 1].

        Returns
        -------
        pandas.Series
            One chance in (0, 1) per node, in node order. The largest holds for all: promises to whoever has the fewest
            contacts are broken first.

        Raises
        ------
        GraphError
            If the network has no people.
        ParameterError
            If ``tell`` is not in [0, 1].
        """
        ties = Ties.of(graph)
        check_share("tell", tell)
        patience = [self.patience_needed(1 + tell * degree, len(ties)) for degree in ties.degree.tolist()]
        index = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
        return pd.Series(patience, index, name="patience_needed", dtype=float)

    def tit_for_tat_patience(self) -> dict[str, float]:
        """Least chance of meeting again at which answering like with like withstands an invader: exact.

        Returns
        -------
        dict
            Against ``always defect``, (T − R)/(T − P); against ``alternate`` (defect, cooperate, defect, …),
            (T − R)/(R − S); against ``anybody``, the larger of the two [1]_. Above 1: at no chance.

        References
        ----------
        .. [1] Axelrod, The Evolution of Cooperation (1984).

        Examples
        --------
        >>> {name: round(w, 3) for name, w in TrustGame().tit_for_tat_patience().items()}
        {'always defect': 0.5, 'alternate': 0.667, 'anybody': 0.667}
        """
        gain = self.temptation - self.reward
        bounds = {
            "always defect": gain / (self.temptation - self.punishment),
            "alternate": gain / (self.reward - self.sucker),
        }
        return bounds | {"anybody": max(bounds.values())}

    @property
    def trust_threshold(self) -> float:
        """Least chance of a kept promise at which trusting pays: (P − S)/(R − S)."""
        return (self.punishment - self.sucker) / (self.reward - self.sucker)


class Split(NamedTuple):
    """State of `ContactSplit`; runs on the last axis.

    Attributes
    ----------
    told : numpy.ndarray, int64, shape (contacts, runs)
        How many would withhold their trust if a promise to this contact were broken, the contact among them.
    meeting : numpy.ndarray, float64, shape (runs,)
        The chance of meeting again at this step.
    """

    told: np.ndarray
    meeting: np.ndarray


@dataclass(frozen=True)
class ContactSplit:
    """The same number of contacts in one tight group or spread over several: what each layout is good for.

    Contacts in many groups hear different things. Contacts in one group hear of each other's dealings, so that your
    word is worth keeping even if you seldom meet. No layout does best at both.

    Everybody in a group knows everybody else in it. Step by step the chance of meeting again rises; at each, a promise
    to a contact is worth keeping if the chance is at least `TrustGame.patience_needed` with as many told as that
    contact would tell. Whom each would tell is drawn at the start: those of your contacts who are in the same group,
    each with probability ``tell``.

    Parameters
    ----------
    split : text or sequence of int
        How many contacts in each group, such as ``"3+3"`` or ``(3, 3)``; each from 1 to ``group_size``.
    tell : float
        Probability that a contact in the same group is told of a broken promise, in [0, 1].
    game : TrustGame
        The payoffs.
    groups : int
        How many groups there are, at least as many as in ``split``.
    group_size : int
        People in each, at least 1.
    pace : float
        By how much the chance of meeting again rises with each step, above 0 and at most 0.5; it stays below 1.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``meeting``, ``kept_share`` (contacts to whom a promise is worth keeping, share of all contacts) and
    ``all_kept``. With the same seed, more telling never makes a promise worth less.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> three_and_three = ContactSplit("3+3", pace=0.1)
    >>> three_and_three.groups_reached, three_and_three.effective_size, round(three_and_three.patience_needed, 3)
    (2, 4.0, 0.667)
    >>> simulate(three_and_three, 7, seed=1)["kept_share"].tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    """

    split: str | Sequence[int] = (6,)
    tell: float = 1.0
    game: TrustGame = field(default_factory=TrustGame)
    groups: int = 6
    group_size: int = 6
    pace: float = 0.05

    streams: ClassVar[tuple[str, ...]] = ("telling",)

    def __post_init__(self) -> None:
        check_share("tell", self.tell)
        check_game(self.game)
        check_count("group_size", self.group_size, 1)
        object.__setattr__(self, "split", _parsed(self.split, self.group_size))
        check_count("groups", self.groups, len(self.split))
        if not lies_between(self.pace, 0, 0.5) or self.pace == 0:
            raise ParameterError(f"pace is {self.pace!r}; the chance of meeting again rises by it, above 0 up to 0.5.")

    @property
    def contacts(self) -> int:
        """How many contacts there are in all."""
        return sum(self.split)

    @property
    def groups_reached(self) -> int:
        """In how many groups there is a contact."""
        return len(self.split)

    @property
    def effective_size(self) -> float:
        """Contacts less their average number of ties to one another, n − 2t/n (Burt 1992)."""
        return self.contacts - sum(size * (size - 1) for size in self.split) / self.contacts

    @property
    def patience_needed(self) -> float:
        """The chance of meeting again from which a promise to the least protected contact is worth keeping.

        With ``tell`` below 1, by how many would be told on average.
        """
        return self.game.patience_needed(1 + self.tell * (min(self.split) - 1), self.contacts)

    @cached_property
    def _group(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.split)), self.split)

    def start(self, rng: Streams, runs: int) -> Split:
        """Draw whom each contact would tell."""
        tells = rng.telling.random((self.contacts, self.contacts, runs)) < self.tell
        hears = np.equal.outer(self._group, self._group) & ~np.eye(self.contacts, dtype=bool)
        return Split(1 + (tells & hears[:, :, None]).sum(axis=1), np.zeros(runs))

    def step(self, state: Split, t: int, rng: Streams) -> Split:
        """Let meeting again be a little more likely."""
        return state._replace(meeting=np.full_like(state.meeting, min(t, int(min(0.999 / self.pace, 1e9))) * self.pace))

    def kept(self, state: Split) -> np.ndarray:
        """To whom a promise is worth keeping; bool, shape (contacts, runs), or (contacts,) for the state of one run."""
        x = self.contacts * (self.game.temptation - self.game.reward) / (self.game.reward - self.game.punishment)
        # w ≥ y/(1 + y) with y = x/told, without dividing.
        return state.meeting * (state.told + x) >= x - 1e-9

    def observe(self, state: Split) -> dict[str, np.ndarray]:
        """Measure to how many a promise is worth keeping."""
        kept = self.kept(state)
        return {"meeting": state.meeting, "kept_share": kept.mean(axis=0), "all_kept": kept.all(axis=0)}


def check_game(game: object) -> None:
    """Refuse what are no payoffs."""
    if not isinstance(game, TrustGame):
        raise ParameterError(f"game is {game!r}; it is a TrustGame, which holds the payoffs.")


def _parsed(split, group_size: int) -> tuple[int, ...]:
    parts = split.split("+") if isinstance(split, str) else split
    try:
        sizes = tuple(int(part) for part in parts)
        if not isinstance(split, str) and any(size != part for size, part in zip(sizes, split, strict=True)):
            sizes = ()
    except (TypeError, ValueError, OverflowError):
        sizes = ()
    if not sizes or not all(1 <= size <= group_size for size in sizes):
        raise ParameterError(
            f"split is {split!r}; it says how many contacts are in each group, from 1 to {group_size}, such as '3+3'."
        )
    return sizes
