"""Hours over contacts: what a division is worth by several criteria, and which one is best."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_above, check_count, check_least, check_share, choose_from

MOST_DIVISIONS = 200_000
"""More divisions than these are not tried one by one."""
AT_ONCE = 20_000
RESPONSES = ("kept up", "sqrt")


class Division(NamedTuple):
    """How hours are divided, what that is worth, and how sure it is that nothing is worth more.

    Attributes
    ----------
    hours : pandas.Series
        For each contact, in their order.
    value : float
        What it is worth.
    ceiling : float
        No division of as many hours is worth more than this.
    method : str
        How it was found: ``"every division tried"``, ``"hour by hour, exact"``, ``"hour by hour"`` or
        ``"table of best parts"``.
    is_best : bool
        Whether it is known that no division is worth more; then the ceiling is the value.
    """

    hours: pd.Series
    value: float
    ceiling: float
    method: str
    is_best: bool


@dataclass(frozen=True, eq=False)
class Allocation:
    r"""Contacts among whom you divide your hours, and what comes of it.

    A contact who is kept up may respond, the more so the better motivated, and then brings what they can: people they
    reach, tags they offer, opportunities they unlock. What two contacts bring both counts once. An hour more for
    somebody adds less than the hour before, so hours are worth spreading, unless a relationship takes a minimum to live
    at all.

    A contact with :math:`x` hours a month is kept up to :math:`s(x) = (1 - y)/(1 - (1 - \lambda) y)`,
    :math:`y = e^{-x/h}`, in the long run, and responds with probability :math:`r = M s(x)`. The value, between 0 and 1,
    is

    .. math:: F(x) = \sum_k w_k \frac{\sum_e v_{ke} [1 - \prod_{j: e \in S_{kj}} (1 - r_j)]}{\sum_e v_{ke}}

    over criteria k with weights w adding up to 1, and items e of value v that contacts j hold. The form is ours: nobody
    knows motivation so well, and scoring people can demean them.

    Parameters
    ----------
    motivation : mapping or pandas.Series
        M for each contact, in [0, 1]; its order is the order of the contacts.
    criteria : mapping of str to mapping
        For each criterion the items that each contact holds: a set of people reached, of tags, of opportunities. A
        contact who is missing holds none.
    values : mapping of str to mapping, optional
        For each criterion what its items are worth, above 0. Items that are missing are worth 1.
    weights : mapping of str to float, optional
        For each criterion, at least 0; scaled to add up to 1. Left out: equal.
    scale : float
        h, hours a month after which 63 % of what one month can do is done, above 0.
    fade : float
        :math:`\lambda`, share lost in a month, above 0 and up to 1.
    minimum : float
        With fewer hours than this a relationship brings nothing, at least 0.
    leave : float
        Chance that a contact leaves and brings nothing, in [0, 1].
    response : {"kept up", "sqrt"}
        ``sqrt``: :math:`s(x) = \sqrt{x}` instead, where no two contacts hold the same; the value may then exceed 1.

    Raises
    ------
    ParameterError
        If a setting is out of its range, or ``sqrt`` meets items that two contacts hold.
    GraphError
        If somebody has no motivation, or holds something and is no contact.

    References
    ----------
    .. [1] Fox, Management Science 13 (1966), 210-216: hour by hour is best where nothing overlaps.

    Examples
    --------
    >>> plan = Allocation({"Ann": 1.0, "Bo": 1.0, "Cy": 0.0}, {"reach": {"Ann": ["x", "y"], "Bo": ["y", "z"]}})
    >>> best = plan.best(4)
    >>> best.hours.to_dict(), best.method
    ({'Ann': 2.0, 'Bo': 2.0, 'Cy': 0.0}, 'every division tried')
    """

    motivation: Mapping[Hashable, float]
    criteria: Mapping[str, Mapping[Hashable, Iterable[Hashable]]]
    values: Mapping[str, Mapping[Hashable, float]] | None = None
    weights: Mapping[str, float] | None = None
    scale: float = 2.0
    fade: float = 0.1
    minimum: float = 0.0
    leave: float = 0.0
    response: str = "kept up"

    def __post_init__(self) -> None:
        check_above("scale", self.scale, 0, "a number of hours")
        check_above("fade", self.fade, 0, "the share lost in a month")
        check_share("fade", self.fade, "share")
        check_least("minimum", self.minimum, 0, "hours a month")
        check_share("leave", self.leave)
        choose_from(self.response, RESPONSES, "response")
        object.__setattr__(self, "motivation", dict(self.motivation.items()))
        if not self.motivation:
            raise ParameterError("motivation is empty; give at least one contact.")
        for contact, motive in self.motivation.items():
            if motive is None or motive != motive:
                raise GraphError(f"{contact!r} has no motivation; give them one, or leave them out.")
            check_share(f"The motivation of {contact!r}", motive, "share")
        if not self.criteria:
            raise ParameterError("criteria is empty; give at least one, such as {'reach': {'Ann': ['Bo', 'Cy']}}.")
        is_disjoint = self.is_disjoint  # looks at what is held, and by whom
        if self.response == "sqrt" and not is_disjoint:
            raise ParameterError(
                "response is 'sqrt', which has no meaning for what two contacts hold both; use 'kept up'."
            )

    @property
    def contacts(self) -> list[Hashable]:
        """The contacts, in order."""
        return list(self.motivation)

    @property
    def is_disjoint(self) -> bool:
        """Whether no two contacts hold the same item."""
        return bool((self._holdings[0].sum(axis=0) <= 1).all())

    def kept_up(self, hours):
        """How well a relationship is kept up with so many hours a month, in the long run: s(x)."""
        x = np.asarray(hours, float)
        if self.response == "sqrt":
            kept = np.sqrt(x)
        else:
            y = np.exp(-x / self.scale)
            kept = (1 - y) / (1 - (1 - self.fade) * y)
        return np.where(x >= self.minimum - 1e-9, kept, 0.0)

    def value(self, hours: Mapping[Hashable, float]) -> float:
        """What a division of hours is worth.

        Parameters
        ----------
        hours : mapping or pandas.Series
            Hours a month for each contact, at least 0; who is missing gets none.

        Returns
        -------
        float

        Raises
        ------
        GraphError
            If somebody is no contact.
        ParameterError
            If hours are negative.
        """
        return float(self._worth(self.kept_up(self._row(hours))[None, :])[0])

    def gains(self, hours: Mapping[Hashable, float], unit: float = 1.0) -> pd.Series:
        """What a unit of hours more for each contact would add.

        Parameters
        ----------
        hours
            As for `value`.
        unit : float
            Hours, above 0.

        Returns
        -------
        pandas.Series
            One gain a contact, in order.
        """
        check_above("unit", unit, 0, "a number of hours")
        row = self._row(hours)
        more = self.kept_up(row + unit * np.eye(len(row)))
        now = self._worth(self.kept_up(row)[None, :])[0]
        return pd.Series(self._worth(more) - now, self._index, name="gain")

    def best(self, units: int, unit: float = 1.0) -> Division:
        """Divide hours as well as can be found.

        Every division is tried if there are at most 200,000. Otherwise hours are given one unit at a time to whoever
        adds most with it, of equals to the first: that is exact where no two contacts hold the same, and worth at least
        63 % of the best in any case [1]_. With a ``minimum`` it can fail badly; then a table of best parts serves where
        no two contacts hold the same, and nothing else does.

        Parameters
        ----------
        units : int
            How many units of hours there are a month, at least 0; all are spent.
        unit : float
            Hours, above 0.

        Returns
        -------
        Division

        Raises
        ------
        ParameterError
            If a setting is out of its range, or there is a ``minimum``, overlap, and too much to try.

        References
        ----------
        .. [1] Nemhauser, Wolsey and Fisher, Mathematical Programming 14 (1978), 265-294.
        """
        check_count("units", units, 0)
        check_above("unit", unit, 0, "a number of hours")
        n = len(self.motivation)
        if comb(units + n - 1, n - 1) <= MOST_DIVISIONS:
            return self._by_trying(units, unit)
        if not self.minimum:
            return self._hour_by_hour(units, unit)
        if not self.is_disjoint:
            raise ParameterError(
                f"There are {comb(units + n - 1, n - 1):,} divisions of {units} units over {n} contacts, too many to "
                "try, and with a minimum nothing simpler finds the best. Give fewer contacts or larger units."
            )
        return self._by_table(units, unit)

    def _by_trying(self, units: int, unit: float) -> Division:
        kept = self.kept_up(unit * np.arange(units + 1))
        rows = _divisions(len(self.motivation), units)
        worth = np.concatenate([self._worth(kept[rows[k : k + AT_ONCE]]) for k in range(0, len(rows), AT_ONCE)])
        # Sums in another order differ in the last digits; of equally good divisions the first is best.
        best = int(np.flatnonzero(worth >= worth.max() * (1 - 1e-12))[0])
        return self._division(rows[best], unit, worth[best], worth[best], "every division tried", True)

    def _hour_by_hour(self, units: int, unit: float) -> Division:
        row = np.zeros(len(self.motivation), np.int64)
        one_more = np.eye(len(row), dtype=np.int64)
        for _ in range(units):
            worth = self._worth(self.kept_up(unit * (row + one_more)))
            row[int(np.flatnonzero(worth >= worth.max() - 1e-15)[0])] += 1
        value, *more = self._worth(self.kept_up(unit * np.vstack([row, row + one_more])))
        if self.is_disjoint:
            return self._division(row, unit, value, value, "hour by hour, exact", True)
        return self._division(row, unit, value, value + units * (max(more) - value), "hour by hour", False)

    def _by_table(self, units: int, unit: float) -> Division:
        """Best parts: what the first contacts can bring with each number of units, one contact more at a time."""
        alone = self._worths[:, None] * self.kept_up(unit * np.arange(units + 1))
        best = np.where(np.arange(units + 1) > 0, -np.inf, 0.0)
        given = []
        for brings in alone:
            options = np.full((units + 1, units + 1), -np.inf)
            for x in range(units + 1):
                options[x:, x] = best[: units + 1 - x] + brings[x]
            given.append(options.argmax(axis=1))
            best = options.max(axis=1)
        row, left = [], units
        for choice in reversed(given):
            row.append(int(choice[left]))
            left -= row[-1]
        return self._division(np.array(row[::-1]), unit, best[units], best[units], "table of best parts", True)

    def _division(self, row, unit, value, ceiling, method, is_best) -> Division:
        hours = pd.Series(row * unit, self._index, name="hours")
        return Division(hours, float(value), float(ceiling), method, is_best)

    def _row(self, hours: Mapping[Hashable, float]) -> np.ndarray:
        for contact in hours.keys():  # noqa: SIM118 - a Series iterates over its values
            if contact not in self.motivation:
                raise GraphError(f"{contact!r} gets hours and is no contact here.")
        row = np.array([float(hours.get(contact, 0)) for contact in self.motivation])
        for contact, x in zip(self.motivation, row.tolist(), strict=True):
            check_least(f"The time for {contact!r}", x, 0, "hours a month")
        return row

    def _worth(self, kept: np.ndarray) -> np.ndarray:
        """F for each row of how well contacts are kept up; (divisions, contacts) to (divisions,)."""
        if self.is_disjoint:
            return kept @ self._worths
        held, worth = self._holdings
        stays_away = np.log(np.maximum(1 - self._motives * kept, 1e-300))
        return -np.expm1(stays_away @ held) @ worth

    @cached_property
    def _index(self) -> pd.Index:
        return pd.Index(self.contacts, dtype=object, tupleize_cols=False)

    @cached_property
    def _motives(self) -> np.ndarray:
        return np.array(list(self.motivation.values()), float) * (1 - self.leave)

    @cached_property
    def _worths(self) -> np.ndarray:
        """What each contact brings alone if kept up fully."""
        held, worth = self._holdings
        return self._motives * (held @ worth)

    @cached_property
    def _holdings(self) -> tuple[np.ndarray, np.ndarray]:
        """Who holds which item, (contacts, items), and what the items are worth of the whole, (items,)."""
        place = {contact: k for k, contact in enumerate(self.motivation)}
        weights = _checked_weights(self.weights, self.criteria)
        columns, worths = [], []
        for name, holds in self.criteria.items():
            items: dict[Hashable, np.ndarray] = {}
            for contact, things in holds.items():
                if contact not in place:
                    raise GraphError(f"{contact!r} holds something under {name!r} and has no motivation.")
                if isinstance(things, str):
                    raise ParameterError(f"What {contact!r} holds under {name!r} is a text; give a list of items.")
                for item in set(things):
                    items.setdefault(item, np.zeros(len(place), bool))[place[contact]] = True
            worth = np.array([float((self.values or {}).get(name, {}).get(item, 1.0)) for item in items])
            for item, value in zip(items, worth.tolist(), strict=True):
                check_above(f"The value of {item!r} under {name!r}", value, 0, "what an item is worth")
            columns += items.values()
            worths += list(weights[name] * worth / worth.sum())
        held = np.array(columns, float).T if columns else np.zeros((len(place), 0))
        return held, np.array(worths)


def _checked_weights(weights: Mapping[str, float] | None, criteria: Mapping) -> dict[str, float]:
    if weights is None:
        return dict.fromkeys(criteria, 1 / len(criteria))
    for name in weights:
        choose_from(name, criteria, "a weight's criterion")
    given = {name: weights.get(name, 0.0) for name in criteria}
    for name, weight in given.items():
        check_least(f"The weight of {name!r}", weight, 0, "how much a criterion counts")
    total = sum(given.values())
    if not total:
        raise ParameterError("All weights are 0; then nothing is worth anything.")
    return {name: weight / total for name, weight in given.items()}


def _divisions(n: int, units: int) -> np.ndarray:
    """All ways to divide units over n contacts, the first contact's share falling; int64, shape (ways, n)."""
    count = comb(units + n - 1, n - 1)
    bars = np.fromiter(chain.from_iterable(combinations(range(units + n - 1), n - 1)), np.int64, count * (n - 1))
    ends = np.full((count, 1), -1), bars.reshape(count, n - 1), np.full((count, 1), units + n - 1)
    return np.diff(np.hstack(ends), axis=1)[::-1] - 1


def best_hours(
    values: Mapping[Hashable, float], hours: float, *, response: str = "sqrt", scale: float = 2.0
) -> pd.Series:
    r"""The best division of hours that need not be whole, where no two contacts bring the same: exact.

    With square-root returns :math:`\sum v_j \sqrt{x_j}` everybody gets :math:`x_j = B v_j^2 / \sum v^2`: concentrated,
    and not all on one. With returns :math:`\sum v_j (1 - e^{-x_j/h})`, who is worth little gets nothing and the others
    :math:`x_j = h \ln(v_j/(h\mu))`, with :math:`\mu` such that all hours are spent.

    Parameters
    ----------
    values : mapping or pandas.Series
        What each contact is worth, at least 0, one of them above 0.
    hours : float
        B, at least 0.
    response : {"sqrt", "saturating"}
    scale : float
        h of the saturating form, above 0.

    Returns
    -------
    pandas.Series
        Hours for each contact, in order.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> best_hours({"star": 4, **{k: 1 for k in range(9)}}, 10).round(2)["star"]
    np.float64(6.4)
    """
    choose_from(response, ("sqrt", "saturating"), "response")
    check_least("hours", hours, 0, "hours in all")
    check_above("scale", scale, 0, "a number of hours")
    contacts = list(values.keys())
    worth = np.array([values[contact] for contact in contacts], float)
    for contact, value in zip(contacts, worth.tolist(), strict=True):
        check_least(f"The value of {contact!r}", value, 0, "what a contact is worth")
    if not (worth > 0).any():
        raise ParameterError("Nobody is worth anything; give at least one contact a value above 0.")
    if response == "sqrt":
        given = hours * worth**2 / (worth**2).sum()
    else:
        # Those worth most are served first; the fewer are served, the higher the price of an hour.
        ranked = np.sort(worth[worth > 0])[::-1]
        count = np.arange(1, len(ranked) + 1)
        log_price = (np.cumsum(np.log(ranked)) - hours / scale) / count
        served = np.flatnonzero(np.log(ranked) >= log_price)[-1]
        with np.errstate(divide="ignore"):
            given = scale * np.maximum(0, np.log(worth) - log_price[served])
    return pd.Series(given, pd.Index(contacts, dtype=object, tupleize_cols=False), name="hours")
